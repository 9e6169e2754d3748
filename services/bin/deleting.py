"""Deleting: a preview of what it comes to, and the deed, by which all of it goes into the bin at once."""

from datetime import datetime

from db.models import Deal, Lead
from db.repositories.bundles import Bundle, Open
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import CLOSED_KINDS, Action, Actor, StageKind, Standing, granted
from services.bin import rights
from services.bin.days import DAYS
from services.bin.rights import DELETE, Subject
from services.client_rows import access_client
from services.clock import Clock
from services.dto.bin import BinPlan
from services.dto.clients import ClientKind
from services.errors import AppError, NotFoundError, StaleError
from services.notices import NoticeKind, Place
from services.response.clock import OPEN
from services.rows import access_deal, access_lead

_OPEN_KINDS = tuple(kind for kind in StageKind if kind not in CLOSED_KINDS)
NAMED = 5
"""So many deals and leads in work are named in a refusal."""


class Deleting:
    """The service that deletes; for whom, see `services.bin.rights`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def plan(self, actor: Actor, kind: str, subject_id: int) -> BinPlan:
        """What would go, and what would stay. Raises as `delete`, but for `stale`."""
        async with self._db.read() as uow:
            row, bundle = await _ready(uow, actor, kind, subject_id, self._clock.now(), hold=False)
            goes = tuple((table, len(rows)) for table, rows in bundle.rows.items())
            stays = dict.fromkeys(_named_by(row), 1)
            for link in bundle.links:
                stays[link["table"]] = stays.get(link["table"], 0) + 1
            return BinPlan(kind, subject_id, row.version, _title(row), goes, tuple(stays.items()), DAYS)

    async def delete(self, actor: Actor, kind: str, subject_id: int, version: int) -> int:
        """Put a subject into the bin with all that hangs on it; its number there.

        Raises `<kind>.not_found`, `not_allowed`, `stale`; `bin.ask_head` and `bin.hangs` for a seller;
        `bin.paid` for a deal for which money came, `bin.became_deal` for a lead whose deal is there, and
        `bin.in_work` for a client with open deals or leads.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            row, bundle = await _ready(uow, actor, kind, subject_id, now, hold=True)
            if row.version != version:
                raise StaleError
            await _let_chats_go(uow, now, bundle)
            if not await uow.bundles.take(kind, bundle):
                raise StaleError
            bin_id = await uow.bin.put_in(
                bundle,
                kind=kind,
                subject_id=subject_id,
                title=_title(row)[:200],
                owner_id=row.owner_id,
                crew=row.crew if isinstance(row, Deal) else [],
                department_id=row.department_id,
                contact_id=row.contact_id if isinstance(row, Deal | Lead) else None,
                deleted_at=now,
                deleted_by=actor.person_id or None,
            )
            changes: history.Changes = {"deleted": (False, True)}
            event = await history.record(uow, actor, now, DELETE[kind], kind, subject_id, changes)
            await tell_tasks(uow, actor, now, kind, subject_id, bundle, changes)
            await refresh_around(uow, actor, now, kind, subject_id, bundle, event)
            return bin_id


async def tell_tasks(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    kind: str,
    subject_id: int,
    bundle: Bundle,
    changes: history.Changes,
) -> None:
    """Each task keeps in its own history that it went along, and with what."""
    told: history.Changes = {**changes, "kind": (None, kind), "along": (None, subject_id)}
    await history.consequences(uow, actor, now, DELETE[kind], "task", dict.fromkeys(bundle.ids("task"), told))


async def refresh_around(
    uow: UnitOfWork, actor: Actor, now: datetime, kind: str, subject_id: int, bundle: Bundle, event: int
) -> None:
    """Let the cards tell it wherever they stand: of the subject, of its tasks, of what named it."""
    await notices.refresh_cards(uow, now, kind, subject_id, event, but=actor.telegram_id)
    await notices.refresh_all(uow, now, "task", bundle.ids("task"), event)
    subjects = {"deal": "deal", "lead": "lead", "contact": "contact", "task": "task"}
    for table, subject in subjects.items():
        named = {link["id"] for link in bundle.links if link["table"] == table}
        await notices.refresh_all(uow, now, subject, named, event)


async def _ready(
    uow: UnitOfWork, actor: Actor, kind: str, subject_id: int, now: datetime, *, hold: bool
) -> tuple[Subject, Bundle]:
    """A subject that may be deleted, with its bundle."""
    if kind not in DELETE:
        raise NotFoundError("choice")
    bundle = await uow.bundles.gather(kind, subject_id, hold=hold)
    row = await _access(uow, actor, kind, subject_id)
    if bundle is None:
        raise NotFoundError(kind)
    rights.require(actor, kind, row, bundle, now)
    await _check_free(uow, actor, kind, subject_id, bundle)
    return row, bundle


async def _access(uow: UnitOfWork, actor: Actor, kind: str, subject_id: int) -> Subject:
    if kind == "deal":
        return (await access_deal(uow, actor, subject_id, Action.DEAL_DELETE))[0]
    if kind == "lead":
        return await access_lead(uow, actor, subject_id, Action.LEAD_DELETE)
    return await access_client(uow, actor, ClientKind(kind), subject_id, Action.CLIENT_DELETE)


async def _check_free(uow: UnitOfWork, actor: Actor, kind: str, subject_id: int, bundle: Bundle) -> None:
    """What stands against it, whoever asks."""
    if kind == "deal":
        if await uow.bundles.has_payments(subject_id):
            raise AppError("bin.paid")
        return
    if kind == "lead":
        deals = [link["id"] for link in bundle.links if link["table"] == "deal"]
        if deals:
            raise AppError("bin.became_deal", id=deals[0])
        return
    busy = await uow.bundles.open_deals(kind, subject_id, _OPEN_KINDS)
    if kind == "contact":
        busy += await uow.bundles.open_leads(subject_id, OPEN)
    if busy:
        raise AppError("bin.in_work", which=_named(actor, busy))


def _named(actor: Actor, busy: list[Open]) -> str:
    """Those that the reader may see, by number and title; of others only that there are more."""
    seen = [one for one in busy if granted(actor, rights.VIEW[one.kind], _place(one))]
    told = [f"#{one.id} {one.title}" for one in seen[:NAMED]]
    return ", ".join([*told, "…"] if len(told) < len(busy) else told)


def _place(one: Open) -> Standing:
    return Standing(frozenset({one.owner_id, *(one.crew or ())}), one.department_id)


async def _let_chats_go(uow: UnitOfWork, now: datetime, bundle: Bundle) -> None:
    """Close the topic of a deal; its own group is nobody's from now on."""
    for topic in bundle.rows.get("deal_topic", []):
        if topic["thread"] is None:
            continue
        params: dict[str, object] = {"id": topic["deal_id"], "stray": topic["thread"]}
        key = f"binned:{topic['deal_id']}:{now.timestamp()}"
        await notices.send(uow, now, [Place(topic["chat_id"])], NoticeKind.TOPIC, key, params)
        topic["closed"] = True


def _named_by(row: Subject) -> list[str]:
    """What a subject itself names; it stays."""
    names = {"contact_id": "its_client", "company_id": "its_company", "lead_id": "its_lead"}
    return [name for column, name in names.items() if getattr(row, column, None) is not None]


def _title(row: Subject) -> str:
    return row.title if isinstance(row, Deal | Lead) else row.name
