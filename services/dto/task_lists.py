"""Lists of tasks: one's own day, what is late, and what a team has to do."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.distribution.presence import Said
from services.dto.common import TaskLine


@dataclass(frozen=True, slots=True)
class MyItem:
    """An open item of the checklist of somebody else's task, given to the reader."""

    task_id: int
    text: str
    of: str
    """What the task says."""


@dataclass(frozen=True, slots=True)
class DayCard:
    """What somebody has to do now."""

    today: date
    overdue: int
    due: int
    tomorrow: int
    tasks: tuple[TaskLine, ...]
    """The overdue ones and today's, page by page."""
    page: int
    more: bool
    adrift: int
    """Own deals in work without a next step."""
    free_leads: int
    team_late: int
    """Overdue tasks of others that the reader watches over."""
    watches: bool
    """Whether the reader watches over others' tasks."""
    waiting: int = 0
    """Tasks of others that the reader has to accept."""
    away: Said | None = None
    """What the reader has said about their shift while no leads come to them by it."""
    items: tuple[MyItem, ...] = ()
    """Those due first, on the first page."""


class Which(StrEnum):
    """Open tasks that concern somebody, by how."""

    MINE = "mine"
    WATCHED = "seen"
    GIVEN = "given"
    """Those that they have set for others."""
    WAITING = "wait"
    """Those of them that wait to be accepted."""


@dataclass(frozen=True, slots=True)
class MyTasks:
    """All that somebody has to do, or what else concerns them, page by page."""

    which: Which

    tasks: tuple[TaskLine, ...]
    midnight: datetime
    """Where today's end and later ones begin, for the reader."""
    page: int
    more: bool
    items: tuple[MyItem, ...] = ()
    """Open items given to the reader, on the first page of what they have to do."""


@dataclass(frozen=True, slots=True)
class LateTask:
    """An overdue task of somebody else."""

    task: TaskLine
    assignee: str


@dataclass(frozen=True, slots=True)
class LateTasks:
    """Overdue tasks of others, page by page."""

    tasks: tuple[LateTask, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class TaskLoad:
    """How many open tasks somebody has."""

    person_id: int
    name: str
    overdue: int
    today: int
    later: int


@dataclass(frozen=True, slots=True)
class TeamTasksPage:
    """Who has how much to do, page by page."""

    loads: tuple[TaskLoad, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class TasksOf:
    """Somebody's open tasks for whoever watches over them, page by page."""

    load: TaskLoad
    tasks: tuple[TaskLine, ...]
    midnight: datetime
    """Where today's end and later ones begin, for the reader."""
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class DealTask:
    """A task of a deal."""

    task: TaskLine
    assignee: str
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class DealTasks:
    """The tasks of a deal, page by page."""

    deal_id: int
    title: str
    tasks: tuple[DealTask, ...]
    done: tuple[DealTask, ...]
    """Those that were done last, on the first page."""
    may_add: bool
    page: int
    more: bool
