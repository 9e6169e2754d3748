"""The robots of a stage: added, said anew, given to another doer, taken away."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from db.models import Stage
from db.uow import Database
from services import history
from services.access import Action, Actor, StageKind, require
from services.clock import Clock
from services.dto.pipelines import StageCard
from services.errors import AppError, StaleError
from services.pipelines.robot_reading import read_robot
from services.pipelines.robot_terms import MOST, Doer, Robot, robots_of
from services.pipelines.rows import hold_by_stage, record, stage_card


class StageTasks:
    """The service of robots; for whom, see `pipeline.edit`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def add(self, actor: Actor, stage_id: int, typed: str) -> StageCard:
        """One more, see `read_robot`.

        Raises `not_allowed`, `stage.not_found`, `robot.many`, `stage.lost` where deals are lost,
        `robot.no_role` for whoever is responsible where nobody is, and what `read_robot` raises.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            held, stage = await hold_by_stage(uow, stage_id)
            if stage.kind == StageKind.LOST:
                raise AppError("stage.lost")
            robots = robots_of(stage)
            if len(robots) >= MOST:
                raise AppError("robot.many", most=MOST)
            made = _checked(read_robot(typed, 1 + max((one.id for one in robots), default=0)), stage)
            stage.tasks = _kept([*robots, made])
            changes: history.Changes = {"stage": (stage_id, stage_id), "robot": (None, made.data)}
            await record(uow, actor, self._clock.now(), held.pipeline.id, changes)
            return await stage_card(uow, stage_id)

    async def say(self, actor: Actor, stage_id: int, robot_id: int, typed: str) -> StageCard:
        """Say one anew, as for `add`; what it has set stays.

        Raises as `turn`, and what `read_robot` raises.
        """
        return await self._change(actor, stage_id, robot_id, lambda old: read_robot(typed, old.id))

    async def turn(self, actor: Actor, stage_id: int, robot_id: int, doer: Doer) -> StageCard:
        """Give its tasks to another doer.

        Raises `not_allowed`, `stage.not_found`, `stale` if it is gone, `robot.no_role` as `add`.
        """
        return await self._change(actor, stage_id, robot_id, lambda old: replace(old, doer=doer))

    async def drop(self, actor: Actor, stage_id: int, robot_id: int) -> StageCard:
        """Set its task no longer; what it has set stays. Raises `not_allowed`, `stage.not_found`, `stale`."""
        return await self._change(actor, stage_id, robot_id, lambda _: None)

    async def _change(
        self, actor: Actor, stage_id: int, robot_id: int, change: Callable[[Robot], Robot | None]
    ) -> StageCard:
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.write(actor.cause) as uow:
            held, stage = await hold_by_stage(uow, stage_id)
            robots = robots_of(stage)
            old = next((one for one in robots if one.id == robot_id), None)
            if old is None:
                raise StaleError
            new = change(old)
            if new is not None:
                _checked(new, stage)
            stage.tasks = _kept([new if one is old else one for one in robots])
            changes: history.Changes = {
                "stage": (stage_id, stage_id),
                "robot": (old.data, new.data if new else None),
            }
            await record(uow, actor, self._clock.now(), held.pipeline.id, changes)
            return await stage_card(uow, stage_id)


def _checked(robot: Robot, stage: Stage) -> Robot:
    if robot.doer is Doer.ROLE and stage.role is None:
        raise AppError("robot.no_role")
    return robot


def _kept(robots: Sequence[Robot | None]) -> list[dict[str, object]]:
    return [one.data for one in robots if one is not None]
