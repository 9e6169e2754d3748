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
from services.understanding.fold import fold
from services.understanding.spans import from_where_to_where

FilterValue = int | str | list[int | None]
"""A choice's id, or those of several, 1 or 0; words; or a lowest and a highest number as `values` keeps them.
"" is any value, and -1 none."""
MEASURED = (FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DATE, FieldKind.INVOICE)
"""Kinds that are asked for from where to where."""
PRESSED = (*CHOSEN, FieldKind.FLAG)
"""Kinds that are asked for by a button."""
ANY = ""
NOTHING = -1
"""That it says nothing; no choice has such an id."""
_FILLED = frozenset({"заполнено", "заполнен", "заполнена", "filled", "filled in"})
_EMPTY = frozenset(
    {
        *("не заполнено", "не заполнен", "не заполнена", "пусто", "пустое"),
        *("not filled", "not filled in", "empty"),
    }
)


def read_asked(field: Field, typed: str, where: Where) -> FilterValue:
    """What a list asks for: also whether anything is said at all, "filled in", "not filled in".

    Raises `field.only_filled` of a file, of which nothing else is asked, and what `read_filter` raises.
    """
    said = fold(" ".join(typed.split()))
    if said in _EMPTY:
        return NOTHING
    if said in _FILLED:
        return ANY
    if field.kind is FieldKind.FILE:
        raise AppError("field.only_filled")
    return read_filter(field, typed, where)


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
    if isinstance(value, list) and field.kind in CHOSEN:
        return FieldCondition(field.id, any_of=tuple(one for one in value if one is not None))
    if isinstance(value, list):
        return FieldCondition(field.id, low=value[0], high=value[1])
    if value == NOTHING:
        return FieldCondition(field.id, empty=field.subject.value)
    if isinstance(value, int):
        return FieldCondition(field.id, low=value, high=value)
    if field.kind is FieldKind.PHONE:
        digits = re.sub(r"\D", "", value)
        return FieldCondition(field.id, words=(ENDING + digits[-10:][::-1],) if digits else ())
    return FieldCondition(field.id, words=tuple(search_words(value)))


def _bounds(field: Field, typed: str, where: Where) -> FilterValue:
    low, high = from_where_to_where(typed, dashes=field.kind is not FieldKind.DATE)
    if low is None or high is None:
        return [None if one is None else _number(field, one, where) for one in (low, high)]
    ends = (_number(field, low, where), _number(field, high, where))
    return [min(ends), max(ends)]


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
