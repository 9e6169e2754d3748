"""Moving deals along their pipeline: the payment guard, what a stage requires, and taking a move back."""

from dataclasses import replace
from datetime import datetime

from db.models import Deal, Event, Stage
from db.repositories.deals import DealFacts
from db.uow import Database, UnitOfWork
from services import deal_closing, deal_talk, history, notices, task_drops
from services.access import CLOSED_KINDS, Action, Actor, StageKind, move_action
from services.clock import Clock
from services.deal_cards import build_card, card_of, is_undoable, may_move
from services.deal_closing import Closing
from services.deal_crossing import crossed, find_target
from services.deal_entry import DealFields, MissingFieldsError, entry_values
from services.dto.deals import DealCard
from services.dto.tasks import Link
from services.errors import ForbiddenError, StaleError
from services.followup.touches import touched
from services.pipelines.robots import set_tasks
from services.rows import access_deal_facts, deal_standing, require_at_hand

RESTORED = ("amount", "loss_reason_id")
"""What an undone move puts back besides the stage."""


class DealMoves:
    """The service of moves."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def move(
        self,
        actor: Actor,
        deal_id: int,
        stage_id: int,
        version: int,
        fields: DealFields | None = None,
        *,
        closing: Closing | None = None,
    ) -> DealCard:
        """Move a deal to another stage, of its own pipeline or of another one in use.

        `closing`: how, if it becomes won and not all of it is paid.
        Who may: see `access.move_action`. Raises `deal.not_found`, `not_allowed`, `stale` when the deal has
        changed since `version`, what `find_target` raises, MissingFieldsError when the stage asks for more,
        and UnpaidError.
        """
        async with self._db.write(actor.cause) as uow:
            facts = await access_deal_facts(uow, actor, deal_id, Action.DEAL_VIEW)
            stages = await uow.pipelines.stages(facts.deal.pipeline_id)
            target = await find_target(uow, facts, stages, stage_id)
            action = self._judge(actor, facts, target)
            if facts.deal.version != version or facts.stage.id == target.id:
                raise StaleError
            fields = fields or DealFields()
            values = await entry_values(uow, actor, self._clock.now(), facts.deal, target, fields)
            aside: history.Changes = {}
            if target.kind == StageKind.WON:
                amount = facts.deal.amount if fields.amount is None else fields.amount
                aside = await deal_closing.settle(
                    uow, actor, self._clock.now(), facts.deal, target.id, amount, closing
                )
            changes = await self._apply(uow, actor, action, facts, target, values, aside, why=fields.note)
            return await self._card(uow, actor, facts, stages, target, changes)

    async def undo(self, actor: Actor, deal_id: int, event_id: int, version: int) -> DealCard:
        """Take back the actor's own last move of a deal, with the rights that the way back takes.

        Tasks that it dropped are to be done again. Raises `deal.not_found`, `not_allowed`, `stale` when
        something happened since, and MissingFieldsError on the way back to a loss that nobody explained.
        """
        async with self._db.write(actor.cause) as uow:
            facts = await access_deal_facts(uow, actor, deal_id, Action.DEAL_VIEW)
            event = await uow.history.get(event_id)
            if event is None or not is_undoable(event, actor, facts.deal) or facts.deal.version != version:
                raise StaleError
            stages = await uow.pipelines.stages(facts.deal.pipeline_id)
            target = await find_target(uow, facts, stages, event.changes["stage_id"][0])
            action = self._judge(actor, facts, target)
            before = {name: pair[0] for name, pair in event.changes.items() if name in RESTORED}
            if target.kind == StageKind.LOST and before.get("loss_reason_id") is None:
                raise MissingFieldsError(target.id, ["loss_reason"])
            changes = await self._apply(uow, actor, action, facts, target, before, {}, undone=event)
            return await self._card(uow, actor, facts, stages, target, changes)

    @staticmethod
    def _judge(actor: Actor, facts: DealFacts, target: Stage) -> Action:
        action = move_action(StageKind(facts.stage.kind), StageKind(target.kind))
        if not may_move(actor, deal_standing(facts.deal, facts.stage), facts.stage, target):
            raise ForbiddenError
        require_at_hand(facts.deal, action)
        return action

    async def _card(
        self,
        uow: UnitOfWork,
        actor: Actor,
        facts: DealFacts,
        stages: list[Stage],
        target: Stage,
        changes: history.Changes,
    ) -> DealCard:
        """The card of the deal where it stands now; read anew only when it shows somebody else's name."""
        now = self._clock.now()
        if changes.keys() & {"contact_id", "loss_reason_id", "tasks", "paid", "robots", "pipeline_id"}:
            return await build_card(uow, actor, facts.deal.id, now)
        return await card_of(uow, actor, replace(facts, stage=target), stages, now)

    async def _apply(
        self,
        uow: UnitOfWork,
        actor: Actor,
        action: Action,
        facts: DealFacts,
        target: Stage,
        values: dict[str, object],
        aside: history.Changes,
        undone: Event | None = None,
        why: str | None = None,
    ) -> history.Changes:
        now = self._clock.now()
        deal, stage = facts.deal, facts.stage
        if target.kind != StageKind.LOST:
            values["loss_reason_id"] = None
        changes: history.Changes = {
            name: (getattr(deal, name), value)
            for name, value in values.items()
            if getattr(deal, name) != value
        }
        crossing = await crossed(uow, facts, target)
        changes |= {"stage_id": (stage.id, target.id), "stage": (stage.name, target.name)} | crossing | aside
        if undone is not None:
            changes["undone"] = (undone.id, None)
        closed = now.astimezone(actor.zone).date() if target.kind in CLOSED_KINDS else None
        if stage.kind == target.kind:
            closed = deal.closed_on
        values |= {"stage_id": target.id, "stage_since": now, "closed_on": closed, **touched(now, closed)}
        values["pipeline_id"] = target.pipeline_id
        if not await uow.deals.change(deal, **values):
            raise StaleError
        changes |= await _settle_tasks(uow, actor, now, deal, target, undone)
        if why:
            note = await uow.talk.add_note(text=why, author_id=actor.person_id, now=now, deal_id=deal.id)
            changes["note"] = (None, note)
        event = await history.record(uow, actor, now, action, "deal", deal.id, changes)
        await notices.refresh_cards(uow, now, "deal", deal.id, event, but=actor.telegram_id)
        await task_drops.refresh(uow, now, task_drops.ids_in(changes), event)
        if why:
            await deal_talk.tell(uow, actor, now, deal, event)
        if target.kind == StageKind.WON:
            await deal_closing.congratulate(uow, actor, now, deal, event)
        if target.kind == StageKind.PAYMENT and stage.kind != StageKind.PAYMENT:
            await deal_closing.await_payment(uow, actor, now, deal, event)
        return changes


async def _settle_tasks(
    uow: UnitOfWork, actor: Actor, now: datetime, deal: Deal, target: Stage, undone: Event | None
) -> history.Changes:
    """A loss drops the tasks of its deal, a stage sets some, and taking the move back undoes both."""
    link = Link("deal", deal.id)
    dropped = await task_drops.drop_open(uow, actor, now, link) if target.kind == StageKind.LOST else []
    if undone is None:
        made = await set_tasks(uow, actor, now, deal, target)
        return task_drops.changes_of(dropped, []) | ({"robots": ([], made)} if made else {})
    back = await task_drops.bring_back(uow, actor, now, undone)
    dropped += await task_drops.drop_set(uow, actor, now, deal.id, undone)
    return task_drops.changes_of(dropped, back)
