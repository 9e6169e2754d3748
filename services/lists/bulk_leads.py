"""What is done with many leads at once, in one transaction, and taken back as a whole.

Each lead is compared and set as one alone is, with its clock stopped before: of two who change one of them at
once the second finds it changed, and does nothing with any.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from db.models import Lead, Task
from db.repositories.history import Past
from db.uow import UnitOfWork
from services import notices
from services.access import Action, Actor
from services.distribution.clock import look
from services.dto.bulk import BulkPlan, Deed
from services.dto.leads import LeadStatus
from services.errors import NotFoundError
from services.lead_changes import change_hands, hands_back, in_hands_of
from services.lead_outcomes import reject_lead, restore_lead
from services.lists import bulk_news
from services.lists.bulk_lead_plan import judge, place_for, places_of, plan_of
from services.lists.bulk_lead_undo import Were, back_rows, were
from services.lists.bulk_record import kept, list_of, record_deed, record_undone, require_same, require_some
from services.lists.bulk_tags import retag_leads

__all__ = ["back", "do", "plan"]


async def plan(
    uow: UnitOfWork, actor: Actor, listing_id: int, ids: Collection[int], deed: Deed, target_id: int
) -> BulkPlan:
    """What would happen to these leads."""
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
    judged, target = await judge(uow, actor, ids, deed, target_id)
    planned = await plan_of(uow, listing_id, deed, judged, target)
    require_same(judged, mark)
    leads = [lead for (lead,) in judged.rows]
    before = await were(uow, leads)
    cards = await uow.cards.where("lead", [*before]) if deed is Deed.LEAD_GIVE else []
    tasks: dict[int, int] = {}
    news: bulk_news.News = {}
    match deed:
        case Deed.LEAD_GIVE:
            tasks = await _give(uow, actor, now, leads, target.id)
            gone = bulk_news.gone("leads_gone", (before[lead.id].owner_id for lead in leads), target)
            news = bulk_news.merged({target.id: {"leads": len(leads), "moved_tasks": len(tasks)}}, gone)
        case Deed.REJECT:
            tasks = await _reject(uow, actor, now, leads, target.name)
            news = bulk_news.counted("leads_rejected", (before[lead.id].owner_id for lead in leads))
        case _:
            await retag_leads(uow, actor, now, leads, target.id, on=deed is Deed.LEAD_TAG)
    # The version of a lead is what it is now, after all that was done to it.
    rows = {lead.id: [lead.version, *before[lead.id].kept] for lead in leads}
    event = await record_deed(uow, actor, now, planned, rows, {"tasks": tasks, "cards": cards})
    await bulk_news.tell(uow, actor, now, news, event)
    await notices.refresh_all(uow, now, "task", sorted(tasks), event)
    if deed in (Deed.LEAD_TAG, Deed.LEAD_UNTAG):
        await notices.refresh_all(uow, now, "lead", [*before], event)
    return replace(planned, event=event)


async def back(uow: UnitOfWork, actor: Actor, now: datetime, event: Past, deed: Deed) -> BulkPlan:
    """Take back what is still as the deed has left it."""
    judged, target = await back_rows(uow, actor, event, deed)
    planned = await plan_of(uow, list_of(event), deed, judged, target)
    require_some(judged)
    leads, tasks = [lead for (lead,) in judged.rows], list[int]()
    news: bulk_news.News = {}
    match deed:
        case Deed.LEAD_GIVE:
            tasks = await _give_back(uow, actor, now, event, leads, target.id)
            returned = bulk_news.counted("leads_back", (lead.owner_id for lead in leads))
            news = bulk_news.merged({target.id: {"leads_taken": len(leads)}}, returned)
        case Deed.REJECT:
            tasks = [one for lead in leads for one in await restore_lead(uow, _quiet(actor), now, lead)]
            news = bulk_news.counted("leads_returned", (lead.owner_id for lead in leads))
            await _look_at_free(uow, now, leads)
        case _:
            await retag_leads(uow, actor, now, leads, target.id, on=deed is Deed.LEAD_UNTAG)
    undone = await record_undone(uow, actor, now, event, deed, len(leads))
    await bulk_news.tell(uow, actor, now, news, undone)
    await notices.refresh_all(uow, now, "task", tasks, undone)
    if deed in (Deed.LEAD_TAG, Deed.LEAD_UNTAG):
        await notices.refresh_all(uow, now, "lead", [lead.id for lead in leads], undone)
    return planned


async def _give(
    uow: UnitOfWork, actor: Actor, now: datetime, leads: Sequence[Lead], heir_id: int
) -> dict[int, int]:
    """To a colleague, with what is still to do for each; the tasks that went along, with whose they were."""
    if not await uow.people.stays(heir_id):
        raise NotFoundError("colleague")
    places, tasks = await places_of(uow, heir_id), dict[int, int]()
    for lead in leads:
        if lead.owner_id is not None:
            given = await uow.tasks.hand_over(lead.owner_id, heir_id, lead_id=lead.id)
            tasks |= dict.fromkeys(given, lead.owner_id)
        values = {**in_hands_of(heir_id, now), "department_id": place_for(actor, lead, places)}
        await change_hands(uow, _quiet(actor), now, Action.LEAD_HAND_OVER, lead, values)
    return tasks


async def _give_back(
    uow: UnitOfWork, actor: Actor, now: datetime, event: Past, leads: Sequence[Lead], heir_id: int
) -> list[int]:
    """To whom each was taken from, or to nobody, with the tasks that the heir still has for it."""
    before, moved = kept(event), dict(event.changes["tasks"][0])
    open_tasks = await uow.bulk.open_tasks_of_leads([lead.id for lead in leads])
    tasks = [one.id for one in open_tasks if one.assignee_id == heir_id and one.id in moved]
    await uow.bulk.give(Task, {one: moved[one] for one in tasks})
    here = {lead.id for lead in leads}
    stood = [(one, *place) for one, *place in event.changes["cards"][0] if one in here]
    await uow.cards.stand_again("lead", stood, now)
    for lead in leads:
        was = Were.of(before[lead.id][1:])
        values: dict[str, object] = {
            "owner_id": was.owner_id,
            "department_id": was.department_id,
            "status": LeadStatus.IN_WORK if was.owner_id is not None else LeadStatus.NEW,
            "taken_at": was.taken_at,
        }
        await hands_back(uow, _quiet(actor), now, lead, values, was.clock, event)
    await _look_at_free(uow, now, leads)
    return tasks


async def _reject(
    uow: UnitOfWork, actor: Actor, now: datetime, leads: Sequence[Lead], reason: str
) -> dict[int, int]:
    dropped: list[int] = []
    for lead in leads:
        dropped += await reject_lead(uow, _quiet(actor), now, lead, reason, reason)
    return dict.fromkeys(dropped, 0)


async def _look_at_free(uow: UnitOfWork, now: datetime, leads: Sequence[Lead]) -> None:
    """Those that are nobody's again are given out, if their department does that; nobody is rung for each."""
    for department in sorted({lead.department_id for lead in leads if lead.owner_id is None}):
        await look(uow, department, now)


def _quiet(actor: Actor) -> Actor:
    """The same without the update: that is kept with the event of the whole alone. And without a chat: the
    actor looks at a list, so that their own cards of these are brought up to date, too."""
    return replace(actor, cause=None, telegram_id=None)
