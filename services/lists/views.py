"""Views: filters with a name, that people keep, share with a department and pin in their menu."""

from db.models import View
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, Reach, require, require_in_department
from services.clock import Clock
from services.dto.common import Ref
from services.dto.lists import ViewCard, ViewRef, Views
from services.errors import AppError, ForbiddenError, NotFoundError
from services.lists import asking
from services.lists.filters import Filter
from services.lists.kinds import listable
from services.lists.view_rows import access_view, edits, filter_of, pinned, view_ref, views_of
from services.understanding.fold import clean_line

LONGEST = 40
"""A longer name would be cut on its button."""
MOST = 30
MOST_PINNED = 6


class SavedViews:
    """The service of views; one's own are for oneself, unless a head shares them with their department."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def all(self, actor: Actor) -> Views:
        """One's own views and those that are shared with one."""
        require(actor, Action.VIEW_KEEP)
        async with self._db.read() as uow:
            found = [await view_ref(uow, actor, view) for view in await views_of(uow, actor)]
            full = sum(one.pinned for one in found) >= MOST_PINNED
            return Views(tuple(found), full=full, subjects=listable(actor))

    async def card(self, actor: Actor, view_id: int) -> ViewCard:
        """A view with what it asks for. Raises `view.not_found`."""
        require(actor, Action.VIEW_KEEP)
        async with self._db.read() as uow:
            return await _card(uow, actor, await access_view(uow, actor, view_id))

    async def editing(self, actor: Actor, view_id: int) -> ViewCard:
        """The same for whoever may change it. Raises `view.not_found`, `not_allowed`."""
        card = await self.card(actor, view_id)
        if not card.view.edits:
            raise ForbiddenError
        return card

    async def save(self, actor: Actor, listing_id: int, name: str) -> ViewCard:
        """Keep a filter under a name, and in the menu while there is room.

        Raises `list.gone`, `view.unnamed`, `view.too_long`, `view.same_name`, `view.many`.
        """
        require(actor, Action.VIEW_KEEP)
        async with self._db.write(actor.cause) as uow:
            await uow.people.hold(actor.person_id)
            filter_ = await filter_of(uow, actor, listing_id)
            if await uow.views.own(actor.person_id) >= MOST:
                raise AppError("view.many", most=MOST)
            view = View(
                person_id=actor.person_id,
                name=await _name(uow, actor, name),
                filter=filter_.data,
                digest=filter_.digest,
                created_at=self._clock.now(),
            )
            uow.views.add(view)
            await uow.views.flush()
            if len(await pinned(uow, actor)) < MOST_PINNED:
                await uow.views.pin(actor.person_id, view.id)
            await self._record(uow, actor, view, {"view": (None, view.id), "name": (None, view.name)})
            return await _card(uow, actor, view)

    async def replaceable(self, actor: Actor, listing_id: int) -> tuple[ViewRef, ...]:
        """The views of the same kind that a filter may replace. Raises `list.gone`."""
        require(actor, Action.VIEW_KEEP)
        async with self._db.read() as uow:
            subject = (await filter_of(uow, actor, listing_id)).subject
            found = [view for view in await views_of(uow, actor) if edits(actor, view)]
            alike = [view for view in found if Filter.of(view.filter).subject is subject]
            return tuple([await view_ref(uow, actor, view) for view in alike])

    async def replace(self, actor: Actor, view_id: int, listing_id: int) -> ViewCard:
        """Let a view ask for what a filter of the same kind does; its name, its readers and pins stay.

        Raises `list.gone`, `view.not_found`, `not_allowed`.
        """
        async with self._db.write(actor.cause) as uow:
            view = await self._mine(uow, actor, view_id)
            filter_, old = await filter_of(uow, actor, listing_id), view.filter
            if filter_.subject is not Filter.of(old).subject:
                raise NotFoundError("view")
            view.filter, view.digest = filter_.data, filter_.digest
            if old != view.filter:
                await self._record(uow, actor, view, {"filter": (old, view.filter)})
            return await _card(uow, actor, view)

    async def rename(self, actor: Actor, view_id: int, name: str) -> ViewCard:
        """Another name. Raises `view.not_found`, `not_allowed`, and what `save` raises of names."""
        async with self._db.write(actor.cause) as uow:
            view = await self._mine(uow, actor, view_id)
            old, view.name = view.name, await _name(uow, actor, name, but=view.id)
            await self._record(uow, actor, view, {"name": (old, view.name)})
            return await _card(uow, actor, view)

    async def pin(self, actor: Actor, view_id: int, *, on: bool) -> ViewCard:
        """Put it into one's menu, or take it out. Raises `view.not_found`, `view.menu_full`."""
        require(actor, Action.VIEW_KEEP)
        async with self._db.write(actor.cause) as uow:
            await uow.people.hold(actor.person_id)
            view = await access_view(uow, actor, view_id)
            pins = {one.id for one in await pinned(uow, actor)}
            if on and view.id not in pins and len(pins) >= MOST_PINNED:
                raise AppError("view.menu_full", most=MOST_PINNED)
            if on != (view.id in pins):
                change = uow.views.pin if on else uow.views.unpin
                await change(actor.person_id, view.id)
                await self._record(uow, actor, view, {"pinned": (not on, on)})
            return await _card(uow, actor, view)

    async def share(self, actor: Actor, view_id: int, department_id: int) -> ViewCard:
        """Let the people of a department that one heads read it, too; 0: nobody else any more.

        Each of them sees in it only what they may see. Raises `view.not_found`, `not_allowed`.
        """
        async with self._db.write(actor.cause) as uow:
            view = await self._mine(uow, actor, view_id)
            if department_id:
                require_in_department(actor, Action.VIEW_SHARE, department_id)
                if await uow.people.department(department_id) is None:
                    raise NotFoundError("department")
            old, new = view.department_id, department_id or None
            if old != new:
                view.department_id = new
                await uow.views.flush()
                await uow.views.unpin_others(view.person_id, view.id)
                action = Action.VIEW_SHARE if new else Action.VIEW_KEEP
                await self._record(uow, actor, view, {"department_id": (old, new)}, action)
            return await _card(uow, actor, view)

    async def drop(self, actor: Actor, view_id: int) -> Views:
        """Delete it, for all who share in it. Raises `view.not_found`, `not_allowed`."""
        async with self._db.write(actor.cause) as uow:
            view = await self._mine(uow, actor, view_id)
            await self._record(uow, actor, view, {"view": (view.id, None), "name": (view.name, None)})
            await uow.views.drop(view)
        return await self.all(actor)

    async def _mine(self, uow: UnitOfWork, actor: Actor, view_id: int) -> View:
        require(actor, Action.VIEW_KEEP)
        await uow.people.hold(actor.person_id)
        view = await access_view(uow, actor, view_id)
        if not edits(actor, view):
            raise ForbiddenError
        return view

    async def _record(
        self,
        uow: UnitOfWork,
        actor: Actor,
        view: View,
        changes: history.Changes,
        action: Action = Action.VIEW_KEEP,
    ) -> None:
        await uow.views.flush()
        await history.record(uow, actor, self._clock.now(), action, "view", view.id, changes)


async def _card(uow: UnitOfWork, actor: Actor, view: View) -> ViewCard:
    asked = await asking.in_words(uow, actor, Filter.of(view.filter))
    reach = actor.reach(Action.VIEW_SHARE)
    here = [
        Ref(row.id, row.name)
        for row in (await uow.people.departments() if reach and edits(actor, view) else [])
        if Reach.ALL in reach or row.id in actor.headed
    ]
    return ViewCard(await view_ref(uow, actor, view), asked, tuple(here))


async def _name(uow: UnitOfWork, actor: Actor, typed: str, but: int | None = None) -> str:
    name = clean_line(typed, LONGEST + 1)
    if not name:
        raise AppError("view.unnamed")
    if len(name) > LONGEST:
        raise AppError("view.too_long", most=LONGEST)
    others = [
        view for view in await views_of(uow, actor) if view.id != but and view.person_id == actor.person_id
    ]
    if any(view.name.casefold() == name.casefold() for view in others):
        raise AppError("view.same_name")
    return name
