"""How the people who work on a deal look."""

from handlers.screen import Screen
from handlers.views import deals
from keyboards import deal_crew as keys
from keyboards.deals import deal_card
from keyboards.tongue import Html, Tongue, join
from services.dto.deals import DealCard, DealCrew


def crew(found: DealCrew, t: Tongue) -> Screen:
    """Who works on it, and who else could."""
    asked = join(
        [
            deals.text(found.deal, t),
            Html(""),
            t.html("<b>Who works on it?</b> Tap a colleague to bring them in, or ✖️ to let them go."),
        ]
    )
    return Screen(asked, keys.crew(found, t), subject=("deal", found.deal.id))


def shared(deal: DealCard, by: str, link: str | None, t: Tongue) -> Screen:
    """Told to the one who was brought in; `link` leads to the message that named them."""
    lines = [t.html("👥 {by} has brought you into a deal", by=by)]
    if link is not None:
        where = t.html("➡️ What {by} wrote to you", by=by)
        lines.append(Html(f'<a href="{link}">{where}</a>'))
    said = join([*lines, deals.text(deal, t)])
    return Screen(said, deal_card(deal, t), subject=("deal", deal.id))
