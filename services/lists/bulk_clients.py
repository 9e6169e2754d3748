"""What is done with many contacts or companies at once, in one transaction, and taken back as a whole."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from db.models import Task
from db.repositories.history import Past
from db.repositories.known_clients import KINDS, Client
from db.uow import UnitOfWork
from services import history, notices
from services.access import Action, Actor
from services.dto.bulk import BulkPlan, Deed
from services.dto.fields import FieldSubject
from services.errors import NotFoundError
from services.lists import bulk_news
from services.lists.bulk_client_plan import back_rows, judge, place_for, plan_of
from services.lists.bulk_lead_plan import places_of
from services.lists.bulk_record import kept, list_of, record_deed, record_undone, require_same, require_some
from services.lists.bulk_tags import retag_held

__all__ = ["back", "do", "plan"]

_CALLED = {FieldSubject.CONTACT: "clients", FieldSubject.FIRM: "firms"}
"""What they are called in the news of it."""


async def plan(
    uow: UnitOfWork, actor: Actor, listing_id: int, ids: Collection[int], deed: Deed, target_id: int
) -> BulkPlan:
    """What would happen to these clients."""
    judged, target = await judge(uow, actor, ids, deed, target_id)
    return await plan_of(uow, listing_id, deed, judged, target)


async def do(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    listing_id: int,
    ids: Collection[int],
    deed: Deed,
    target_id: int,
    mark: int,
) -> BulkPlan:
    """Do it, if it is still what the plan of this `mark` had told."""
    judged, target = await judge(uow, actor, ids, deed, target_id, hold=True)
    planned = await plan_of(uow, listing_id, deed, judged, target)
    require_same(judged, mark)
    clients, tasks = [client for (client,) in judged.rows], dict[int, int]()
    before = {one.id: [one.version + 1, one.owner_id, one.department_id] for one in clients}
    news: bulk_news.News = {}
    if deed.plain is Deed.GIVE:
        tasks, called = await _give(uow, actor, now, deed.subject, clients, target.id), _CALLED[deed.subject]
        given = {f"{called}_given": len(clients), "moved_tasks": len(tasks)}
        gone = bulk_news.gone(f"{called}_gone", (one.owner_id for one in clients), target)
        news = bulk_news.merged({target.id: dict(given)}, gone)
    else:
        on = deed.plain is Deed.TAG
        await retag_held(uow, actor, now, deed.subject, clients, target.id, on=on)
    event = await record_deed(uow, actor, now, planned, before, {"tasks": tasks})
    await bulk_news.tell(uow, actor, now, news, event)
    await _redraw(uow, now, deed.subject, clients, tasks, event)
    return replace(planned, event=event)


async def back(uow: UnitOfWork, actor: Actor, now: datetime, event: Past, deed: Deed) -> BulkPlan:
    """Take back what is still as the deed has left it."""
    judged, target = await back_rows(uow, actor, event, deed)
    planned = await plan_of(uow, list_of(event), deed, judged, target)
    require_some(judged)
    clients, tasks = [client for (client,) in judged.rows], dict[int, int]()
    news: bulk_news.News = {}
    if deed.plain is Deed.GIVE:
        tasks, called = await _give_back(uow, actor, now, event, deed.subject, clients), _CALLED[deed.subject]
        before = kept(event)
        returned = bulk_news.counted(f"{called}_back", (before[one.id][1] for one in clients))
        news = bulk_news.merged({target.id: {f"{called}_taken": len(clients)}}, returned)
    else:
        on = deed.plain is Deed.UNTAG
        await retag_held(uow, actor, now, deed.subject, clients, target.id, on=on)
    undone = await record_undone(uow, actor, now, event, deed, len(clients))
    await bulk_news.tell(uow, actor, now, news, undone)
    await _redraw(uow, now, deed.subject, clients, tasks, undone)
    return planned


async def _give(
    uow: UnitOfWork, actor: Actor, now: datetime, kind: FieldSubject, clients: Sequence[Client], heir_id: int
) -> dict[int, int]:
    """To a colleague, with what is still to do for each; the tasks that went along, with whose they were."""
    if not await uow.people.stays(heir_id):
        raise NotFoundError("colleague")
    places = await places_of(uow, heir_id)
    tasks = await uow.bulk.tasks_of([one.id for one in clients], kind)
    await uow.bulk.give(Task, dict.fromkeys(tasks, heir_id))
    places_then = {one.id: (heir_id, place_for(actor, one, places)) for one in clients}
    await _put(uow, actor, now, kind, clients, places_then)
    return tasks


async def _give_back(
    uow: UnitOfWork, actor: Actor, now: datetime, event: Past, kind: FieldSubject, clients: Sequence[Client]
) -> dict[int, int]:
    """To whom each was taken from, or to nobody, with the tasks that the heir still has for it."""
    before, moved = kept(event), dict(event.changes["tasks"][0])
    here = await uow.bulk.tasks_of([one.id for one in clients], kind)
    tasks = {one: moved[one] for one in here if one in moved}
    await uow.bulk.give(Task, tasks)
    await _put(uow, actor, now, kind, clients, {one.id: (*before[one.id][1:],) for one in clients})
    return tasks


async def _put(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    kind: FieldSubject,
    clients: Sequence[Client],
    places: Mapping[int, tuple[int | None, int | None]],
) -> None:
    """Make each somebody's, in a department; its history keeps that."""
    told: dict[int, history.Changes] = {}
    for one in clients:
        owner, department = places[one.id]
        told[one.id] = {"owner_id": (one.owner_id, owner)}
        if one.department_id != department:
            told[one.id]["department_id"] = (one.department_id, department)
    rows = [{"id": one, "owner_id": places[one][0], "department_id": places[one][1]} for one in told]
    await uow.bulk.change(rows, KINDS[kind])
    await history.consequences(uow, actor, now, Action.CLIENT_HAND_OVER, kind, told)


async def _redraw(
    uow: UnitOfWork,
    now: datetime,
    kind: FieldSubject,
    clients: Sequence[Client],
    tasks: Collection[int],
    event: int,
) -> None:
    """Bring the standing cards of these clients and tasks up to date."""
    await notices.refresh_all(uow, now, kind, [one.id for one in clients], event)
    await notices.refresh_all(uow, now, "task", sorted(tasks), event)
