"""Pipelines and stages in hand for a change, and their cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.models import Pipeline, Stage
from db.uow import UnitOfWork
from services import history, notices
from services.access import CLOSED_KINDS, Action, Actor, Role, StageKind
from services.deal_cards import stage_ref
from services.dto.common import Ref
from services.dto.fields import FieldSubject
from services.dto.pipelines import PipelineCard, StageCard
from services.errors import AppError, NotFoundError
from services.fields.entry import code_of
from services.pipelines.auto_rules import Autos, Happening, kinds_ahead, leads
from services.pipelines.robot_terms import robots_of
from services.pipelines.shape import MOST_PIPELINES, REQUIRABLE, Color, has_neighbour, heirs
from services.scoring.judging import percent_of


@dataclass(frozen=True, slots=True)
class Held:
    """A pipeline and its stages that nobody else changes now."""

    pipeline: Pipeline
    stages: list[Stage]

    def stage(self, stage_id: int) -> Stage:
        """One of its stages. Raises `stage.not_found`."""
        found = next((one for one in self.stages if one.id == stage_id), None)
        if found is None:
            raise NotFoundError("stage")
        return found


async def hold(uow: UnitOfWork, pipeline_id: int) -> Held:
    """A pipeline in use, for a change of its stages. Raises `pipelines.not_found`."""
    pipeline = next((one for one in await uow.pipelines.hold_all() if one.id == pipeline_id), None)
    if pipeline is None:
        raise NotFoundError("pipelines")
    return Held(pipeline, await uow.pipelines.stages(pipeline_id))


async def hold_room(uow: UnitOfWork) -> list[Pipeline]:
    """All in use, for one more of them. Raises `pipeline.too_many`."""
    used = await uow.pipelines.hold_all()
    if len(used) >= MOST_PIPELINES:
        raise AppError("pipeline.too_many", most=MOST_PIPELINES)
    return used


def among(pipelines: Sequence[Pipeline], pipeline_id: int) -> Pipeline:
    """One of these. Raises `pipelines.not_found`."""
    found = next((one for one in pipelines if one.id == pipeline_id), None)
    if found is None:
        raise NotFoundError("pipelines")
    return found


def number(pipelines: Sequence[Pipeline]) -> None:
    """Let them stand in this order."""
    for position, pipeline in enumerate(pipelines):
        pipeline.position = position


async def hold_by_stage(uow: UnitOfWork, stage_id: int) -> tuple[Held, Stage]:
    """The same by one of its stages. Raises `stage.not_found`."""
    pipeline_id = await uow.pipelines.pipeline_of(stage_id)
    if pipeline_id is None:
        raise NotFoundError("stage")
    held = await hold(uow, pipeline_id)
    return held, held.stage(stage_id)


async def record(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    pipeline_id: int,
    changes: history.Changes,
    action: Action = Action.PIPELINE_EDIT,
) -> int:
    """Keep in the history of a pipeline what was changed."""
    await uow.pipelines.flush()
    return await history.record(uow, actor, now, action, "pipeline", pipeline_id, changes)


async def show_deals(uow: UnitOfWork, now: datetime, deals: list[int], event: int) -> None:
    """Bring the standing cards of these deals up to date."""
    await notices.refresh_all(uow, now, "deal", deals, event)


async def pipeline_card(uow: UnitOfWork, actor: Actor, pipeline_id: int) -> PipelineCard:
    """A pipeline as somebody sees it who may change it. Raises `pipelines.not_found`."""
    pipeline, used = await uow.pipelines.get(pipeline_id), await uow.pipelines.all()
    if pipeline is None:
        raise NotFoundError("pipelines")
    stages = await uow.pipelines.stages(pipeline_id)
    stood = await uow.pipelines.stood_in(pipeline_id)
    ids = [one.id for one in used]
    return PipelineCard(
        id=pipeline.id,
        name=pipeline.name,
        position=ids.index(pipeline.id) if pipeline.id in ids else 0,
        stages=tuple(map(stage_ref, stages)),
        deals=sum(stood.get(one.id, 0) for one in stages if one.kind not in CLOSED_KINDS),
        others=tuple(Ref(one.id, one.name) for one in used if one.id != pipeline.id),
        archived=pipeline.archived_at is not None,
        can=deeds(actor),
    )


async def stage_card(uow: UnitOfWork, stage_id: int) -> StageCard:
    """A stage of a pipeline in use. Raises `stage.not_found`."""
    stage = await uow.pipelines.stage(stage_id)
    pipeline = await uow.pipelines.get(stage.pipeline_id) if stage is not None else None
    if stage is None or pipeline is None or pipeline.archived_at is not None:
        raise NotFoundError("stage")
    stages = await uow.pipelines.stages(pipeline.id)
    stood = await uow.pipelines.stood_in(pipeline.id)
    others = [one for one in await uow.pipelines.all() if one.id != pipeline.id]
    own = {code_of(field.id): field.name for field in await uow.fields.used(FieldSubject.DEAL)}
    return StageCard(
        id=stage.id,
        pipeline=Ref(pipeline.id, pipeline.name),
        name=stage.name,
        kind=StageKind(stage.kind),
        color=Color(stage.color) if stage.color else None,
        position=stage.position,
        of=len(stages),
        up=has_neighbour(stages, stage, later=False),
        down=has_neighbour(stages, stage, later=True),
        required=tuple(one for one in stage.required if one in (*REQUIRABLE, *own)),
        own=own,
        percent=percent_of(stage, stages),
        own_percent=stage.percent is not None,
        norm_days=stage.norm_days,
        role=Role(stage.role) if stage.role else None,
        result=stage.result,
        enter=tuple(map(Role, stage.enter)),
        leave=tuple(map(Role, stage.leave)),
        robots=robots_of(stage),
        message=stage.message,
        autos=Autos.of(stage.auto),
        leads_to={
            what: tuple(Ref(one.id, one.name) for one in stages if leads(stage, one, what))
            for what in Happening
            if kinds_ahead(stage.kind, what)
        },
        abroad=await _abroad(uow, stage, others),
        others=tuple(Ref(one.id, one.name) for one in others),
        deals=stood.get(stage.id, 0),
        heirs=tuple(Ref(one.id, one.name) for one in heirs(stages, stage)),
    )


async def _abroad(uow: UnitOfWork, stage: Stage, others: Sequence[Pipeline]) -> dict[int, tuple[str, str]]:
    """Where in these pipelines the rules of a stage lead, by name."""
    names = {one.id: one.name for one in others}
    found = [await uow.pipelines.stage(one) for one in Autos.of(stage.auto).to.values()]
    return {one.id: (names[one.pipeline_id], one.name) for one in found if one and one.pipeline_id in names}


def deeds(actor: Actor) -> frozenset[Action]:
    """What somebody may do with pipelines."""
    wanted = (Action.PIPELINE_EDIT, Action.PIPELINE_ARCHIVE, Action.PIPELINE_RULES)
    return frozenset(action for action in wanted if actor.may(action))
