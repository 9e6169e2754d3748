"""The rules by which the deals of a stage move on by themselves: set and switched off."""

from db.uow import Database
from services.access import CLOSED_KINDS, Action, Actor, require
from services.clock import Clock
from services.dto.pipelines import StageCard
from services.errors import AppError, NotFoundError
from services.pipelines import silence
from services.pipelines.auto_rules import LONGEST, TARGETS, Autos, Happening
from services.pipelines.rows import Held, hold_by_stage, record, stage_card


class StageAutos:
    """The service of these rules; for whom, see `pipeline.edit`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def set(self, actor: Actor, stage_id: int, what: Happening, to_id: int, days: int = 0) -> StageCard:
        """When this happens a deal of the stage goes to another one of its pipeline; 0: it stays.

        `days`: of silence, in working days. From now on deals that stand there already are looked after, too.
        Raises `not_allowed`, `stage.not_found` also for a stage to which this may not lead, `stage.closed`,
        `stage.circle` where silence would lead round, `follow_up.too_long`.
        """
        require(actor, Action.PIPELINE_EDIT)
        if what is Happening.SILENT and to_id and not 0 < days <= LONGEST:
            raise AppError("follow_up.too_long", days=LONGEST)
        async with self._db.write(actor.cause) as uow:
            held, stage = await hold_by_stage(uow, stage_id)
            if stage.kind in CLOSED_KINDS:
                raise AppError("stage.closed")
            if to_id and (to_id == stage_id or held.stage(to_id).kind not in TARGETS[what]):
                raise NotFoundError("stage")
            if what is Happening.SILENT and _leads_to(held, to_id, stage_id):
                raise AppError("stage.circle")
            before = Autos.of(stage.auto)
            stage.auto = before.with_rule(what, to_id, days).data
            await record(
                uow,
                actor,
                self._clock.now(),
                held.pipeline.id,
                {"stage": (stage_id, stage_id), "auto": (before.data, stage.auto)},
            )
            if what is Happening.SILENT and to_id:
                await silence.arm(uow, self._clock.now(), stage, await uow.pipelines.deals_in(stage_id))
            return await stage_card(uow, stage_id)


def _leads_to(held: Held, start: int, end: int) -> bool:
    """Whether a deal of which nothing is heard would get from one stage to another by itself."""
    rules = {one.id: Autos.of(one.auto).to.get(Happening.SILENT, 0) for one in held.stages}
    passed = {0}
    while start not in passed:
        if start == end:
            return True
        passed.add(start)
        start = rules.get(start, 0)
    return False
