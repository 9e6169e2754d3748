"""Tasks that a won deal has left open: closed by one tap on its card, and opened again by another."""

from handlers.errors import describe
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import deals as views
from keyboards.deal_data import DealTidyCb, DealUntidyCb
from services.access import Action

describe({"tasks.no_leftovers": "No task of this deal is open any more that you may close."})


@registry.press(DealTidyCb, Action.DEAL_TALK_VIEW)
async def on_deal_tidy(turn: Turn, data: DealTidyCb) -> None:
    """Close them."""
    await turn.show(views.card(await turn.services.leftovers.close(turn.actor, data.deal_id), turn.t))


@registry.press(DealUntidyCb, Action.DEAL_TALK_VIEW)
async def on_deal_untidy(turn: Turn, data: DealUntidyCb) -> None:
    """They are to be done after all."""
    deal = await turn.services.leftovers.bring_back(turn.actor, data.deal_id, data.event_id)
    await turn.show(views.card(deal, turn.t))
