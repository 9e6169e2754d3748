"""Columns that fill fields of the deal, the contact and the company of each row, read as if typed."""

from collections.abc import Iterable, Mapping, Sequence

from db.models import Company
from db.uow import UnitOfWork
from services.client_fields import read_field
from services.client_writing import INN_OF_PERSON
from services.dto.clients import ClientField, ClientKind
from services.dto.fields import Field as OwnField
from services.dto.fields import FieldKind, FieldSubject, Value
from services.dto.imports import DateOrder, Fault, RowFault
from services.errors import AppError
from services.fields.reading import Where, read_value
from services.fields.values import rows_of, words_of
from services.imports.draft import OwnSaid, Said
from services.imports.fills import FilledIn, Filler, rows_to_fill, tell_of_known
from services.imports.own_names import CONTACT, FIRM, OwnColumn
from services.imports.rows import is_filled
from services.ports import Cell, Tables
from services.understanding.fold import clean_line

_SHOWN = 60


class OwnReader:
    """Reads these columns of each row."""

    def __init__(self, columns: Sequence[OwnColumn], tables: Tables, where: Where, order: DateOrder) -> None:
        self.columns, self._tables, self._where, self._order = columns, tables, where, order

    def read(self, cells: Sequence[Cell], faults: list[Fault]) -> OwnSaid:
        """What a row says; what a field cannot say joins the faults."""
        fields: dict[FieldSubject, Said] = {}
        columns: dict[FieldSubject, dict[str, object]] = {CONTACT: {}, FIRM: {}}
        first: dict[FieldSubject, str] = {}
        for column in self.columns:
            cell = cells[column.place]
            if not is_filled(cell):
                continue
            first.setdefault(column.subject, column.name)
            try:
                if isinstance(column.means, ClientField):
                    columns[column.subject] |= self._column(column.subject, column.means, cell)
                elif (value := self._value(column.means, cell)) is not None:
                    fields[column.subject] = (*fields.get(column.subject, ()), (column.means, value))
            except AppError:
                typed = self._tables.text(cell)
                shown = clean_line(typed[: _SHOWN * 4], _SHOWN)
                faults.append(Fault(RowFault.BAD_FIELD, shown, column.name))
        if _is_person(columns[FIRM].get("inn")) and "kpp" in columns[FIRM]:
            name = next(one.name for one in self.columns if one.means is ClientField.KPP)
            faults.append(Fault(RowFault.BAD_FIELD, str(columns[FIRM]["kpp"]), name))
        return OwnSaid(fields, columns, first)

    def _value(self, means: OwnField, cell: Cell) -> Value | None:
        if means.kind is FieldKind.DATE and (day := self._tables.day(cell, self._order)) is not None:
            return day  # as the file writes its dates; else as people do
        return read_value(means, self._tables.text(cell), self._where)

    def _column(self, subject: FieldSubject, means: ClientField, cell: Cell) -> dict[str, object]:
        typed, today = self._tables.text(cell), self._where.today
        day = self._tables.day(cell, self._order) if means is ClientField.BIRTHDAY else None
        return read_field(ClientKind(subject), means, day.isoformat() if day else typed, today)


async def keep_own(
    uow: UnitOfWork, subject: FieldSubject, said: Mapping[int, Iterable[tuple[OwnField, Value]]]
) -> None:
    """Write what fields say of subjects, by their ids, of which these say nothing yet."""
    rows, words = [], []
    for subject_id, values in said.items():
        for own, value in values:
            here = {"subject_id": subject_id, "field_id": own.id}
            rows += [{**here, "subject": subject.value, **row} for row in rows_of(own, value)]
            words += [{**here, "word": word} for word in words_of(own, value)]
    await uow.fields.fill(rows, words)


async def keep_of_clients(
    uow: UnitOfWork, by: Filler, subject: FieldSubject, said: Sequence[tuple[int, OwnSaid]]
) -> None:
    """Write what rows say of their contacts, or companies, by the ids of these.

    Only what nothing is said of yet, so nobody's words are written over; and only of those that this import
    has made, unless it fills in those who were there before, too. Taking it back takes these along.
    """
    wanted = {client for client, one in said if one.fields.get(subject) or one.columns.get(subject)}
    rows = await rows_to_fill(uow, by, subject, wanted) if wanted else {}
    known = await uow.fields.values_of(subject, rows.keys()) if rows else {}
    filled = {client: FilledIn(row) for client, row in rows.items()}
    for client, one in said:
        if (row := rows.get(client)) is None:
            continue
        for own, value in one.fields.get(subject, ()):
            if own.id not in known.get(client, {}):
                filled[client].fields.setdefault(own.id, (own, value))
        new = {
            name: told for name, told in one.columns.get(subject, {}).items() if getattr(row, name) is None
        }
        if "birthday" not in new:
            new.pop("birth_year", None)  # it belongs to another birthday
        if isinstance(row, Company):
            inn, kpp = new.get("inn", row.inn), new.get("kpp", row.kpp)
            if _is_person(inn) and kpp is not None:  # what other rows have said of it
                new.pop("kpp" if "kpp" in new else "inn")
        for name, told in new.items():
            setattr(row, name, told)
        filled[client].columns.update(new)
    await keep_own(uow, subject, {client: one.fields.values() for client, one in filled.items()})
    await tell_of_known(uow, by, subject, filled.values())
    await uow.imports.flush()


def _is_person(inn: object) -> bool:
    return len(str(inn or "")) == INN_OF_PERSON
