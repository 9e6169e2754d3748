"""The one door for a table file of unknown make: content decides the format, limits come before parsing."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePath

from integrations.tables import csv_source, xlsx_source
from integrations.tables.table import (
    HEADER_WITHIN,
    Limits,
    Record,
    Table,
    TableError,
    TableFault,
    TableFormat,
    filled_width,
    is_blank,
    to_text,
)

_SUFFIXES = frozenset({"", ".csv", ".tsv", ".tab", ".txt", ".xls", ".xlsm", ".xlsx"})
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, and of workbooks with a password
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def open_table(path: Path, filename: str, limits: Limits | None = None) -> Table:
    """Open the file that was sent under the name `filename` and find its columns.

    Nothing is kept open. Raises `TableError` for what is not a table, or is one beyond the limits;
    what lies deeper in the file is told by `Table.rows()`.
    """
    limits = limits or Limits()
    size = path.stat().st_size
    if size > limits.size:
        raise TableError(TableFault.TOO_BIG, limit=limits.size, size=size)
    if PurePath(filename).suffix.lower() not in _SUFFIXES:
        raise TableError(TableFault.NOT_A_TABLE)
    with path.open("rb") as file:
        signature = file.read(8)
        if signature.startswith(_OLE):
            is_locked = _LOCKED in file.read()
            raise TableError(TableFault.PASSWORD if is_locked else TableFault.OLD_EXCEL)
    return _open_xlsx(path, limits) if signature.startswith(_ZIP) else _open_csv(path, limits)


def _open_csv(path: Path, limits: Limits) -> Table:
    source = csv_source.detect(path, limits)
    header = _header(source.records())
    if header is None:
        raise TableError(TableFault.EMPTY)
    return Table(
        format=TableFormat.CSV,
        columns=_columns(header),
        header_row=header[0],
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=None,
        limits=limits,
        records=source.records,
    )


def _open_xlsx(path: Path, limits: Limits) -> Table:
    for sheet in xlsx_source.sheets(path, limits):
        if header := _header(sheet.records()):
            return Table(
                format=TableFormat.XLSX,
                columns=_columns(header),
                header_row=header[0],
                encoding=None,
                delimiter=None,
                sheet=sheet.name,
                limits=limits,
                records=sheet.records,
            )
    raise TableError(TableFault.EMPTY)


def _header(records: Iterator[Record]) -> Record | None:
    """Find the row of column names: the first one that is at least half as full as the fullest near it.

    So a title ("Sales of March") or a line of group names above the real header is passed over.
    """
    first = list(islice((record for record in records if filled_width(record[1])), HEADER_WITHIN))
    counts = [sum(not is_blank(cell) for cell in cells) for _, cells in first]
    half = max(counts, default=0) / 2
    return next((record for record, count in zip(first, counts, strict=True) if count >= half), None)


def _columns(header: Record) -> list[str]:
    _, cells = header
    return [" ".join(to_text(cell).split()) for cell in cells[: filled_width(cells)]]
