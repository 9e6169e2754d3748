"""Buttons with which a deal's company is chosen."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, cancel, rows
from keyboards.deal_data import DealFirmCb, DealFirmDropCb, DealFirmNewCb
from keyboards.deals import deal_back
from keyboards.tongue import Tongue
from services.dto.deals import DealFirmChoice


def firms(choice: DealFirmChoice, t: Tongue) -> InlineKeyboardMarkup:
    """Which company buys by it?"""
    deal = choice.deal
    one = {"deal_id": deal.id, "version": deal.version}
    return rows(
        *[[button(f"🏢 {firm.name}", DealFirmCb(**one, firm_id=firm.id))] for firm in choice.firms],
        [button(t("➕ New: {name}", name=choice.words), DealFirmNewCb(**one)) if choice.may_create else None],
        [button(t("✖️ Without a company"), DealFirmDropCb(**one)) if deal.company else None],
        [deal_back(deal.id, t), cancel(t)],
    )
