"""The robots of a stage: added, given to another doer, taken away."""

from collections.abc import Sequence
from dataclasses import replace

from db.uow import Database
from services.access import CLOSED_KINDS, Action, Actor, require
from services.clock import Clock
from services.dto.pipelines import StageCard
from services.errors import AppError, StaleError
from services.pipelines.robots import MOST, Doer, Robot, read_robot, robots_of
from services.pipelines.rows import hold_by_stage, record, stage_card


class StageTasks:
    """The service of robots; for whom, see `pipeline.edit`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def add(self, actor: Actor, stage_id: int, typed: str) -> StageCard:
        """One more, see `robots.read_robot`.

        Raises `not_allowed`, `stage.not_found`, `robot.many`, `stage.closed`, and what it raises.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            held, stage = await hold_by_stage(uow, stage_id)
            if stage.kind in CLOSED_KINDS:
                raise AppError("stage.closed")
            robots = robots_of(stage)
            if len(robots) >= MOST:
                raise AppError("robot.many", most=MOST)
            made = read_robot(typed, robots)
            stage.tasks = _kept([*robots, made])
            changes: dict[str, tuple[object, object]] = {"robot": (None, made.data)}
            await record(uow, actor, self._clock.now(), held.pipeline.id, {**_of(stage_id), **changes})
            return await stage_card(uow, stage_id)

    async def turn(self, actor: Actor, stage_id: int, robot_id: int, doer: Doer) -> StageCard:
        """Give its tasks to another doer. Raises `not_allowed`, `stage.not_found`, `stale` if it is gone."""
        return await self._change(actor, stage_id, robot_id, doer)

    async def drop(self, actor: Actor, stage_id: int, robot_id: int) -> StageCard:
        """Set its task no longer; what it has set stays. Raises as `turn`."""
        return await self._change(actor, stage_id, robot_id, None)

    async def _change(self, actor: Actor, stage_id: int, robot_id: int, doer: Doer | None) -> StageCard:
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            held, stage = await hold_by_stage(uow, stage_id)
            robots = robots_of(stage)
            old = next((one for one in robots if one.id == robot_id), None)
            if old is None:
                raise StaleError
            new = replace(old, doer=doer) if doer is not None else None
            stage.tasks = _kept([new if one is old else one for one in robots])
            changes: dict[str, tuple[object, object]] = {"robot": (old.data, new.data if new else None)}
            await record(uow, actor, self._clock.now(), held.pipeline.id, {**_of(stage_id), **changes})
            return await stage_card(uow, stage_id)


def _kept(robots: Sequence[Robot | None]) -> list[dict[str, object]]:
    return [one.data for one in robots if one is not None]


def _of(stage_id: int) -> dict[str, tuple[object, object]]:
    return {"stage": (stage_id, stage_id)}
