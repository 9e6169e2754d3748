"""Quiet time: whether a moment lies in it by the clock on somebody's wall, and when it ends."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from services.wall_clock import moment_of
from services.work_calendar import Opening, WorkCalendar

WEEK = tuple(range(7))
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """From `start` to `end`, in minutes after midnight; an end that is not later is on the next day.

    `days`: weekdays on which it begins, Monday is 0. `off_work`: instead whenever the owner does not work.
    `urgent`: what cannot wait is heard all the same.
    """

    start: int = 0
    end: int = 0
    days: tuple[int, ...] = WEEK
    off_work: bool = False
    urgent: bool = False

    @property
    def data(self) -> dict[str, Any]:
        """As it is kept."""
        return {**asdict(self), "days": list(self.days)}

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Quiet":
        """From what is kept."""
        return cls(**{**data, "days": tuple(data["days"])})

    def until(self, at: datetime, zone: ZoneInfo) -> datetime | None:
        """When the quiet time ends in which a moment lies; None if it lies in none.

        For hours alone, not for `off_work`. Stretches that touch are one.
        """
        end = None
        first = at.astimezone(zone).date() - 2 * _ONE_DAY
        for stretch in self._stretches(first, zone):
            if stretch.start <= (end or at) < stretch.end:
                end = stretch.end
        return end

    def _stretches(self, first: date, zone: ZoneInfo) -> Iterator[Opening]:
        """Those of the next days, in order; as many as can touch each other, and some."""
        for ahead in range(12):
            day = first + ahead * _ONE_DAY
            if day.weekday() in self.days:
                past = self.end <= self.start
                start = moment_of(day, self.start, zone)
                yield Opening(start, moment_of(day + past * _ONE_DAY, self.end, zone))


def off_work_until(at: datetime, calendar: WorkCalendar) -> datetime | None:
    """When work begins again; None while it goes on, or where it never does."""
    opens = calendar.next_opening(at)
    return opens if opens is not None and opens > at else None
