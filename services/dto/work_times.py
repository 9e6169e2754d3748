"""When a department works."""

from dataclasses import dataclass
from datetime import date, datetime

from services.access import Action
from services.dto.common import Ref
from services.understanding.work_hours import Span, WorkHours


@dataclass(frozen=True, slots=True)
class SpecialRun:
    """Days in a row with the same hours that are not the usual ones; no hours: it is closed."""

    first: date
    last: date
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class WorkTimeCard:
    """The working time of a department, and whether hours and zone are its own or the company's.

    `country`: whose public holidays could be kept, None where none are known. `open`: whether it works
    now; `until`: when that changes, None if never.
    """

    department: Ref
    hours: WorkHours
    own_hours: bool
    time_zone: str
    own_zone: bool
    country: str | None
    keeps_holidays: bool
    special: tuple[SpecialRun, ...]
    open: bool
    until: datetime | None
    can: frozenset[Action]
