"""Stages: added, changed one thing at a time, put in order, deleted."""

from db.models import Stage
from db.uow import Database, UnitOfWork
from services import history
from services.access import CLOSED_KINDS, Action, Actor, StageKind, require
from services.bin.days import first_moment, zone_of
from services.choices import choice
from services.clock import Clock
from services.dto.fields import FieldSubject
from services.dto.pipelines import PipelineCard, PipelineReturn, StageCard, StageDrop
from services.errors import AppError, StaleError
from services.fields.entry import code_of
from services.followup.rules import usual_norm
from services.pipelines import dropping, reading
from services.pipelines.messages import read_message
from services.pipelines.rows import (
    Held,
    hold,
    hold_by_stage,
    record,
    stage_card,
)
from services.pipelines.shape import (
    MOST_STAGES,
    MOVERS,
    REQUIRABLE,
    StageField,
    arrange,
    check_whole,
    has_neighbour,
    shift,
)


class Stages:
    """The service of stages; for whom, see `pipeline.edit`. A change never undoes that of a colleague."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor, stage_id: int) -> StageCard:
        """A stage. Raises `not_allowed`, `stage.not_found`."""
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.read() as uow:
            return await stage_card(uow, stage_id)

    async def add(self, actor: Actor, pipeline_id: int, typed: str) -> StageCard:
        """Add a stage in work, the last one before the ends.

        Raises `not_allowed`, `pipelines.not_found`, `pipeline.many_stages` and what `read_name` raises.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            held = await hold(uow, pipeline_id)
            if len(held.stages) >= MOST_STAGES:
                raise AppError("pipeline.many_stages", most=MOST_STAGES)
            stage = Stage(
                pipeline_id=pipeline_id,
                name=reading.read_name(typed, [one.name for one in held.stages]),
                position=len(held.stages),
                kind=StageKind.OPEN,
                required=[],
                norm_days=usual_norm(StageKind.OPEN),
            )
            uow.pipelines.add(stage)
            await uow.pipelines.flush()
            arrange([*held.stages, stage])
            await self._record(uow, actor, held, {"added": (None, stage.id), "name": (None, stage.name)})
            return await stage_card(uow, stage.id)

    async def set(self, actor: Actor, stage_id: int, field: StageField, typed: str) -> StageCard:
        """Say something else of a stage, in the words of a button or one's own.

        A required field, or a role that may pass, is named to be added, and once more to be taken away.
        Raises `not_allowed`, `stage.not_found`, and what the field's reader raises: see `reading`, `_kind`.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            held, stage = await hold_by_stage(uow, stage_id)
            before = getattr(stage, field.value)
            setattr(stage, field.value, await _read(uow, held, stage, field, typed))
            changes: history.Changes = {field.value: (before, getattr(stage, field.value))}
            if field is StageField.KIND:
                arrange(held.stages)
            await self._record(uow, actor, held, {"stage": (stage.id, stage.id), **changes})
            return await stage_card(uow, stage_id)

    async def shift(self, actor: Actor, stage_id: int, position: int, *, later: bool) -> StageCard:
        """Let a stage change places with the next one, or with the one before it.

        `position`: where it stood when this was wished for; raises `stale` if it stands elsewhere now, and
        `not_allowed`, `stage.not_found`.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            held, stage = await hold_by_stage(uow, stage_id)
            if stage.position != position or not has_neighbour(held.stages, stage, later=later):
                raise StaleError
            shift(held.stages, stage, later=later)
            moved = (position, stage.position)
            await self._record(uow, actor, held, {"stage": (stage.id, stage.id), "position": moved})
            return await stage_card(uow, stage_id)

    async def plan_drop(self, actor: Actor, stage_id: int, heir_id: int) -> StageDrop:
        """What deleting a stage would mean, its deals going to an heir (0: to none that was chosen).

        Raises `not_allowed`, `stage.not_found`.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.read() as uow:
            return await dropping.drop_plan(uow, stage_id, heir_id)

    async def drop(self, actor: Actor, stage_id: int, heir_id: int = 0) -> PipelineCard:
        """Delete a stage; the deals that stand there go to another one of its kind, which sets them no tasks.

        For an hour it may be taken back by `undo`, with what `PipelineCard.gone` tells. Raises
        `not_allowed`, `stage.not_found`, `stage.last_…`, `stage.used` while deals stand there and it is not
        said where they go.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            held, stage = await hold_by_stage(uow, stage_id)
            return await dropping.drop(uow, actor, self._clock.now(), held, stage, heir_id)

    async def undo(self, actor: Actor, event_id: int) -> PipelineReturn:
        """Put a stage back that the actor has deleted, with the deals that nobody has changed since.

        Raises `not_allowed`, `bulk.late` after an hour, `bulk.gone` where it is back already or its pipeline
        is out of use, `pipeline.many_stages`, `pipeline.name_taken`.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            return await dropping.undo(uow, actor, self._clock.now(), event_id)

    async def restore(self, actor: Actor, event_id: int) -> PipelineCard:
        """Put a stage back that anybody has deleted in the last thirty days, as it was; its deals stay where
        they are by now.

        Raises `not_allowed`, `bulk.gone` as `undo`, `pipeline.many_stages`, `pipeline.name_taken`.
        """
        require(actor, Action.PIPELINE_EDIT)
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            since = first_moment(now, await zone_of(uow))
            return await dropping.restore(uow, actor, now, event_id, since)

    async def _record(self, uow: UnitOfWork, actor: Actor, held: Held, changes: history.Changes) -> int:
        return await record(uow, actor, self._clock.now(), held.pipeline.id, changes)


async def _read(  # noqa: C901 - one line for each field
    uow: UnitOfWork, held: Held, stage: Stage, field: StageField, typed: str
) -> object:
    """The new value of a field, as it is kept."""
    match field:
        case StageField.NAME:
            return reading.read_name(typed, [one.name for one in held.stages if one.id != stage.id])
        case StageField.COLOR:
            return reading.read_color(typed)
        case StageField.KIND:
            return await _kind(uow, held, stage, choice(StageKind, typed))
        case StageField.REQUIRED:
            return await _required(uow, stage, typed)
        case StageField.NORM:
            return reading.read_norm(typed, stage.kind)
        case StageField.PERCENT:
            return reading.read_percent(typed, stage.kind)
        case StageField.ROLE:
            return reading.read_role(typed)
        case StageField.RESULT:
            return reading.read_result(typed)
        case StageField.MESSAGE:
            return read_message(typed)
        case StageField.ENTER | StageField.LEAVE:
            return reading.toggled(MOVERS, getattr(stage, field.value), typed)


async def _kind(uow: UnitOfWork, held: Held, stage: Stage, kind: StageKind) -> StageKind:
    """Another kind, while no deal stands there: it would be closed, reopened or let past the payment guard.

    Raises `stage.kind_used`, `stage.last_…`. What the new kind does not know is forgotten.
    """
    if kind == stage.kind:
        return kind
    check_whole([kind, *(one.kind for one in held.stages if one.id != stage.id)])
    await uow.pipelines.bar([stage])
    if (await uow.pipelines.stood_in(held.pipeline.id)).get(stage.id):
        raise AppError("stage.kind_used")
    if kind in CLOSED_KINDS:
        stage.norm_days, stage.auto = None, {}
    elif stage.kind in CLOSED_KINDS:
        stage.norm_days, stage.auto = usual_norm(kind), {}
    if kind == StageKind.LOST:
        stage.required, stage.tasks = [], []
    return kind


async def _required(uow: UnitOfWork, stage: Stage, typed: str) -> list[str]:
    """The fields with one more, or one less. A lost deal is asked for its reason alone (`stage.closed`)."""
    if stage.kind == StageKind.LOST:
        raise AppError("stage.closed")
    own = [code_of(field.id) for field in await uow.fields.used(FieldSubject.DEAL)]
    return reading.toggled((*REQUIRABLE, *own), stage.required, typed)
