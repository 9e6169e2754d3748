"""The sum of a deal: typed, asked about where more has come already, and told to whom it concerns."""

from typing import Any

from aiogram.types import Message

from handlers.errors import describe
from handlers.inputs import typed_amount
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import deals as views
from handlers.views import payments
from keyboards.deal_data import DealSumCb
from keyboards.payments import SumAnywayCb
from services.access import Action
from services.deal_sums import BelowPaidError
from services.dto.common import Sum
from services.errors import StaleError
from services.notices import NoticeKind

FORM = "deal.amount"

describe(
    {"deal.below_paid": "More has come for this deal already. Such a sum is set by «💰 Sum» on its card."}
)


@registry.press(DealSumCb, Action.DEAL_EDIT)
async def on_deal_sum(turn: Turn, data: DealSumCb) -> None:
    """Which sum?"""
    deal = await turn.services.deals.card(turn.actor, data.deal_id)
    await turn.form.close()
    await turn.form.wait(FORM, back=["deal", deal.id])
    await turn.show(views.ask(deal, "amount", turn.t))


@registry.step(FORM, Action.DEAL_EDIT)
async def got_deal_amount(turn: Turn, message: Message) -> None:
    """A new sum, or whether one below what has come is right."""
    deal_id, amount = int((await turn.form.data())["back"][1]), typed_amount(message)
    try:
        deal = await turn.services.deals.set_amount(turn.actor, deal_id, amount)
    except BelowPaidError as low:
        await turn.form.wait(FORM, amount=amount)
        deal = await turn.services.deals.card(turn.actor, deal_id)
        await turn.show(payments.below_paid(deal, low, turn.t))
    else:
        await turn.form.close()
        await turn.show(views.card(deal, turn.t))


@registry.press(SumAnywayCb, Action.DEAL_EDIT)
async def on_sum_anyway(turn: Turn, data: SumAnywayCb) -> None:
    """Yes, less than has come: the sum that was asked about, and no other."""
    form = await turn.form.data()
    amount, asked = form.get("amount"), await turn.form.state() == FORM
    if not asked or form.get("back") != ["deal", data.deal_id] or not isinstance(amount, int):
        await turn.services.deals.card(turn.actor, data.deal_id)
        raise StaleError
    deal = await turn.services.deals.set_amount(turn.actor, data.deal_id, amount, sure=True)
    await turn.form.close()
    await turn.show(views.card(deal, turn.t))


@registry.notice(NoticeKind.SUM_CHANGED)
async def sum_changed(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """Somebody has changed how much is awaited."""
    if viewer.actor is None:
        return None
    deal = await viewer.services.deals.card(viewer.actor, int(params["id"]))
    before, amount = (
        Sum(value, str(params["currency"])) if isinstance(value, int) else None
        for value in (params["before"], params["amount"])
    )
    told = payments.another_sum(deal, str(params["by"]), before, amount, viewer.t)
    return None if deal.muted else told
