"""The rules by which the deals of a stage move on by themselves: set and switched off."""

from db.models import Stage
from db.uow import Database, UnitOfWork
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.common import Ref
from services.dto.pipelines import AutoPlaces, StageCard
from services.errors import AppError, NotFoundError
from services.pipelines import silence
from services.pipelines.auto_rules import LONGEST, Autos, Happening, kinds_ahead, leads
from services.pipelines.rows import hold_by_stage, record, stage_card


class StageAutos:
    """The service of these rules; for whom, see `pipeline.edit`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def places(self, actor: Actor, stage_id: int, what: Happening, pipeline_id: int) -> AutoPlaces:
        """Where in another pipeline this may lead from a stage.

        Raises `not_allowed`, `stage.not_found`, `pipelines.not_found` for one that is out of use.
        """
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.read() as uow:
            card = await stage_card(uow, stage_id)
            there = next((one for one in card.others if one.id == pipeline_id), None)
            if there is None:
                raise NotFoundError("pipelines")
            stages = await uow.pipelines.stages(pipeline_id)
            kinds = kinds_ahead(card.kind, what)
            fit = tuple(Ref(one.id, one.name) for one in stages if one.kind in kinds)
            return AutoPlaces(card, there, fit)

    async def set(self, actor: Actor, stage_id: int, what: Happening, to_id: int, days: int = 0) -> StageCard:
        """When this happens a deal goes to another stage, perhaps of another pipeline in use; 0: it stays.

        `days`: of silence, in working days. From now on deals that stand there already are looked after, too,
        but of closed ones only those of this day and the last: after these a new one begins, see `follow_on`.
        Raises `not_allowed`, `stage.not_found` also for a stage to which this may not lead,
        `stage.circle` where silence would lead round, `follow_up.too_long`.
        """
        require(actor, Action.PIPELINE_EDIT)
        if what is Happening.SILENT and to_id and not 0 < days <= LONGEST:
            raise AppError("follow_up.too_long", days=LONGEST)
        async with self._db.write(actor.cause) as uow:
            held, stage = await hold_by_stage(uow, stage_id)
            if to_id:
                await _check_target(uow, stage, what, to_id)
            if what is Happening.SILENT and await _leads_to(uow, to_id, stage_id):
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
                await silence.arm_all(uow, self._clock.now(), stage)
            return await stage_card(uow, stage_id)


async def _check_target(uow: UnitOfWork, stage: Stage, what: Happening, to_id: int) -> None:
    """Raise `stage.not_found` unless this may lead there: to a stage of a pipeline in use, of a fit kind."""
    target = await uow.pipelines.stage(to_id)
    pipeline = await uow.pipelines.get(target.pipeline_id) if target is not None else None
    fits = target is not None and leads(stage, target, what)
    if not fits or pipeline is None or pipeline.archived_at is not None:
        raise NotFoundError("stage")


async def _leads_to(uow: UnitOfWork, start: int, end: int) -> bool:
    """Whether a deal of which nothing is heard would get from one stage to another by itself."""
    stages = await uow.pipelines.all_stages()
    rules = {one.id: Autos.of(one.auto).to.get(Happening.SILENT, 0) for one in stages}
    passed = {0}
    while start not in passed:
        if start == end:
            return True
        passed.add(start)
        start = rules.get(start, 0)
    return False
