"""Files and pictures for the rules and the screens: their ports, plugged into `integrations`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from integrations.charts import ChartBar, Gauge, Tone, funnel_png
from integrations.tables import (
    Ambiguous,
    DateOrder,
    DecimalMark,
    Limits,
    Row,
    Sheet,
    Table,
    TableError,
    guess_date_order,
    guess_decimal_mark,
    open_table,
    to_date,
    to_money,
    to_text,
    write_book,
    write_csv,
)
from integrations.tables import Cell as TableCell
from services.errors import AppError
from services.imports.service import MOST_BYTES
from services.ports import BookSheet, Cell, FunnelBar, Outside, PlanGauge

_LIMITS = Limits(size=MOST_BYTES)


class _Sheet:
    """An opened table whose faults are refusals that a person understands."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def columns(self) -> Sequence[str]:
        return self._table.columns

    def rows(self) -> Iterator[Row]:
        try:
            yield from self._table.rows()
        except TableError as error:
            raise _refusal(error) from error


class TableFiles:
    """Table files of this machine."""

    def open(self, path: Path, filename: str) -> _Sheet:
        """Open a file; raises AppError `table.*`."""
        try:
            return _Sheet(open_table(path, filename, _LIMITS))
        except TableError as error:
            raise _refusal(error) from error

    def text(self, cell: Cell) -> str:
        """A cell as a person would write it."""
        return to_text(_cell(cell))

    def money(self, cell: Cell, mark: str | None, digits: int) -> int | None:
        """An amount in minor units."""
        return to_money(_cell(cell), DecimalMark(mark) if mark else None, digits)

    def day(self, cell: Cell, order: str) -> date | None:
        """A date in this order."""
        return to_date(_cell(cell), DateOrder(order))

    def date_order(self, cells: Iterable[Cell]) -> tuple[str | None, str]:
        """The order that values prove, or a value that can be read both ways."""
        guess = guess_date_order(map(_cell, cells))
        return (None, guess.sample) if isinstance(guess, Ambiguous) else (guess, "")

    def decimal_mark(self, cells: Iterable[Cell]) -> str | None:
        """The decimal mark that values prove."""
        return guess_decimal_mark(map(_cell, cells))

    def csv(self, columns: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str) -> bytes:
        """A text table that no spreadsheet runs as formulas."""
        with TemporaryDirectory(prefix="sdelka-") as folder:
            path = Path(folder) / "table.csv"
            write_csv(path, columns, rows, delimiter)
            return path.read_bytes()

    def book(self, sheets: Sequence[BookSheet]) -> bytes:
        """A workbook for Excel."""
        with TemporaryDirectory(prefix="sdelka-") as folder:
            path = Path(folder) / "book.xlsx"
            write_book(path, [Sheet(one.name, one.columns, one.rows) for one in sheets])
            return path.read_bytes()


class Charts:
    """Pictures drawn by matplotlib, which is imported with the first one."""

    def funnel(
        self, title: str, bars: Sequence[FunnelBar], subtitle: str, gauges: Sequence[PlanGauge] = ()
    ) -> bytes:
        """Stages as a PNG, with plans above them."""
        shown = [ChartBar(bar.label, bar.count, bar.amount, Tone(bar.kind)) for bar in bars]
        plans = [Gauge(one.label, one.done, one.value, one.note, one.due) for one in gauges]
        return funnel_png(title, shown, subtitle, plans)


def outside(address: str = "http://127.0.0.1:8080", *, mails: bool = False) -> Outside:
    """All of it; `address`: under which others reach this program; `mails`: whether it can send any."""
    return Outside(TableFiles(), Charts(), address, mails)


def _cell(cell: Cell) -> TableCell:
    """Cells come from `TableFiles.open` alone, and go through the rules untouched."""
    assert isinstance(cell, TableCell)
    return cell


def _refusal(error: TableError) -> AppError:
    return AppError(f"table.{error.code}", **error.params)
