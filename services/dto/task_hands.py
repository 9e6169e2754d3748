"""Who may be given a task, or watch it, and what goes over to somebody else."""

from dataclasses import dataclass
from datetime import datetime

from services.dto.common import Ref, TaskLine
from services.dto.tasks import TaskCard


@dataclass(frozen=True, slots=True)
class Called:
    """A colleague who is named, and whether they get tasks from whoever names them."""

    who: Ref
    gets: bool


@dataclass(frozen=True, slots=True)
class DroppedTask:
    """A task as it stood when it was deleted, and the event of that."""

    task: TaskCard
    event: int


@dataclass(frozen=True, slots=True)
class TaskHeirs:
    """To whom a task may be given, page by page."""

    task: TaskCard
    people: tuple[Ref, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class ItemHeirs:
    """Who may do an item of a checklist, page by page."""

    task_id: int
    item: Ref
    people: tuple[Ref, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class Watchers:
    """Who watches a task, and page by page who could, too."""

    task: TaskCard
    people: tuple[Ref, ...]
    watches: bool
    """Whether the reader does."""
    manages: bool
    """Whether the reader may say so of others."""
    others: tuple[Ref, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class Choosing:
    """Somebody's tasks of which some are to be given to others, page by page."""

    person: Ref
    tasks: tuple[TaskLine, ...]
    chosen: frozenset[int]
    midnight: datetime
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class Heirs:
    """To whom the chosen tasks of somebody may go, page by page."""

    person: Ref
    tasks: int
    people: tuple[Ref, ...]
    chosen: frozenset[int]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class TasksHandover:
    """Tasks of somebody and to whom each goes; `mark` tells this plan from one of other tasks."""

    person: Ref
    parts: tuple[tuple[Ref, tuple[TaskLine, ...]], ...]
    mark: int = 0
    blind: frozenset[int] = frozenset()
    """Tasks whose deal or lead those who get them do not see."""
    joins: int = 0
    """Into so many of these deals the planner may bring them, too."""
    joining: int = 0
    """The mark of the plan that does so."""
    event: int | None = None
    """By which it can be taken back, once it was done."""

    @property
    def count(self) -> int:
        """How many tasks there are."""
        return sum(len(lines) for _, lines in self.parts)
