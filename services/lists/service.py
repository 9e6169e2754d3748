"""Lists of deals, leads and clients by filter: chosen step by step, counted, and read page by page."""

from db.uow import Database
from services.access import Action, Actor, require
from services.clock import Clock
from services.deal_lines import PAGE
from services.dto.clients import ClientLine
from services.dto.common import Page
from services.dto.deals import DealLine
from services.dto.fields import CHOSEN, FieldSubject
from services.dto.leads import LeadLine
from services.dto.lists import Choices, Count, FieldAsk, FilterCard, Listed
from services.errors import NotFoundError
from services.fields.answers import reading_place
from services.fields.filters import ANY, NOTHING, read_asked
from services.lists import asking, steps
from services.lists.choosing import choices, field_asked, offered, read_amounts, value_of
from services.lists.days import read_days
from services.lists.filters import FLAGS, SEVERAL, Filter, What
from services.lists.finding import Place, count, find, lines
from services.lists.kinds import KINDS, days_of, offers_of
from services.lists.view_rows import access_view, filter_of, kept_view, view_ref

WINDOWS = 10
"""So many windows are looked through for all that is in a list."""


class Lists:
    """The service of lists by filter; each shows to its reader only what they may see at that moment.

    A filter is known by a number of its own to whoever looked at it, and to nobody else: `list.gone`. What
    it lists nobody reads without the right to see it: `not_allowed`.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def filter(self, actor: Actor, listing_id: int = 0) -> FilterCard:
        """A filter with how many it lets through; 0: one of deals that asks for nothing yet."""
        return await self._card(actor, await self._filter(actor, listing_id))

    async def of(self, actor: Actor, subject: FieldSubject) -> FilterCard:
        """A filter of leads, clients or deals that asks for nothing yet."""
        require(actor, KINDS[subject].view)
        return await self._card(actor, Filter.start(subject))

    async def of_stage(self, actor: Actor, stage_id: int) -> FilterCard:
        """A filter that asks for a stage, to go on from its list."""
        return await self._card(actor, Filter(stage=stage_id or None))

    async def choices(
        self, actor: Actor, listing_id: int, what: What, page: int = 0, pipeline_id: int = 0
    ) -> Choices:
        """The values that may be asked for, some at a time, see `steps`. Raises `list.gone`."""
        filter_ = await self._filter(actor, listing_id)
        async with self._db.read() as uow:
            found = await choices(uow, actor, filter_, what)
        card = await self._card(actor, filter_) if what in SEVERAL else None
        return steps.some(found, listing_id, filter_, what, page, card, pipeline_id)

    async def toggle(self, actor: Actor, listing_id: int, what: What, number: int) -> Choices:
        """Ask for one more of several `choices`, or for it no more: the choices as they are then, where it
        stands. Raises as `ask`, and `list.many`."""
        card = await self.ask(actor, listing_id, what, number)
        filter_ = await self._filter(actor, card.id)
        async with self._db.read() as uow:
            found = await choices(uow, actor, filter_, what)
        return steps.where(found, card.id, filter_, what, number, card if what in SEVERAL else None)

    async def ask(self, actor: Actor, listing_id: int, what: What, number: int | None) -> FilterCard:
        """Ask also for one of the `choices`, or no more for any; a flag is turned, and one of those of which
        several may be asked for. Raises `list.gone`, and `stale` where there is no such choice any more."""
        filter_ = await self._filter(actor, listing_id)
        if what not in offers_of(actor, KINDS[filter_.subject]):
            raise NotFoundError("list")
        if what in FLAGS:
            changed = filter_.without(what) if what in filter_.asked else filter_.asking(what, value=True)
        elif number is None:
            changed = filter_.without(what)
        else:
            async with self._db.read() as uow:
                value = await value_of(uow, actor, filter_, what, number)
            changed = (filter_.toggling if what in SEVERAL else filter_.asking)(what, value)
        return await self._card(actor, changed)

    async def ask_amount(self, actor: Actor, listing_id: int, typed: str) -> FilterCard:
        """Ask also for a sum, or from which one to which. Raises `list.gone` and what `read_amounts` does."""
        filter_ = await self._filter(actor, listing_id)
        if What.AMOUNT not in offers_of(actor, KINDS[filter_.subject]):
            raise NotFoundError("list")
        return await self._card(actor, filter_.asking(What.AMOUNT, read_amounts(typed)))

    async def ask_days(self, actor: Actor, listing_id: int, of: str, typed: str = "") -> FilterCard:
        """Ask also for days of one's own, see `read_days`; without words the filter as it is.

        Raises `list.gone`, `list.not_found` where nothing is dated so, and `list.bad_days`.
        """
        filter_ = await self._filter(actor, listing_id)
        if of not in {day.of for day in days_of(actor, KINDS[filter_.subject])}:
            raise NotFoundError("list")
        if typed:
            today = self._clock.now().astimezone(actor.zone).date()
            filter_ = filter_.asking(What.DATE, read_days(of, typed, today))
        return await self._card(actor, filter_)

    async def field(self, actor: Actor, listing_id: int, field_id: int) -> FieldAsk:
        """A field of the company's own, and what is asked of it. Raises `list.gone`, `field.not_found`."""
        filter_ = await self._filter(actor, listing_id)
        async with self._db.read() as uow:
            field = await field_asked(uow, actor, filter_, field_id)
        card = await self._card(actor, filter_) if field.kind in CHOSEN else None
        return FieldAsk(listing_id, field, (filter_.field or {}).get(str(field_id)), card)

    async def pick_field(self, actor: Actor, listing_id: int, field_id: int, number: int) -> FieldAsk:
        """Ask for a choice of a field of the company's own, or for it no more; for yes, or no.

        With the filter as it asks then. Raises `list.gone`, `field.not_found`, `list.many`.
        """
        filter_ = await self._filter(actor, listing_id)
        async with self._db.read() as uow:
            field = await field_asked(uow, actor, filter_, field_id)
        several = field.kind in CHOSEN
        changed = (
            filter_.toggling_field(field_id, number) if several else filter_.asking_field(field_id, number)
        )
        card = await self._card(actor, changed)
        return FieldAsk(card.id, field, (changed.field or {}).get(str(field_id)), card)

    async def ask_field(self, actor: Actor, listing_id: int, field_id: int, typed: str = "") -> FilterCard:
        """Ask also what a field of the company's own says, in words; without any: that it says something.

        Raises `list.gone`, `field.not_found` and what `fields.filters.read_asked` raises.
        """
        filter_ = await self._filter(actor, listing_id)
        async with self._db.read() as uow:
            field = await field_asked(uow, actor, filter_, field_id)
            where = await reading_place(uow, actor, self._clock.now())
        value = read_asked(field, typed, where) if typed else ANY
        return await self._card(actor, filter_.asking_field(field_id, value))

    async def ask_empty(self, actor: Actor, listing_id: int, field_id: int) -> FilterCard:
        """Ask also that a field of the company's own says nothing. Raises `list.gone`, `field.not_found`."""
        filter_ = await self._filter(actor, listing_id)
        async with self._db.read() as uow:
            await field_asked(uow, actor, filter_, field_id)
        return await self._card(actor, filter_.asking_field(field_id, NOTHING))

    async def page(self, actor: Actor, listing_id: int, after: int | None = None, top: int = 0) -> Listed:
        """What a filter lets through after a mark, as `Listed` tells. Raises `list.gone`."""
        return await self._page(actor, await self._filter(actor, listing_id), Place(after, top))

    async def open_view(self, actor: Actor, view_id: int) -> Listed:
        """The first page of a view. Raises `view.not_found`."""
        async with self._db.read() as uow:
            view = await access_view(uow, actor, view_id)
        return await self._page(actor, Filter.of(view.filter), Place())

    async def subject(self, actor: Actor, listing_id: int) -> FieldSubject:
        """What may be ticked in a list. Raises `list.gone`, and `list.not_found` where nothing may."""
        subject = (await self._filter(actor, listing_id)).subject
        if not KINDS[subject].bulk:
            raise NotFoundError("list")
        return subject

    async def ids(self, actor: Actor, listing_id: int, most: int) -> tuple[list[int], bool]:
        """What a filter lets through, the first so many, and whether there are more. Raises `list.gone`."""
        filter_ = await self._filter(actor, listing_id)
        found: list[int] = []
        async with self._db.read() as uow:
            if (await asking.in_words(uow, actor, filter_)).lost:
                return [], False
            now, place = self._clock.now(), Place()
            for _ in range(WINDOWS):
                part = await find(uow, actor, filter_, now, place, most - len(found))
                found += part.ids
                place = part.next
                if place.after is None or len(found) >= most:
                    break
        return found, place.after is not None

    async def _page(self, actor: Actor, filter_: Filter, place: Place) -> Listed:
        kind = KINDS[filter_.subject]
        require(actor, kind.view)
        listing_id = await self._number(actor, filter_)
        async with self._db.read() as uow:
            asked = await asking.in_words(uow, actor, filter_)
            shown: Page[DealLine | LeadLine | ClientLine] = Page((), None)
            further = Place()
            if not asked.lost:
                found = await find(uow, actor, filter_, self._clock.now(), place, PAGE)
                further = found.next
                shown = Page(await lines(uow, actor, filter_.subject, found), further.after)
            view = await kept_view(uow, actor, filter_)
            return Listed(
                id=listing_id,
                asked=asked,
                page=shown,
                after=place.after or 0,
                top=place.top,
                next_top=further.top,
                selects=any(map(actor.may, kind.bulk)),
                leaves=actor.may(Action.EXPORT_RUN) and bool(shown.items),
                view=await view_ref(uow, actor, view) if view is not None else None,
            )

    async def _card(self, actor: Actor, filter_: Filter) -> FilterCard:
        kind = KINDS[filter_.subject]
        require(actor, kind.view)
        listing_id = await self._number(actor, filter_)
        async with self._db.read() as uow:
            asked = await asking.in_words(uow, actor, filter_)
            view = await kept_view(uow, actor, filter_)
            return FilterCard(
                id=listing_id,
                asked=asked,
                count=Count(0) if asked.lost else await count(uow, actor, filter_, self._clock.now()),
                view=await view_ref(uow, actor, view) if view is not None else None,
                offered=await offered(uow, actor, filter_),
            )

    async def _filter(self, actor: Actor, listing_id: int) -> Filter:
        async with self._db.look() as uow:
            filter_ = await filter_of(uow, actor, listing_id)
        require(actor, KINDS[filter_.subject].view)
        return filter_

    async def _number(self, actor: Actor, filter_: Filter) -> int:
        """What the buttons of a list know it by. It changes nothing of the company's, so it has no cause."""
        async with self._db.look() as uow:
            known = await uow.views.known(actor.person_id, filter_.digest)
        if known is not None:
            return known
        async with self._db.write() as uow:
            now = self._clock.now()
            return await uow.views.listing(actor.person_id, filter_.data, filter_.digest, now)
