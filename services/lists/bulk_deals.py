"""What is done with many deals at once, in one transaction, and taken back as a whole."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from db.models import Contact, Task
from db.repositories.history import Past
from db.uow import UnitOfWork
from services import history
from services.access import Action, Actor, StageKind
from services.dto.bulk import BulkPlan, Deed
from services.dto.common import Ref
from services.dto.fields import FieldSubject
from services.errors import NotFoundError
from services.lists import bulk_news
from services.lists.bulk_judged import Judged
from services.lists.bulk_losses import reasons_alike
from services.lists.bulk_moves import move_all
from services.lists.bulk_plan import Row, along_with, judge, lost_stages, plan_of
from services.lists.bulk_record import kept, list_of, record_deed, record_undone, require_same, require_some
from services.lists.bulk_tags import retag_held
from services.lists.bulk_undo import back_rows, give_back, move_back

__all__ = ["back", "do", "plan"]


async def plan(
    uow: UnitOfWork, actor: Actor, listing_id: int, ids: Collection[int], deed: Deed, target_id: int
) -> BulkPlan:
    """What would happen to these deals."""
    judged, target = await judge(uow, actor, ids, deed, target_id)
    return await plan_of(uow, actor, listing_id, deed, judged, target)


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
    planned = await plan_of(uow, actor, listing_id, deed, judged, target)
    require_same(judged, mark)
    if deed is Deed.GIVE:
        event = await _give(uow, actor, now, judged, planned)
    elif deed in (Deed.TAG, Deed.UNTAG):
        event = await _tag(uow, actor, now, judged, planned)
    else:
        event, tasks = await _move(uow, actor, now, judged, planned)
        planned = replace(planned, tasks=tasks)
    return replace(planned, event=event)


async def back(uow: UnitOfWork, actor: Actor, now: datetime, event: Past, deed: Deed) -> BulkPlan:
    """Take back what is still as the deed has left it."""
    judged, target = await back_rows(uow, actor, event, deed)
    planned = await plan_of(uow, actor, list_of(event), deed, judged, target)
    require_some(judged)
    await _back(uow, actor, now, event, deed, judged, target)
    return planned


async def _give(uow: UnitOfWork, actor: Actor, now: datetime, judged: Judged[Row], planned: BulkPlan) -> int:
    heir = planned.target
    if not await uow.people.stays(heir.id):
        raise NotFoundError("colleague")
    deals = [deal for deal, _ in judged.rows]
    ids = [deal.id for deal in deals]
    along = await along_with(uow, actor, ids)
    contacts = {one.id: one.owner_id for one in along.contacts}
    await uow.bulk.give(Task, dict.fromkeys(along.tasks, heir.id))
    await uow.bulk.give(Contact, dict.fromkeys(contacts, heir.id))
    await uow.bulk.change([{"id": deal.id, "owner_id": heir.id} for deal in deals])
    before = {deal.id: [deal.version + 1, deal.owner_id] for deal in deals}
    aside = {"tasks": along.tasks, "contacts": contacts}
    event = await record_deed(uow, actor, now, planned, before, aside)
    theirs: dict[int, history.Changes] = {deal.id: {"owner_id": (deal.owner_id, heir.id)} for deal in deals}
    await history.consequences(uow, actor, now, Action.DEAL_HAND_OVER, "deal", theirs)
    clients: dict[int, history.Changes] = {one: {"owner_id": (old, heir.id)} for one, old in contacts.items()}
    await history.consequences(uow, actor, now, Action.CLIENT_HAND_OVER, "contact", clients)
    await uow.mutes.drop(heir.id, "deal", ids)
    given = {"given": len(ids), "clients": len(contacts), "moved_tasks": len(along.tasks)}
    gone = bulk_news.gone("gone", (deal.owner_id for deal in deals), heir)
    news = bulk_news.merged({heir.id: dict(given)}, gone)
    await bulk_news.tell(uow, actor, now, news, event)
    await bulk_news.redraw(uow, now, ids, [*along.tasks], event)
    return event


async def _move(
    uow: UnitOfWork, actor: Actor, now: datetime, judged: Judged[Row], planned: BulkPlan
) -> tuple[int, int]:
    rows, deed, target = judged.rows, planned.deed, planned.target
    if deed is Deed.LOSE:
        lost = await lost_stages(uow, rows)
        targets = {deal.id: lost[deal.pipeline_id] for deal, _ in rows}
    else:
        stage = await uow.pipelines.stage(target.id)
        if stage is None:
            raise NotFoundError("stage")
        targets = {deal.id: stage for deal, _ in rows}
    why = await uow.pipelines.loss_reason(target.id) if deed is Deed.LOSE else None
    alike = await reasons_alike(uow, why, (deal.pipeline_id for deal, _ in rows)) if why else {}
    reasons = {deal.id: alike.get(deal.pipeline_id) for deal, _ in rows}
    done = await move_all(uow, actor, now, rows, targets, reasons=reasons)
    aside = {"robots": _flat(done.robots), "dropped": _flat(done.dropped)}
    event = await record_deed(uow, actor, now, planned, done.before, aside)
    kind = StageKind(next(iter(targets.values())).kind)
    news = await bulk_news.of_moves(uow, rows, kind, done.given)
    await bulk_news.tell(uow, actor, now, news, event)
    await bulk_news.redraw(uow, now, [deal.id for deal, _ in rows], _flat(done.dropped), event)
    return event, len(_flat(done.robots)) + len(_flat(done.dropped))


async def _tag(uow: UnitOfWork, actor: Actor, now: datetime, judged: Judged[Row], planned: BulkPlan) -> int:
    tag, on = planned.target, planned.deed is Deed.TAG
    before = {deal.id: [deal.version + 1] for deal, _ in judged.rows}
    await retag_held(uow, actor, now, FieldSubject.DEAL, [deal for deal, _ in judged.rows], tag.id, on=on)
    event = await record_deed(uow, actor, now, planned, before, {})
    await bulk_news.redraw(uow, now, [*before], [], event)
    return event


async def _back(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    event: Past,
    deed: Deed,
    judged: Judged[Row],
    target: Ref,
) -> None:
    """The opposite of each deed; the event of it names what it takes back."""
    before, ids, tasks = kept(event), [deal.id for deal, _ in judged.rows], list[int]()
    news: bulk_news.News = {}
    if deed in (Deed.TAG, Deed.UNTAG):
        deals = [deal for deal, _ in judged.rows]
        await retag_held(uow, actor, now, FieldSubject.DEAL, deals, target.id, on=deed is Deed.UNTAG)
    elif deed is Deed.GIVE:
        tasks = await give_back(uow, actor, now, event, judged, target.id)
        back = {one: before[one][1] for one in ids}
        theirs = bulk_news.with_names(bulk_news.counted("back", back.values()), back.items())
        news = bulk_news.merged({target.id: {"taken": len(ids)}}, theirs)
    else:
        tasks = await move_back(uow, actor, now, event, judged)
        owners = {deal.id: deal.owner_id for deal, _ in judged.rows}
        news = bulk_news.with_names(bulk_news.counted("returned", owners.values()), owners.items())
    undone = await record_undone(uow, actor, now, event, deed, len(ids))
    await bulk_news.tell(uow, actor, now, news, undone)
    await bulk_news.redraw(uow, now, ids, tasks, undone)


def _flat(tasks: dict[int, list[int]]) -> list[int]:
    return [one for some in tasks.values() for one in some]
