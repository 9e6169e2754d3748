"""How a deal's tags look."""

from handlers.screen import Screen
from handlers.views.deals import head
from keyboards import deal_tags as keys
from keyboards.tongue import Tongue, join
from services.dto.deals import DealTags


def tags(choice: DealTags, t: Tongue) -> Screen:
    """Those that it has and could have."""
    lines = [head(choice.deal, t)]
    if choice.deal.tags:
        lines.append(t.html("🏷 {tags}", tags=", ".join(choice.deal.tags)))
    lines.append(
        t.html("\n🏷 <b>Which tags?</b> Tap one, or write a new one: it is there for all deals then.")
    )
    return Screen(join(lines), keys.tags(choice, t), subject=("deal", choice.deal.id))
