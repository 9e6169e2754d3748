"""Working time: which moments count for a department, and how far they reach.

A day counts by its own exception, else not at all if it is a public holiday, else by the hours of its
weekday; a day off that the government has turned into a working day has those of the working day before it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import count
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays

from services.understanding.work_hours import DAY, Span, WorkHours
from services.wall_clock import moment_of

HORIZON = 400
"""So many closed days in a row mean that nobody ever opens."""
_ALWAYS: tuple[Span, ...] = ((0, DAY),)
_NINE, _SIX = 9 * 60, 18 * 60
"""Where work never ends, the day is taken to."""


class Opening(NamedTuple):
    """A stretch of working time, in UTC."""

    start: datetime
    end: datetime


class NeverOpenError(LookupError):
    """There is no working time within HORIZON days."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The working time of a place; without any hours every moment counts.

    `country`: whose public holidays are kept, as an ISO code; None or one that nobody knows for none.
    `exceptions`: days with other hours than usual, none for a day on which it is closed.
    """

    zone: ZoneInfo
    hours: WorkHours = field(default_factory=WorkHours)
    country: str | None = None
    exceptions: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)

    def spans(self, day: date) -> tuple[Span, ...]:
        """The hours of a day, in minutes after its midnight."""
        if day in self.exceptions:
            return self.exceptions[day]
        if not any(self.hours.days):
            return _ALWAYS
        off, moved = public_days(self.country, day.year) if self.country else (_NO_DAYS, _NO_DAYS)
        if day in off:
            return ()
        usual = self.hours.days[day.weekday()]
        if usual or day not in moved:
            return usual
        return next(filter(None, (self.hours.days[(day.weekday() - back) % 7] for back in range(1, 7))))

    def bounds(self, day: date) -> Opening | None:
        """When work begins and when it ends on a day, whatever the breaks; None if nobody works."""
        spans = self.spans(day)
        if not spans:
            return None
        opens, closes = (_NINE, _SIX) if spans == _ALWAYS else (spans[0][0], spans[-1][1])
        return Opening(moment_of(day, opens, self.zone), moment_of(day, closes, self.zone))

    def openings(self, since: datetime) -> Iterator[Opening]:
        """All working time from a moment on, in order. Raises NeverOpenError instead of going on in vain."""
        today, last = since.astimezone(self.zone).date(), 0
        for ahead in count(-1):  # yesterday's hours may end after midnight where clocks were turned
            if ahead - last > HORIZON:
                raise NeverOpenError
            for opening in self._of_day(today + timedelta(days=ahead)):
                if opening.end > since:
                    last = ahead
                    yield Opening(max(opening.start, since.astimezone(UTC)), opening.end)

    def is_open(self, at: datetime) -> bool:
        """Whether this moment counts."""
        opens = self.next_opening(at)
        return opens is not None and opens <= at

    def next_opening(self, at: datetime) -> datetime | None:
        """This moment if it counts, else the next one that does, if any ever does."""
        try:
            return self.opens(at)
        except NeverOpenError:
            return None

    def opens(self, at: datetime) -> datetime:
        """The same of a place that opens. Raises NeverOpenError."""
        return next(self.openings(at)).start

    def after(self, since: datetime, passed: timedelta) -> datetime:
        """When so much working time will have passed."""
        left = passed
        for start, end in self.openings(since):
            if left <= end - start:
                return start + left
            left -= end - start
        raise NeverOpenError

    def between(self, since: datetime, until: datetime) -> timedelta:
        """How much working time passes from one moment to another; none if that was before."""
        passed = timedelta()
        if until <= since:
            return passed
        for start, end in self.openings(since):
            if start >= until:
                break
            passed += min(end, until) - start
        return passed

    def _of_day(self, day: date) -> Iterator[Opening]:
        for start, end in self.spans(day):
            opening = Opening(moment_of(day, start, self.zone), moment_of(day, end, self.zone))
            if opening.start < opening.end:
                yield opening


_NO_DAYS: frozenset[date] = frozenset()


@lru_cache(maxsize=64)
def public_days(country: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """A country's public holidays in a year, and its weekend days on which people work."""
    try:
        known = holidays.country_holidays(country, years=year)
    except NotImplementedError:
        return _NO_DAYS, _NO_DAYS
    return frozenset(known), frozenset(day for day in known.weekend_workdays if day.year == year)
