"""Table files (CSV, XLSX) that people send and receive: read with suspicion, written safely."""

from integrations.tables.reader import open_table
from integrations.tables.table import Cell, Limits, Row, Table, TableError, TableFault, TableFormat, to_text
from integrations.tables.values import (
    Ambiguous,
    DateOrder,
    DecimalMark,
    guess_date_order,
    guess_decimal_mark,
    to_date,
    to_money,
)
from integrations.tables.writer import Sheet, write_book, write_csv, write_xlsx

__all__ = [
    "Ambiguous",
    "Cell",
    "DateOrder",
    "DecimalMark",
    "Limits",
    "Row",
    "Sheet",
    "Table",
    "TableError",
    "TableFault",
    "TableFormat",
    "guess_date_order",
    "guess_decimal_mark",
    "open_table",
    "to_date",
    "to_money",
    "to_text",
    "write_book",
    "write_csv",
    "write_xlsx",
]
