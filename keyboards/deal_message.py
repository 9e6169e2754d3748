"""What to write to a deal's client: copied by one tap."""

from aiogram.types import CopyTextButton, InlineKeyboardButton

from keyboards.common import button
from keyboards.deal_data import DealMessageCb
from keyboards.tongue import Tongue
from services.access import Action
from services.dto.deals import DealCard
from services.pipelines.messages import fill
from services.understanding.lead_names import first_name
from services.understanding.units import within

COPIED = 256
"""Telegram copies no more characters by a button."""
LONGEST = 4000
"""A message of Telegram's holds no more, whatever fills the gaps."""


def text_of(deal: DealCard, t: Tongue) -> str | None:
    """The message of the deal's stage, filled in as far as the reader may know it."""
    if deal.message is None:
        return None
    person = deal.contact.name if deal.contact else ""
    firm = deal.company.name if deal.company else ""
    due = deal.due if Action.PAYMENT_VIEW in deal.can else None
    values = {
        "client": person or firm,
        "name": first_name(person),
        "company": firm,
        "deal": deal.title,
        "sum": t.money(deal.amount) if deal.amount else "",
        "due": t.money(due) if due else "",
        "manager": deal.owner.name if deal.owner else "",
        "us": deal.us,
    }
    return within(fill(deal.message, values), LONGEST)


def message_button(deal: DealCard, t: Tongue) -> InlineKeyboardButton | None:
    """Copies it; one that is too long is shown alone, to be copied or forwarded."""
    text, label = text_of(deal, t), t("💬 Message to the client")
    if text is None:
        return None
    if len(text) > COPIED:
        return button(label, DealMessageCb(deal_id=deal.id))
    return InlineKeyboardButton(text=label, copy_text=CopyTextButton(text=text))
