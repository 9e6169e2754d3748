"""Buttons for the people who work on a deal."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, grid, rows
from keyboards.deal_data import (
    DealCb,
    DealCrewAddCb,
    DealCrewCb,
    DealCrewDropCb,
)
from keyboards.tongue import Tongue
from services.access import CLOSED_KINDS
from services.dto.deals import DealCrew


def crew(found: DealCrew, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each who works on it, one for each who could."""
    deal, offered = found.deal, found.offered
    if deal.stage.kind in CLOSED_KINDS:
        offered = ()
    one = {"deal_id": deal.id, "version": deal.version}
    return rows(
        *grid([button(f"✖️ {who.name}", DealCrewDropCb(**one, person_id=who.id)) for who in deal.crew]),
        *grid([button(f"➕ {who.name}", DealCrewAddCb(**one, person_id=who.id)) for who in offered]),
        [
            button(t("◀️ Back"), DealCb(deal_id=deal.id)),
            button(t("More ▶️"), DealCrewCb(deal_id=deal.id, page=found.page + 1)) if found.more else None,
        ],
    )
