"""What a list asks of a field, as it is typed and kept: a choice, words, or from where to where."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from db.repositories.field_conditions import ENDING, FieldCondition
from services.dto.common import Sum
from services.dto.fields import CHOSEN, Field, FieldKind
from services.errors import AppError
from services.fields.reading import Where, read_value
from services.fields.values import number_of, search_words

FilterValue = int | str | list[int | None]
"""A choice's id, 1 or 0; words; or a lowest and a highest number as `values` keeps them. "" is any value."""
MEASURED = (FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DATE, FieldKind.INVOICE)
"""Kinds that are asked for from where to where."""
PRESSED = (*CHOSEN, FieldKind.FLAG)
"""Kinds that are asked for by a button."""
ANY = ""
_FROM = re.compile(r"^(?:>=?|от|с|from|since|after|после)\s*(.+)$", re.IGNORECASE)
_TO = re.compile(r"^(?:<=?|до|по|to|till|until|before)\s*(.+)$", re.IGNORECASE)
_BETWEEN = re.compile(r"^(?:от |с |from )?(.+?)(?:\.\.|\s+[-–—]\s+|\s+(?:до|по|to)\s+)(.+)$", re.IGNORECASE)


def read_filter(field: Field, typed: str, where: Where) -> FilterValue:
    """What somebody asks for in words: "5", "from 5", "5 - 10", or how the value begins.

    Raises what `reading.read_value` raises, `field.empty`, and `field.bad_days` instead of `field.bad_date`.
    """
    typed = typed.strip()
    if field.kind in MEASURED:
        return _bounds(field, typed, where)
    if field.kind in PRESSED:
        value = read_value(field, typed, where)
        return int(value) if isinstance(value, bool) else value[0].id if isinstance(value, tuple) else ANY
    if not search_words(typed):
        raise AppError("field.empty")
    return typed[:100]


def condition_of(field: Field, value: FilterValue) -> FieldCondition:
    """The same for the database."""
    if isinstance(value, list):
        return FieldCondition(field.id, low=value[0], high=value[1])
    if isinstance(value, int):
        return FieldCondition(field.id, low=value, high=value)
    if field.kind is FieldKind.PHONE:
        digits = re.sub(r"\D", "", value)
        return FieldCondition(field.id, words=(ENDING + digits[-10:][::-1],) if digits else ())
    return FieldCondition(field.id, words=tuple(search_words(value)))


def _bounds(field: Field, typed: str, where: Where) -> FilterValue:
    if found := _BETWEEN.match(typed):
        low, high = (_number(field, part, where) for part in found.groups())
        return [min(low, high), max(low, high)]
    if found := _FROM.match(typed):
        return [_number(field, found[1], where), None]
    if found := _TO.match(typed):
        return [None, _number(field, found[1], where)]
    exact = _number(field, typed, where)
    return [exact, exact]


def _number(field: Field, typed: str, where: Where) -> int:
    """By which integer a typed value is compared; an invoice by its sum."""
    measured = FieldKind.MONEY if field.kind is FieldKind.INVOICE else field.kind
    try:
        value = read_value(replace(field, kind=measured), typed, where)
    except AppError as error:
        raise AppError("field.bad_days") if error.code == "field.bad_date" else error from None
    if isinstance(value, Sum):
        return value.minor
    if not isinstance(value, Decimal | date):
        raise AppError("field.empty")
    return number_of(value)
