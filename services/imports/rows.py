"""One row of a file becomes a draft of a deal, or a reason why it cannot."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from services.access import CLOSED_KINDS, StageKind
from services.dto.fields import Field as OwnField
from services.dto.fields import Value
from services.dto.imports import Field, RowFault
from services.errors import AppError
from services.imports.plan import Plan
from services.lines import as_title
from services.ports import Cell, TableRow, Tables
from services.tag_names import read_list
from services.understanding import money, phones
from services.understanding.fold import clean_line, fold

SOURCE = "import"
_LIMITS = {Field.EXTERNAL_ID: 64, Field.SOURCE: 32, Field.EMAIL: 254, Field.STAGE: 200}
_LIMIT = 200
_FOLDED = 600
"""What the folded form of a name may take; a few letters unfold to many."""
_SHOWN = 60
_BLANK_SHARE = 4
"""Texts of so many times the limit are not even cleaned."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NO_CELL = ""
_NOTHING = re.compile(r"[-/.\s]*|n/a|null|none|nan", re.IGNORECASE)
"""What programs write into a cell that has nothing."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A row that can become a deal. Texts are clean, `amount` is in minor units."""

    number: int
    title: str
    stage: str | None
    """Folded; None where the file has no stages at all."""
    kind: StageKind
    external_id: str | None
    owner: str | None
    product: str | None
    company: str | None
    contact: str | None
    phone: str | None
    email: str | None
    department: str | None
    source: str
    opened_on: date | None
    closed_on: date | None
    amount: int | None
    tags: tuple[str, ...] = ()
    own: tuple[tuple[OwnField, Value], ...] = ()
    """What the company's own fields say."""

    @property
    def undated(self) -> bool:
        """Whether it is closed, and nobody wrote when."""
        return self.kind in CLOSED_KINDS and self.closed_on is None


def is_filled(cell: Cell) -> bool:
    """Whether a cell says anything."""
    return not isinstance(cell, str) or not _NOTHING.fullmatch(cell)


class BadRowError(Exception):
    """The row cannot be imported."""

    def __init__(self, reason: RowFault, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


class OwnCells(Protocol):
    """Reads the columns that fill the company's own fields, see `services.imports.own`."""

    def read(self, cells: Sequence[Cell]) -> tuple[tuple[OwnField, Value], ...]:
        """What a row says; raises BadRowError."""
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

    def read(self, row: TableRow) -> Draft:
        """The draft of a row; raises BadRowError."""
        if row.width > len(self._plan.columns):
            raise BadRowError(RowFault.TOO_MANY_CELLS, str(row.width))
        cells = row.cells
        stage, kind = self._stage(cells)
        opened_on = self._day(cells, Field.OPENED_ON)
        closed_on = self._closed_on(cells, kind, opened_on)
        text = {field: self._text(cells, field) for field in _TEXTS}
        phone, email = self._phone(cells), self._email(cells)
        return Draft(
            number=row.number,
            title=_title(text, phone, email),
            stage=stage,
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
            amount=self._amount(cells),
            tags=self._tags(cells),
            own=self._own.read(cells) if self._own is not None else (),
        )

    def cells(self, row: TableRow) -> list[str]:
        """All cells as a person would write them, to be given back."""
        return [self._tables.text(cell) for cell in row.cells]

    def _stage(self, cells: Sequence[Cell]) -> tuple[str | None, StageKind]:
        if Field.STAGE not in self._places:
            return None, StageKind.OPEN
        name = self._text(cells, Field.STAGE)
        if name is None:
            raise BadRowError(RowFault.NO_STAGE)
        folded = fold(name)
        return folded, self._kinds.get(folded, StageKind.OPEN)

    def _closed_on(self, cells: Sequence[Cell], kind: StageKind, opened_on: date | None) -> date | None:
        """The day of closing, if the row has one; in an open deal's row it was only hoped for."""
        day = self._day(cells, Field.CLOSED_ON)
        if kind not in CLOSED_KINDS:
            return None
        if day is not None and opened_on is not None and day < opened_on:
            raise BadRowError(RowFault.DATES_REVERSED, f"{opened_on} > {day}")
        return day

    def _day(self, cells: Sequence[Cell], field: Field) -> date | None:
        cell = self._cell(cells, field)
        if cell == _NO_CELL:
            return None
        day = self._tables.day(cell, self._plan.order)
        if day is None:
            raise self._bad(RowFault.BAD_DATE, field, cell)
        return day

    def _amount(self, cells: Sequence[Cell]) -> int | None:
        cell = self._cell(cells, Field.AMOUNT)
        if cell == _NO_CELL:
            return None
        currency = self._text(cells, Field.CURRENCY)
        if currency is not None and currency.upper() != self._currency:
            named = money.parse(f"1000 {currency}")
            if named is None or named.currency != self._currency:
                raise BadRowError(RowFault.OTHER_CURRENCY, currency)
        amount = self._tables.money(cell, self._plan.mark, self._digits)
        if amount is None:
            raise self._bad(RowFault.BAD_AMOUNT, Field.AMOUNT, cell)
        if amount < 0:
            raise self._bad(RowFault.NEGATIVE_AMOUNT, Field.AMOUNT, cell)
        return amount

    def _phone(self, cells: Sequence[Cell]) -> str | None:
        cell = self._cell(cells, Field.PHONE)
        if cell == _NO_CELL:
            return None
        phone = phones.normalise(self._tables.text(cell), self._region)
        if phone is None:
            raise self._bad(RowFault.BAD_PHONE, Field.PHONE, cell)
        return phone

    def _email(self, cells: Sequence[Cell]) -> str | None:
        email = self._text(cells, Field.EMAIL)
        if email is not None and not _EMAIL.fullmatch(email):
            raise self._bad(RowFault.BAD_EMAIL, Field.EMAIL, email)
        return email.lower() if email else None

    def _tags(self, cells: Sequence[Cell]) -> tuple[str, ...]:
        cell = self._cell(cells, Field.TAGS)
        try:
            return read_list(self._tables.text(cell)) if cell != _NO_CELL else ()
        except AppError:
            raise self._bad(RowFault.BAD_TAG, Field.TAGS, cell) from None

    def _text(self, cells: Sequence[Cell], field: Field) -> str | None:
        cell = self._cell(cells, field)
        if cell == _NO_CELL:
            return None
        text = self._tables.text(cell)
        limit = _LIMITS.get(field, _LIMIT)
        if len(text) > limit * _BLANK_SHARE:
            raise self._bad(RowFault.TOO_LONG, field, cell)
        cleaned = clean_line(text, len(text) * 2)
        if len(cleaned) > limit or (not cleaned.isascii() and len(fold(cleaned)) > _FOLDED):
            raise self._bad(RowFault.TOO_LONG, field, cell)
        return cleaned or None

    def _cell(self, cells: Sequence[Cell], field: Field) -> Cell:
        place = self._places.get(field)
        cell = _NO_CELL if place is None else cells[place]
        return cell if is_filled(cell) else _NO_CELL

    def _bad(self, reason: RowFault, field: Field, cell: Cell) -> BadRowError:
        column = self._plan.columns[self._places[field]]
        return BadRowError(reason, f"{column}: {clean_line(self._tables.text(cell), _SHOWN)}")


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


def _title(text: Mapping[Field, str | None], phone: str | None, email: str | None) -> str:
    """The file's own title, or what is sold to whom, or who it is about."""
    sold = " · ".join(
        part for part in (text[Field.PRODUCT], text[Field.COMPANY] or text[Field.CONTACT]) if part
    )
    title = as_title(text[Field.TITLE]) or sold or phone or email or text[Field.EXTERNAL_ID]
    if title is None:
        raise BadRowError(RowFault.NO_TITLE)
    return clean_line(title, _LIMIT)
