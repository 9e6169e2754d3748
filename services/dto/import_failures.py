"""The rows of a file that were not imported, to be corrected and sent again."""

from dataclasses import dataclass

from services.dto.imports import Fault


@dataclass(frozen=True, slots=True)
class FailedRow:
    """A row that was not imported, with its own cells and all that is wrong with it."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class FailedRows:
    """All of an import, under the file's own header."""

    filename: str
    columns: tuple[str, ...]
    rows: tuple[FailedRow, ...]
