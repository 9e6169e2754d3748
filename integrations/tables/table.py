"""What a table file is to its reader: columns, rows that stream, limits, and the ways to fail."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

# A blank cell is "". Numbers of a workbook are Decimal; a CSV knows only text.
Cell = str | Decimal | bool | date | datetime | time
Record = tuple[int, list[Cell]]

CELL_CHARS = 131_072  # the csv module's own limit for a cell; a workbook's cells obey it too
SHEET_ROWS = 1_048_576  # of a spreadsheet; a file of more lines is none, even if they are blank
HEADER_WITHIN = 10  # the header is looked for among so many rows that are not blank


class TableFault(StrEnum):
    """Why a file was refused; `TableError.params` names the limit or the place."""

    TOO_BIG = "too_big"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    CELL_TOO_LONG = "cell_too_long"
    ZIP_BOMB = "zip_bomb"
    NOT_A_TABLE = "not_a_table"
    OLD_EXCEL = "old_excel"
    PASSWORD = "password"  # noqa: S105 - the name of a fault
    UNCLOSED_QUOTE = "unclosed_quote"
    UNREADABLE = "unreadable"
    EMPTY = "empty"


class TableError(Exception):
    """The file cannot be read as a table; the caller puts `code` and `params` into words."""

    def __init__(self, code: TableFault, **params: int | str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class TableFormat(StrEnum):
    """The file formats that are understood."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost us; sizes in bytes, `rows` with the header."""

    size: int = 10 * 1024 * 1024
    unpacked: int = 50 * 1024 * 1024
    ratio: int = 100
    rows: int = 100_001
    columns: int = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One row under the header: exactly one cell per column, blank cells being ""."""

    number: int  # as a spreadsheet shows it: from 1, header and blank rows counted
    cells: list[Cell]
    width: int  # cells that the file really had; another number than the columns means a ragged row

    @property
    def is_ragged(self) -> bool:
        """Whether the file had more or fewer cells here than columns."""
        return self.width != len(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """An opened table file. It holds no open file: each `rows()` reads from the beginning."""

    format: TableFormat
    columns: list[str]
    header_row: int
    encoding: str | None  # CSV only
    delimiter: str | None  # CSV only; None where there is a single column
    sheet: str | None  # XLSX only
    limits: Limits
    records: Callable[[], Iterator[Record]]

    def rows(self) -> Iterator[Row]:
        """Stream the rows under the header that are not blank; raises `TableError` where the file breaks."""
        columns = len(self.columns)
        rows = 1
        for number, cells in self.records():
            if number <= self.header_row:
                continue
            width = filled_width(cells)
            if not width:
                continue
            rows += 1
            if rows > self.limits.rows:
                raise TableError(TableFault.TOO_MANY_ROWS, limit=self.limits.rows - 1)
            # Blank cells beyond the last column are spreadsheet dust, and a workbook does not store blanks
            # at a row's end; neither makes the row ragged.
            if width < columns and (len(cells) >= columns or self.format is TableFormat.XLSX):
                width = columns
            yield Row(number, (cells + [""] * (columns - len(cells)))[:columns], width)


def filled_width(cells: list[Cell]) -> int:
    """Count the cells up to the last one that is not blank."""
    width = len(cells)
    while width and is_blank(cells[width - 1]):
        width -= 1
    return width


def is_blank(cell: Cell) -> bool:
    """Whether the cell holds nothing that a reader would see."""
    return isinstance(cell, str) and not cell.strip()


def to_text(cell: Cell) -> str:
    """Write the cell as a person would: 79161234567, 0.5, 2017-03-01, 2017-03-01 12:30."""
    match cell:
        case str():
            return cell.strip()
        case bool():
            return "TRUE" if cell else "FALSE"
        case Decimal():
            return f"{cell:f}"
        case datetime():
            return cell.isoformat(" ", "seconds" if cell.second else "minutes")
        case time():
            return cell.isoformat("seconds" if cell.second else "minutes")
        case date():
            return cell.isoformat()
