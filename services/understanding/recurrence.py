"""How often something comes again, and when it comes next: calendar arithmetic without a clock of its own."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from services.understanding import moments

LONGEST_EVERY = 24
"""So many days, weeks or months may lie between two turns at most, but for a year's `12`."""
_HORIZON = 3 * 366
_LONGEST_BREAK = 31
"""For so many days off in a row a turn waits for a working day; after that it comes on its own day."""

IsWorking = Callable[[date], bool]


class Unit(StrEnum):
    """In what is counted."""

    DAY = "day"
    WORKDAY = "workday"
    """From Monday to Friday, without public holidays."""
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule: each so many days, on weekdays of each so many weeks, or on days of each so many months.

    A month says one of three: `days` by number (31 is the last one of a shorter month, too), the `nth` of its
    `weekdays` (-1: the last), or its first (1) or last (-1) `working` day.

    It ends with the day `until`. `times` is how often somebody wants it; once its first turn is known, that
    is a day, too, see `ended`.
    """

    unit: Unit
    every: int = 1
    weekdays: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    nth: int = 0
    working: int = 0
    until: date | None = None
    times: int = 0

    @property
    def data(self) -> dict[str, Any]:
        """As a form and a row keep it."""
        kept = asdict(self)
        kept["until"] = self.until.isoformat() if self.until is not None else None
        return kept

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Recurrence":
        """Out of a form or a row."""
        return cls(
            Unit(data["unit"]),
            data["every"],
            tuple(data["weekdays"]),
            tuple(data["days"]),
            data["nth"],
            data["working"],
            date.fromisoformat(data["until"]) if data.get("until") else None,
            data.get("times", 0),
        )

    def comes_on(self, day: date, anchor: date, is_working: IsWorking) -> bool:
        """Whether it has a turn on a day; it is counted from `anchor`, before which it has none."""
        if day < anchor or (self.until is not None and day > self.until):
            return False
        match self.unit:
            case Unit.DAY:
                return (day - anchor).days % self.every == 0
            case Unit.WORKDAY:
                return is_weekday(day) and is_working(day)
            case Unit.WEEK:
                weeks = (_monday(day) - _monday(anchor)).days // 7
                return day.weekday() in self.weekdays and weeks % self.every == 0
            case Unit.MONTH:
                months = (day.year - anchor.year) * 12 + day.month - anchor.month
                return months % self.every == 0 and self._in_month(day, is_working)

    def _in_month(self, day: date, is_working: IsWorking) -> bool:
        last = moments.month_end(day).day
        if self.working:
            others = range(1, day.day) if self.working > 0 else range(day.day + 1, last + 1)
            return is_working(day) and not any(is_working(day.replace(day=one)) for one in others)
        if self.nth:
            week = (day.day - 1) // 7 + 1 if self.nth > 0 else -((last - day.day) // 7 + 1)
            return day.weekday() in self.weekdays and week == self.nth
        return day.day in {min(one, last) for one in self.days}


def next_turn(
    rule: Recurrence,
    anchor: date,
    minutes: int,
    after: datetime,
    is_working: IsWorking,
    *,
    shift: bool = False,
) -> datetime | None:
    """The first turn strictly after a moment, so many minutes after midnight by the clock of its zone.

    `shift`: a turn on a day off comes on the next working day. None beyond what anybody plans.
    """
    first = after.date() - timedelta(days=_LONGEST_BREAK if shift else 1)
    for ahead in range(_HORIZON):
        day = first + timedelta(days=ahead)
        if day.year >= moments.LAST_YEAR:
            return None
        if rule.comes_on(day, anchor, is_working):
            at = moments.at_local(_worked(day, is_working) if shift else day, minutes, after)
            if moments.is_ahead(at, after):
                return at
    return None


def ended(rule: Recurrence, first: datetime, minutes: int, is_working: IsWorking) -> Recurrence:
    """A rule that is to come so many times, from its first turn on, as one with a last day."""
    last, endless = first, replace(rule, times=0)
    for _ in range(rule.times - 1):
        last = next_turn(endless, first.date(), minutes, last, is_working) or last
    return replace(endless, until=last.date()) if rule.times else rule


def is_weekday(day: date) -> bool:
    """Whether it lies between Monday and Friday: a working day where no calendar says otherwise."""
    return day.weekday() < 5


def _worked(day: date, is_working: IsWorking) -> date:
    later = (day + timedelta(days=ahead) for ahead in range(_LONGEST_BREAK))
    return next((one for one in later if is_working(one)), day)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
