"""Lists of deals by filter: chosen step by step, counted, and read page by page."""

from db.models import View
from db.uow import Database, UnitOfWork
from services.access import Action, Actor, require
from services.clock import Clock
from services.deals import PAGE, deal_lines
from services.dto.common import Page
from services.dto.deals import DealLine
from services.dto.fields import Field
from services.dto.lists import Asked, Choice, Choices, Count, DealList, FieldAsk, FilterCard
from services.errors import NotFoundError, StaleError
from services.fields.answers import reading_place
from services.fields.filters import ANY, FilterValue, read_filter
from services.lists import asking
from services.lists.filters import FLAGS, MINE, MOST_AMOUNT, Dated, Filter, What
from services.lists.view_rows import access_view, filter_of, view_ref, views_of

COUNTED = 1_000
"""Further it is not counted: whoever sees so many deals narrows the filter."""
FEW_CHOICES = 24
WINDOWS = 10
"""So many windows are looked through for the deals of a whole list."""
BULK = (Action.DEAL_HAND_OVER, Action.DEAL_MOVE, Action.DEAL_TAG, Action.DEAL_LOSE)
"""What may be done with many deals at once."""


class DealLists:
    """The service of lists of deals; each shows to its reader only what they may see at that moment.

    A filter is known by a number of its own to whoever looked at it, and to nobody else: `list.gone`.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def filter(self, actor: Actor, listing_id: int = 0) -> FilterCard:
        """A filter with the number of its deals; 0: one that asks for nothing yet. Raises `list.gone`."""
        require(actor, Action.DEAL_VIEW)
        return await self._card(actor, await self._filter(actor, listing_id))

    async def of_stage(self, actor: Actor, stage_id: int) -> FilterCard:
        """A filter that asks for a stage, to go on from its list."""
        require(actor, Action.DEAL_VIEW)
        return await self._card(actor, Filter(stage=stage_id or None))

    async def choices(self, actor: Actor, listing_id: int, what: What, page: int = 0) -> Choices:
        """The values that may be asked for, some at a time. Raises `list.gone`."""
        require(actor, Action.DEAL_VIEW)
        filter_ = await self._filter(actor, listing_id)
        async with self._db.read() as uow:
            found = await _choices(uow, actor, filter_, what)
        start = page * FEW_CHOICES
        more = len(found) > start + FEW_CHOICES
        shown = tuple(found[start : start + FEW_CHOICES])
        return Choices(listing_id, what, shown, page + 1 if more else None, page)

    async def ask(self, actor: Actor, listing_id: int, what: What, number: int | None) -> FilterCard:
        """Ask also for one of the `choices`, or no more for any; a flag is turned. Raises `list.gone`,
        and `stale` where there is no such choice any more."""
        require(actor, Action.DEAL_VIEW)
        filter_ = await self._filter(actor, listing_id)
        if what in FLAGS:
            changed = filter_.without(what) if what in filter_.asked else filter_.asking(what, value=True)
        elif number is None:
            changed = filter_.without(what)
        else:
            async with self._db.read() as uow:
                changed = filter_.asking(what, await _value(uow, actor, what, number))
        return await self._card(actor, changed)

    async def field(self, actor: Actor, listing_id: int, field_id: int) -> FieldAsk:
        """A field of the company's own, and what is asked of it. Raises `list.gone`, `field.not_found`."""
        require(actor, Action.DEAL_VIEW)
        filter_ = await self._filter(actor, listing_id)
        async with self._db.read() as uow:
            field = await _field(uow, actor, field_id)
        return FieldAsk(listing_id, field, (filter_.field or {}).get(str(field_id)))

    async def ask_field(
        self, actor: Actor, listing_id: int, field_id: int, typed: str, number: int | None = None
    ) -> FilterCard:
        """Ask also what a field of the company's own says: in words, or by the number of a button.

        Raises `list.gone`, `field.not_found` and what `fields.filters.read_filter` raises.
        """
        require(actor, Action.DEAL_VIEW)
        filter_ = await self._filter(actor, listing_id)
        async with self._db.read() as uow:
            field = await _field(uow, actor, field_id)
            where = await reading_place(uow, actor, self._clock.now())
        value: FilterValue = number if number is not None else ANY
        if typed:
            value = read_filter(field, typed, where)
        return await self._card(actor, filter_.asking_field(field_id, value))

    async def page(self, actor: Actor, listing_id: int, after: int | None = None) -> DealList:
        """Deals of a filter after a mark, those in work first. Raises `list.gone`."""
        require(actor, Action.DEAL_VIEW)
        return await self._page(actor, await self._filter(actor, listing_id), after)

    async def open_view(self, actor: Actor, view_id: int) -> DealList:
        """The first page of a view. Raises `view.not_found`."""
        require(actor, Action.DEAL_VIEW)
        async with self._db.read() as uow:
            view = await access_view(uow, actor, view_id)
        return await self._page(actor, Filter.of(view.filter), None)

    async def ids(self, actor: Actor, listing_id: int, most: int) -> tuple[list[int], bool]:
        """The deals of a filter, the first so many, and whether there are more. Raises `list.gone`."""
        require(actor, Action.DEAL_VIEW)
        filter_ = await self._filter(actor, listing_id)
        found: list[int] = []
        async with self._db.read() as uow:
            if (await asking.in_words(uow, actor, filter_)).lost:
                return [], False
            wanted, after = await asking.wanted(uow, actor, filter_, self._clock.now()), None
            for _ in range(WINDOWS):
                part = await uow.deal_lists.find(wanted, after, most - len(found))
                found += part.ids
                after = part.next_after
                if after is None or len(found) >= most:
                    break
        return found, after is not None

    async def _page(self, actor: Actor, filter_: Filter, after: int | None) -> DealList:
        listing_id = await self._number(actor, filter_)
        async with self._db.read() as uow:
            asked = await asking.in_words(uow, actor, filter_)
            lines: Page[DealLine] = Page((), None)
            more = None
            if not asked.lost:
                wanted = await asking.wanted(uow, actor, filter_, self._clock.now())
                found = await uow.deal_lists.find(wanted, after, PAGE)
                lines = deal_lines(actor, await uow.deal_lists.rows(found.ids))
                more = found.next_after
            view = await _kept(uow, actor, filter_)
            return DealList(
                id=listing_id,
                asked=asked,
                page=Page(lines.items, more),
                after=after or 0,
                selects=any(map(actor.may, BULK)),
                view=await view_ref(uow, actor, view) if view is not None else None,
            )

    async def _card(self, actor: Actor, filter_: Filter) -> FilterCard:
        listing_id = await self._number(actor, filter_)
        async with self._db.read() as uow:
            asked = await asking.in_words(uow, actor, filter_)
            view = await _kept(uow, actor, filter_)
            return FilterCard(
                id=listing_id,
                asked=asked,
                count=await self._count(uow, actor, filter_, asked),
                view=await view_ref(uow, actor, view) if view is not None else None,
                fields=bool(asked.fields or await asking.fields_of(uow, actor)),
            )

    async def _count(self, uow: UnitOfWork, actor: Actor, filter_: Filter, asked: Asked) -> Count:
        if asked.lost:
            return Count(0)
        wanted = await asking.wanted(uow, actor, filter_, self._clock.now())
        found = await uow.deal_lists.find(wanted, None, COUNTED)
        return Count(len(found.ids), more=found.next_after is not None)

    async def _filter(self, actor: Actor, listing_id: int) -> Filter:
        async with self._db.read() as uow:
            return await filter_of(uow, actor, listing_id)

    async def _number(self, actor: Actor, filter_: Filter) -> int:
        """What the buttons of a list know it by. It changes nothing of the company's, so it has no cause."""
        async with self._db.read() as uow:
            known = await uow.views.known(actor.person_id, filter_.digest)
        if known is not None:
            return known
        async with self._db.write() as uow:
            now = self._clock.now()
            return await uow.views.listing(actor.person_id, filter_.data, filter_.digest, now)


async def _field(uow: UnitOfWork, actor: Actor, field_id: int) -> Field:
    found = next((one for one in await asking.fields_of(uow, actor) if one.id == field_id), None)
    if found is None:
        raise NotFoundError("field")
    return found


async def _kept(uow: UnitOfWork, actor: Actor, filter_: Filter) -> View | None:
    """The view that has this filter, one's own before others'."""
    same = [view for view in await views_of(uow, actor) if view.digest == filter_.digest]
    return min(same, key=lambda view: (view.person_id != actor.person_id, view.id), default=None)


async def _choices(uow: UnitOfWork, actor: Actor, filter_: Filter, what: What) -> list[Choice]:
    match what:
        case What.STAGE:
            found = await asking.stages(uow, actor)
            return [Choice(one.stage.id, one, one.stage.id == filter_.stage) for one in found]
        case What.PERSON:
            people = await asking.sellers(uow, actor)
            mine = Choice(MINE, "", filter_.person == MINE)
            return [mine, *(Choice(one.id, one.name, one.id == filter_.person) for one in people)]
        case What.SOURCE:
            codes = await asking.sources(uow)
            return [Choice(number, code, code == filter_.source) for number, code in codes.items()]
        case What.TAG:
            names = await asking.tags(uow, actor)
            return [Choice(tag, name, tag == filter_.tag) for tag, name in names.items()]
        case What.DATE:
            return [Choice(n, day, day == filter_.date) for n, day in enumerate(Dated)]
        case What.FIELD:
            asked = filter_.field or {}
            own = await asking.fields_of(uow, actor)
            return [Choice(one.id, one.name, str(one.id) in asked) for one in own]
        case _:
            raise NotFoundError("list")


async def _value(uow: UnitOfWork, actor: Actor, what: What, number: int) -> object:
    """What a number stands for. Raises `stale` for nothing."""
    if what is What.AMOUNT:
        return min(number, MOST_AMOUNT) or None
    known = {one.number: one for one in await _choices(uow, actor, Filter(), what)}
    if number not in known:
        raise StaleError
    label = known[number].label
    return label if what in (What.SOURCE, What.DATE) else number
