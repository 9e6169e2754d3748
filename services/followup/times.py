"""By which days the rules count: those on which whoever owns the deal works."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from services.wall_clock import moment_of
from services.work_calendar import HORIZON, WorkCalendar

LONGEST_BREAK = 20
"""More days off in a row than any holidays have."""
_ONE_DAY = timedelta(days=1)


def days_ago(calendar: WorkCalendar, today: date, days: int) -> datetime:
    """Before this moment lies what is so many working days old today, its own day not counted.

    What happened on a Thursday is three days old on Tuesday, what happened on a Saturday on Wednesday.
    """
    day, left = today, days
    for _ in range(HORIZON):
        left -= bool(calendar.spans(day))
        if not left:
            break
        day -= _ONE_DAY
    return moment_of(day, 0, calendar.zone)


def until_next(calendar: WorkCalendar, today: date) -> Iterator[date]:
    """A working day, and the days off before the next one."""
    yield today
    for ahead in range(1, LONGEST_BREAK):
        day = today + timedelta(days=ahead)
        if calendar.spans(day):
            return
        yield day


def birthdays_on(day: date) -> tuple[str, ...]:
    """Which birthdays are kept on a day, as `Contact.birthday` has them; 29 February also on the 28th."""
    leaps = (day + _ONE_DAY).day == 29
    if (day.month, day.day) == (2, 28) and not leaps:
        return ("02-28", "02-29")
    return (f"{day:%m-%d}",)
