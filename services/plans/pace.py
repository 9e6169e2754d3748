"""How a month's plan spreads over its working days."""

from calendar import monthrange
from datetime import date, timedelta

from services.dto.plans import Target
from services.work_calendar import WorkCalendar

FIRST_YEAR, LAST_YEAR = 2000, 2199


def month_of(day: date) -> date:
    """The month of a day, by its first one."""
    return day.replace(day=1)


def end_of(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def month_code(month: date) -> int:
    """A month as a number, for a button."""
    return month.year * 12 + month.month - 1


def month_by(code: int, today: date) -> date:
    """The month that a number stands for; one that stands for none gives this month."""
    year, month = divmod(code, 12)
    return date(year, month + 1, 1) if FIRST_YEAR <= year <= LAST_YEAR else month_of(today)


def working_days(calendar: WorkCalendar, month: date) -> list[date]:
    """The days on which a place works; all days of a month in which it never does."""
    days = [month + timedelta(days=n) for n in range(end_of(month).day)]
    return [day for day in days if calendar.spans(day)] or days


def target(plan: int, done: int, calendar: WorkCalendar, month: date, day: date) -> Target:
    """How far a plan has come at the end of a day: it grows by the same on each working day of its month."""
    days = working_days(calendar, month)
    gone = sum(one <= day for one in days)
    return Target(plan, done, plan * gone // len(days))


def share(plan: int, calendar: WorkCalendar, month: date, first: date, last: date) -> int:
    """What a month's plan asks of those of its working days that lie between two days, both included."""
    days = working_days(calendar, month)
    return plan * sum(first <= one <= last for one in days) // len(days)
