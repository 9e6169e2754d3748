"""Buttons of a deal's tags."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, marked, rows
from keyboards.deal_data import DealTagCb, DealTagsCb
from keyboards.deals import deal_back
from keyboards.tongue import Tongue
from services.dto.deals import DealTags


def tags(choice: DealTags, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each tag: given or taken off by a tap."""
    deal = choice.deal.id
    more = DealTagsCb(deal_id=deal, page=choice.page + 1) if choice.more else None
    return rows(
        *grid(
            button(
                marked(f"🏷 {one.name}", chosen=one.on),
                DealTagCb(deal_id=deal, tag_id=one.id, on=int(not one.on)),
            )
            for one in choice.tags
        ),
        [button(t("More ▶️"), more) if more else None],
        [deal_back(deal, t), cancel(t)],
    )
