"""The XML of worksheets and of the shared texts: cells and rows come out as they are read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from integrations.tables.table import CELL_CHARS, Cell, Record, TableError, TableFault
from integrations.tables.xlsx_values import iso_moment, moment, number
from integrations.tables.xml_stream import feed, local, new_parser

# 50 MB of XML hold fewer elements, if the cells hold anything; millions of bare tags would only cost time.
_ELEMENTS = 4_000_000
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class SheetContext:
    """What the cells of a sheet refer to."""

    strings: list[str]
    date_styles: frozenset[str]
    is_1904: bool
    columns: int  # a filled cell beyond this many columns is an error


def read_shared_strings(source: IO[bytes]) -> list[str]:
    """Read the table of texts to which cells refer by index."""
    reader = _SharedStrings()
    for _ in feed(reader.parser, source):
        pass
    return reader.strings


def read_sheet(source: IO[bytes], context: SheetContext) -> Iterator[Record]:
    """Stream the rows of a worksheet that are not blank, each up to its last filled cell."""
    reader = _Sheet(context)
    for _ in feed(reader.parser, source):
        yield from reader.records
        reader.records.clear()


class _TextReader:
    """Gathers the text of the wanted elements, leaving out `rPh`, the reading aids of East Asian text."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted
        self.parser = new_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._text: list[str] = []
        self._length = 0
        self._in_aid = False
        self._elements = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > _ELEMENTS:
            raise TableError(TableFault.ZIP_BOMB)
        tag = local(name) if ":" in name else name
        if tag == self.wanted:
            if not self._in_aid:
                self.parser.CharacterDataHandler = self._gather
        elif tag == "rPh":
            self._in_aid = True
        else:
            self.started(tag, attributes)

    def _end(self, name: str) -> None:
        tag = local(name) if ":" in name else name
        if tag == self.wanted:
            self.parser.CharacterDataHandler = None
        elif tag == "rPh":
            self._in_aid = False
        else:
            self.ended(tag)

    def _gather(self, text: str) -> None:
        self._length += len(text)
        if self._length > CELL_CHARS:
            raise TableError(TableFault.CELL_TOO_LONG, limit=CELL_CHARS)
        self._text.append(text)

    def take_text(self) -> str:
        """Hand over what was gathered since the last time."""
        text = "".join(self._text)
        self._text.clear()
        self._length = 0
        return text

    def started(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens that is not text."""

    def ended(self, tag: str) -> None:
        """An element closes that is not text."""


class _SharedStrings(_TextReader):
    def __init__(self) -> None:
        super().__init__(wanted="t")
        self.strings: list[str] = []

    def ended(self, tag: str) -> None:
        if tag == "si":
            self.strings.append(_unescaped(self.take_text()))


class _Sheet(_TextReader):
    """Turns elements into records; whoever feeds the parser takes them and clears the list."""

    def __init__(self, context: SheetContext) -> None:
        super().__init__(wanted="v")
        self.records: list[Record] = []
        self._context = context
        self._row = 0
        self._cells: list[Cell] = []
        self._column = -1
        self._kind = ""
        self._style = ""
        self._columns: dict[str, int] = {}

    def started(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            reference = attributes.get("r")
            self._column = self._column + 1 if reference is None else self._column_of(reference)
            self._kind = attributes.get("t", "n")
            self.wanted = "t" if self._kind == "inlineStr" else "v"
            self._style = attributes.get("s", "0")
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = -1

    def ended(self, tag: str) -> None:
        if tag == "c":
            if self._text:
                self._put(self._value(self.take_text()))
        elif tag == "row" and self._cells:
            self.records.append((self._row, self._cells))
            self._cells = []

    def _put(self, value: Cell) -> None:
        column, cells = self._column, self._cells
        if column >= self._context.columns:
            raise TableError(TableFault.TOO_MANY_COLUMNS, limit=self._context.columns, row=self._row)
        if column < len(cells):
            cells[column] = value
            return
        cells.extend([""] * (column - len(cells)))
        cells.append(value)

    def _column_of(self, reference: str) -> int:
        """The column of AB12 counted from 0; each row repeats the letters, so they are looked up."""
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
                raise TableError(TableFault.UNREADABLE, row=self._row)
            column = 0
            for letter in letters.upper():
                column = column * 26 + ord(letter) - 64
            column -= 1
            self._columns[letters] = column
        return column

    def _value(self, text: str) -> Cell:
        match self._kind:
            case "s":
                return self._context.strings[int(text)]
            case "n" if self._style in self._context.date_styles:
                return moment(text, is_1904=self._context.is_1904)
            case "n":
                return number(text)
            case "b":
                return text.strip() == "1"
            case "d":
                return iso_moment(text)
            case _:
                return _unescaped(text)


def _unescaped(text: str) -> str:
    """Undo the format's own escape for control characters, _x000D_."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
