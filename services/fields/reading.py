"""From what people type, send or import to the value of a field, checked and in the form kept."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from services.dto.common import Sum
from services.dto.fields import Field, FieldKind, Invoice, Option, Value
from services.dto.talk import SentFile
from services.errors import AppError
from services.near import nearest
from services.understanding import days, money, phones
from services.understanding.fold import clean, clean_line, fold

TEXT_LIMIT = 1000
INVOICE_LIMIT = 64
CLEAR = "-"
"""Typed instead of a value, it takes the value away."""
LARGEST = 10**12
FAR = 100
"""A day so many years away is asked about, unless it is somebody's birthday."""

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_SPACES = re.compile(r"(?<=\d)[\s\u00a0'_](?=\d)")
_LINK = re.compile(r"(?:https?://)?[^\s/:@]+(?:\.[^\s/:@.]+)+(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_PARTS = re.compile(r"[;\n]|,\s")
_INVOICE_MARK = re.compile(r"^(?:сч[её]т|invoice|bill)?\s*(?:№|#|no\.?)?\s*", re.IGNORECASE)
_FROM = re.compile(r"\s+(?:от|of|from|dated)\s+", re.IGNORECASE)
_BIRTH = re.compile(r"birth|рожд")
_YES = frozenset({"да", "есть", "yes", "true", "1", "y", "+", "истина", "on"})
_NO = frozenset({"нет", "no", "false", "0", "n", "ложь", "off"})


@dataclass(frozen=True, slots=True)
class Where:
    """What a reader has to know of the company and of the day."""

    today: date
    region: str
    currency: str
    forgives: bool = False
    """Whether a slip in the name of a choice is forgiven: a person sees what was taken, a program not."""
    asks: bool = False
    """Whoever types a day that is far away can be asked whether it is meant."""


def read_value(field: Field, typed: str, where: Where, file: SentFile | None = None) -> Value | None:
    """The value that somebody means; "-" is none.

    `file`: what was sent, with `typed` beneath it. Raises `field.empty`, `field.too_long`,
    `field.bad_number`, `field.bad_money`, `field.bad_date`, `field.far_day`, `field.bad_choice`,
    `field.bad_flag`, `field.bad_phone`, `field.bad_link`, `field.wants_file`, `field.bad_invoice`, and
    `field.near_choices` for a slip by which several choices may be meant.
    """
    if typed.strip() in (CLEAR, "—", "–") and file is None:
        return None
    if field.kind is FieldKind.FILE:
        if file is None:
            raise AppError("field.wants_file")
        return replace(file, name=clean_line(file.name, 200) or None if file.name else None)
    if field.kind is FieldKind.INVOICE:
        return _invoice(typed, where, file)
    if len(typed) > TEXT_LIMIT:
        raise AppError("field.too_long", most=TEXT_LIMIT)
    text = clean(typed, TEXT_LIMIT) if field.kind is FieldKind.TEXT else clean_line(typed, TEXT_LIMIT)
    if not text:
        raise AppError("field.empty")
    return _read(field, text, typed, where)


def _read(field: Field, text: str, typed: str, where: Where) -> Value:
    match field.kind:
        case FieldKind.NUMBER:
            return read_number(text)
        case FieldKind.MONEY:
            return _money(text, where)
        case FieldKind.DATE:
            return _day(field, text, where)
        case FieldKind.FLAG:
            return _flag(text)
        case FieldKind.PHONE:
            return _phone(text, where)
        case FieldKind.LINK:
            return _link(text)
        case FieldKind.CHOICE:
            return (_option(field, text, where),)
        case FieldKind.CHOICES:
            between = "\n" if "\n" in typed else r"[,;]"
            named = [_option(field, one, where) for one in re.split(between, typed) if one.strip()]
            if not named:
                raise AppError("field.empty")
            return tuple(one for one in field.options if one in named)
    return text


def read_number(text: str) -> Decimal:
    """A number with at most four decimals, a comma or a point before them. Raises `field.bad_number`."""
    typed = _SPACES.sub("", text.strip()).replace(",", ".").replace("−", "-")
    try:
        number = Decimal(typed) if _NUMBER.fullmatch(typed) else None
    except InvalidOperation:
        number = None
    if number is None or abs(number) > LARGEST or number != round(number, 4):
        raise AppError("field.bad_number")
    return number.normalize() + 0  # a zero has no sign


def _money(text: str, where: Where) -> Sum:
    found = money.parse(text)
    if found is None:
        raise AppError("field.bad_money")
    return Sum(found.minor, found.currency or where.currency)


def _day(field: Field, text: str, where: Where) -> date:
    day = days.parse_coming_day(text, where.today)
    if day is None:
        raise AppError("field.bad_date")
    if abs(day.year - where.today.year) > FAR and where.asks and not _BIRTH.search(fold(field.name)):
        raise AppError("field.far_day", years=FAR)
    return day


def _flag(text: str) -> bool:
    typed = fold(text)
    if typed not in _YES | _NO:
        raise AppError("field.bad_flag")
    return typed in _YES


def _phone(text: str, where: Where) -> str:
    phone = phones.normalise(text, where.region)
    if phone is None:
        raise AppError("field.bad_phone")
    return phone


def _link(text: str) -> str:
    if not _LINK.fullmatch(text):
        raise AppError("field.bad_link")
    return text if "://" in text else f"https://{text}"


def _option(field: Field, text: str, where: Where) -> Option:
    found = next((one for one in field.offered if fold(one.name) == fold(text)), None)
    if found is not None:
        return found
    said = clean_line(text, 40)
    near = nearest(text, [one.name for one in field.offered]) if where.forgives else []
    if len(near) > 1:
        raise AppError("field.near_choices", name=said, near=clean_line(", ".join(near), 200))
    if not near:
        raise AppError("field.bad_choice", name=said)
    return next(one for one in field.offered if one.name == near[0])


def _invoice(typed: str, where: Where, file: SentFile | None) -> Invoice:
    """A number, a sum and perhaps a day: "17, 150 000, 12.05"."""
    parts = [part for part in _PARTS.split(clean(_FROM.sub(", ", typed), 300)) if part.strip()]
    number = clean_line(_INVOICE_MARK.sub("", parts[0], count=1), INVOICE_LIMIT) if parts else ""
    amount, on = None, None
    for part in parts[1:]:
        day = days.parse_near_day(part, where.today) if on is None else None
        if day is not None and not part.strip().isdigit():
            on = day
        elif amount is None:
            amount = _money(part, where)
        else:
            raise AppError("field.bad_invoice")
    if not number or amount is None:
        raise AppError("field.bad_invoice")
    return Invoice(number, amount, on, file)
