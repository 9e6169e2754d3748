"""What to write to a deal's client: copied by one tap."""

from aiogram.types import CopyTextButton, InlineKeyboardButton

from keyboards.common import button
from keyboards.deal_data import DealMessageCb
from keyboards.tongue import Tongue
from services.dto.deals import DealCard
from services.pipelines.messages import fill

COPIED = 256
"""Telegram copies no more characters by a button."""


def text_of(deal: DealCard, t: Tongue) -> str | None:
    """The message of the deal's stage, filled in."""
    if deal.message is None:
        return None
    client = deal.contact.name if deal.contact else deal.company.name if deal.company else ""
    amount = t.money(deal.amount) if deal.amount else ""
    return fill(deal.message, {"client": client, "deal": deal.title, "sum": amount})


def message_button(deal: DealCard, t: Tongue) -> InlineKeyboardButton | None:
    """Copies it; one that is too long is shown, to be forwarded."""
    text, label = text_of(deal, t), t("💬 Message to the client")
    if text is None:
        return None
    if len(text) > COPIED:
        return button(label, DealMessageCb(deal_id=deal.id))
    return InlineKeyboardButton(text=label, copy_text=CopyTextButton(text=text))
