"""Tables as files for people: typed cells, nothing that a spreadsheet would run, constant memory."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from integrations.tables.injection import disarm
from integrations.tables.table import Cell

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

OutCell = Cell | int | None

_XLSX_CELL_CHARS = 32_767  # Excel's own limit
_XLSX_EXACT_DIGITS = 15  # a longer number (an account, a barcode) would lose its end, so it goes as text
_WIDTHS = range(12, 41)
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def write_csv(
    path: Path, columns: Sequence[str], rows: Iterable[Sequence[OutCell]], delimiter: str = ","
) -> None:
    """Write UTF-8 with the mark by which Excel knows it; `delimiter` `;` suits Excel in Russian."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow([_plain(name) for name in columns])
        for row in rows:
            writer.writerow([_plain(cell) for cell in row])


def write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Sequence[OutCell]]) -> None:
    """Write one worksheet: text is text, numbers, dates and times are real ones, the header stays in view."""
    write_book(path, [Sheet(None, columns, rows)])


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet; no `name`: the program that opens it gives one."""

    name: str | None
    columns: Sequence[str]
    rows: Iterable[Sequence[OutCell]]


def write_book(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write a workbook of several worksheets, one after another."""
    from xlsxwriter import Workbook

    with Workbook(str(path), {"constant_memory": True}) as book:
        header = book.add_format({"bold": True, "bottom": 1})
        formats = {
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            time: book.add_format({"num_format": "hh:mm:ss"}),
        }
        for one in sheets:
            _fill(book.add_worksheet(one.name), one, header, formats)


def _fill(sheet: "Worksheet", source: Sheet, header: "Format", formats: dict[type, "Format"]) -> None:
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(source.columns):
        sheet.set_column(column, column, min(max(len(name) + 2, _WIDTHS[0]), _WIDTHS[-1]))
        sheet.write_string(0, column, _clean(name), header)
    for number, row in enumerate(source.rows, 1):
        for column, cell in enumerate(row):
            _write_cell(sheet, number, column, cell, formats)


def _write_cell(
    sheet: "Worksheet", row: int, column: int, cell: OutCell, formats: dict[type, "Format"]
) -> None:
    match cell:
        case None | "":
            pass
        case str():
            sheet.write_string(row, column, _fitted(_clean(cell)))
        case bool():
            sheet.write_boolean(row, column, cell)
        case int() | Decimal():
            if len(Decimal(cell).normalize().as_tuple().digits) > _XLSX_EXACT_DIGITS:
                sheet.write_string(row, column, f"{cell:f}" if isinstance(cell, Decimal) else str(cell))
            else:
                sheet.write_number(row, column, cell)
        case _:
            sheet.write_datetime(row, column, cell, formats[type(cell)])


def _plain(cell: OutCell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return disarm(_clean(cell))
        case bool():
            return "TRUE" if cell else "FALSE"
        case Decimal():
            return f"{cell:f}"
        case datetime():
            return cell.isoformat(" ", "seconds")
        case _:
            return str(cell)


def _clean(text: str) -> str:
    """Replace what no file can carry: NUL and halves of characters."""
    return _UNWRITABLE.sub("\ufffd", text)


def _fitted(text: str) -> str:
    return text if len(text) <= _XLSX_CELL_CHARS else text[: _XLSX_CELL_CHARS - 1] + "…"
