"""Tags of leads, clients and deals: given and taken off, made by being written."""

from collections.abc import Sequence

from db.models import Deal, Lead
from db.repositories.known_clients import Client
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor
from services.client_rows import access_client
from services.clock import Clock
from services.dto.clients import ClientKind
from services.dto.fields import FieldSubject
from services.dto.tags import TagLine, TagSheet
from services.errors import AppError, NotFoundError, StaleError
from services.lead_changes import hold
from services.rows import access_deal
from services.tag_names import MOST_OF_ONE, tag_called

PAGE = 20
ACTIONS = {
    FieldSubject.DEAL: Action.DEAL_TAG,
    FieldSubject.LEAD: Action.LEAD_TAG,
    FieldSubject.CONTACT: Action.CLIENT_TAG,
    FieldSubject.FIRM: Action.CLIENT_TAG,
}
Tagged = Deal | Lead | Client


class Tags:
    """The service of tags; who may give them, each kind of subject says, and the words are the company's."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def of(self, actor: Actor, subject: FieldSubject, one: int, page: int = 0) -> TagSheet:
        """The tags of something and those that it could have.

        Raises `deal.not_found` and the like, `not_allowed`, `deal.archived`, `stale` for a closed lead.
        """
        async with self._db.read() as uow:
            row = await _access(uow, actor, subject, one)
            return await _sheet(uow, subject, row, row.tags, page)

    async def set(self, actor: Actor, subject: FieldSubject, one: int, tag_id: int, *, on: bool) -> TagSheet:
        """Give it a tag, or take it off. Raises as `of`, and `tag.not_found`, `tag.full`, `stale`."""
        async with self._db.write(actor.cause) as uow:
            row = await _access(uow, actor, subject, one)
            tag = await uow.tags.get(tag_id)
            if tag is None:
                raise NotFoundError("tag")
            tags = await self._change(uow, actor, subject, row, tag_id, on=on)
            return await _sheet(uow, subject, row, tags, 0)

    async def write(self, actor: Actor, subject: FieldSubject, one: int, typed: str) -> TagSheet:
        """Give it a tag by its name, as somebody types it; a new one is made.

        Raises as `set`, and what `tag_called` raises.
        """
        async with self._db.write(actor.cause) as uow:
            row = await _access(uow, actor, subject, one)
            tags = await self._change(uow, actor, subject, row, await tag_called(uow, typed), on=True)
            return await _sheet(uow, subject, row, tags, 0)

    async def _change(
        self, uow: UnitOfWork, actor: Actor, subject: FieldSubject, row: Tagged, tag_id: int, *, on: bool
    ) -> list[int]:
        if on == (tag_id in row.tags):
            return row.tags
        if on and len(row.tags) >= MOST_OF_ONE:
            raise AppError("tag.full", most=MOST_OF_ONE)
        one, now, before = row.id, self._clock.now(), await uow.tags.names(row.tags)
        tags = [*row.tags, tag_id] if on else [other for other in row.tags if other != tag_id]
        if not await _write(uow, row, tags):
            raise StaleError
        await (uow.tags.put if on else uow.tags.take)(subject, tag_id, [one])
        after = await uow.tags.names(tags)
        changes: history.Changes = {"tags": ([*before.values()], [*after.values()])}
        event = await history.record(uow, actor, now, ACTIONS[subject], subject, one, changes)
        await notices.refresh_cards(uow, now, subject, one, event, but=actor.telegram_id)
        return tags


async def _access(uow: UnitOfWork, actor: Actor, subject: FieldSubject, one: int) -> Tagged:
    match subject:
        case FieldSubject.DEAL:
            return (await access_deal(uow, actor, one, ACTIONS[subject]))[0]
        case FieldSubject.LEAD:
            return await hold(uow, actor, one, ACTIONS[subject])
    return await access_client(uow, actor, ClientKind(subject), one, ACTIONS[subject])


async def _write(uow: UnitOfWork, row: Tagged, tags: list[int]) -> bool:
    """Compare and set."""
    if isinstance(row, Deal):
        return bool(await uow.deals.change(row, tags=tags))
    if isinstance(row, Lead):
        return await uow.leads.change(row.id, row.version, tags=tags) is not None
    return bool(await uow.clients.change(row, tags=tags))


async def _sheet(
    uow: UnitOfWork, subject: FieldSubject, row: Tagged, tags: Sequence[int], page: int
) -> TagSheet:
    known = {tag.id: tag.name for tag in await uow.tags.used()}
    mine = await uow.tags.names(tags)
    lines = [TagLine(one, name, on=True) for one, name in mine.items()]
    lines += [TagLine(one, name, on=False) for one, name in known.items() if one not in mine]
    title = row.title if isinstance(row, Deal | Lead) else row.name
    shown = tuple(lines[page * PAGE : (page + 1) * PAGE])
    return TagSheet(
        subject, row.id, title, tuple(mine.values()), shown, page, more=len(lines) > (page + 1) * PAGE
    )
