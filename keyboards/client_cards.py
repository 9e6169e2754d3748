"""Buttons under a client's card; apart from the button to it, since leads and deals lead there and back."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, home, rows
from keyboards.deals import DealCb
from keyboards.leads import LeadCb
from keyboards.tongue import Tongue
from services.dto.clients import ContactCard


def contact_card(contact: ContactCard, t: Tongue) -> InlineKeyboardMarkup:
    """A contact's deals and leads."""
    return rows(
        *[[button(f"💼 #{line.id} {line.title}", DealCb(deal_id=line.id))] for line in contact.deals],
        *[[button(f"📥 #{line.id} {line.title}", LeadCb(lead_id=line.id))] for line in contact.leads],
        [home(t)],
    )
