"""What a list of deals, leads or clients asks for, as it is chosen on the screen and kept with a view."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from db.repositories.contact_lists import Agreed
from services.dto.fields import FieldSubject
from services.fields.filters import FilterValue
from services.understanding.money import LARGEST_UNITS

__all__ = ["Agreed"]

MINE = 0
"""Whoever looks at the list: what is shared shows to each their own."""
NOBODY = 10**12
"""No number of anybody: what is asked for is nobody's."""
MOST_AMOUNT = LARGEST_UNITS * 100
MOST_POINTS = 9_999


class What(StrEnum):
    """What a filter may ask for."""

    STAGE = "stage"
    PERSON = "person"
    SOURCE = "source"
    DATE = "date"
    AMOUNT = "amount"
    TAG = "tag"
    NO_TASK = "no_task"
    ROTTING = "rotting"
    FIELD = "field"
    """What the company's own fields say."""
    CONSENT = "consent"
    """What contacts have agreed to."""
    STATE = "state"
    """How leads stand."""
    SCORE = "score"
    """How many points they have at least."""
    HOT = "hot"
    """Nothing, but the order: those with the most points first."""


FLAGS = (What.NO_TASK, What.ROTTING, What.HOT)
"""What is asked for or not, and has no value."""


class State(StrEnum):
    """How leads stand, as it is asked for."""

    OPEN = "open"
    """Free or in work."""
    FREE = "free"
    IN_WORK = "in_work"
    QUALIFIED = "qualified"
    REJECTED = "rejected"


class Dated(StrEnum):
    """A day of a deal or a lead, and when that is to be; counted from the day on which the list is read."""

    CREATED_TODAY = "created_today"
    CREATED_WEEK = "created_week"
    CREATED_MONTH = "created_month"
    CREATED_LAST_MONTH = "created_last_month"
    CLOSED_TODAY = "closed_today"
    CLOSED_WEEK = "closed_week"
    CLOSED_MONTH = "closed_month"
    CLOSED_LAST_MONTH = "closed_last_month"
    TASK_OVERDUE = "task_overdue"
    TASK_TODAY = "task_today"
    TASK_WEEK = "task_week"

    @property
    def of(self) -> str:
        """Which day it is: `created`, `closed` or `task`."""
        return self.value.partition("_")[0]

    def days(self, today: date) -> tuple[date, date]:
        """The first and the last day; a week is that of seven days that end, or begin, today."""
        match self.value.partition("_")[2]:
            case "week" if self.of == "task":
                return today, today + timedelta(days=6)
            case "week":
                return today - timedelta(days=6), today
            case "month":
                return today.replace(day=1), today
            case "last_month":
                last = today.replace(day=1) - timedelta(days=1)
                return last.replace(day=1), last
        return today, today


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; whatever is not given does not matter. `amount` is in minor units."""

    stage: int | None = None
    person: int | None = None
    """Whose the deals are, or `MINE`."""
    source: str | None = None
    date: Dated | None = None
    amount: int | None = None
    """At least so much."""
    tag: int | None = None
    no_task: bool = False
    rotting: bool = False
    field: Mapping[str, FilterValue] | None = None
    """By the ids of the company's own fields what they have to say."""
    subject: FieldSubject = FieldSubject.DEAL
    """What is listed."""
    state: State | None = None
    score: int | None = None
    """At least so many points."""
    hot: bool = False
    consent: Agreed | None = None

    @classmethod
    def start(cls, subject: FieldSubject) -> "Filter":
        """What is listed before anything is asked for: of leads those that are open."""
        return cls(subject=subject, state=State.OPEN if subject is FieldSubject.LEAD else None)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Filter":
        """From what is kept."""
        kinds = {"date": Dated, "state": State, "subject": FieldSubject, "consent": Agreed}
        return cls(**{**data, **{name: kind(data[name]) for name, kind in kinds.items() if name in data}})

    @property
    def data(self) -> dict[str, Any]:
        """As it is kept: only what is asked for, and what is listed where that is not deals."""
        kept = {
            name: value for name, value in asdict(self).items() if value is not None and value is not False
        }
        if self.subject is FieldSubject.DEAL:
            del kept["subject"]
        return kept

    @property
    def digest(self) -> str:
        """The same for the same filter."""
        return hashlib.sha256(json.dumps(self.data, sort_keys=True).encode()).hexdigest()

    @property
    def asked(self) -> frozenset[What]:
        """What it asks for."""
        return frozenset(map(What, self.data.keys() - {"subject"}))

    def without(self, what: What) -> "Filter":
        """The same without asking for this."""
        return Filter.of({name: value for name, value in self.data.items() if name != what.value})

    def asking_field(self, field_id: int, value: FilterValue) -> "Filter":
        """The same, asking also what a field of the company's own says."""
        return self.asking(What.FIELD, {**(self.field or {}), str(field_id): value})

    def asking(self, what: What, value: object) -> "Filter":
        """The same, asking also for this."""
        return Filter.of({**self.data, what.value: value})


@dataclass(frozen=True, slots=True)
class Days:
    """What a filter asks of the days of what is listed, in moments and days of the reader's zone."""

    created: tuple[datetime, datetime] | None = None
    """From a moment to before another."""
    closed: tuple[date, date] | None = None
    """The first and the last day."""
    due: tuple[datetime | None, datetime] | None = None
    """When the next task is to be done; from None on: it is overdue."""

    @classmethod
    def of(cls, day: Dated | None, now: datetime, zone: ZoneInfo) -> "Days":
        """From what is asked for, at this moment."""
        if day is None:
            return cls()
        days = day.days(now.astimezone(zone).date())
        match day.of:
            case "closed":
                return cls(closed=days)
            case "created":
                return cls(created=moments(days, zone))
        return cls(due=(None, now) if day is Dated.TASK_OVERDUE else moments(days, zone))


def moments(days: tuple[date, date], zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first moment of a day to the first one after another."""
    first, last = days
    return (
        datetime.combine(first, time(), zone),
        datetime.combine(last + timedelta(days=1), time(), zone),
    )
