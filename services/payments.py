"""Payments: the money that came for a deal, and mistakes about it that are taken back."""

from datetime import date

from db.models import Deal, Payment
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor, StageKind
from services.clock import Clock
from services.deal_cards import build_card
from services.dto.common import Sum
from services.dto.deals import DealCard
from services.errors import AppError, NotFoundError, StaleError
from services.notices import NoticeKind
from services.payment_methods import Method
from services.pipelines.paid import due_of, money_came
from services.rows import access_deal
from services.understanding.days import parse_past_day
from services.understanding.payment_line import PaymentLine, Stray, beyond_any_sum, parse_payment

EARLIEST = date(2000, 1, 1)
"""A payment of before is a slip of the pen."""
LARGEST = 10**14
"""In minor units; more is a slip of the finger."""


class OverpaidError(AppError):
    """More than was still due: to be recorded only if whoever records it is sure."""

    def __init__(self, amount: Sum, due: Sum) -> None:
        super().__init__("payment.overpaid")
        self.amount, self.due = amount, due


class Payments:
    """The service of payments."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def today(self, actor: Actor) -> date:
        """The day that the actor's calendar shows."""
        return self._clock.now().astimezone(actor.zone).date()

    def read_day(self, actor: Actor, text: str) -> date:
        """The day of a payment as it was typed.

        Raises `payment.bad_day`, `payment.future`, `payment.long_ago`.
        """
        day = parse_past_day(text, self.today(actor))
        if day is None:
            raise AppError("payment.bad_day")
        return self._past(actor, day)

    def read_line(self, actor: Actor, text: str) -> PaymentLine:
        """The sum and, where they are named, the day and the way of a payment as they were typed.

        Raises `payment.unread`, `payment.stray` for words that are none of these, `payment.amount` for a
        number that is no payment, `payment.future`, `payment.long_ago`.
        """
        line = parse_payment(text, self.today(actor))
        if isinstance(line, Stray):
            raise AppError("payment.stray", words=line.words)
        if line is None:
            raise AppError("payment.amount" if beyond_any_sum(text) else "payment.unread")
        if line.day is not None:
            self._past(actor, line.day)
        return line

    async def card(self, actor: Actor, deal_id: int, action: Action = Action.PAYMENT_RECORD) -> DealCard:
        """A deal for which a payment is to be recorded or taken back.

        Raises `deal.not_found`, `not_allowed`, and `payment.not_due` where none is recorded yet.
        """
        async with self._db.read() as uow:
            _, stage = await access_deal(uow, actor, deal_id, action)
            if action is Action.PAYMENT_RECORD and stage.kind not in (StageKind.PAYMENT, StageKind.WON):
                raise AppError("payment.not_due")
            return await build_card(uow, actor, deal_id, self._clock.now())

    async def record(
        self,
        actor: Actor,
        deal_id: int,
        amount: int,
        method: Method,
        paid_on: date | None = None,
        *,
        currency: str | None = None,
        sure: bool = False,
    ) -> DealCard:
        """Record money that came for a deal in a payment or won stage; today unless a day is named.

        For finance and the owner. `amount` is in minor units of the deal's currency, and `currency` what was
        named with it. Raises `deal.not_found`, `not_allowed`, `payment.not_due` in other stages,
        `payment.amount`, `payment.currency`, `payment.future`, `payment.long_ago`, `stale` if the deal was
        changed at the same time, and OverpaidError for more than is due unless one is `sure`.
        """
        if not 0 < amount <= LARGEST:
            raise AppError("payment.amount")
        day = self._past(actor, paid_on or self.today(actor))
        async with self._db.write(actor.cause) as uow:
            deal, stage = await access_deal(uow, actor, deal_id, Action.PAYMENT_RECORD)
            if stage.kind not in (StageKind.PAYMENT, StageKind.WON):
                raise AppError("payment.not_due")
            if currency not in (None, deal.currency):
                raise AppError("payment.currency", currency=deal.currency)
            # Of two who record at once the slower one is shown what the other wrote.
            if not await uow.deals.change(deal):
                raise StaleError
            if not sure:
                await _require_due(uow, deal, amount)
            now = self._clock.now()
            uow.deals.add(
                Payment(
                    deal_id=deal.id,
                    amount=amount,
                    currency=deal.currency,
                    paid_on=day,
                    method=method,
                    recorded_by=actor.person_id,
                    created_at=now,
                )
            )
            await uow.deals.flush()
            changes: history.Changes = {"paid": (None, amount), "method": (None, method)}
            ready = stage.kind == StageKind.PAYMENT and await due_of(uow, deal) in (None, 0)
            await self._record(uow, actor, Action.PAYMENT_RECORD, deal, amount, changes, silent=not ready)
            await money_came(uow, now, deal, actor)
            return await build_card(uow, actor, deal_id, now)

    async def take_back(self, actor: Actor, deal_id: int, payment_id: int) -> DealCard:
        """Take back a payment that was a mistake; the deal's stage stays as it is, and its card says so.

        For whoever may record payments. Raises `deal.not_found`, `not_allowed`, `payment.not_found`, and
        `stale` if it was taken back already.
        """
        async with self._db.write(actor.cause) as uow:
            deal, stage = await access_deal(uow, actor, deal_id, Action.PAYMENT_TAKE_BACK)
            rows = await uow.deals.payments(deal.id)
            payment = next((row for row, _ in rows if row.id == payment_id), None)
            if payment is None:
                raise NotFoundError("payment")
            if payment.taken_back_at is not None or not await uow.deals.change(deal):
                raise StaleError
            payment.taken_back_at = self._clock.now()
            await uow.deals.flush()
            changes: history.Changes = {"paid": (payment.amount, None), "method": (payment.method, None)}
            won = stage.kind == StageKind.WON
            await self._record(
                uow, actor, Action.PAYMENT_TAKE_BACK, deal, payment.amount, changes, silent=not won
            )
            return await build_card(uow, actor, deal_id, self._clock.now())

    def _past(self, actor: Actor, day: date) -> date:
        if day < EARLIEST:
            raise AppError("payment.long_ago", year=EARLIEST.year)
        if day > self.today(actor):
            raise AppError("payment.future")
        return day

    async def _record(
        self,
        uow: UnitOfWork,
        actor: Actor,
        action: Action,
        deal: Deal,
        amount: int,
        changes: history.Changes,
        *,
        silent: bool,
    ) -> None:
        """Keep it in the history, and tell the manager and the heads; silently if nothing is to be done."""
        now = self._clock.now()
        event = await history.record(uow, actor, now, action, "deal", deal.id, changes)
        await notices.refresh_cards(uow, now, "deal", deal.id, event, but=actor.telegram_id)
        people = {person.id: person for person in await uow.people.heads(deal.department_id)}
        owner = await uow.people.get(deal.owner_id) if deal.owner_id else None
        if owner is not None:
            people[owner.id] = owner
        people.pop(actor.person_id, None)
        came = action is Action.PAYMENT_RECORD
        await notices.send(
            uow,
            now,
            [notices.private(person) for person in people.values()],
            NoticeKind.PAYMENT_CAME if came else NoticeKind.PAYMENT_GONE,
            f"payment:{deal.id}:{event}",
            {"id": deal.id, "amount": amount, "currency": deal.currency},
            silent=silent,
        )


async def _require_due(uow: UnitOfWork, deal: Deal, amount: int) -> None:
    """Raise OverpaidError for more than is still due; without a sum nobody knows."""
    due = await due_of(uow, deal)
    if due is not None and amount > due:
        raise OverpaidError(Sum(amount, deal.currency), Sum(due, deal.currency))
