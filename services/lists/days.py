"""The days that a list asks for: named ones that move along with the calendar, and a reader's own."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from services.errors import AppError
from services.report_periods import EVER, typed_period
from services.understanding.days import parse_coming_day, parse_past_day
from services.understanding.spans import from_where_to_where


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
class OwnDays:
    """Days that somebody has typed, from the first to the last; without one of them the range is open there.

    Kept as text: `created:2026-05-12:2026-05-31`.
    """

    of: str
    first: date | None = None
    last: date | None = None

    def __str__(self) -> str:
        return ":".join((self.of, *(day.isoformat() if day else "" for day in (self.first, self.last))))

    def days(self, _today: date) -> tuple[date, date]:
        """The first and the last day."""
        return self.first or EVER[0], self.last or EVER[1]


AskedDays = Dated | OwnDays


def kept_days(kept: str | OwnDays) -> AskedDays:
    """From what is kept."""
    if isinstance(kept, OwnDays):
        return kept
    if ":" not in kept:
        return Dated(kept)
    of, *days = kept.split(":")
    first, last = (date.fromisoformat(day) if day else None for day in days)
    return OwnDays(of, first, last)


def read_days(of: str, typed: str, today: date) -> OwnDays:
    """From "12.05 - 31.05", "from 12.05", "to May", "12.05" or a period as reports have it.

    A day without a year has been if it is of what was made or closed, and is to come if it is a task's and no
    range of such days is under way; the end comes after the beginning. Raises `list.bad_days`.
    """
    low, high = from_where_to_where(typed)
    if low == high and (whole := _period(typed, today)) is not None:
        return OwnDays(of, *whole)
    if of == "task" and (now := _under_way(low, high, today)) is not None:
        return OwnDays(of, *now)
    nearest = parse_coming_day if of == "task" else parse_past_day
    first = last = None
    if low is not None:
        first = nearest(low, today) or _of_period(low, today, 0)
    if low == high:
        last = first
    elif high is not None and first is not None:
        last = parse_coming_day(high, first) or _of_period(high, today, 1, first)
    elif high is not None:
        last = nearest(high, today) or _of_period(high, today, 1)
    if (low is not None and first is None) or (high is not None and last is None):
        raise AppError("list.bad_days")
    if first is not None and last is not None and last < first:
        first, last = last, first
    return OwnDays(of, first, last)


def _under_way(low: str | None, high: str | None, today: date) -> tuple[date, date] | None:
    """Days that have begun and are not over: on 17 November those from 1 October to 31 December."""
    begun = parse_past_day(low, today) if low is not None else None
    ends = parse_coming_day(high, begun) if high is not None and begun is not None and low != high else None
    return (begun, ends) if begun and ends and begun <= today <= ends else None


def _of_period(typed: str, today: date, end: int, after: date | None = None) -> date | None:
    """The first or the last day of a period."""
    found = _period(typed, today, after)
    return found[end] if found is not None else None


def _period(typed: str, today: date, after: date | None = None) -> tuple[date, date] | None:
    """A period as reports have it; of a month without a year the last that has begun, or the next one."""
    named = typed.strip()
    if not named.isalpha():
        found = typed_period(named)
        return found.days if found is not None else None
    years = (after.year, after.year + 1) if after else (today.year, today.year - 1)
    months = [month.days for year in years if (month := typed_period(f"{named} {year}")) is not None]
    return next((days for days in months if (days[1] >= after if after else days[0] <= today)), None)


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
    def of(cls, day: AskedDays | None, now: datetime, zone: ZoneInfo) -> "Days":
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
