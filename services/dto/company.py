"""The company's settings as its owner sees them."""

from dataclasses import dataclass

from services.task_giving import Assigning
from services.understanding.work_hours import WorkHours


@dataclass(frozen=True, slots=True)
class DepartmentPlace:
    """A department with where it is."""

    id: int
    name: str
    branch: str | None
    city: str | None


@dataclass(frozen=True, slots=True)
class PipelineLine:
    """The way of selling, stage by stage; `template` is the code of the one that it still is."""

    name: str
    stages: tuple[str, ...]
    template: str | None


@dataclass(frozen=True, slots=True)
class CompanyCard:
    """The company's settings; `set_up` once its owner was led through them."""

    name: str
    language: str
    currency: str
    time_zone: str
    region: str
    hours: WorkHours
    departments: tuple[DepartmentPlace, ...]
    pipeline: PipelineLine
    protects_clients: bool
    assigning: Assigning
    """Who may give tasks to whom."""
    set_up: bool
