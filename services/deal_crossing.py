"""Bringing a deal to another pipeline: what may be chosen, and where it lands."""

from db.models import Stage
from db.repositories.deals import DealFacts
from db.uow import Database, UnitOfWork
from services import history
from services.access import CLOSED_KINDS, Action, Actor
from services.clock import Clock
from services.deal_cards import build_card, stage_ref
from services.deal_ways import comes_out, may_move
from services.dto.common import Ref
from services.dto.deals import Crossing, MoveChoice
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from services.pipelines.mapping import default_map
from services.rows import access_deal_facts, deal_standing


class DealCrossings:
    """The service of what may be chosen; the move itself, by the same rights, is `DealMoves.move`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def choices(self, actor: Actor, deal_id: int) -> MoveChoice:
        """A deal with the other pipelines. Raises `deal.not_found`."""
        async with self._db.read() as uow:
            facts = await access_deal_facts(uow, actor, deal_id, Action.DEAL_VIEW)
            card = await build_card(uow, actor, deal_id, self._clock.now())
            return MoveChoice(card, None, await _others(uow, facts) if card.moves else ())

    async def returning(self, actor: Actor, deal_id: int) -> MoveChoice:
        """A closed deal, with the stage that it was closed from, if the actor may bring it back to there.

        One of the archive comes out of it by the same move. Raises `deal.not_found`, `not_allowed` if it
        cannot be brought back, `stale` if it is in work.
        """
        async with self._db.read() as uow:
            facts = await access_deal_facts(uow, actor, deal_id, Action.DEAL_VIEW)
            card = await build_card(uow, actor, deal_id, self._clock.now())
            if card.stage.kind not in CLOSED_KINDS:
                raise StaleError
            if not card.moves and not card.returns:
                raise ForbiddenError
            before = await _closed_from(uow, facts)
            origin = next((stage for stage in card.moves if stage.id == before), None)
            return MoveChoice(card, origin, await _others(uow, facts))

    async def stages(self, actor: Actor, deal_id: int, pipeline_id: int) -> Crossing:
        """Where in another pipeline a deal may go.

        A closed one where it would have gone from the stage in which it was closed. Raises `deal.not_found`,
        `pipelines.not_found`, and `not_allowed` if nowhere.
        """
        async with self._db.read() as uow:
            facts = await access_deal_facts(uow, actor, deal_id, Action.DEAL_VIEW)
            there = next((one for one in await _others(uow, facts) if one.id == pipeline_id), None)
            if there is None:
                raise NotFoundError("pipelines")
            stages, standing = await uow.pipelines.stages(there.id), deal_standing(facts.deal, facts.stage)
            open_to = [one for one in stages if may_move(actor, standing, facts.stage, one)]
            if facts.deal.archived_at is not None:
                open_to = [one for one in open_to if comes_out(actor, facts.deal, facts.stage, one)]
            if not open_to:
                raise ForbiddenError
            here = facts.stage
            if here.kind in CLOSED_KINDS and (before := await _closed_from(uow, facts)) is not None:
                here = await uow.pipelines.stage(before) or here
            same = default_map([here], stages)[here.id]
            return Crossing(
                deal=await build_card(uow, actor, deal_id, self._clock.now()),
                pipeline=there,
                same=stage_ref(same) if same in open_to else None,
                stages=tuple(map(stage_ref, open_to)),
            )

    async def reaches(self, actor: Actor, deal_id: int, stage_id: int) -> bool:
        """Whether the actor may bring a deal to a stage, of whatever pipeline. Raises `deal.not_found`."""
        async with self._db.read() as uow:
            facts = await access_deal_facts(uow, actor, deal_id, Action.DEAL_VIEW)
            target = await uow.pipelines.stage(stage_id)
            if target is None or target.id == facts.stage.id:
                return False
            in_use = target.pipeline_id in {one.id for one in await uow.pipelines.all()}
            return in_use and may_move(actor, deal_standing(facts.deal, facts.stage), facts.stage, target)


async def find_target(uow: UnitOfWork, facts: DealFacts, stages: list[Stage], stage_id: int) -> Stage:
    """The stage that a deal is to be moved to, of its own pipeline or of another one in use.

    Raises `stage.not_found`, and `pipeline.away` where a closed deal would come back to work in a pipeline
    that is out of use.
    """
    own = next((stage for stage in stages if stage.id == stage_id), None)
    target = own or await uow.pipelines.stage(stage_id)
    if target is None:
        raise NotFoundError("stage")
    returns = facts.stage.kind in CLOSED_KINDS and target.kind not in CLOSED_KINDS
    if (own is None or returns) and not await uow.pipelines.stays(target.pipeline_id):
        raise AppError("pipeline.away") if own else NotFoundError("stage")
    return target


async def crossed(uow: UnitOfWork, facts: DealFacts, target: Stage) -> history.Changes:
    """What changes besides the stage if it is one of another pipeline."""
    if target.pipeline_id == facts.deal.pipeline_id:
        return {}
    before = await uow.pipelines.get(facts.deal.pipeline_id)
    after = await uow.pipelines.get(target.pipeline_id)
    return {
        "pipeline_id": (facts.deal.pipeline_id, target.pipeline_id),
        "pipeline": (before.name if before else None, after.name if after else None),
    }


async def _closed_from(uow: UnitOfWork, facts: DealFacts) -> int | None:
    """The stage in which a closed deal was in work last, by its id."""
    ending = await uow.history.last_into(facts.deal.id, facts.stage.id)
    return ending.changes["stage_id"][0] if ending is not None else None


async def _others(uow: UnitOfWork, facts: DealFacts) -> tuple[Ref, ...]:
    used = await uow.pipelines.all()
    return tuple(Ref(one.id, one.name) for one in used if one.id != facts.deal.pipeline_id)
