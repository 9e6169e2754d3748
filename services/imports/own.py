"""Columns of a file that fill the company's own fields of deals: found by key or name, read as if typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.models import CustomField
from db.uow import UnitOfWork
from services.dto.fields import Field as OwnField
from services.dto.fields import FieldKind, FieldSubject, Value
from services.dto.imports import DateOrder, Fault, Field, RowFault
from services.errors import AppError
from services.exports.columns import column_of
from services.fields.outside import by_key
from services.fields.reading import Where, read_value
from services.fields.shape import field_of
from services.fields.values import rows_of, words_of
from services.imports.rows import is_filled
from services.ports import Cell, Tables
from services.understanding.fold import clean_line, fold

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column and the field that it fills."""

    place: int
    name: str
    field: OwnField


async def own_columns(
    uow: UnitOfWork, names: Sequence[str], fields: Sequence[Field | None]
) -> tuple[OwnColumn, ...]:
    """The columns that mean nothing else, and are called as a field in use or by its key."""
    used = [row for row in await uow.fields.used(FieldSubject.DEAL) if row.kind != FieldKind.FILE]
    known: Mapping[str, CustomField] = {fold(column_of(row)): row for row in used} | by_key(used)
    found: dict[int, OwnColumn] = {}
    for place, (name, field) in enumerate(zip(names, fields, strict=True)):
        row = known.get(fold(name)) if field is None else None
        if row is not None and row.id not in found:
            found[row.id] = OwnColumn(place, name, field_of(row))
    return tuple(found.values())


class OwnReader:
    """Reads these columns of each row."""

    def __init__(self, columns: Sequence[OwnColumn], tables: Tables, where: Where, order: DateOrder) -> None:
        self.columns, self._tables, self._where, self._order = columns, tables, where, order

    def read(self, cells: Sequence[Cell], faults: list[Fault]) -> tuple[tuple[OwnField, Value], ...]:
        """What a row says; what a field cannot say joins the faults."""
        said = ((column.field, self._value(column, cells[column.place], faults)) for column in self.columns)
        return tuple((field, value) for field, value in said if value is not None)

    def _value(self, column: OwnColumn, cell: Cell, faults: list[Fault]) -> Value | None:
        if not is_filled(cell):
            return None
        if column.field.kind is FieldKind.DATE and (day := self._tables.day(cell, self._order)) is not None:
            return day  # as the file writes its dates; else as people do
        typed = self._tables.text(cell)
        try:
            return read_value(column.field, typed, self._where)
        except AppError:
            shown = clean_line(typed[: _SHOWN * 4], _SHOWN)
            faults.append(Fault(RowFault.BAD_FIELD, shown, column.name))
            return None


async def keep_own(uow: UnitOfWork, said: Mapping[int, Sequence[tuple[OwnField, Value]]]) -> None:
    """Write what the fields of new deals say, by their ids."""
    rows, words = [], []
    for deal_id, values in said.items():
        for field, value in values:
            here = {"subject_id": deal_id, "field_id": field.id}
            rows += [{**here, "subject": FieldSubject.DEAL.value, **row} for row in rows_of(field, value)]
            words += [{**here, "word": word} for word in words_of(field, value)]
    await uow.fields.fill(rows, words)
