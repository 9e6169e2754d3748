"""Who hears of what was done with many at once: each person by one message, whatever concerns them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from db.uow import UnitOfWork
from services import notices
from services.access import Actor, Role, StageKind
from services.dto.bulk import SOME
from services.dto.common import Ref
from services.lists.bulk_plan import Row
from services.notices import NoticeKind

News = dict[int, dict[str, object]]
"""By person what concerns them."""
_LOSSES = frozenset({"gone", "leads_gone", "clients_gone", "firms_gone", "to"})


def counted(name: str, people: Iterable[int | None]) -> News:
    """News of one kind: as often as somebody is named."""
    return {person: {name: n} for person, n in Counter(people).items() if person is not None}


def gone(name: str, people: Iterable[int | None], to: Ref) -> News:
    """The same of what they have no more, and who has it now."""
    return {person: {**told, "to": to.name} for person, told in counted(name, people).items()}


async def of_moves(uow: UnitOfWork, rows: Sequence[Row], kind: StageKind, given: Mapping[int, int]) -> News:
    """Of deals that came to a stage: for their owners, for those who wait for the money, and of set tasks."""
    name = "lost" if kind is StageKind.LOST else "won" if kind is StageKind.WON else ""
    found: News = counted(name, (deal.owner_id for deal, _ in rows)) if name else {}
    if kind is StageKind.PAYMENT:
        found = merged(found, await _awaiting(uow, [row for row in rows if row[1].kind != StageKind.PAYMENT]))
    return merged(found, {person: {"tasks": n} for person, n in given.items()})


def with_names(news: News, deals: Iterable[tuple[int, int | None]]) -> News:
    """The same with the first few deals of each, by their owners; their names are asked for by the reader."""
    theirs: dict[int | None, list[int]] = {}
    for deal, owner in deals:
        theirs.setdefault(owner, []).append(deal)
    return {one: {**told, "deals": theirs.get(one, [])[:SOME]} for one, told in news.items()}


def merged(news: News, more: News) -> News:
    """Both, each person's together."""
    return {one: {**news.get(one, {}), **more.get(one, {})} for one in news.keys() | more.keys()}


async def tell(uow: UnitOfWork, actor: Actor, now: datetime, news: News, event: int) -> None:
    """One message to each but the actor; whoever has nothing to do by it hears no sound."""
    for person_id, theirs in sorted(news.items()):
        person = await uow.people.get(person_id) if person_id != actor.person_id else None
        if person is not None:
            key, params = f"bulk:{event}:{person_id}", {"by": actor.name, **theirs}
            kind = NoticeKind.DEALS_CHANGED
            silent = not theirs.keys() - _LOSSES
            await notices.send(uow, now, [notices.private(person)], kind, key, params, silent=silent)


async def redraw(
    uow: UnitOfWork, now: datetime, deals: Sequence[int], tasks: Sequence[int], event: int
) -> None:
    """Bring the standing cards of these deals and tasks up to date, and the topics of the deals."""
    await notices.refresh_all(uow, now, "deal", deals, event)
    await notices.refresh_all(uow, now, "task", tasks, event)
    for deal in await uow.bulk.with_topics(deals):
        await notices.follow_topic(uow, now, deal, f"{event}")


async def _awaiting(uow: UnitOfWork, rows: Sequence[Row]) -> News:
    """As with one deal: finance, or the owners of the company, and the heads."""
    money = await uow.people.with_role(Role.FINANCE) or await uow.people.with_role(Role.OWNER)
    people = [person.id for person in money for _ in rows]
    for department, n in Counter(deal.department_id for deal, _ in rows).items():
        heads = [one.id for one in await uow.people.heads(department) if one not in money]
        people += [head for head in heads for _ in range(n)]
    return counted("awaits", people)
