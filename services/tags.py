"""Tags of deals: given and taken off, made by being written."""

from db.models import Deal
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor
from services.clock import Clock
from services.deal_cards import build_card
from services.dto.deals import DealTags, TagLine
from services.errors import AppError, NotFoundError, StaleError
from services.rows import access_deal
from services.understanding.fold import clean_line, fold

LONGEST = 24
MOST = 300
MOST_OF_DEAL = 10
PAGE = 20


class Tags:
    """The service of tags; on a deal they are its sellers' business, and the words are the company's."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def of_deal(self, actor: Actor, deal_id: int, page: int = 0) -> DealTags:
        """A deal's tags and those that it could have. Raises `deal.not_found`, `not_allowed`."""
        async with self._db.read() as uow:
            deal, _ = await access_deal(uow, actor, deal_id, Action.DEAL_TAG)
            return await self._tags(uow, actor, deal, page)

    async def set(self, actor: Actor, deal_id: int, tag_id: int, *, on: bool) -> DealTags:
        """Give a deal a tag, or take it off.

        Raises `deal.not_found`, `not_allowed`, `deal.archived`, `tag.not_found`, `tag.full`, `stale`.
        """
        async with self._db.write(actor.cause) as uow:
            deal, _ = await access_deal(uow, actor, deal_id, Action.DEAL_TAG)
            tag = await uow.tags.get(tag_id)
            if tag is None:
                raise NotFoundError("tag")
            await self._change(uow, actor, deal, tag_id, on=on)
            return await self._tags(uow, actor, deal, 0)

    async def write(self, actor: Actor, deal_id: int, typed: str) -> DealTags:
        """Give a deal a tag by its name, as somebody types it; a new one is made.

        Raises as `set`, and `tag.unnamed`, `tag.too_long`, `tag.many`.
        """
        async with self._db.write(actor.cause) as uow:
            deal, _ = await access_deal(uow, actor, deal_id, Action.DEAL_TAG)
            await self._change(uow, actor, deal, await tag_called(uow, typed), on=True)
            return await self._tags(uow, actor, deal, 0)

    async def _change(self, uow: UnitOfWork, actor: Actor, deal: Deal, tag_id: int, *, on: bool) -> None:
        if on == (tag_id in deal.tags):
            return
        if on and len(deal.tags) >= MOST_OF_DEAL:
            raise AppError("tag.full", most=MOST_OF_DEAL)
        now, before = self._clock.now(), await uow.tags.names(deal.tags)
        tags = [*deal.tags, tag_id] if on else [one for one in deal.tags if one != tag_id]
        if not await uow.deals.change(deal, tags=tags):
            raise StaleError
        await (uow.tags.put if on else uow.tags.take)(tag_id, [deal.id])
        after = await uow.tags.names(tags)
        changes: history.Changes = {"tags": ([*before.values()], [*after.values()])}
        event = await history.record(uow, actor, now, Action.DEAL_TAG, "deal", deal.id, changes)
        await notices.refresh_cards(uow, now, "deal", deal.id, event, but=actor.telegram_id)

    async def _tags(self, uow: UnitOfWork, actor: Actor, deal: Deal, page: int) -> DealTags:
        known = {row.id: row.name for row in await uow.tags.used()}
        mine = await uow.tags.names(deal.tags)
        lines = [TagLine(one, name, on=True) for one, name in mine.items()]
        lines += [TagLine(one, name, on=False) for one, name in known.items() if one not in mine]
        shown = tuple(lines[page * PAGE : (page + 1) * PAGE])
        card = await build_card(uow, actor, deal.id, self._clock.now())
        return DealTags(card, shown, page, more=len(lines) > (page + 1) * PAGE)


async def tag_called(uow: UnitOfWork, typed: str) -> int:
    """The tag of this name, made if there is none. Raises `tag.unnamed`, `tag.too_long`, `tag.many`."""
    name = clean_line(typed.lstrip("#"), LONGEST + 1)
    if not fold(name):
        raise AppError("tag.unnamed")
    if len(name) > LONGEST:
        raise AppError("tag.too_long", most=LONGEST)
    known = await uow.tags.called(fold(name))
    if known is None and await uow.tags.count() >= MOST:
        raise AppError("tag.many", most=MOST)
    tag = known or await uow.tags.make(name, fold(name))
    if tag is None:
        raise StaleError
    return tag.id
