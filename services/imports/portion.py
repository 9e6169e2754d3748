"""Some rows of a file on their way: read, to be loaded, and what became of them."""

from dataclasses import asdict, dataclass

from services.dto.imports import Fault
from services.imports.draft import Draft


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that cannot be imported, with its own cells and all that is wrong with it."""

    number: int
    cells: list[str]
    faults: list[Fault]

    def row(self, import_id: int) -> dict[str, object]:
        """For the database."""
        kept: dict[str, object] = {"import_id": import_id, "number": self.number, "cells": self.cells}
        return kept | {"reason": self.faults[0].reason, "faults": [asdict(one) for one in self.faults]}


@dataclass(frozen=True, slots=True)
class Portion:
    """Some rows of the file, read."""

    rows: int
    drafts: list[Draft]
    failures: list[Failure]
    doubtful: dict[int, list[str]]
    """The cells of drafts, by row, that may be refused when they are loaded, unless they are here already."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a portion."""

    made: int
    skipped: int
    failed: int
