"""From what was typed or sent to values; what cannot be understood is refused with a clear word."""

import re

from aiogram.types import Message

from handlers.errors import describe
from services.errors import AppError
from services.understanding import money, phones
from services.understanding.fold import clean_line

describe(
    {
        "input.amount": "I could not read a sum in this. Write it like 150000, 150k or 1.5 mln.",
        "input.amount_large": "This is more than a trillion: such a sum does not fit here.",
        "line.long": "“{start}…” is {n} characters long, and {most} is the most. Please send it shorter.",
        "input.contact": "Send a contact, or a name and a phone: Ivan +7 916 123-45-67.",
    }
)
NAME = 200
_LARGE = re.compile(r"\s*\d(?:[\s_]?\d){12,99}(?:[.,]\d{1,2})?\s*")
"""More figures than a sum may have."""


def typed_amount(message: Message) -> int:
    """A sum in minor units. Raises `input.amount`, `input.amount_large`."""
    sum_ = money.parse(message.text or "")
    if sum_ is None:
        raise AppError("input.amount_large" if _LARGE.fullmatch(message.text or "") else "input.amount")
    return sum_.minor


def typed_contact(message: Message) -> tuple[str, str | None]:
    """A name and, perhaps, a phone in E.164: from a sent contact or a line. Raises `input.contact`."""
    contact = message.contact
    if contact is not None:
        name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
        return clean_line(name, NAME), phones.normalise("+" + contact.phone_number.lstrip("+"))
    text = message.text or ""
    found = phones.find(text)
    name = clean_line(text[: found[0].start] + text[found[0].end :] if found else text, NAME).strip(" ,;")
    if not name:
        raise AppError("input.contact")
    return name, found[0].e164 if found else None
