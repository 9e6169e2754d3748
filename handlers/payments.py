"""Payments: recorded with their sum, day and way; and taken back when they were a mistake."""

from datetime import date, timedelta
from typing import Any

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import deals as deal_views
from handlers.views import payments as views
from keyboards.deal_data import DealPayCb, PaymentsCb
from keyboards.payments import (
    PayAllCb,
    PayAnywayCb,
    PayDayCb,
    PaymentDropCb,
    PaymentDropSureCb,
    PayMethodCb,
    PayOtherDayCb,
)
from services.access import Action
from services.choices import choice
from services.dto.common import Sum
from services.dto.deals import DealCard
from services.errors import NotFoundError, StaleError
from services.notices import NoticeKind
from services.payment_methods import Method
from services.payments import OverpaidError

FORM = "deal.payment"
DAY = "deal.payment_day"

describe(
    {
        "payment.amount": "A payment is more than zero and at most a trillion.",
        "payment.bad_day": "I see no day in this. Like this: 12.11, 3 November or yesterday.",
        "payment.currency": "This deal is in {currency}. Please send the sum in {currency}.",
        "payment.future": "This day has not come yet.",
        "payment.long_ago": "A payment of before {year}? Please check the year.",
        "payment.not_due": "Payments are recorded once the deal awaits payment.",
        "payment.not_found": "There is no such payment any more.",
        "payment.overpaid": "This is more than is due.",
        "payment.stray": "I read the sum, but not “{words}”. Like this: 12500 yesterday cash.",
        "payment.unread": "I could not read a sum in this. Like this: 150000, 150k or 1.5 mln.",
    }
)


@registry.press(DealPayCb, Action.PAYMENT_RECORD)
async def on_deal_pay(turn: Turn, data: DealPayCb) -> None:
    """How much came?"""
    await _ask(turn, data.deal_id, Method.BANK, None)


@registry.press(PayDayCb, Action.PAYMENT_RECORD)
async def on_pay_day(turn: Turn, data: PayDayCb) -> None:
    """It came today or yesterday."""
    method, _ = await _chosen(turn, data.deal_id)
    day = turn.services.payments.today(turn.actor) - timedelta(days=min(data.ago, 1))
    await _ask(turn, data.deal_id, method, day)


@registry.press(PayMethodCb, Action.PAYMENT_RECORD)
async def on_pay_method(turn: Turn, data: PayMethodCb) -> None:
    """It came this way."""
    _, day = await _chosen(turn, data.deal_id)
    await _ask(turn, data.deal_id, choice(Method, data.method), day)


@registry.press(PayOtherDayCb, Action.PAYMENT_RECORD)
async def on_pay_other_day(turn: Turn, data: PayOtherDayCb) -> None:
    """When did it come?"""
    method, _ = await _chosen(turn, data.deal_id)
    await turn.services.payments.card(turn.actor, data.deal_id)
    await _wait(turn, DAY, data.deal_id, method, None)
    await turn.show(views.ask_day(data.deal_id, method, turn.t))


@registry.step(DAY, Action.PAYMENT_RECORD)
async def got_payment_day(turn: Turn, message: Message) -> None:
    """On this day."""
    deal_id = await _deal(turn)
    method, _ = await _chosen(turn, deal_id)
    day = turn.services.payments.read_day(turn.actor, message.text or "")
    await _ask(turn, deal_id, method, day)


@registry.step(FORM, Action.PAYMENT_RECORD)
async def got_deal_payment(turn: Turn, message: Message) -> None:
    """This much."""
    deal_id = await _deal(turn)
    said = turn.services.payments.read_line(turn.actor, message.text or "")
    if said.day is not None or said.way is not None:
        method, day = await _chosen(turn, deal_id)
        method = choice(Method, said.way) if said.way else method
        await _wait(turn, FORM, deal_id, method, said.day or day)
    await _record(turn, deal_id, said.money.minor, said.money.currency)


@registry.press(PayAllCb, Action.PAYMENT_RECORD)
async def on_pay_all(turn: Turn, data: PayAllCb) -> None:
    """All that was due; where that is too much by now, a second tap or a colleague was faster."""
    method, day = await _chosen(turn, data.deal_id)
    try:
        deal = await turn.services.payments.record(turn.actor, data.deal_id, data.amount, method, day)
    except OverpaidError:
        await turn.form.close()
        raise StaleError from None
    await _recorded(turn, deal)


@registry.press(PayAnywayCb, Action.PAYMENT_RECORD)
async def on_pay_anyway(turn: Turn, data: PayAnywayCb) -> None:
    """Yes, more than was due: the sum that was asked about, and no other."""
    form = await turn.form.data()
    amount = form.get("amount")
    if form.get("back") != ["deal", data.deal_id] or not isinstance(amount, int):
        await turn.services.payments.card(turn.actor, data.deal_id)
        raise StaleError
    await _record(turn, data.deal_id, amount, None, sure=True)


@registry.press(PaymentsCb, Action.PAYMENT_TAKE_BACK)
async def on_payments(turn: Turn, data: PaymentsCb) -> None:
    """Which of them was a mistake?"""
    deal = await turn.services.payments.card(turn.actor, data.deal_id, Action.PAYMENT_TAKE_BACK)
    await turn.show(views.listed(deal, turn.t))


@registry.press(PaymentDropCb, Action.PAYMENT_TAKE_BACK)
async def on_payment_drop(turn: Turn, data: PaymentDropCb) -> None:
    """Shall it be taken back?"""
    deal = await turn.services.payments.card(turn.actor, data.deal_id, Action.PAYMENT_TAKE_BACK)
    line = next((one for one in deal.payments if one.id == data.payment_id), None)
    if line is None:
        raise NotFoundError("payment")
    await turn.show(views.sure(deal, line, turn.t))


@registry.press(PaymentDropSureCb, Action.PAYMENT_TAKE_BACK)
async def on_payment_drop_sure(turn: Turn, data: PaymentDropSureCb) -> None:
    """It was a mistake."""
    deal = await turn.services.payments.take_back(turn.actor, data.deal_id, data.payment_id)
    await turn.show(deal_views.card(deal, turn.t))


@registry.notice(NoticeKind.PAYMENT_AWAITED)
async def payment_awaited(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """A deal has come to its payment."""
    if viewer.actor is None:
        return None
    return views.awaited(await viewer.services.deals.card(viewer.actor, int(params["id"])), viewer.t)


@registry.notice(NoticeKind.PAYMENT_CAME)
async def payment_came(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """Money came for a deal of yours or of your department."""
    told = await _told(viewer, params)
    return views.came(*told, viewer.t) if told else None


@registry.notice(NoticeKind.PAYMENT_GONE)
async def payment_gone(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """It had not come after all."""
    told = await _told(viewer, params)
    return views.gone(*told, viewer.t) if told else None


async def _told(viewer: Viewer, params: dict[str, Any]) -> tuple[DealCard, Sum] | None:
    if viewer.actor is None:
        return None
    deal = await viewer.services.deals.card(viewer.actor, int(params["id"]))
    return None if deal.muted else (deal, Sum(int(params["amount"]), str(params["currency"])))


async def _ask(turn: Turn, deal_id: int, method: Method, day: date | None) -> None:
    deal = await turn.services.payments.card(turn.actor, deal_id)
    await _wait(turn, FORM, deal_id, method, day)
    await turn.show(views.ask(deal, method, day, turn.services.payments.today(turn.actor), turn.t))


async def _wait(turn: Turn, state: str, deal_id: int, method: Method, day: date | None) -> None:
    await turn.form.close()
    on = day.toordinal() if day else None
    await turn.form.wait(state, back=["deal", deal_id], method=method.value, day=on)


async def _chosen(turn: Turn, deal_id: int) -> tuple[Method, date | None]:
    """The way and the day that were chosen so far for a payment of this deal."""
    form = await turn.form.data()
    if form.get("back") != ["deal", deal_id] or "method" not in form:
        return Method.BANK, None
    return choice(Method, form["method"]), date.fromordinal(form["day"]) if form["day"] else None


async def _record(turn: Turn, deal_id: int, amount: int, currency: str | None, *, sure: bool = False) -> None:
    """Record it, or ask whether so much is right."""
    method, day = await _chosen(turn, deal_id)
    try:
        deal = await turn.services.payments.record(
            turn.actor, deal_id, amount, method, day, currency=currency, sure=sure
        )
    except OverpaidError as much:
        deal = await turn.services.payments.card(turn.actor, deal_id)
        await turn.form.wait(
            FORM, back=["deal", deal_id], method=method.value, day=day and day.toordinal(), amount=amount
        )
        await turn.show(views.overpaid(deal, method, much.amount, much.due, turn.t))
    else:
        await _recorded(turn, deal)


async def _recorded(turn: Turn, deal: DealCard) -> None:
    await turn.form.close()
    await turn.show(deal_views.card(deal, turn.t))


async def _deal(turn: Turn) -> int:
    return int((await turn.form.data())["back"][1])
