"""All deals of a stage, or all in work of a pipeline, brought elsewhere, and back again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from db.models import Deal, Pipeline, Stage
from db.repositories.history import Past
from db.uow import UnitOfWork
from services import history
from services.access import CLOSED_KINDS, Action, Actor
from services.deal_cards import stage_ref
from services.deal_entry import lacks
from services.dto.common import Ref
from services.dto.fields import FieldSubject
from services.dto.pipelines import PipelinePlan, StageLack
from services.errors import AppError, NotFoundError
from services.fields.entry import code_of
from services.lists.bulk_moves import move_all
from services.lists.bulk_record import Before
from services.pipelines import silence
from services.pipelines.mapping import default_map

Steps = Sequence[tuple[Stage, Stage]]


async def crossing_plan(
    uow: UnitOfWork, pipeline: Pipeline, heir: Pipeline, chosen: Mapping[int, int]
) -> PipelinePlan:
    """Where each deal in work would go, and what it would lack there. Raises as `_crossing_steps`."""
    stood, there = await uow.pipelines.stood_in(pipeline.id), await uow.pipelines.stages(heir.id)
    steps = await _crossing_steps(uow, pipeline.id, there, chosen)
    own = {code_of(field.id): field.name for field in await uow.fields.used(FieldSubject.DEAL)}
    return PipelinePlan(
        pipeline=Ref(pipeline.id, pipeline.name),
        heir=Ref(heir.id, heir.name),
        steps=tuple((stage_ref(old), stood[old.id], stage_ref(new)) for old, new in steps),
        choice=tuple(stage_ref(one) for one in there if one.kind not in CLOSED_KINDS),
        lacks=await lacking(uow, steps, own),
        own=own,
        robots=any(new.tasks for _, new in steps),
    )


async def bring_away(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    pipeline: Pipeline,
    heir: Pipeline | None,
    chosen: Mapping[int, int],
) -> Before:
    """Bring what is in work to the heir. Raises `pipeline.in_work` without an heir.

    No stage there sets tasks for them: nobody has worked on a deal because its pipeline went away. Returns
    by deal its version from now on, and the stage in which it stood.
    """
    stages = await uow.pipelines.stages(pipeline.id)
    await uow.pipelines.bar([one for one in stages if one.kind not in CLOSED_KINDS])
    if heir is None:
        stood = await uow.pipelines.stood_in(pipeline.id)
        if any(one.kind not in CLOSED_KINDS and stood.get(one.id) for one in stages):
            raise AppError("pipeline.in_work")
        return {}
    there, before = await uow.pipelines.stages(heir.id), Before()
    for old, new in await _crossing_steps(uow, pipeline.id, there, chosen):
        crossed: history.Changes = {
            "pipeline_id": (pipeline.id, heir.id),
            "pipeline": (pipeline.name, heir.name),
        }
        before |= await bring_stage(uow, actor, now, old, new, crossed)
    return before


async def bring_stage(
    uow: UnitOfWork, actor: Actor, now: datetime, old: Stage, new: Stage, aside: history.Changes
) -> Before:
    """Bring all deals of a stage to another one, which sets no tasks for them; returns as `bring_away`.

    `aside`: what else the history of each tells.
    """
    brought = await uow.pipelines.bring_all(old.id, new, now)
    moved: history.Changes = {"stage_id": (old.id, new.id), "stage": (old.name, new.name), **aside}
    await history.consequences(uow, actor, now, Action.DEAL_MOVE, "deal", dict.fromkeys(brought, moved))
    await silence.arm_all(uow, now, new)
    return {one: [version, old.id] for one, version in brought.items()}


async def bring_back(
    uow: UnitOfWork, actor: Actor, now: datetime, event: Past, before: Before, there: Iterable[Stage]
) -> list[int]:
    """Bring those that nobody has changed since back to where they stood; returns these.

    `event`: that of bringing them away; `there`: the stages to which they may come back.
    """
    stages = {one.id: one for one in there}
    rows = [
        (deal, stage)
        for deal, stage in await uow.bulk.deals(before, hold=True)
        if before[deal.id][0] == deal.version and before[deal.id][1] in stages
    ]
    targets = {deal.id: stages[before[deal.id][1]] for deal, _ in rows}
    reasons = {deal.id: deal.loss_reason_id for deal, _ in rows}
    await move_all(uow, actor, now, rows, targets, reasons=reasons, undone=event.id)
    return [*targets]


async def _crossing_steps(
    uow: UnitOfWork, pipeline_id: int, there: Sequence[Stage], chosen: Mapping[int, int]
) -> list[tuple[Stage, Stage]]:
    """From which stage in work to which one, for each in which deals stand.

    `chosen`: by stage another one than that which means the same. Raises `stage.not_found` for one to which
    they may not go: none of that pipeline, or one that would close them.
    """
    stood = await uow.pipelines.stood_in(pipeline_id)
    stages = await uow.pipelines.stages(pipeline_id)
    in_work = [one for one in stages if one.kind not in CLOSED_KINDS and stood.get(one.id)]
    open_to = {one.id: one for one in there if one.kind not in CLOSED_KINDS}
    if not set(chosen.values()) <= open_to.keys():
        raise NotFoundError("stage")
    usual = default_map(in_work, there)
    return [(one, open_to.get(chosen.get(one.id, 0), usual[one.id])) for one in in_work]


async def lacking(uow: UnitOfWork, steps: Steps, own: Iterable[str]) -> tuple[StageLack, ...]:
    """By stage what some of the deals lack that come there."""
    found: dict[int, tuple[Stage, list[list[str]]]] = {}
    for old, new in steps:
        if new.required:
            deals = await uow.pipelines.deals_in(old.id)
            found.setdefault(new.id, (new, []))[1].extend(await _lacks(uow, deals, new, own))
    return tuple(
        StageLack(
            stage_ref(stage),
            tuple(one for one in stage.required if any(one in row for row in rows)),
            len(rows),
        )
        for stage, rows in found.values()
        if rows
    )


async def _lacks(
    uow: UnitOfWork, deals: Sequence[Deal], target: Stage, own: Iterable[str]
) -> list[list[str]]:
    """What each deal lacks of what a stage asks for, if it lacks anything."""
    asked = [one for one in target.required if one in own]
    filled = await uow.fields.values_of(FieldSubject.DEAL, [deal.id for deal in deals]) if asked else {}
    said = {one: {code_of(field) for field in values} for one, values in filled.items()}
    empty = [
        [*lacks(deal, target), *(one for one in asked if one not in said.get(deal.id, ()))] for deal in deals
    ]
    return [one for one in empty if one]
