"""From an outside id to a view: the only way, and it asks for the right."""

from db.models import View
from db.uow import UnitOfWork
from services.access import Action, Actor, Reach, Standing, granted
from services.dto.common import Ref
from services.dto.lists import ViewRef
from services.errors import NotFoundError, StaleError
from services.lists.filters import Filter
from services.lists.kinds import KINDS


def reached(actor: Actor) -> frozenset[int] | None:
    """The departments whose shared views somebody sees: their own, those that they head; None for all."""
    return None if Reach.ALL in actor.reach(Action.VIEW_SHARE) else actor.departments | actor.headed


async def views_of(uow: UnitOfWork, actor: Actor) -> list[View]:
    """Somebody's own views and those that are shared with them, by name, of what they may list."""
    rows = await uow.views.seen_by(actor.person_id, reached(actor))
    return [view for view in rows if _lists(actor, view)]


async def pinned(uow: UnitOfWork, actor: Actor) -> tuple[Ref, ...]:
    """What stands in somebody's menu; what they see no more does not."""
    if not actor.may(Action.VIEW_KEEP):
        return ()
    rows = await uow.views.pinned(actor.person_id, reached(actor))
    return tuple(Ref(view.id, view.name) for view in rows if _lists(actor, view))


async def filter_of(uow: UnitOfWork, actor: Actor, listing_id: int) -> Filter:
    """What a list of the actor's own asks for; 0: nothing. Raises `list.gone`."""
    if not listing_id:
        return Filter()
    known = await uow.views.listed(actor.person_id, listing_id)
    if known is None:
        raise StaleError("list.gone")
    return Filter.of(known.filter)


async def access_view(uow: UnitOfWork, actor: Actor, view_id: int) -> View:
    """A view, to be read. Raises `view.not_found`: what another keeps for themselves is nobody else's."""
    view = await uow.views.get(view_id)
    here = reached(actor)
    shared = view is not None and view.department_id is not None
    if (
        view is None
        or not _lists(actor, view)
        or not (
            view.person_id == actor.person_id or (shared and (here is None or view.department_id in here))
        )
    ):
        raise NotFoundError("view")
    return view


def _lists(actor: Actor, view: View) -> bool:
    return actor.may(KINDS[Filter.of(view.filter).subject].view)


def edits(actor: Actor, view: View) -> bool:
    """Whether somebody may change a view that they see: their own, or one of a department that they head."""
    standing = Standing(frozenset({view.person_id}), view.department_id)
    return granted(actor, Action.VIEW_KEEP, standing)


async def view_ref(uow: UnitOfWork, actor: Actor, view: View) -> ViewRef:
    """A view as its reader sees it."""
    department = await uow.people.department(view.department_id) if view.department_id else None
    return ViewRef(
        id=view.id,
        name=view.name,
        pinned=view.id in await uow.views.pins(actor.person_id),
        mine=view.person_id == actor.person_id,
        department=Ref(department.id, department.name) if department is not None else None,
        edits=edits(actor, view),
    )


async def kept_view(uow: UnitOfWork, actor: Actor, filter_: Filter) -> View | None:
    """The view that has this filter, one's own before others'."""
    same = [view for view in await views_of(uow, actor) if view.digest == filter_.digest]
    return min(same, key=lambda view: (view.person_id != actor.person_id, view.id), default=None)
