"""From values to the rows that keep them, and back; and what of them is searched, told and compared.

A number is kept times 10 000, money and the sum of an invoice in minor units, a day as its ordinal, yes as 1
and no as 0, a choice as its option's id: so each has one integer by which it is filtered, on either backend.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from db.models import FieldValue
from db.repositories.field_conditions import ENDING
from services.dto.common import Sum
from services.dto.fields import Field, FieldKind, Invoice, Option, Value
from services.dto.talk import FileKind, SentFile
from services.fields.shape import SEARCHED
from services.understanding.fold import fold

SCALE = 10_000
"""A number has four decimals."""
MOST_WORDS = 30
_WORD = re.compile(r"\w+")
_HOST = re.compile(r"https?://(?:www\.)?")

Row = dict[str, Any]


def rows_of(field: Field, value: Value | None) -> list[Row]:
    """The rows that keep a value; none for none."""
    if value is None or value == ():
        return []
    if isinstance(value, tuple):
        several = field.kind is FieldKind.CHOICES
        return [_row(item=one.id if several else 0, number=one.id) for one in value]
    if isinstance(value, Invoice):
        data = {
            "currency": value.amount.currency,
            "on": value.on.isoformat() if value.on else None,
            "file": asdict(value.file) if value.file else None,
        }
        return [_row(number=value.amount.minor, text=value.number, data=data)]
    if isinstance(value, SentFile):
        return [_row(text=(value.name or "")[:200] or None, data=asdict(value))]
    if isinstance(value, Sum):
        return [_row(number=value.minor, text=value.currency)]
    if isinstance(value, str):
        return [_row(text=value)]
    return [_row(number=number_of(value))]


def number_of(value: Decimal | date | bool) -> int:
    """By which integer a value is compared."""
    if isinstance(value, bool):
        return int(value)
    return value.toordinal() if isinstance(value, date) else int(value * SCALE)


def value_of(field: Field, rows: Sequence[FieldValue]) -> Value | None:
    """What rows say."""
    if not rows:
        return None
    row = rows[0]
    match field.kind:
        case FieldKind.CHOICE | FieldKind.CHOICES:
            has = {one.number for one in rows}
            return tuple(one for one in field.options if one.id in has) or None
        case FieldKind.NUMBER:
            return (Decimal(row.number or 0) / SCALE).normalize()
        case FieldKind.MONEY:
            return Sum(row.number or 0, row.text or "")
        case FieldKind.DATE:
            return date.fromordinal(row.number or 1)
        case FieldKind.FLAG:
            return bool(row.number)
        case FieldKind.FILE:
            return _file(row.data or {})
        case FieldKind.INVOICE:
            return _invoice(row)
    return row.text


def words_of(field: Field, value: Value | None) -> list[str]:
    """The folded words by which a value is found; those of a phone also by its last digits."""
    if field.kind not in SEARCHED or value is None:
        return []
    if isinstance(value, Decimal):
        return [plain(value)]
    text = value.number if isinstance(value, Invoice) else str(value)
    if field.kind is FieldKind.PHONE:
        digits = text.removeprefix("+")
        return [digits, ENDING + digits[::-1]]
    if field.kind is FieldKind.LINK:
        text = _HOST.sub("", text, count=1)
        return list(dict.fromkeys([fold(text)[:64], *search_words(text)]))[:MOST_WORDS]
    return search_words(text)[:MOST_WORDS]


def search_words(text: str) -> list[str]:
    """The folded words of a text, each cut to what is kept of it."""
    return list(dict.fromkeys(word[:64] for word in _WORD.findall(fold(text))))


def told(value: Value | None) -> object:
    """A value as the history keeps it: in no language."""
    if isinstance(value, tuple):
        return ", ".join(one.name for one in value) or None
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Sum):
        return [value.minor, value.currency]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, SentFile):
        return value.name or value.kind.value
    if isinstance(value, Invoice):
        return [value.number, value.amount.minor, value.amount.currency]
    return value


def plain(number: Decimal) -> str:
    """A number without an exponent and without zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def options_of(field: Field, ids: Sequence[int]) -> tuple[Option, ...]:
    """The choices with these ids, in the order of the list."""
    return tuple(one for one in field.options if one.id in ids)


def _row(item: int = 0, number: int | None = None, text: str | None = None, data: object = None) -> Row:
    return {"item": item, "number": number, "text": text, "data": data}


def _file(data: dict[str, Any]) -> SentFile:
    return SentFile(**{**data, "kind": FileKind(data["kind"])})


def _invoice(row: FieldValue) -> Invoice:
    data = row.data or {}
    return Invoice(
        number=row.text or "",
        amount=Sum(row.number or 0, data.get("currency", "")),
        on=date.fromisoformat(data["on"]) if data.get("on") else None,
        file=_file(data["file"]) if data.get("file") else None,
    )
