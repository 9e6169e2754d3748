"""Deals that move on by themselves, by the rule of their stage; the rule's author had the right to set it."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from db.models import Deal, Stage, Timer
from db.repositories.deals import DealFacts
from db.uow import Database, UnitOfWork
from services import notices
from services.access import CLOSED_KINDS, NOBODY, Actor, StageKind, move_action
from services.clock import Clock
from services.deal_entry import lacks
from services.deal_moving import apply_move
from services.deal_ways import may_move
from services.fields.entry import missing_fields
from services.notices import NoticeKind
from services.pipelines import follow_on, silence
from services.pipelines.auto_rules import Autos, Happening, leads
from services.rows import deal_standing
from services.workspace import the_workspace


async def happened(
    uow: UnitOfWork, now: datetime, deal_id: int, what: Happening, actor: Actor = NOBODY
) -> bool:
    """Move a deal on if its stage has a rule for this, in the transaction in which it has happened.

    Not if the stage that it leads to is gone. Where that asks for what the deal does not have, the actor by
    whose deed it has happened is told so, if they may move it there, else the deal's owner. The owner is
    told, too, of a move by silence, which nobody saw. A closed deal stays, and another one begins.
    """
    facts = await uow.deals.facts(deal_id, NOBODY.person_id)
    target = await _target(uow, facts, what) if facts is not None else None
    if facts is None or target is None:
        return False
    zone = ZoneInfo((await the_workspace(uow)).time_zone)
    if facts.stage.kind in CLOSED_KINDS:
        return await follow_on.begin(uow, replace(NOBODY, zone=zone), now, facts.deal, target, what)
    missing = [*lacks(facts.deal, target), *await missing_fields(uow, deal_id, target.required)]
    if missing:
        mover = (
            actor if may_move(actor, deal_standing(facts.deal, facts.stage), facts.stage, target) else None
        )
        await _tell(uow, now, facts.deal, target, what, missing, mover)
        return False
    action = move_action(StageKind(facts.stage.kind), StageKind(target.kind))
    rule = {"rule": (None, what.value)}
    await apply_move(uow, replace(NOBODY, zone=zone), now, action, facts, target, {}, {**rule})
    if what is Happening.SILENT:
        await _tell(uow, now, facts.deal, target, what, [], None)
    return True


async def _tell(
    uow: UnitOfWork,
    now: datetime,
    deal: Deal,
    target: Stage,
    what: Happening,
    missing: list[str],
    mover: Actor | None,
) -> None:
    """Tell of a move that was made by itself, or that could not be made since something is `missing`."""
    person_id = mover.person_id if mover is not None and mover.person_id else deal.owner_id
    person = await uow.people.get(person_id) if person_id else None
    if person is not None:
        key = f"ruled:{deal.id}:{deal.version}:{what.value}:{now.isoformat()}"
        params: dict[str, object] = {"id": deal.id, "what": what.value, "stage": target.id}
        params |= {"name": target.name, "lacks": missing}
        await notices.send(uow, now, [notices.private(person)], NoticeKind.DEAL_RULED, key, params)


async def _target(uow: UnitOfWork, facts: DealFacts, what: Happening) -> Stage | None:
    """Where the rule leads, as far as it holds."""
    stage_id = Autos.of(facts.stage.auto).to.get(what)
    if stage_id is None or facts.deal.archived_at is not None:
        return None
    target = await uow.pipelines.stage(stage_id)
    if target is None or not leads(facts.stage, target, what):
        return None
    if facts.stage.kind in CLOSED_KINDS:
        # Held, so that two deals of one client that fall silent at once begin one new deal.
        there = await uow.pipelines.held(target.pipeline_id)
        return target if there is not None and there.archived_at is None else None
    if target.pipeline_id != facts.deal.pipeline_id and not await uow.pipelines.stays(target.pipeline_id):
        return None
    return target


class Silences:
    """Fires timers of the kind `deal_silent`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def fire(self, timer: Timer) -> None:
        """Move the deal on if it still stands there and still nothing was heard; else look again later."""
        now = self._clock.now()
        async with self._db.write() as uow:
            if not await uow.timers.mark_fired(timer.id, now):
                return
            found = await uow.deals.get(timer.subject_id)
            if found is None or found[1].id != timer.params["stage"]:
                return
            deal, stage = found
            rule = Autos.of(stage.auto)
            if Happening.SILENT not in rule.to:
                return
            if await silence.due_of(uow, deal, rule.days) > now:
                await silence.arm(uow, now, stage, [deal], again=True)
            else:
                await happened(uow, now, deal.id, Happening.SILENT)
