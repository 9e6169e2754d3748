"""The columns of exports, and what stands in their cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from db.models import CustomField
from db.repositories.exports import COLUMNS_OF
from services.access import Actor
from services.dto.common import Sum
from services.dto.fields import FieldSubject, Invoice
from services.dto.fields import Value as FieldValue
from services.dto.talk import SentFile
from services.tag_names import tell_list

COLUMNS: Mapping[FieldSubject, tuple[str, ...]] = MappingProxyType(
    {FieldSubject(name): columns for name, columns in COLUMNS_OF.items()}
)
"""Of each kind; the company's own fields follow them."""
_SUMS = ("amount", "paid")
_MOMENTS = ("created", "archived", "ended")

Value = str | int | Decimal | date | datetime


@dataclass(frozen=True, slots=True)
class OwnHead:
    """The column of a field of the company's own."""

    name: str
    alone: bool
    """Whether an import knows the field by its name, without being told whose it is."""


def column_of(field: CustomField) -> str:
    """By its key, which a file that is imported again is known by."""
    return f"field_{field.key}" if field.key in COLUMNS[FieldSubject(field.subject)] else field.key


def own_cell(value: FieldValue | None) -> Value | None:
    """What a field says, for a spreadsheet: as it could be typed into the field again."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(one.name for one in value)
    if isinstance(value, Sum):
        return Decimal(value.minor) / 100
    if isinstance(value, Invoice):
        parts = [value.number, f"{Decimal(value.amount.minor) / 100:f}"]
        return "; ".join([*parts, *([value.on.isoformat()] if value.on else [])])
    if isinstance(value, SentFile):
        return value.name or value.kind.value
    return value


def cells(subject: FieldSubject, row: Any, actor: Actor, tags: Mapping[int, str]) -> tuple[Value | None, ...]:
    """A row of the query's columns: sums in whole units, tags by name.

    A spreadsheet knows no zones: moments are told in the exporter's own.
    """
    values = dict(zip(COLUMNS[subject], row, strict=True))
    for name in values.keys() & set(_SUMS):
        values[name] = None if values[name] is None else Decimal(int(values[name])) / 100
    for name in values.keys() & set(_MOMENTS):
        moment = values[name]
        values[name] = moment.astimezone(actor.zone).replace(tzinfo=None) if moment else None
    values["tags"] = tell_list(tags, values["tags"])
    return tuple(values.values())
