"""Moving deals along their pipeline: the payment guard, what a stage requires, and taking a move back."""

from dataclasses import replace

from db.models import Stage
from db.repositories.deals import DealFacts
from db.uow import Database, UnitOfWork
from services import deal_closing, history
from services.access import Action, Actor, StageKind, move_action
from services.clock import Clock
from services.deal_cards import build_card, card_of, is_undoable
from services.deal_closing import Closing
from services.deal_crossing import find_target
from services.deal_entry import DealFields, MissingFieldsError, entry_values
from services.deal_moving import apply_move
from services.deal_ways import comes_out, may_move
from services.dto.deals import DealCard
from services.errors import ForbiddenError, StaleError
from services.fields.answers import reading_place
from services.fields.entry import keep, read_answers, told_with
from services.pipelines.paid import sum_changed
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

        An archived one only goes back to work, and comes out of the archive by it.
        `closing`: how, if it becomes won and not all of it is paid.
        A sum that is given on the way and has come already leads on by the rule of the stage that it enters.
        Who may: see `access.move_action`. Raises `deal.not_found`, `not_allowed`, `stale` when the deal has
        changed since `version`, `deal.awaits` when it has come to its payment since and is a head's to move,
        what `find_target` raises, MissingFieldsError when the stage asks for more, and UnpaidError.
        """
        async with self._db.write(actor.cause) as uow:
            facts = await access_deal_facts(uow, actor, deal_id, Action.DEAL_VIEW)
            stages = await uow.pipelines.stages_of(facts.deal.pipeline_id, facts.edition)
            target = await find_target(uow, facts, stages, stage_id)
            changed = facts.deal.version != version or facts.stage.id == target.id
            if changed and facts.stage.kind == StageKind.PAYMENT and not _may(actor, facts, target):
                raise StaleError("deal.awaits")
            action, before = self._judge(actor, facts, target), facts.deal.amount
            if changed:
                raise StaleError
            fields = fields or DealFields()
            values = await entry_values(uow, actor, self._clock.now(), facts.deal, target, fields)
            aside: history.Changes = {"archived": (True, False)} if facts.deal.archived_at is not None else {}
            if target.kind == StageKind.WON:
                amount = facts.deal.amount if fields.amount is None else fields.amount
                aside |= await deal_closing.settle(
                    uow, actor, self._clock.now(), facts.deal, target.id, amount, closing
                )
            where = await reading_place(uow, actor, self._clock.now()) if fields.fields else None
            filled = await read_answers(uow, deal_id, fields.fields or {}, where) if where else []
            aside |= told_with(filled)
            changes = await apply_move(
                uow, actor, self._clock.now(), action, facts, target, values, aside, why=fields.note
            )
            await keep(uow, deal_id, filled)
            if "amount" in changes and await sum_changed(uow, self._clock.now(), facts.deal, before, actor):
                return await build_card(uow, actor, deal_id, self._clock.now())
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
            stages = await uow.pipelines.stages_of(facts.deal.pipeline_id, facts.edition)
            target = await find_target(uow, facts, stages, event.changes["stage_id"][0])
            action = self._judge(actor, facts, target)
            before = {name: pair[0] for name, pair in event.changes.items() if name in RESTORED}
            if target.kind == StageKind.LOST and before.get("loss_reason_id") is None:
                raise MissingFieldsError(target.id, ["loss_reason"])
            out = event.changes.get("archived") == [True, False]
            aside: history.Changes = {"archived": (False, True)} if out else {}
            changes = await apply_move(
                uow, actor, self._clock.now(), action, facts, target, before, aside, undone=event
            )
            return await self._card(uow, actor, facts, stages, target, changes)

    @staticmethod
    def _judge(actor: Actor, facts: DealFacts, target: Stage) -> Action:
        action = move_action(StageKind(facts.stage.kind), StageKind(target.kind))
        if not _may(actor, facts, target):
            raise ForbiddenError
        if facts.deal.archived_at is not None and not comes_out(actor, facts.deal, facts.stage, target):
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


def _may(actor: Actor, facts: DealFacts, target: Stage) -> bool:
    return may_move(actor, deal_standing(facts.deal, facts.stage), facts.stage, target)
