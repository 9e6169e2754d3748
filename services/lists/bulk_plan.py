"""What a deed would do to each of many deals: judged by few statements, by the rules of a single one."""

from collections.abc import Collection, Sequence

from db.models import Deal, Stage
from db.repositories.bulk import Along
from db.uow import UnitOfWork
from services.access import CLOSED_KINDS, Action, Actor, StageKind, granted, move_action, passes
from services.deal_entry import lacks
from services.dto.bulk import Bar, BulkPlan, Deed
from services.dto.common import Ref, Sum
from services.dto.fields import FieldSubject
from services.errors import NotFoundError
from services.fields.entry import field_in
from services.lists.bulk_judged import Judged, bar_of_tag
from services.lists.bulk_losses import reasons_alike
from services.rows import contact_standing, deal_standing
from services.staff import selling_person

Row = tuple[Deal, Stage]


async def judge(
    uow: UnitOfWork, actor: Actor, ids: Collection[int], deed: Deed, target_id: int, *, hold: bool = False
) -> tuple[Judged[Row], Ref]:
    """What a deed would do, and its target by name. Raises `not_found` of whatever the target is."""
    if hold and deed in (Deed.GIVE, Deed.LOSE):
        await uow.bulk.hold_tasks(ids)
    rows = await uow.bulk.deals(ids, hold=hold)
    seen = [row for row in rows if granted(actor, Action.DEAL_VIEW, deal_standing(*row))]
    judged = Judged[Row]()
    judged.barred[Bar.GONE] += len(set(ids)) - len(seen)
    match deed:
        case Deed.GIVE:
            target = await _give(uow, actor, seen, target_id, judged)
        case Deed.MOVE:
            target = await _move(uow, actor, seen, target_id, judged)
        case Deed.LOSE:
            target = await _lose(uow, actor, seen, target_id, judged)
        case Deed.TAG | Deed.UNTAG:
            target = await _tag(uow, actor, seen, target_id, judged, on=deed is Deed.TAG)
        case _:
            raise NotFoundError("bulk")
    return judged, target


async def plan_of(
    uow: UnitOfWork, actor: Actor, listing_id: int, deed: Deed, judged: Judged[Row], to: Ref
) -> BulkPlan:
    """The same in figures."""
    ids = [deal.id for deal, _ in judged.rows]
    along = await along_with(uow, actor, ids) if deed is Deed.GIVE else None
    dropped = await uow.bulk.open_tasks(ids) if deed is Deed.LOSE else ()
    stage = await uow.pipelines.stage(to.id) if deed is Deed.MOVE else None
    kind = stage.kind if stage is not None else None
    back = [one.kind for _, one in judged.rows] if kind in (StageKind.OPEN, StageKind.PAYMENT) else []
    return BulkPlan(
        listing_id=listing_id,
        deed=deed,
        target=to,
        n=len(ids),
        barred=judged.bars,
        clients=len(along.contacts) if along is not None else 0,
        tasks=len(along.tasks if along is not None else dropped),
        some=judged.some,
        total=_total([deal for deal, _ in judged.rows]),
        unpriced=sum(deal.amount is None for deal, _ in judged.rows) if kind == StageKind.WON else 0,
        won=back.count(StageKind.WON),
        lost=back.count(StageKind.LOST),
        left=judged.named,
        mark=judged.mark,
    )


def _total(deals: Sequence[Deal]) -> Sum | None:
    currencies = {deal.currency for deal in deals}
    return Sum(sum(deal.amount or 0 for deal in deals), currencies.pop()) if len(currencies) == 1 else None


async def along_with(uow: UnitOfWork, actor: Actor, ids: Sequence[int]) -> Along:
    """What goes with deals that change hands: what the actor may not hand over stays."""
    found = await uow.bulk.along(ids)
    theirs = [one for one in found.contacts if granted(actor, Action.CLIENT_HAND_OVER, contact_standing(one))]
    of_clients = await uow.bulk.tasks_of([one.id for one in theirs])
    return Along({**found.tasks, **of_clients}, theirs)


def bar_of_move(actor: Actor, row: Row, target: Stage) -> Bar | None:
    """Why a deal is not moved by this actor to a stage; fields and payments aside."""
    deal, stage = row
    if deal.archived_at is not None:
        return Bar.ARCHIVED
    if stage.id == target.id:
        return Bar.SAME
    action = move_action(StageKind(stage.kind), StageKind(target.kind))
    if not granted(actor, action, deal_standing(deal, stage)):
        return Bar.FOREIGN
    return None if passes(actor, stage.leave, target.enter) else Bar.GATE


async def _give(uow: UnitOfWork, actor: Actor, rows: Sequence[Row], heir_id: int, judged: Judged[Row]) -> Ref:
    heir = await selling_person(uow, heir_id)
    places = {row.id for row in await uow.people.memberships(heir.id)}
    for deal, stage in rows:
        bar = None
        if not granted(actor, Action.DEAL_HAND_OVER, deal_standing(deal, stage)):
            bar = Bar.FOREIGN
        elif deal.archived_at is not None:
            bar = Bar.ARCHIVED
        elif stage.kind in CLOSED_KINDS:
            bar = Bar.CLOSED
        elif deal.owner_id == heir.id:
            bar = Bar.SAME
        elif deal.department_id not in places:
            bar = Bar.PLACE
        judged.add((deal, stage), bar)
    return Ref(heir.id, heir.name)


async def _move(
    uow: UnitOfWork, actor: Actor, rows: Sequence[Row], stage_id: int, judged: Judged[Row]
) -> Ref:
    target = await uow.pipelines.stage(stage_id)
    if target is None or target.kind == StageKind.LOST or not await uow.pipelines.stays(target.pipeline_id):
        raise NotFoundError("stage")
    closing = target.kind == StageKind.WON
    paid = await uow.bulk.paid([deal.id for deal, _ in rows]) if closing else {}
    empty = await _without_fields(uow, [deal.id for deal, _ in rows], target)
    for deal, stage in rows:
        bar = bar_of_move(actor, (deal, stage), target)
        if bar is None and (deal.id in empty or lacks(deal, target)):
            bar = Bar.FIELDS
        if bar is None and 0 < paid.get(deal.id, 0) < (deal.amount or 0):
            bar = Bar.UNPAID
        judged.add((deal, stage), bar)
    return Ref(target.id, target.name)


async def _without_fields(uow: UnitOfWork, ids: Sequence[int], target: Stage) -> set[int]:
    """The deals of which a field of the company's own says nothing that the stage asks for."""
    asked = {field for code in target.required if (field := field_in(code)) is not None}
    asked &= {row.id for row in await uow.fields.used(FieldSubject.DEAL)} if asked else set()
    if not asked:
        return set()
    filled = await uow.fields.values_of(FieldSubject.DEAL, ids)
    return {one for one in ids if asked - filled.get(one, {}).keys()}


async def _lose(
    uow: UnitOfWork, actor: Actor, rows: Sequence[Row], reason_id: int, judged: Judged[Row]
) -> Ref:
    reason = await uow.pipelines.loss_reason(reason_id)
    if reason is None or reason.retired_at is not None:
        raise NotFoundError("loss_reason")
    lost = await lost_stages(uow, rows)
    alike = await reasons_alike(uow, reason, (deal.pipeline_id for deal, _ in rows))
    for deal, stage in rows:
        target = lost.get(deal.pipeline_id)
        closed = stage.kind in CLOSED_KINDS
        bar = Bar.CLOSED if closed or target is None else bar_of_move(actor, (deal, stage), target)
        if bar is None and deal.pipeline_id not in alike:
            bar = Bar.REASON
        judged.add((deal, stage), Bar.ARCHIVED if deal.archived_at is not None else bar)
    return Ref(reason.id, reason.name)


async def _tag(
    uow: UnitOfWork, actor: Actor, rows: Sequence[Row], tag_id: int, judged: Judged[Row], *, on: bool
) -> Ref:
    tag = await uow.tags.get(tag_id)
    if tag is None:
        raise NotFoundError("tag")
    for deal, stage in rows:
        bar = None
        if not granted(actor, Action.DEAL_TAG, deal_standing(deal, stage)):
            bar = Bar.FOREIGN
        elif deal.archived_at is not None:
            bar = Bar.ARCHIVED
        else:
            bar = bar_of_tag(deal.tags, tag_id, on=on)
        judged.add((deal, stage), bar)
    return Ref(tag.id, tag.name)


async def lost_stages(uow: UnitOfWork, rows: Sequence[Row]) -> dict[int, Stage]:
    """Where deals are lost, by pipeline."""
    found: dict[int, Stage] = {}
    for pipeline in sorted({deal.pipeline_id for deal, _ in rows}):
        stages = await uow.pipelines.stages(pipeline)
        lost = next((one for one in stages if one.kind == StageKind.LOST), None)
        if lost is not None:
            found[pipeline] = lost
    return found
