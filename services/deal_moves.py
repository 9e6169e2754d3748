"""Moving deals along their pipeline: the payment guard, what a stage requires, and taking a move back."""

from dataclasses import asdict, dataclass, replace

from db.models import Contact, Deal, Event, Stage
from db.repositories.deals import DealFacts
from db.uow import Database, UnitOfWork
from services import deal_talk, history, notices, task_drops
from services.access import CLOSED_KINDS, Action, Actor, StageKind, granted, move_action
from services.clock import Clock
from services.deal_cards import build_card, card_of, is_undoable
from services.dto.deals import DealCard, StageRef
from services.dto.tasks import Link
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from services.haystack import haystack
from services.rows import access_deal_facts, contact_standing, deal_standing, require_at_hand

RESTORED = ("amount", "loss_reason_id")
"""What an undone move puts back besides the stage."""


class MissingFieldsError(AppError):
    """The stage asks for fields that the deal does not have yet; `fields` in the order to ask them."""

    def __init__(self, stage_id: int, fields: list[str]) -> None:
        super().__init__("deal.fields_missing")
        self.stage_id, self.fields = stage_id, fields


@dataclass(frozen=True, slots=True)
class DealFields:
    """Values given on the way into a stage; None leaves a field as it is. `amount` is in minor units."""

    amount: int | None = None
    loss_reason_id: int | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    note: str | None = None
    """Why it is moved, in the mover's words: kept as a note with the move."""

    def typed(self) -> dict[str, int | str]:
        """What was given, to be kept in a form."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def over(self, earlier: "DealFields") -> "DealFields":
        """These values, and what was given before where these are silent."""
        return DealFields(**{**asdict(earlier), **self.typed()})


class DealMoves:
    """The service of moves."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def move(
        self, actor: Actor, deal_id: int, stage_id: int, version: int, fields: DealFields | None = None
    ) -> DealCard:
        """Move a deal to another stage of its pipeline.

        Who may: see `access.move_action`. Raises `deal.not_found`, `not_allowed`, `stale` when the deal has
        changed since `version`, and MissingFieldsError when the stage asks for more.
        """
        async with self._db.write(actor.cause) as uow:
            facts = await access_deal_facts(uow, actor, deal_id, Action.DEAL_VIEW)
            stages = await uow.pipelines.stages(facts.deal.pipeline_id)
            target = next((stage for stage in stages if stage.id == stage_id), None)
            if target is None:
                raise NotFoundError("stage")
            action = self._judge(actor, facts, target)
            if facts.deal.version != version or facts.stage.id == target.id:
                raise StaleError
            fields = fields or DealFields()
            values = await self._entry_values(uow, actor, facts.deal, target, fields)
            changes = await self._apply(uow, actor, action, facts, target, values, why=fields.note)
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
            before = {name: pair[0] for name, pair in event.changes.items() if name in RESTORED}
            if target.kind == StageKind.LOST and before.get("loss_reason_id") is None:
                raise MissingFieldsError(target.id, ["loss_reason"])
            changes = await self._apply(uow, actor, action, facts, target, before, undone=event)
            return await self._card(uow, actor, facts, stages, target, changes)

    @staticmethod
    def _judge(actor: Actor, facts: DealFacts, target: Stage) -> Action:
        action = move_action(StageKind(facts.stage.kind), StageKind(target.kind))
        if not granted(actor, action, deal_standing(facts.deal, facts.stage)):
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
        if changes.keys() & {"contact_id", "loss_reason_id", "tasks"}:
            return await build_card(uow, actor, facts.deal.id, now)
        return await card_of(uow, actor, replace(facts, stage=target), stages, now)

    async def _entry_values(
        self, uow: UnitOfWork, actor: Actor, deal: Deal, target: Stage, fields: DealFields
    ) -> dict[str, object]:
        """What to write on entering a stage; raises MissingFieldsError for what it still requires."""
        values: dict[str, object] = {}
        if fields.amount is not None:
            values["amount"] = fields.amount
        if target.kind == StageKind.LOST:
            if fields.loss_reason_id is None:
                raise MissingFieldsError(target.id, ["loss_reason"])
            if await uow.pipelines.loss_reason(fields.loss_reason_id) is None:
                raise NotFoundError("loss_reason")
            values["loss_reason_id"] = fields.loss_reason_id
        filled = {
            "amount": values.get("amount", deal.amount),
            "contact": fields.contact_name or deal.contact_id,
        }
        missing = [name for name in target.required if filled.get(name) is None]
        if missing:
            raise MissingFieldsError(target.id, missing)
        if fields.contact_name and deal.contact_id is None:
            values["contact_id"] = await self._client(uow, actor, deal, fields)
        return values

    async def _client(self, uow: UnitOfWork, actor: Actor, deal: Deal, fields: DealFields) -> int:
        """The client that was named on the way: one that the actor knows by this phone, or a new one."""
        found = await uow.clients.by_phone(fields.contact_phone) if fields.contact_phone else None
        if found is not None and granted(actor, Action.CLIENT_VIEW, contact_standing(found[0])):
            return found[0].id
        contact = Contact(
            name=fields.contact_name,
            search=haystack(fields.contact_name),
            phone=fields.contact_phone,
            owner_id=deal.owner_id,
            department_id=deal.department_id,
            created_by=actor.person_id,
            created_at=self._clock.now(),
        )
        uow.clients.add(contact)
        await uow.clients.flush()
        return contact.id

    async def _apply(
        self,
        uow: UnitOfWork,
        actor: Actor,
        action: Action,
        facts: DealFacts,
        target: Stage,
        values: dict[str, object],
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
        changes |= {"stage_id": (stage.id, target.id), "stage": (stage.name, target.name)}
        if undone is not None:
            changes["undone"] = (undone.id, None)
        closed = now.astimezone(actor.zone).date() if target.kind in CLOSED_KINDS else None
        if not await uow.deals.change(deal, **values, stage_id=target.id, stage_since=now, closed_on=closed):
            raise StaleError
        lost = target.kind == StageKind.LOST
        dropped = await task_drops.drop_open(uow, actor, now, Link("deal", deal.id)) if lost else []
        back = await task_drops.bring_back(uow, actor, now, undone) if undone is not None else []
        changes |= task_drops.changes_of(dropped, back)
        if why:
            note = await uow.talk.add_note(text=why, author_id=actor.person_id, now=now, deal_id=deal.id)
            changes["note"] = (None, note)
        event = await history.record(uow, actor, now, action, "deal", deal.id, changes)
        await notices.refresh_cards(uow, now, "deal", deal.id, event, but=actor.telegram_id)
        await task_drops.refresh(uow, now, [*dropped, *back], event)
        if why:
            await deal_talk.tell(uow, actor, now, deal, event)
        if target.kind == StageKind.WON and deal.owner_id != actor.person_id:
            await self._congratulate(uow, deal, event)
        return changes

    async def _congratulate(self, uow: UnitOfWork, deal: Deal, event: int) -> None:
        """Tell the manager that the deal is paid; finance and heads see it in their lists."""
        owner = await uow.people.get(deal.owner_id) if deal.owner_id else None
        if owner is not None:
            await notices.send(
                uow,
                self._clock.now(),
                [notices.private(owner)],
                notices.NoticeKind.DEAL_WON,
                f"won:{deal.id}:{event}",
                {"id": deal.id},
            )
