"""Buttons of payments."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, marked, rows
from keyboards.data import Id
from keyboards.deal_data import DealCb, DealPayCb, DealPress, DealSumCb, PaymentsCb
from keyboards.tongue import Tongue
from services.access import Action
from services.deal_closing import UnpaidError
from services.dto.deals import DealCard, PaymentLine
from services.payment_methods import Method

LARGEST_ON_BUTTON = 10**13
"""More digits than this no button carries."""


class PayAllCb(DealPress, prefix="dpa"):
    """Record all that was due when the button was drawn."""

    amount: Id


class PayDayCb(DealPress, prefix="dpd"):
    """It came so many days ago."""

    ago: Id


class PayOtherDayCb(DealPress, prefix="dpo"):
    """Ask for the day on which it came."""


class PayMethodCb(DealPress, prefix="dpm"):
    """It came this way."""

    method: str


class PayAnywayCb(DealPress, prefix="dpy"):
    """Yes, more came than was due."""


class SumAnywayCb(DealPress, prefix="dsy"):
    """Yes, the deal costs less than has come."""


class PaymentDropCb(DealPress, prefix="dpx"):
    """Ask whether a payment shall be taken back."""

    payment_id: Id


class PaymentDropSureCb(DealPress, prefix="dpz"):
    """Take a payment back."""

    payment_id: Id


class DealCloseCb(DealPress, prefix="dwn"):
    """Close a deal as won though not all is paid; `rest`: 1 if the rest has come, too, 0 if not."""

    stage_id: Id
    version: Id
    rest: Id


def method_name(method: str, t: Tongue) -> str:
    """How it was paid, in words."""
    names = {
        Method.BANK: t("bank transfer"),
        Method.CARD: t("card"),
        Method.CASH: t("cash"),
        Method.OTHER: t("another way"),
    }
    return names.get(Method(method), method)


def payment_form(deal: DealCard, method: Method, ago: int | None, t: Tongue) -> InlineKeyboardMarkup:
    """While the sum is being typed: all of it by one tap, the day and the way; `ago`: the chosen day."""
    due = deal.due
    whole = due if due is not None and 0 < due.minor < LARGEST_ON_BUTTON else None
    days = [
        button(marked(label, chosen=ago == days), PayDayCb(deal_id=deal.id, ago=days))
        for days, label in ((0, t("Today")), (1, t("Yesterday")))
    ]
    other = button(marked(t("Another day"), chosen=ago is None), PayOtherDayCb(deal_id=deal.id))
    ways = [
        button(
            marked(method_name(one, t).capitalize(), chosen=one is method),
            PayMethodCb(deal_id=deal.id, method=one.value),
        )
        for one in Method
    ]
    return rows(
        [
            button(
                t("✅ All of it: {due}", due=t.money(whole)),
                PayAllCb(deal_id=deal.id, amount=whole.minor),
                "primary",
            )
            if whole
            else None
        ],
        [*days, other],
        *grid(ways),
        [button(t("◀️ Back"), DealCb(deal_id=deal.id)), cancel(t)],
    )


def payment_day_form(deal_id: int, method: Method, t: Tongue) -> InlineKeyboardMarkup:
    """While a day is being typed."""
    return rows([button(t("◀️ Back"), PayMethodCb(deal_id=deal_id, method=method.value)), cancel(t)])


def overpaid(deal_id: int, method: Method, t: Tongue) -> InlineKeyboardMarkup:
    """More came than is due: is that so? Another sum keeps the day and the way."""
    another = PayMethodCb(deal_id=deal_id, method=method.value)
    return rows(
        [button(t("Yes, overpaid"), PayAnywayCb(deal_id=deal_id))],
        [button(t("✏️ Another sum"), another, "primary")],
        [button(t("◀️ Back"), DealCb(deal_id=deal_id)), cancel(t)],
    )


def below_paid(deal_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """Less than has come: is that so?"""
    return rows(
        [button(t("Yes, set this sum"), SumAnywayCb(deal_id=deal_id))],
        [button(t("✏️ Another sum"), DealSumCb(deal_id=deal_id), "primary")],
        [button(t("◀️ Back"), DealCb(deal_id=deal_id)), cancel(t)],
    )


def awaited(deal: DealCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under the news that a deal awaits payment: record it, or look at the deal."""
    records = Action.PAYMENT_RECORD in deal.can
    return rows(
        [button(t("💳 Record a payment"), DealPayCb(deal_id=deal.id), "primary") if records else None],
        [button(t("Open the deal"), DealCb(deal_id=deal.id), None if records else "primary")],
    )


def unpaid(deal: DealCard, lack: UnpaidError, t: Tongue) -> InlineKeyboardMarkup:
    """Closed, though not all of it is paid? The rest is recorded by whoever may."""
    one = {"deal_id": deal.id, "stage_id": lack.stage_id, "version": deal.version}
    paid = t("✅ Yes, paid in full: record the rest")
    asks = lack.amount is None and deal.may_price
    return rows(
        [button(paid, DealCloseCb(**one, rest=1), "success") if lack.records else None],
        [button(t("💰 Sum"), DealSumCb(deal_id=deal.id), "primary") if asks else None],
        [button(t("Close as it is"), DealCloseCb(**one, rest=0))],
        [button(t("◀️ Back"), DealCb(deal_id=deal.id))],
    )


def payments(deal_id: int, lines: Iterable[tuple[PaymentLine, str]], t: Tongue) -> InlineKeyboardMarkup:
    """One button for each payment, with what it says."""
    return rows(
        *[
            [button(f"✖️ {label}", PaymentDropCb(deal_id=deal_id, payment_id=line.id))]
            for line, label in lines
        ],
        [button(t("◀️ Back"), DealCb(deal_id=deal_id))],
    )


def sure_to_take_back(deal_id: int, payment_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """Yes or no."""
    sure = PaymentDropSureCb(deal_id=deal_id, payment_id=payment_id)
    return rows(
        [button(t("Yes, take it back"), sure, "danger")],
        [button(t("◀️ Back"), PaymentsCb(deal_id=deal_id))],
    )
