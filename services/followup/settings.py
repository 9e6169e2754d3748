"""What is done by itself about the deals of a pipeline, as owner and heads set it."""

import re

from db.models import Pipeline
from db.uow import Database, UnitOfWork
from services import history
from services.access import CLOSED_KINDS, Action, Actor, StageKind, require
from services.clock import Clock
from services.dto.common import Ref
from services.dto.followup import FollowUpCard, StageNorm
from services.errors import AppError, NotFoundError
from services.followup.rules import LONGEST, MOST, Rule, Rules
from services.understanding.fold import fold

_DAYS = re.compile(r"(\d{1,5}) ?(?:д|дн|день|дня|дней|d|days?)?")


class FollowUpSettings:
    """The service of the rules. Departments share the pipelines, so that each head sets them for all.

    A change holds from the next morning on.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor, pipeline_id: int = 0) -> FollowUpCard:
        """The rules of a pipeline (0: of the first one). Raises `not_allowed`, `follow_up.not_found`."""
        require(actor, Action.PIPELINE_RULES)
        async with self._db.read() as uow:
            return await _card(uow, pipeline_id)

    async def norm(self, actor: Actor, stage_id: int) -> tuple[FollowUpCard, StageNorm]:
        """The rules of the pipeline of a stage, and the stage's. Raises `not_allowed`, `stage.not_found`."""
        require(actor, Action.PIPELINE_RULES)
        async with self._db.read() as uow:
            stage = await uow.pipelines.stage(stage_id)
            if stage is None:
                raise NotFoundError("stage")
            card = await _card(uow, stage.pipeline_id)
            found = next((one for one in card.stages if one.id == stage_id), None)
            if found is None:
                raise NotFoundError("stage")
            return card, found

    async def set(self, actor: Actor, pipeline_id: int, rule: Rule, days: int | None) -> FollowUpCard:
        """Do something after so many days; never for None, or for fewer than the rule can have.

        Raises as `card`, and `follow_up.too_long`.
        """
        require(actor, Action.PIPELINE_RULES)
        _check(days or 0, MOST[rule])
        async with self._db.write(actor.cause) as uow:
            # All rules are one value: of two heads at once the second has to see what the first has set.
            pipeline = await uow.pipelines.held(pipeline_id)
            if pipeline is None:
                raise NotFoundError("follow_up")
            before = Rules.of(pipeline.rules)
            after = before.with_rule(rule, days)
            pipeline.rules = after.data
            changes: history.Changes = {rule.value: (before.days.get(rule), after.days.get(rule))}
            await self._record(uow, actor, pipeline, changes)
            return await _card(uow, pipeline_id)

    async def set_norm(self, actor: Actor, stage_id: int, days: int) -> FollowUpCard:
        """So long a deal may stand in a stage; as long as it likes for 0.

        Raises as `norm`, and `follow_up.too_long`.
        """
        require(actor, Action.PIPELINE_RULES)
        _check(days, LONGEST)
        async with self._db.write(actor.cause) as uow:
            stage = await uow.pipelines.held_stage(stage_id)
            pipeline = await uow.pipelines.get(stage.pipeline_id) if stage is not None else None
            if stage is None or pipeline is None or stage.kind in CLOSED_KINDS:
                raise NotFoundError("stage")
            before, stage.norm_days = stage.norm_days, days or None
            changes: history.Changes = {"stage": (stage.id, stage.id), "norm_days": (before, days or None)}
            await self._record(uow, actor, pipeline, changes)
            return await _card(uow, pipeline.id)

    async def _record(
        self, uow: UnitOfWork, actor: Actor, pipeline: Pipeline, changes: history.Changes
    ) -> None:
        now = self._clock.now()
        await history.record(uow, actor, now, Action.PIPELINE_RULES, "pipeline", pipeline.id, changes)
        await uow.pipelines.flush()


def days_of(typed: str, most: int) -> int:
    """How many days somebody has typed: "3", "5 дней". Raises `follow_up.unread`, which names the bounds."""
    match = _DAYS.fullmatch(fold(typed).strip(" ."))
    if match is None or int(match[1]) > most:
        raise AppError("follow_up.unread", most=most)
    return int(match[1])


def _check(days: int, most: int) -> None:
    if not 0 <= days <= most:
        raise AppError("follow_up.too_long", days=most)


async def _card(uow: UnitOfWork, pipeline_id: int) -> FollowUpCard:
    pipelines = await uow.pipelines.all()
    pipeline = next((one for one in pipelines if pipeline_id in (0, one.id)), None)
    if pipeline is None:
        raise NotFoundError("follow_up")
    return FollowUpCard(
        pipeline=Ref(pipeline.id, pipeline.name),
        choice=tuple(Ref(one.id, one.name) for one in pipelines),
        rules=Rules.of(pipeline.rules),
        stages=tuple(
            StageNorm(one.id, one.name, StageKind(one.kind), one.norm_days)
            for one in await uow.pipelines.stages(pipeline.id)
            if one.kind not in CLOSED_KINDS
        ),
    )
