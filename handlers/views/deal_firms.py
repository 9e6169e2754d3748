"""How a deal's company is asked for."""

from handlers.screen import Screen
from handlers.views.client_words import which_firm
from keyboards import deal_firms as keys
from keyboards.common import titled
from keyboards.tongue import Tongue, join
from services.dto.deals import DealFirmChoice


def firms(choice: DealFirmChoice, t: Tongue) -> Screen:
    """Which company buys by it?"""
    deal = choice.deal
    title = titled(deal.title, t)
    lines = [t.html("🏢 Which company buys by <b>{title}</b> · #{id}?", title=title, id=deal.id)]
    if deal.company is not None:
        lines.append(t.html("Now: {name}", name=deal.company.name))
    lines.append(which_firm(choice.words, t, known=bool(choice.firms)))
    return Screen(join(lines), keys.firms(choice, t))
