"""What was held in somebody's quiet time and comes when it ends: one message for a thing, or one of all."""

from collections.abc import Iterable
from datetime import datetime

from db.models import Outbox, Person
from db.uow import UnitOfWork
from services import notices
from services.notices import NoticeKind, Place
from services.quiet_hours import Quiet
from services.quiet_times import quiet_until
from services.workspace import the_workspace

Thing = tuple[str, int]
"""A subject and its id."""
FEW = 3
"""Of more things than these there is one message."""
MOST = 12
"""So many things one message tells of; of more there are several."""
_GIVEN = frozenset(
    {
        *(NoticeKind.DEAL_GIVEN, NoticeKind.DEAL_SHARED, NoticeKind.TASK_GIVEN),
        *(NoticeKind.LEAD_GIVEN, NoticeKind.LEAD_ASSIGNED, NoticeKind.LEAD_PASSED),
    }
)
"""What tells of one thing best, whatever else happened to it."""
_SUBJECTS = {
    NoticeKind.TASK_AHEAD: "task",
    NoticeKind.TASK_DUE: "task",
    NoticeKind.TASK_GIVEN: "task",
    NoticeKind.TASK_COMMENTED: "task",
    NoticeKind.TASK_ITEM_GIVEN: "task",
    NoticeKind.TASK_ITEM_DONE: "task",
    NoticeKind.TASK_NEWS: "task",
    NoticeKind.TASK_LATE: "task",
    NoticeKind.LEAD_GIVEN: "lead",
    NoticeKind.LEAD_OFFER: "lead",
    NoticeKind.LEAD_ASSIGNED: "lead",
    NoticeKind.LEAD_LATE: "lead",
    NoticeKind.LEAD_PASSED: "lead",
    NoticeKind.LEAD_ALARM: "lead",
    NoticeKind.DEAL_GIVEN: "deal",
    NoticeKind.DEAL_SHARED: "deal",
    NoticeKind.DEAL_COMMENTED: "deal",
    NoticeKind.DEAL_WON: "deal",
    NoticeKind.DEAL_RULED: "deal",
    NoticeKind.PAYMENT_AWAITED: "deal",
    NoticeKind.PAYMENT_CAME: "deal",
    NoticeKind.PAYMENT_GONE: "deal",
    NoticeKind.SUM_CHANGED: "deal",
}
_ANYTHINGS = frozenset({NoticeKind.CARD, NoticeKind.CLIENT_TOUCHED})
"""Their params name the subject."""
_FOLDED = frozenset({"deal", "lead", "task"})


async def until_of(uow: UnitOfWork, person: Person, now: datetime) -> datetime | None:
    """When the quiet time ends in which somebody is now; None if they are in none."""
    if not person.quiet:
        return None
    return await quiet_until(uow, person.id, Quiet.of(person.quiet), person.time_zone, now)


async def settle(uow: UnitOfWork, person: Person, now: datetime, key: str) -> None:
    """Let go what is held, or look again when the quiet time of now ends."""
    held = await uow.held.of(person.id)
    if not held:
        return
    until = await until_of(uow, person, now)
    if until is not None:
        await notices.set_end(uow, now, person.id, until, key)
        return
    epoch = (await the_workspace(uow)).outbox_epoch
    useful = [row for row in held if row.epoch >= epoch and (row.expires_at is None or row.expires_at > now)]
    things: dict[Thing, list[Outbox]] = {}
    others: dict[str, Outbox] = {}
    for row in useful:
        if (thing := _thing_of(row)) is not None:
            things.setdefault(thing, []).append(row)
        else:
            others[row.coalesce or row.dedupe] = row
    sent = [row.id for row in others.values()]
    if len(things) <= FEW:
        sent += [_best(rows).id for rows in things.values()]
    await uow.held.drop([row.id for row in held if row.id not in sent], "folded")
    await uow.outbox.let_go(sent, now)
    if len(things) > FEW:
        await _fold(uow, person.id, things, now)


async def _fold(uow: UnitOfWork, person_id: int, things: dict[Thing, list[Outbox]], now: datetime) -> None:
    """One message of all that happened; its rights are asked thing by thing when it is drawn."""
    newest = max(row.id for rows in things.values() for row in rows)
    chat = next(iter(things.values()))[0].chat_id
    told: list[dict[str, object]] = [
        {"subject": subject, "id": subject_id, "news": _news(rows)}
        for (subject, subject_id), rows in things.items()
    ]
    for start in range(0, len(told), MOST):
        key = f"away:{newest}:{start}"
        params: dict[str, object] = {"things": told[start : start + MOST]}
        await notices.send(uow, now, [Place(chat, person_id)], NoticeKind.AWAY, key, params)


def _news(rows: Iterable[Outbox]) -> list[list[object]]:
    """The newest of each kind, with how many there were."""
    found: dict[str, list[object]] = {}
    for row in rows:
        before = found.pop(row.kind, None)
        found[row.kind] = [row.kind, row.params, 1 + (int(str(before[2])) if before else 0)]
    return list(found.values())


def _best(rows: list[Outbox]) -> Outbox:
    """Of several messages about one thing the one that is sent."""
    return next((row for row in reversed(rows) if row.kind in _GIVEN), rows[-1])


def _thing_of(row: Outbox) -> Thing | None:
    """What a message is about, where several such become one."""
    kind = NoticeKind(row.kind)
    subject = str(row.params.get("subject", "")) if kind in _ANYTHINGS else _SUBJECTS.get(kind)
    return (subject, int(row.params["id"])) if subject in _FOLDED else None
