"""What the rules need of files and pictures; the program hands it over when it is put together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from services.access import StageKind

Cell = object
"""A cell as its file has it: only `Tables` knows how to read it."""


class TableRow(Protocol):
    """One row under the header, as wide as the header."""

    @property
    def number(self) -> int:
        """As a spreadsheet shows it, from 1."""
        ...

    @property
    def cells(self) -> Sequence[Cell]:
        """One for each column."""
        ...

    @property
    def width(self) -> int:
        """How many cells the file really had."""
        ...


class Table(Protocol):
    """An opened table file."""

    @property
    def columns(self) -> Sequence[str]:
        """The names in the header."""
        ...

    def rows(self) -> Iterator[TableRow]:
        """All rows, streamed from the beginning. Raises AppError `table.*` where the file breaks."""
        ...


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A sheet of a workbook: text stays text, numbers and days are real ones."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | int | Decimal | date | None]]


class Tables(Protocol):
    """Table files: opened, read cell by cell, written."""

    def open(self, path: Path, filename: str) -> Table:
        """Open the file that was sent under this name. Raises AppError `table.*`."""
        ...

    def text(self, cell: Cell) -> str:
        """A cell as a person would write it."""
        ...

    def money(self, cell: Cell, mark: str | None, digits: int) -> int | None:
        """An amount in minor units, `digits` of them; None if it is none."""
        ...

    def day(self, cell: Cell, order: str) -> date | None:
        """A date written in this order; None if it is none."""
        ...

    def date_order(self, cells: Iterable[Cell]) -> tuple[str | None, str]:
        """The order of day and month that values prove; or None, and a value that can be read both ways."""
        ...

    def decimal_mark(self, cells: Iterable[Cell]) -> str | None:
        """The decimal mark that a column's values prove; None if they prove none."""
        ...

    def csv(self, columns: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str) -> bytes:
        """A text table that no spreadsheet runs as formulas."""
        ...

    def book(self, sheets: Sequence[BookSheet]) -> bytes:
        """A workbook for Excel; takes long enough to be called in a thread."""
        ...


@dataclass(frozen=True, slots=True)
class FunnelBar:
    """A stage as a bar; `amount` as the reader's language writes it."""

    label: str
    count: int
    amount: str
    kind: StageKind


@dataclass(frozen=True, slots=True)
class PlanGauge:
    """How much of a plan is sold: `done` and `due` (by the straight line) as parts of 1."""

    label: str
    done: float
    value: str
    note: str
    due: float = 0


class Painter(Protocol):
    """Draws; takes long enough to be called in a thread."""

    def funnel(
        self, title: str, bars: Sequence[FunnelBar], subtitle: str, gauges: Sequence[PlanGauge] = ()
    ) -> bytes:
        """Stages from the first to the last as a PNG, with plans above them."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of it."""

    tables: Tables
    painter: Painter
    address: str
    """Under which others reach this program over HTTP."""
    mails: bool = False
    """Whether there is a mail server to send mails by."""
