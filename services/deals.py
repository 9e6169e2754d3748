"""Deals: their cards and lists, and the moves along a pipeline."""

from dataclasses import dataclass

from db.models import Deal, Stage
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import (
    CLOSED_KINDS,
    Action,
    Actor,
    StageKind,
    granted,
    move_action,
    require,
    scope,
)
from services.clock import Clock
from services.deal_cards import build_card, is_undoable, stage_ref
from services.dto.common import Page, Sum
from services.dto.deals import DealCard, DealLine, StageCount
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from services.rows import access_deal, deal_standing

PAGE = 8
_RESTORED = ("amount", "loss_reason_id", "loss_comment")


class MissingFieldsError(AppError):
    """The stage asks for fields that the deal does not have yet; `fields` in the order to ask them."""

    def __init__(self, deal_id: int, stage_id: int, fields: list[str]) -> None:
        super().__init__("deal.fields_missing")
        self.deal_id, self.stage_id, self.fields = deal_id, stage_id, fields


@dataclass(frozen=True, slots=True)
class DealFields:
    """Values typed on the way into a stage; None leaves a field as it is. `amount` is in minor units."""

    amount: int | None = None
    loss_reason_id: int | None = None
    loss_comment: str | None = None


class Deals:
    """The service of deals."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor, deal_id: int) -> DealCard:
        """The card of a deal, as the actor may see it. Raises `deal.not_found`."""
        async with self._db.read() as uow:
            await access_deal(uow, actor, deal_id, Action.DEAL_VIEW)
            return await build_card(uow, actor, deal_id, self._clock.now())

    async def board(self, actor: Actor, pipeline_id: int | None = None) -> tuple[StageCount, ...]:
        """The stages of a pipeline (the default one if none is named) with the actor's visible deals."""
        require(actor, Action.DEAL_VIEW)
        async with self._db.read() as uow:
            default = await uow.pipelines.default()
            pipeline = pipeline_id or (default.id if default else 0)
            counts = await uow.deals.counts(scope(actor, Action.DEAL_VIEW), pipeline)
            workspace = await uow.people.workspace()
            currency = workspace.currency if workspace else "RUB"
            return tuple(
                StageCount(stage_ref(stage), count, Sum(total, currency))
                for stage in await uow.pipelines.stages(pipeline)
                for count, total in [counts.get(stage.id, (0, 0))]
            )

    async def page(self, actor: Actor, stage_id: int | None, after: int | None = None) -> Page[DealLine]:
        """Visible deals, newest first, of one stage or of all; `after` is the last page's key."""
        require(actor, Action.DEAL_VIEW)
        async with self._db.read() as uow:
            rows = await uow.deals.page(scope(actor, Action.DEAL_VIEW), stage_id, after, PAGE + 1)
            lines = tuple(
                DealLine(
                    deal.id,
                    deal.title,
                    stage_ref(stage),
                    Sum(deal.amount, deal.currency) if deal.amount is not None else None,
                    client,
                    owner,
                )
                for deal, stage, client, owner in rows[:PAGE]
            )
            return Page(lines, lines[-1].id if len(rows) > PAGE else None)

    async def move(
        self, actor: Actor, deal_id: int, stage_id: int, version: int, fields: DealFields | None = None
    ) -> DealCard:
        """Move a deal to another stage of its pipeline.

        Who may: see `access.move_action`. Raises `deal.not_found`, `not_allowed`, `stale` when the deal has
        changed since `version`, and MissingFieldsError when the stage asks for more.
        """
        async with self._db.write(actor.cause) as uow:
            deal, stage = await access_deal(uow, actor, deal_id, Action.DEAL_VIEW)
            target = await uow.pipelines.stage(stage_id)
            if target is None or target.pipeline_id != deal.pipeline_id:
                raise NotFoundError("stage")
            action = move_action(StageKind(stage.kind), StageKind(target.kind))
            if not granted(actor, action, deal_standing(deal, stage)):
                raise ForbiddenError
            if deal.version != version or stage.id == target.id:
                raise StaleError
            values = await self._entry_values(uow, deal, target, fields or DealFields())
            await self._apply(uow, actor, action, deal, target, values)
            return await build_card(uow, actor, deal_id, self._clock.now())

    async def undo(self, actor: Actor, deal_id: int, event_id: int, version: int) -> DealCard:
        """Take back the actor's own last move of a deal, with the rights that the way back takes.

        Raises `deal.not_found`, `not_allowed`, or `stale` when something happened since.
        """
        async with self._db.write(actor.cause) as uow:
            deal, stage = await access_deal(uow, actor, deal_id, Action.DEAL_VIEW)
            event = await uow.history.get(event_id)
            if event is None or not is_undoable(event, actor, deal) or deal.version != version:
                raise StaleError
            target = await uow.pipelines.stage(int(event.changes["stage_id"][0]))
            if target is None:
                raise StaleError
            action = move_action(StageKind(stage.kind), StageKind(target.kind))
            if not granted(actor, action, deal_standing(deal, stage)):
                raise ForbiddenError
            before = {name: pair[0] for name, pair in event.changes.items() if name in _RESTORED}
            await self._apply(uow, actor, action, deal, target, before, undone=event_id)
            return await build_card(uow, actor, deal_id, self._clock.now())

    async def _entry_values(
        self, uow: UnitOfWork, deal: Deal, target: Stage, fields: DealFields
    ) -> dict[str, object]:
        """What to write on entering a stage; raises MissingFieldsError for what it still requires."""
        values: dict[str, object] = {}
        if fields.amount is not None:
            values["amount"] = fields.amount
        if target.kind == StageKind.LOST:
            if fields.loss_reason_id is None:
                raise MissingFieldsError(deal.id, target.id, ["loss_reason"])
            if await uow.pipelines.loss_reason(fields.loss_reason_id) is None:
                raise NotFoundError("loss_reason")
            values |= {"loss_reason_id": fields.loss_reason_id, "loss_comment": fields.loss_comment}
        filled = {"amount": values.get("amount", deal.amount), "contact": deal.contact_id}
        missing = [name for name in target.required if filled.get(name) is None]
        if missing:
            raise MissingFieldsError(deal.id, target.id, missing)
        return values

    async def _apply(
        self,
        uow: UnitOfWork,
        actor: Actor,
        action: Action,
        deal: Deal,
        target: Stage,
        values: dict[str, object],
        undone: int | None = None,
    ) -> None:
        now = self._clock.now()
        values = {
            **values,
            "stage_id": target.id,
            "stage_since": now,
            "closed_on": now.astimezone(actor.zone).date() if target.kind in CLOSED_KINDS else None,
        }
        if target.kind != StageKind.LOST:
            values |= {"loss_reason_id": None, "loss_comment": None}
        changes = {
            name: (getattr(deal, name), value)
            for name, value in values.items()
            if name in {"stage_id", *_RESTORED} and getattr(deal, name) != value
        }
        if not await uow.deals.change(deal.id, deal.version, **values):
            raise StaleError
        if undone is not None:
            changes["undone"] = (undone, None)
        event = await history.record(uow, actor, now, action, "deal", deal.id, changes)
        await notices.refresh_cards(uow, now, "deal", deal.id, event, but=actor.telegram_id)
