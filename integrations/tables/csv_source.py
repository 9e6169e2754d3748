"""Text tables: the encoding and the delimiter are found by looking, the records stream."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from string import whitespace
from typing import TextIO

from integrations.tables.injection import rearm
from integrations.tables.table import (
    CELL_CHARS,
    HEADER_WITHIN,
    SHEET_ROWS,
    Cell,
    Limits,
    Record,
    TableError,
    TableFault,
)

# Where several delimiters fit, the one that ordinary text and numbers use least wins: a file of `;` and
# decimal commas often splits evenly at `,` too, the other way round hardly happens.
DELIMITERS = "\t;|,"
_NO_DELIMITER = "\x1f"
_END = "\x1e\x04\x1e"
_SAMPLE_CHARS = 64 * 1024
_SAMPLE_RECORDS = 100
_LINE_CHARS = 1024 * 1024
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_SHARE = 0.01
_GOOD_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class CsvSource:
    """A text table whose encoding and delimiter are known."""

    path: Path
    limits: Limits
    encoding: str
    delimiter: str | None
    has_separator_line: bool  # Excel's own first line, `sep=;`

    def records(self) -> Iterator[Record]:
        """Stream the records, numbered from 1 as a spreadsheet would show them."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            lines = self._lines(file)
            if self.has_separator_line:
                next(lines)
            yield from self._records(lines)

    def _lines(self, file: TextIO) -> Iterator[str]:
        """Read line by line, and no line without end."""
        while line := file.readline(_LINE_CHARS):
            if len(line) == _LINE_CHARS and line[-1] not in "\r\n":
                if self.delimiter and line.count(self.delimiter) > self.limits.columns:
                    raise TableError(TableFault.TOO_MANY_COLUMNS, limit=self.limits.columns)
                raise TableError(TableFault.NOT_A_TABLE)
            yield line

    def _records(self, lines: Iterator[str]) -> Iterator[Record]:
        # The end mark is a record of its own, unless a quote that nobody closed has swallowed it.
        reader = csv.reader(chain(lines, [_END]), delimiter=self.delimiter or _NO_DELIMITER)
        opened_at = 1
        try:
            for number, texts in enumerate(reader, 1):
                if texts and texts[-1].endswith(_END):
                    if texts == [_END]:
                        return
                    raise TableError(TableFault.UNCLOSED_QUOTE, row=number)
                if number > SHEET_ROWS:
                    raise TableError(TableFault.TOO_MANY_ROWS, limit=self.limits.rows - 1)
                if any(text.strip() for text in texts[self.limits.columns :]):
                    raise TableError(TableFault.TOO_MANY_COLUMNS, limit=self.limits.columns, row=number)
                cells: list[Cell] = [rearm(text) for text in texts]
                yield number, cells
                opened_at = number + 1
        except csv.Error as error:
            raise TableError(TableFault.CELL_TOO_LONG, limit=CELL_CHARS, row=opened_at) from error


def detect(path: Path, limits: Limits) -> CsvSource:
    """Find out how the text is written; raises `TableError` when it is no text or has no records."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(_SAMPLE_CHARS)
        if file.read(1):
            sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    text = sample.strip()
    if not text.strip(DELIMITERS + whitespace):
        raise TableError(TableFault.EMPTY)
    if text[0] in "<{":  # HTML that calls itself a spreadsheet, XML, JSON
        raise TableError(TableFault.NOT_A_TABLE)
    told = re.match(rf'"?sep=([{DELIMITERS}])"?[\r\n]', sample, re.IGNORECASE)
    if told:
        return CsvSource(path, limits, encoding, told[1], has_separator_line=True)
    return CsvSource(path, limits, encoding, _delimiter(sample), has_separator_line=False)


def _encoding(path: Path) -> str:
    """The byte order mark tells; else strict UTF-8, which Russian words in cp1251 never are; else cp1251."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    elif head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8", "cp1251"]
    for encoding in candidates:
        if _is_text(path, encoding):
            return encoding
    raise TableError(TableFault.NOT_A_TABLE)


def _is_text(path: Path, encoding: str) -> bool:
    """Whether every byte decodes and what comes out is not a program, a picture or an archive."""
    controls = total = 0
    try:
        with path.open(encoding=encoding, newline="") as file:
            while chunk := file.read(_SAMPLE_CHARS):
                if "\0" in chunk:
                    return False
                total += len(chunk)
                controls += len(_CONTROL.findall(chunk))
    except UnicodeError:
        return False
    return controls <= total * _CONTROL_SHARE


def _delimiter(sample: str) -> str | None:
    """Choose the delimiter that splits the header and most records evenly; None for a single column."""
    shares = {mark: _even_share(sample, mark) for mark in DELIMITERS}
    good = [mark for mark in DELIMITERS if shares[mark] >= _GOOD_SHARE]
    best = good[0] if good else max(DELIMITERS, key=shares.__getitem__)
    return best if shares[best] else None


def _even_share(sample: str, delimiter: str) -> float:
    """The share of records as wide as the header; 0 where the delimiter does not split the header."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        widths = [len(record) for record in islice(reader, _SAMPLE_RECORDS) if any(map(str.strip, record))]
    except csv.Error:
        return 0
    widest = max(widths[:HEADER_WITHIN], default=0)
    header = next((width for width in widths if width * 2 >= widest), 0)
    return widths.count(header) / len(widths) if header > 1 else 0
