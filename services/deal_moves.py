"""Moving deals along their pipeline: the payment guard, what a stage requires, and taking a move back."""

from dataclasses import replace

from db.models import Event, Stage
from db.repositories.deals import DealFacts
from db.uow import Database, UnitOfWork
from services import deal_closing, deal_talk, history, notices, task_drops
from services.access import CLOSED_KINDS, Action, Actor, StageKind, granted, move_action, passes
from services.clock import Clock
from services.deal_cards import build_card, card_of, is_undoable
from services.deal_closing import Closing
from services.deal_entry import DealFields, MissingFieldsError, entry_values
from services.dto.deals import DealCard, StageRef
from services.dto.tasks import Link
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
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
        """Move a deal to another stage of its pipeline.

        `closing`: how, if it becomes won and not all of it is paid.
        Who may: see `access.move_action`. Raises `deal.not_found`, `not_allowed`, `stale` when the deal has
        changed since `version`, MissingFieldsError when the stage asks for more, and
        UnpaidError.
        """
        async with self._db.write(actor.cause) as uow:
            facts = await access_deal_facts(uow, actor, deal_id, Action.DEAL_VIEW)
            stages = await uow.pipelines.stages(facts.deal.pipeline_id)
            target = next((stage for stage in stages if stage.id == stage_id), None)
            if target is None:
                raise NotFoundError("stage")
            action = self._judge(actor, facts, target)
            await _require_in_use(uow, facts, target)
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

    async def returning(self, actor: Actor, deal_id: int) -> tuple[DealCard, StageRef | None]:
        """A closed deal, and the stage that it was closed from, if the actor may bring it back to there.

        Raises `deal.not_found`, `not_allowed` if it cannot be brought back, `deal.archived`, `stale` if it
        is in work.
        """
        async with self._db.read() as uow:
            facts = await access_deal_facts(uow, actor, deal_id, Action.DEAL_VIEW)
            require_at_hand(facts.deal, Action.DEAL_REVIVE)
            card = await build_card(uow, actor, deal_id, self._clock.now())
            if card.stage.kind not in CLOSED_KINDS:
                raise StaleError
            if not card.moves:
                raise ForbiddenError
            ending = await uow.history.last_into(deal_id, card.stage.id)
            before = ending.changes["stage_id"][0] if ending is not None else None
            return card, next((stage for stage in card.moves if stage.id == before), None)

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
            target = next((stage for stage in stages if stage.id == event.changes["stage_id"][0]), None)
            if target is None:
                raise StaleError
            action = self._judge(actor, facts, target)
            await _require_in_use(uow, facts, target)
            before = {name: pair[0] for name, pair in event.changes.items() if name in RESTORED}
            if target.kind == StageKind.LOST and before.get("loss_reason_id") is None:
                raise MissingFieldsError(target.id, ["loss_reason"])
            changes = await self._apply(uow, actor, action, facts, target, before, {}, undone=event)
            return await self._card(uow, actor, facts, stages, target, changes)

    @staticmethod
    def _judge(actor: Actor, facts: DealFacts, target: Stage) -> Action:
        action = move_action(StageKind(facts.stage.kind), StageKind(target.kind))
        may = granted(actor, action, deal_standing(facts.deal, facts.stage))
        if not may or not passes(actor, facts.stage.leave, target.enter):
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
        if changes.keys() & {"contact_id", "loss_reason_id", "tasks", "paid", "robots"}:
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
        changes |= {"stage_id": (stage.id, target.id), "stage": (stage.name, target.name)} | aside
        if undone is not None:
            changes["undone"] = (undone.id, None)
        closed = now.astimezone(actor.zone).date() if target.kind in CLOSED_KINDS else None
        values |= {"stage_id": target.id, "stage_since": now, "closed_on": closed, **touched(now, closed)}
        if not await uow.deals.change(deal, **values):
            raise StaleError
        lost = target.kind == StageKind.LOST
        dropped = await task_drops.drop_open(uow, actor, now, Link("deal", deal.id)) if lost else []
        back: list[int] = []
        if undone is not None:
            back = await task_drops.bring_back(uow, actor, now, undone)
            dropped += await task_drops.drop_set(uow, actor, now, deal.id, undone)
        elif made := await set_tasks(uow, actor, now, deal, target):
            changes["robots"] = ([], made)
        changes |= task_drops.changes_of(dropped, back)
        if why:
            note = await uow.talk.add_note(text=why, author_id=actor.person_id, now=now, deal_id=deal.id)
            changes["note"] = (None, note)
        event = await history.record(uow, actor, now, action, "deal", deal.id, changes)
        await notices.refresh_cards(uow, now, "deal", deal.id, event, but=actor.telegram_id)
        await task_drops.refresh(uow, now, [*dropped, *back], event)
        if why:
            await deal_talk.tell(uow, actor, now, deal, event)
        if target.kind == StageKind.WON:
            await deal_closing.congratulate(uow, actor, now, deal, event)
        if target.kind == StageKind.PAYMENT and stage.kind != StageKind.PAYMENT:
            await deal_closing.await_payment(uow, actor, now, deal, event)
        return changes


async def _require_in_use(uow: UnitOfWork, facts: DealFacts, target: Stage) -> None:
    """Raise `pipeline.away` where a closed deal would come back to work in a pipeline that is out of use."""
    returns = facts.stage.kind in CLOSED_KINDS and target.kind not in CLOSED_KINDS
    if returns and not await uow.pipelines.stays(facts.deal.pipeline_id):
        raise AppError("pipeline.away")
