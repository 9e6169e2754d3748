"""What a deed would do to each of many leads: judged by the rights and rules of a single one."""

from collections.abc import Collection, Sequence

from db.models import Department, Lead
from db.uow import UnitOfWork
from services.access import Action, Actor, Reach
from services.dto.bulk import Bar, BulkPlan, Deed
from services.dto.common import Ref
from services.dto.leads import LeadStatus
from services.errors import NotFoundError
from services.lead_cards import is_live
from services.lists.bulk_judged import ACTIONS, Judged, bar_of_tag
from services.lists.bulk_targets import REASONS
from services.rows import lead_deeds
from services.staff import selling_person

LeadRow = tuple[Lead]


async def judge(
    uow: UnitOfWork, actor: Actor, ids: Collection[int], deed: Deed, target_id: int
) -> tuple[Judged[LeadRow], Ref]:
    """What a deed would do, and its target by name. Raises `not_found` of whatever the target is."""
    rows = await uow.bulk.leads(ids)
    seen = [lead for lead in rows if Action.LEAD_VIEW in lead_deeds(actor, lead)]
    judged = Judged[LeadRow]()
    judged.barred[Bar.GONE] += len(set(ids)) - len(seen)
    if deed is Deed.REJECT:
        if target_id >= len(REASONS):
            raise NotFoundError("choice")
        for lead in seen:
            bar = Bar.SAME if lead.status == LeadStatus.REJECTED else _bar(actor, lead, deed)
            judged.add((lead,), bar)
        return judged, Ref(target_id, REASONS[target_id])
    if deed is Deed.LEAD_GIVE:
        return judged, await _give(uow, actor, seen, target_id, judged)
    return judged, await _tag(uow, actor, seen, target_id, judged, deed)


async def plan_of(uow: UnitOfWork, listing_id: int, deed: Deed, judged: Judged[LeadRow], to: Ref) -> BulkPlan:
    """The same in figures."""
    owners = {lead.id: lead.owner_id for (lead,) in judged.rows}
    tasks = []
    if deed in (Deed.LEAD_GIVE, Deed.REJECT):
        tasks = [
            task
            for task in await uow.bulk.open_tasks_of_leads(owners)
            if deed is Deed.REJECT or task.assignee_id == owners[task.lead_id or 0]
        ]
    return BulkPlan(
        listing_id=listing_id,
        deed=deed,
        target=to,
        n=len(owners),
        barred=judged.bars,
        tasks=len(tasks),
        some=judged.some,
        left=judged.named,
        mark=judged.mark,
    )


def place_for(actor: Actor, lead: Lead, places: Sequence[Department]) -> int | None:
    """Where a lead lies once somebody of these departments has it: it moves only where it has to."""
    if lead.department_id in {row.id for row in places}:
        return lead.department_id
    reach = actor.reach(Action.LEAD_HAND_OVER)
    there = (row.id for row in places if Reach.ALL in reach or row.id in actor.headed)
    return next(there, None)


async def places_of(uow: UnitOfWork, heir_id: int) -> Sequence[Department]:
    """The departments of somebody to whom leads are given."""
    return sorted(await uow.people.memberships(heir_id), key=lambda row: row.id)


def _bar(actor: Actor, lead: Lead, deed: Deed) -> Bar | None:
    """Why a lead does not take a deed, as one alone would not."""
    if not is_live(lead, ACTIONS[deed]):
        return Bar.CLOSED
    return None if ACTIONS[deed] in lead_deeds(actor, lead) else Bar.FOREIGN


async def _give(
    uow: UnitOfWork, actor: Actor, leads: Sequence[Lead], heir_id: int, judged: Judged[LeadRow]
) -> Ref:
    heir = await selling_person(uow, heir_id)
    places = await places_of(uow, heir.id)
    for lead in leads:
        bar = _bar(actor, lead, Deed.LEAD_GIVE)
        if bar is None and lead.owner_id == heir.id:
            bar = Bar.SAME
        elif bar is None and place_for(actor, lead, places) is None:
            bar = Bar.PLACE
        judged.add((lead,), bar)
    return Ref(heir.id, heir.name)


async def _tag(
    uow: UnitOfWork, actor: Actor, leads: Sequence[Lead], tag_id: int, judged: Judged[LeadRow], deed: Deed
) -> Ref:
    tag, on = await uow.tags.get(tag_id), deed is Deed.LEAD_TAG
    if tag is None:
        raise NotFoundError("tag")
    for lead in leads:
        judged.add((lead,), _bar(actor, lead, deed) or bar_of_tag(lead.tags, tag_id, on=on))
    return Ref(tag.id, tag.name)
