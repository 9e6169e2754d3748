"""How a deal's company is asked for."""

from handlers.screen import Screen
from keyboards import deal_firms as keys
from keyboards.tongue import Tongue, join
from services.dto.deals import DealFirmChoice


def firms(choice: DealFirmChoice, t: Tongue) -> Screen:
    """Which company buys by it?"""
    deal = choice.deal
    lines = [t.html("🏢 Which company buys by <b>{title}</b> · #{id}?", title=deal.title, id=deal.id)]
    if deal.company is not None:
        lines.append(t.html("Now: {name}", name=deal.company.name))
    if choice.words and not choice.firms:
        lines.append(
            t.html("I know no company like “{words}”. Type another name or an INN.", words=choice.words)
        )
    else:
        lines.append(t.html("Choose one, or type a part of its name or its INN."))
    return Screen(join(lines), keys.firms(choice, t))
