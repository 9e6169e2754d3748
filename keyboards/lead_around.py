"""Buttons of what lies around a lead: its files, its history, and the bin."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton

from keyboards.bin import delete
from keyboards.common import button
from keyboards.histories import open_history
from keyboards.lead_data import LeadFilesCb
from keyboards.tongue import Tongue
from services.access import Action
from services.dto.leads import LeadCard


def around(lead: LeadCard, t: Tongue) -> Iterable[InlineKeyboardButton]:
    """Its files, its history, and the bin."""
    if lead.files and Action.LEAD_VIEW in lead.can:
        yield button(t("📎 Files"), LeadFilesCb(lead_id=lead.id))
    if Action.LEAD_VIEW in lead.can:
        yield open_history("lead", lead.id, t)
    if Action.LEAD_DELETE in lead.can:
        yield delete("lead", lead.id, t)
