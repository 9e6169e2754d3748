"""Payments: the money that came for a deal."""

from datetime import date
from enum import StrEnum

from db.models import Deal, Payment
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor, StageKind
from services.clock import Clock
from services.deal_cards import build_card
from services.dto.deals import DealCard
from services.errors import AppError
from services.rows import access_deal

LARGEST = 10**14
"""In minor units; more is a slip of the finger."""


class Method(StrEnum):
    """How it was paid."""

    BANK = "bank"
    CARD = "card"
    CASH = "cash"
    OTHER = "other"


class Payments:
    """The service of payments."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def record(
        self, actor: Actor, deal_id: int, amount: int, method: Method, paid_on: date | None = None
    ) -> DealCard:
        """Record money that came for a deal in a payment or won stage; today unless a day is named.

        For finance and the owner. `amount` is in minor units of the deal's currency. Raises `deal.not_found`,
        `not_allowed`, `payment.not_due` in other stages, `payment.amount` and `payment.future`.
        """
        if not 0 < amount <= LARGEST:
            raise AppError("payment.amount")
        today = self._clock.now().astimezone(actor.zone).date()
        if paid_on is not None and paid_on > today:
            raise AppError("payment.future")
        async with self._db.write(actor.cause) as uow:
            deal, stage = await access_deal(uow, actor, deal_id, Action.PAYMENT_RECORD)
            if stage.kind not in (StageKind.PAYMENT, StageKind.WON):
                raise AppError("payment.not_due")
            now = self._clock.now()
            uow.deals.add(
                Payment(
                    deal_id=deal.id,
                    amount=amount,
                    currency=deal.currency,
                    paid_on=paid_on or today,
                    method=method,
                    recorded_by=actor.person_id,
                    created_at=now,
                )
            )
            await uow.deals.flush()
            changes: history.Changes = {"paid": (None, amount), "method": (None, method)}
            event = await history.record(uow, actor, now, Action.PAYMENT_RECORD, "deal", deal.id, changes)
            await notices.refresh_cards(uow, now, "deal", deal.id, event, but=actor.telegram_id)
            await self._tell(uow, actor, deal, amount, event)
            return await build_card(uow, actor, deal_id, now)

    async def _tell(self, uow: UnitOfWork, actor: Actor, deal: Deal, amount: int, event: int) -> None:
        """Tell the manager and the heads of the department, who may now set it paid."""
        people = {person.id: person for person in await uow.people.heads(deal.department_id)}
        owner = await uow.people.get(deal.owner_id) if deal.owner_id else None
        if owner is not None:
            people[owner.id] = owner
        people.pop(actor.person_id, None)
        await notices.send(
            uow,
            self._clock.now(),
            [notices.private(person) for person in people.values()],
            notices.NoticeKind.PAYMENT_CAME,
            f"payment:{deal.id}:{event}",
            {"id": deal.id, "amount": amount, "currency": deal.currency},
        )
