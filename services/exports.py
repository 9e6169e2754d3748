"""Exports: the company's deals, one row a deal, for a spreadsheet or for another program."""

from collections.abc import AsyncIterator, Mapping
from datetime import date, datetime
from decimal import Decimal

from db.models import CustomField
from db.uow import Database
from services.access import Action, Actor, require
from services.dto.common import Sum
from services.dto.fields import FieldSubject, Invoice
from services.dto.fields import Value as FieldValue
from services.dto.talk import SentFile
from services.fields.shape import field_of
from services.fields.values import value_of
from services.tag_names import tell_list

PAGE = 1000
COLUMNS = (
    *("id", "title", "stage", "stage_kind", "amount", "currency", "paid", "contact", "phone", "company"),
    *(
        "owner",
        "department",
        "source",
        "product",
        "loss_reason",
        "created",
        "opened",
        "closed",
        "external_id",
        "archived",
        "tags",
    ),
)

Value = str | int | Decimal | date | datetime


class Exports:
    """The service of exports."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def columns(self, actor: Actor) -> tuple[str, ...]:
        """`COLUMNS`, and the keys of the company's own fields of deals. Raises `not_allowed`."""
        require(actor, Action.EXPORT_RUN)
        async with self._db.read() as uow:
            return (*COLUMNS, *map(column_of, await uow.fields.used(FieldSubject.DEAL)))

    async def deals(self, actor: Actor) -> AsyncIterator[tuple[Value, ...]]:
        """All deals, as rows of `columns`; sums in whole units. For the owner; raises `not_allowed`."""
        require(actor, Action.EXPORT_RUN)
        after = 0
        async with self._db.read() as uow:
            fields = [field_of(row) for row in await uow.fields.used(FieldSubject.DEAL)]
        while True:
            async with self._db.read() as uow:
                rows = await uow.exports.deals(after, PAGE)
                ids = [row.id for row in rows] if fields else []
                names = await uow.tags.names({one for row in rows for one in row.tags})
                said = await uow.fields.values_of(FieldSubject.DEAL, ids) if ids else {}
            for row in rows:
                own = (_cell(value_of(one, said.get(row.id, {}).get(one.id, []))) for one in fields)
                yield tuple("" if value is None else value for value in (*_values(row, actor, names), *own))
            if len(rows) < PAGE:
                return
            after = rows[-1].id


def column_of(field: CustomField) -> str:
    """By its key, which a file that is imported again is known by."""
    return f"field_{field.key}" if field.key in COLUMNS else field.key


def _cell(value: FieldValue | None) -> Value | None:
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


def _values(row: object, actor: Actor, names: Mapping[int, str]) -> tuple[Value | None, ...]:
    values = dict(zip(COLUMNS, row, strict=True))  # type: ignore[call-overload]  # a Row of the query's columns
    for name in ("amount", "paid"):
        values[name] = None if values[name] is None else Decimal(int(values[name])) / 100
    # A spreadsheet knows no zones: moments are told in the exporter's own.
    for name in ("created", "archived"):
        moment = values[name]
        values[name] = moment.astimezone(actor.zone).replace(tzinfo=None) if moment else None
    values["tags"] = tell_list(names, values["tags"])
    return tuple(values.values())
