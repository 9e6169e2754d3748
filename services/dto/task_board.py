"""The board of a department's tasks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.dto.common import Ref
from services.dto.task_lists import LateTask


class Column(StrEnum):
    """Where a task stands on the board."""

    OVERDUE = "overdue"
    TODO = "todo"
    WAITING = "waiting"
    """It waits to be accepted."""
    DONE = "done"
    """It was done today."""


@dataclass(frozen=True, slots=True)
class BoardLine:
    """How many tasks somebody has in each column."""

    person: Ref
    counts: Mapping[Column, int]


@dataclass(frozen=True, slots=True)
class Board:
    """The tasks of a department in figures; `others`: the further departments that the reader watches."""

    department: Ref
    lines: tuple[BoardLine, ...]
    others: tuple[Ref, ...] = ()

    def count(self, column: Column) -> int:
        """How many tasks are in a column."""
        return sum(line.counts[column] for line in self.lines)


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """The tasks of a column, page by page."""

    department: Ref
    column: Column
    tasks: tuple[LateTask, ...]
    midnight: datetime
    page: int
    more: bool
