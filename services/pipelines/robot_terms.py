"""Robots: the tasks that a stage sets for each deal that comes to it, and when these are due."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from db.models import Stage
from services.understanding.moments import add_months
from services.understanding.terms import Unit
from services.work_calendar import NeverOpenError, WorkCalendar

MOST = 8
LONGEST = {Unit.MINUTES: 365 * 60, Unit.DAYS: 365, Unit.WEEKS: 52, Unit.MONTHS: 12}
FARTHEST = 3 * 365
"""In days: so far ahead a working day is looked for."""


class Doer(StrEnum):
    """Who gets the task."""

    OWNER = "owner"
    """Whoever owns the deal."""
    HEAD = "head"
    """The head of its department."""
    ROLE = "role"
    """Whoever of the role that is responsible for the stage works on the deal, or in its department."""


@dataclass(frozen=True, slots=True)
class Robot:
    """A task to be set: its words, its term, and whose it is."""

    id: int
    """Its own within its stage, never given again while others are there."""
    text: str
    n: int
    unit: Unit
    doer: Doer

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Robot":
        """From what is kept; terms were hours or days once."""
        n, unit = data["n"], data.get("unit")
        if unit is None:
            n, unit = (n * 60, Unit.MINUTES) if data["hours"] else (n, Unit.DAYS)
        return cls(data["id"], data["text"], n, Unit(unit), Doer(data["doer"]))

    @property
    def data(self) -> dict[str, Any]:
        """As it is kept."""
        kept = {"id": self.id, "text": self.text, "n": self.n}
        return kept | {"unit": self.unit.value, "doer": self.doer.value}

    def due(self, calendar: WorkCalendar, now: datetime) -> datetime:
        """When it is due: so much working time from now, or as a working day ends: the last of so many,
        without today, or the first one after so many weeks or months.

        0 days are the rest of today, or the next working day if there is none left.
        """
        match self.unit:
            case Unit.MINUTES:
                return _after(calendar, now, timedelta(minutes=self.n))
            case Unit.DAYS:
                return end_of_day(calendar, now, self.n)
            case Unit.WEEKS | Unit.MONTHS:
                return _end_of(calendar, now, self._date(now.astimezone(calendar.zone).date()))

    def _date(self, today: date) -> date:
        if self.unit is Unit.WEEKS:
            return today + timedelta(weeks=self.n)
        return add_months(today, self.n) or today


def robots_of(stage: Stage) -> tuple[Robot, ...]:
    """Those of a stage, in the order of their making."""
    return tuple(map(Robot.of, stage.tasks))


def _after(calendar: WorkCalendar, now: datetime, term: timedelta) -> datetime:
    try:
        return calendar.after(now, term)
    except NeverOpenError:
        return now + term


def _end_of(calendar: WorkCalendar, now: datetime, day: date) -> datetime:
    """The end of this day, or of the first one after it on which somebody works."""
    for ahead in range(FARTHEST):
        hours = calendar.bounds(day + timedelta(days=ahead))
        if hours is not None:
            return hours.end
    return now + (day - now.astimezone(calendar.zone).date())


def end_of_day(calendar: WorkCalendar, now: datetime, days: int) -> datetime:
    """The end of a working day, so many of them after today; without any, so many days from now."""
    today, left = now.astimezone(calendar.zone).date(), max(days, 1)
    for ahead in range(FARTHEST):
        hours = calendar.bounds(today + timedelta(days=ahead))
        if hours is None or hours.end <= now or (ahead == 0 and days):
            continue
        left -= 1
        if ahead == 0 or not left:
            return hours.end
    return now + timedelta(days=max(days, 1))
