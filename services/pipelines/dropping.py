"""A stage deleted with its deals gone to another one of its kind, told before, and that taken back, or the
stage alone for thirty days."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from db.models import Stage
from db.repositories.history import Past
from db.uow import UnitOfWork
from services import history
from services.access import Actor
from services.dto.common import Ref
from services.dto.fields import FieldSubject
from services.dto.pipelines import PipelineCard, PipelineReturn, StageDrop, StageGone
from services.errors import AppError, NotFoundError
from services.fields.entry import code_of
from services.lists.bulk import UNDO
from services.lists.bulk_record import Before, kept
from services.pipelines import silence
from services.pipelines.auto_rules import Autos
from services.pipelines.bringing import bring_back, bring_stage, lacking
from services.pipelines.reading import read_name
from services.pipelines.rows import Held, hold, pipeline_card, record, show_deals, stage_card
from services.pipelines.shape import MOST_STAGES, arrange, check_whole, heirs

LOOK_BACK = 200
"""Among so many events of a pipeline the last deletion of a stage is looked for."""


async def drop_plan(uow: UnitOfWork, stage_id: int, heir_id: int) -> StageDrop:
    """What a stage's deletion would mean, its deals going to an heir. Raises `stage.not_found`."""
    card = await stage_card(uow, stage_id)
    stages = await uow.pipelines.stages(card.pipeline.id)
    stage = next(one for one in stages if one.id == stage_id)
    needed = None
    try:
        check_whole(one.kind for one in stages if one.id != stage_id)
    except AppError as whole:
        needed = whole.code
    heir = next((one for one in heirs(stages, stage) if one.id == heir_id), None)
    if heir is None or not card.deals:
        return StageDrop(card, None, (), robots=False, needed=needed)
    own = {code_of(field.id): field.name for field in await uow.fields.used(FieldSubject.DEAL)}
    lacks = await lacking(uow, [(stage, heir)], own)
    return StageDrop(card, Ref(heir.id, heir.name), lacks, robots=bool(heir.tasks), needed=needed)


async def drop(
    uow: UnitOfWork, actor: Actor, now: datetime, held: Held, stage: Stage, heir_id: int
) -> PipelineCard:
    """Delete it; for what is raised, see `Stages.drop`."""
    left = [one for one in held.stages if one.id != stage.id]
    check_whole(one.kind for one in left)
    heir, before = await _bring_away(uow, actor, now, held, stage, heir_id)
    everywhere = [one for one in await uow.pipelines.all_stages() if one.id != stage.id]
    ruled = {one.id: one.auto for one in everywhere}
    changes: history.Changes = {
        "dropped": (stage.id, None),
        "name": (stage.name, None),
        "stage": (_snapshot(stage), None),
    }
    await uow.pipelines.remove_stage(stage)
    for one in everywhere:
        if stage.id in Autos.of(one.auto).to.values():
            one.auto = Autos.of(one.auto).without(stage.id).data
    arrange(left)
    lost = [[one.id, ruled[one.id]] for one in everywhere if one.auto != ruled[one.id]]
    changes |= {"autos": (lost, None)} if lost else {}
    if before:
        changes |= {"deals": ([[one, *was] for one, was in before.items()], len(before))}
        changes |= {"heir": (None, heir_id)}
    event = await record(uow, actor, now, held.pipeline.id, changes)
    await show_deals(uow, now, [*before], event)
    to = Ref(heir.id, heir.name) if heir is not None and before else None
    gone = StageGone(Ref(stage.id, stage.name), to, len(before), event)
    return replace(await pipeline_card(uow, actor, held.pipeline.id), gone=gone)


async def undo(uow: UnitOfWork, actor: Actor, now: datetime, event_id: int) -> PipelineReturn:
    """Take it back; for what is raised, see `Stages.undo`."""
    event = await uow.history.get(event_id)
    if event is None or event.actor_id != actor.person_id or not _deleted(event):
        raise AppError("bulk.gone")
    if now - event.at > UNDO:
        raise AppError("bulk.late")
    held = await _held_without(uow, event)
    stage = await _put_back(uow, now, held, event)
    before = kept(event) if "deals" in event.changes else {}
    deals = await bring_back(uow, actor, now, event, before, [stage])
    done = await _tell(uow, actor, now, held, stage, event_id)
    await show_deals(uow, now, deals, done)
    card = await pipeline_card(uow, actor, held.pipeline.id)
    return PipelineReturn(card, len(deals), len(before) - len(deals))


async def dropped_of(uow: UnitOfWork, pipeline_id: int, since: datetime) -> tuple[Ref, ...]:
    """The stages of a pipeline that were deleted since a moment: by what each may come back, and its name."""
    there = {one.id for one in await uow.pipelines.stages(pipeline_id)}
    found: dict[int, Ref] = {}
    for event, _ in await uow.history.last_of("pipeline", pipeline_id, LOOK_BACK):
        if event.at >= since and _deleted(event) and (gone := event.changes["dropped"][0]) not in there:
            found.setdefault(gone, Ref(event.id, event.changes["name"][0]))
    return tuple(found.values())


async def restore(
    uow: UnitOfWork, actor: Actor, now: datetime, event_id: int, since: datetime
) -> PipelineCard:
    """Put a stage back without deals; for what is raised, see `Stages.restore`."""
    event = await uow.history.get(event_id)
    if event is None or not _deleted(event) or event.at < since:
        raise AppError("bulk.gone")
    held = await _held_without(uow, event)
    stage = await _put_back(uow, now, held, event)
    await _tell(uow, actor, now, held, stage, event_id)
    return await pipeline_card(uow, actor, held.pipeline.id)


async def _held_without(uow: UnitOfWork, event: Past) -> Held:
    """The pipeline in hand, as long as the stage is gone by this event and there is room for it."""
    try:
        held = await hold(uow, event.subject_id)
    except NotFoundError:
        raise AppError("bulk.gone") from None
    stage_id = event.changes["dropped"][0]
    last = [
        one
        for one, _ in await uow.history.last_of("pipeline", held.pipeline.id, LOOK_BACK)
        if _deleted(one) and one.changes["dropped"][0] == stage_id
    ]
    if await uow.pipelines.stage(stage_id) is not None or not last or last[0].id != event.id:
        raise AppError("bulk.gone")
    if len(held.stages) >= MOST_STAGES:
        raise AppError("pipeline.many_stages", most=MOST_STAGES)
    return held


async def _tell(uow: UnitOfWork, actor: Actor, now: datetime, held: Held, stage: Stage, event_id: int) -> int:
    changes: history.Changes = {"added": (None, stage.id), "name": (None, stage.name)}
    return await record(uow, actor, now, held.pipeline.id, changes | {"undone": (event_id, None)})


async def _bring_away(
    uow: UnitOfWork, actor: Actor, now: datetime, held: Held, stage: Stage, heir_id: int
) -> tuple[Stage | None, Before]:
    await uow.pipelines.bar([stage])
    if not (await uow.pipelines.stood_in(held.pipeline.id)).get(stage.id):
        return None, {}
    heir = next((one for one in heirs(held.stages, stage) if one.id == heir_id), None)
    if heir is None:
        raise AppError("stage.used")
    return heir, await bring_stage(uow, actor, now, stage, heir, {})


async def _put_back(uow: UnitOfWork, now: datetime, held: Held, event: Past) -> Stage:
    """The stage as it was, in its place, with the rules of others that led to it."""
    was: dict[str, Any] = event.changes["stage"][0]
    read_name(was["name"], [one.name for one in held.stages])
    everywhere = await uow.pipelines.all_stages()
    there = {one.id for one in everywhere}
    stage = Stage(**was)
    for gone in set(Autos.of(stage.auto).to.values()) - there:
        stage.auto = Autos.of(stage.auto).without(gone).data
    for one in held.stages:
        one.position += one.position >= stage.position
    uow.pipelines.add(stage)
    await uow.pipelines.flush()
    arrange([*held.stages, stage])
    ruled = {row[0]: row[1] for row in event.changes.get("autos", [[]])[0]}
    for one in everywhere:
        before = ruled.get(one.id)
        if before is not None and Autos.of(before).without(stage.id).data == one.auto:
            one.auto = before
            await silence.wake(uow, one, event.at)
            await silence.arm_all(uow, now, one)
    await silence.wake(uow, stage, event.at)
    return stage


def _snapshot(stage: Stage) -> dict[str, Any]:
    """All that it says, by the names of its columns."""
    return {column.key: getattr(stage, column.key) for column in Stage.__table__.columns}


def _deleted(event: Past) -> bool:
    """Whether it tells of a stage that was deleted and may be put back."""
    return event.subject == "pipeline" and {"dropped", "stage"} <= event.changes.keys()
