"""The first look at a file: who and which stages it names, how it writes dates and sums."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.dto.imports import Field
from services.imports.naming import NAMING
from services.imports.rows import is_filled
from services.ports import Cell, TableRow, Tables
from services.understanding.fold import clean_line, fold

MOST_STAGES = 5_000
MOST_PEOPLE = 500
_MOST_DATES = 50_000
_MOST_SHAPES = 10_000
_DIGIT = re.compile("[1-9]")
_LONGEST = 200
_MOST_NAMES = 500


@dataclass(slots=True)
class Survey:
    """What was seen so far; bounded, however large the file is."""

    tables: Tables
    fields: Sequence[Field | None]
    total: int = 0
    stages: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Folded name to the name as first written, and the number of rows."""
    people: dict[str, str] = field(default_factory=dict)
    """Folded name to the name as first written."""
    dates: set[str] = field(default_factory=set)
    shapes: set[str] = field(default_factory=set)
    """Sums with all digits alike: their marks tell what separates the cents, and there are only a few."""

    names: dict[Field, list[str]] = field(default_factory=dict)
    """The first values of the columns that should name a client."""

    def feed(self, rows: Sequence[TableRow]) -> None:
        """Look at a portion of rows."""
        places = {known: place for place, known in enumerate(self.fields) if known is not None}
        for row in rows:
            self.total += 1
            if (place := places.get(Field.STAGE)) is not None:
                self._see_stage(row.cells[place])
            if (place := places.get(Field.OWNER)) is not None:
                self._see_person(row.cells[place])
            if (place := places.get(Field.AMOUNT)) is not None:
                _keep(self.shapes, row.cells[place], _MOST_SHAPES, shaped=True)
            for known in NAMING:
                if (place := places.get(known)) is not None:
                    self._see_name(known, row.cells[place])
            for known in (Field.OPENED_ON, Field.CLOSED_ON):
                if (place := places.get(known)) is not None:
                    _keep(self.dates, row.cells[place], _MOST_DATES)

    def date_order(self) -> tuple[str | None, str]:
        """The order that the dates prove, or none and a date that can be read both ways."""
        return self.tables.date_order(self.dates)

    def decimal_mark(self) -> str | None:
        """The decimal mark that the sums prove."""
        return self.tables.decimal_mark(self.shapes)

    def _see_stage(self, cell: Cell) -> None:
        name = self._name(cell)
        folded = fold(name)
        if not name or (folded not in self.stages and len(self.stages) >= MOST_STAGES):
            return
        first, count = self.stages.get(folded, (name, 0))
        self.stages[folded] = (first, count + 1)

    def _see_person(self, cell: Cell) -> None:
        name = self._name(cell)
        if name and len(self.people) < MOST_PEOPLE:
            self.people.setdefault(fold(name), name)

    def _see_name(self, known: Field, cell: Cell) -> None:
        seen = self.names.setdefault(known, [])
        if len(seen) < _MOST_NAMES and (name := self._name(cell)):
            seen.append(name)

    def _name(self, cell: Cell) -> str:
        text = self.tables.text(cell) if is_filled(cell) else ""
        return clean_line(text, _LONGEST) if len(text) <= _LONGEST else ""


def _keep(seen: set[str], cell: Cell, most: int, *, shaped: bool = False) -> None:
    if isinstance(cell, str) and len(cell) <= _LONGEST and len(seen) < most:
        seen.add(_DIGIT.sub("1", cell) if shaped else cell)
