"""Closing a deal as won while not all of it is paid: asked about once."""

from handlers.errors import describe
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import deals as views
from handlers.views import payments
from keyboards.payments import DealCloseCb
from services.access import Action
from services.deal_closing import Closing, UnpaidError
from services.deal_entry import DealFields

FORM = "deal.close"
"""Open while it is asked about; it keeps what was typed on the way."""

describe({"deal.unpaid": "Not all of this deal is paid."})


async def ask_unpaid(turn: Turn, deal_id: int, lack: UnpaidError, fields: DealFields | None = None) -> None:
    """Close it all the same?"""
    await turn.form.close()
    if fields is not None and fields.typed():
        await turn.form.wait(FORM, back=["deal", deal_id], typed=fields.typed())
    deal = await turn.services.deals.card(turn.actor, deal_id)
    await turn.show(payments.unpaid(deal, lack, turn.t))


@registry.press(DealCloseCb, Action.DEAL_VIEW)
async def on_deal_close(turn: Turn, data: DealCloseCb) -> None:
    """Yes."""
    kept = await turn.form.data() if await turn.form.state() == FORM else {}
    typed = kept.get("typed", {}) if kept.get("back") == ["deal", data.deal_id] else {}
    deal = await turn.services.moves.move(
        turn.actor,
        data.deal_id,
        data.stage_id,
        data.version,
        DealFields(**typed),
        closing=Closing.PAID_UP if data.rest else Closing.AS_IS,
    )
    await turn.form.close()
    await turn.show(views.card(deal, turn.t))
