"""How the outcome of a call is asked for."""

from handlers.screen import Screen
from handlers.views import clients, deals
from keyboards import calls as keys
from keyboards.tongue import Html, Tongue, join
from services.dto.clients import ClientCard
from services.dto.deals import DealCard


def of_deal(deal: DealCard, t: Tongue) -> Screen:
    """How did the call end?"""
    asked = join([deals.text(deal, t), Html(""), _question(t)])
    return Screen(asked, keys.of_deal(deal, t), subject=("deal", deal.id))


def next_of_deal(deal: DealCard, t: Tongue) -> Screen:
    """The call is noted; and now?"""
    asked = join([deals.text(deal, t), Html(""), t.html("<b>What is the next step?</b>")])
    return Screen(asked, keys.next_of_deal(deal, t), subject=("deal", deal.id))


def of_client(client: ClientCard, t: Tongue) -> Screen:
    """How did the call end?"""
    card = clients.card(client, t)
    return Screen(
        join([card.text, Html(""), _question(t)]),
        keys.of_client(client, t),
        subject=card.subject,
        protect=card.protect,
    )


def _question(t: Tongue) -> Html:
    return t.html("<b>How did the call end?</b>")
