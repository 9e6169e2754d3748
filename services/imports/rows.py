"""One row of a file becomes a draft of a deal, or all the reasons why it cannot."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from services.access import CLOSED_KINDS, StageKind
from services.dto.imports import Fault, Field, RowFault
from services.errors import AppError
from services.imports.draft import SOURCE, Draft, OwnSaid
from services.imports.plan import Plan
from services.lines import as_title
from services.ports import Cell, TableRow, Tables
from services.tag_names import read_list
from services.understanding import money, phones
from services.understanding.fold import clean_line, fold

_LIMITS = {Field.EXTERNAL_ID: 64, Field.SOURCE: 32, Field.EMAIL: 254, Field.STAGE: 200}
_LIMIT = 200
_FOLDED = 600
"""What the folded form of a name may take; a few letters unfold to many."""
_SHOWN = 60
_BLANK_SHARE = 4
"""Texts of so many times the limit are not even cleaned."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NO_CELL = ""
_NOTHING = re.compile(r"[-–—/.\s]*|n/a|null|none|nan", re.IGNORECASE)
"""What programs write into a cell that has nothing."""


def is_filled(cell: Cell) -> bool:
    """Whether a cell says anything."""
    return not isinstance(cell, str) or not _NOTHING.fullmatch(cell)


class OwnCells(Protocol):
    """Reads the columns that fill the company's own fields, see `services.imports.own`."""

    def read(self, cells: Sequence[Cell], faults: list[Fault]) -> OwnSaid:
        """What a row says; what is wrong joins the faults."""
        ...


class RowReader:
    """Reads the rows of one file by its plan. `currency` and `region` are the company's."""

    def __init__(
        self,
        plan: Plan,
        tables: Tables,
        currency: str,
        region: str,
        digits: int = 2,
        own: OwnCells | None = None,
    ) -> None:
        self._own = own
        self._plan = plan
        self._tables = tables
        self._currency = currency
        self._region = region
        self._digits = digits
        self._places = {field: place for place, field in enumerate(plan.fields) if field is not None}
        self._kinds: Mapping[str, StageKind] = {stage.folded: stage.kind for stage in plan.stages}

    def read(self, row: TableRow) -> tuple[Draft, list[Fault]]:
        """The draft of a row, and all that is wrong with it: with anything wrong it becomes no deal."""
        if row.width > len(self._plan.columns):
            # The cells have slipped: whatever else they seem to say would be wrong as well.
            return Draft(row.number), [Fault(RowFault.TOO_MANY_CELLS, str(row.width))]
        cells, faults = row.cells, list[Fault]()
        named, stage, kind = self._stage(cells, faults)
        opened_on = self._day(cells, Field.OPENED_ON, faults)
        closed_on = self._closed_on(cells, kind, opened_on, faults)
        text = {field: self._text(cells, field, faults) for field in _TEXTS}
        phone, email = self._phone(cells, faults), self._email(cells, faults)
        draft = Draft(
            number=row.number,
            title=_title(text, phone, email),
            stage=stage,
            stage_name=named,
            kind=kind,
            external_id=text[Field.EXTERNAL_ID],
            owner=text[Field.OWNER],
            product=text[Field.PRODUCT],
            company=text[Field.COMPANY],
            contact=text[Field.CONTACT],
            phone=phone,
            email=email,
            department=text[Field.DEPARTMENT],
            source=text[Field.SOURCE] or SOURCE,
            opened_on=opened_on,
            closed_on=closed_on,
            amount=self._amount(cells, faults),
            tags=self._tags(cells, faults),
            own=self._own.read(cells, faults) if self._own is not None else OwnSaid(),
        )
        if not draft.title and (not faults or self._is_nameless(cells)):
            faults.append(Fault(RowFault.NO_TITLE))
        if not faults:
            faults += [Fault(RowFault.NO_CLIENT, column) for column in draft.strays]
        return draft, faults

    def _is_nameless(self, cells: Sequence[Cell]) -> bool:
        """Whether nothing stands there that would name it, were it right."""
        return all(self._cell(cells, field) == _NO_CELL for field in _TITLES)

    def cells(self, row: TableRow) -> list[str]:
        """All cells as a person would write them, to be given back."""
        return [self._tables.text(cell) for cell in row.cells]

    def _stage(self, cells: Sequence[Cell], faults: list[Fault]) -> tuple[str | None, str | None, StageKind]:
        if Field.STAGE not in self._places:
            return None, None, StageKind.OPEN
        before = len(faults)
        name = self._text(cells, Field.STAGE, faults)
        if name is None:
            if len(faults) == before:
                faults.append(Fault(RowFault.NO_STAGE))
            return None, None, StageKind.OPEN
        folded = fold(name)
        return name, folded, self._kinds.get(folded, StageKind.OPEN)

    def _closed_on(
        self, cells: Sequence[Cell], kind: StageKind, opened_on: date | None, faults: list[Fault]
    ) -> date | None:
        """The day of closing, if the row has one; in an open deal's row it was only hoped for."""
        day = self._day(cells, Field.CLOSED_ON, faults)
        if kind not in CLOSED_KINDS:
            return None
        if day is not None and opened_on is not None and day < opened_on:
            faults.append(Fault(RowFault.DATES_REVERSED, f"{opened_on} > {day}"))
        return day

    def _day(self, cells: Sequence[Cell], field: Field, faults: list[Fault]) -> date | None:
        cell = self._cell(cells, field)
        if cell == _NO_CELL:
            return None
        day = self._tables.day(cell, self._plan.order)
        if day is None:
            faults.append(self._fault(RowFault.BAD_DATE, field, cell))
        return day

    def _amount(self, cells: Sequence[Cell], faults: list[Fault]) -> int | None:
        cell = self._cell(cells, Field.AMOUNT)
        if cell == _NO_CELL:
            return None
        currency = self._text(cells, Field.CURRENCY, faults)
        if currency is not None and currency.upper() != self._currency:
            named = money.parse(f"1000 {currency}")
            if named is None or named.currency != self._currency:
                faults.append(Fault(RowFault.OTHER_CURRENCY, currency))
        amount = self._tables.money(cell, self._plan.mark, self._digits)
        if amount is None and (found := _scaled(cell)):
            amount = found.minor * 10**self._digits // 100
            if found.currency not in (None, self._currency):
                faults.append(Fault(RowFault.OTHER_CURRENCY, found.currency or ""))
        if amount is None:
            faults.append(self._fault(RowFault.BAD_AMOUNT, Field.AMOUNT, cell))
        elif amount < 0:
            faults.append(self._fault(RowFault.NEGATIVE_AMOUNT, Field.AMOUNT, cell))
        return amount

    def _phone(self, cells: Sequence[Cell], faults: list[Fault]) -> str | None:
        cell = self._cell(cells, Field.PHONE)
        if cell == _NO_CELL:
            return None
        phone = phones.normalise(self._tables.text(cell), self._region)
        if phone is None:
            faults.append(self._fault(RowFault.BAD_PHONE, Field.PHONE, cell))
        return phone

    def _email(self, cells: Sequence[Cell], faults: list[Fault]) -> str | None:
        email = self._text(cells, Field.EMAIL, faults)
        if email is not None and not _EMAIL.fullmatch(email):
            faults.append(self._fault(RowFault.BAD_EMAIL, Field.EMAIL, email))
        return email.lower() if email else None

    def _tags(self, cells: Sequence[Cell], faults: list[Fault]) -> tuple[str, ...]:
        cell = self._cell(cells, Field.TAGS)
        try:
            return read_list(self._tables.text(cell)) if cell != _NO_CELL else ()
        except AppError:
            faults.append(self._fault(RowFault.BAD_TAG, Field.TAGS, cell))
            return ()

    def _text(self, cells: Sequence[Cell], field: Field, faults: list[Fault]) -> str | None:
        cell = self._cell(cells, field)
        if cell == _NO_CELL:
            return None
        text = self._tables.text(cell)
        limit = _LIMITS.get(field, _LIMIT)
        cleaned = clean_line(text, len(text) * 2) if len(text) <= limit * _BLANK_SHARE else text
        if len(cleaned) > limit or (not cleaned.isascii() and len(fold(cleaned)) > _FOLDED):
            faults.append(self._fault(RowFault.TOO_LONG, field, cell))
            return None
        return cleaned or None

    def _cell(self, cells: Sequence[Cell], field: Field) -> Cell:
        place = self._places.get(field)
        cell = _NO_CELL if place is None else cells[place]
        return cell if is_filled(cell) else _NO_CELL

    def _fault(self, reason: RowFault, field: Field, cell: Cell) -> Fault:
        column = self._plan.columns[self._places[field]]
        return Fault(reason, clean_line(self._tables.text(cell), _SHOWN), column)


_TEXTS = (
    Field.EXTERNAL_ID,
    Field.TITLE,
    Field.OWNER,
    Field.PRODUCT,
    Field.COMPANY,
    Field.CONTACT,
    Field.DEPARTMENT,
    Field.SOURCE,
)


_TITLES = (
    Field.TITLE,
    Field.PRODUCT,
    Field.COMPANY,
    Field.CONTACT,
    Field.PHONE,
    Field.EMAIL,
    Field.EXTERNAL_ID,
)
"""What a deal can be called by."""


def _scaled(cell: Cell) -> money.Money | None:
    """A sum such as "150k" or "1,5 млн", as it is typed in a chat, too."""
    return money.parse(cell) if isinstance(cell, str) and money.is_scaled(cell) else None


def _title(text: Mapping[Field, str | None], phone: str | None, email: str | None) -> str:
    """The file's own title, or what is sold to whom, or who it is about."""
    sold = " · ".join(
        part for part in (text[Field.PRODUCT], text[Field.COMPANY] or text[Field.CONTACT]) if part
    )
    title = as_title(text[Field.TITLE]) or sold or phone or email or text[Field.EXTERNAL_ID]
    return clean_line(title or "", _LIMIT)
