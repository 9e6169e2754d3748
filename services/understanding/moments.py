"""Calendar arithmetic in a person's zone: months, weekdays, clocks that jump."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LAST_YEAR = 2100
_LEAP_YEAR = 2028
_LONGEST_GAP_MINUTES = 24 * 60


def midnights(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moments of tomorrow and of the day after, by the clock of a zone."""
    local = now.astimezone(zone)
    today = local.date()
    return at_local(today + timedelta(days=1), 0, local), at_local(today + timedelta(days=2), 0, local)


def at_local(day: date, minutes: int, now: datetime) -> datetime:
    """The moment when the clocks in the zone of `now` stand so many minutes after midnight.

    Where they show it twice it is the first time; a time that they skip becomes the next minute that exists.
    """
    local = datetime.combine(day, time(*divmod(minutes, 60)), now.tzinfo)
    for _ in range(_LONGEST_GAP_MINUTES):
        if local.astimezone(UTC).astimezone(now.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None):
            break
        local += timedelta(minutes=1)
    return local


def is_ahead(at: datetime, now: datetime) -> bool:
    """Whether the moment is after now; two times of one zone compare by the clock, so both go by UTC."""
    return at.astimezone(UTC) > now.astimezone(UTC)


def after(now: datetime, minutes: int) -> datetime:
    """The whole minute that lies so many real minutes after `now`, in the zone of `now`."""
    later = now.astimezone(UTC) + timedelta(minutes=minutes)
    return later.astimezone(now.tzinfo).replace(second=0, microsecond=0)


def add_months(day: date, months: int) -> date | None:
    """The same day of a later month, or its last day where the month is shorter; None beyond LAST_YEAR."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= LAST_YEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def next_yearly(today: date, month: int, day: int) -> date | None:
    """The next such day from today on; 29 February waits for its leap year."""
    for year in range(today.year, today.year + 9):
        found = real_date(year, month, day)
        if found and found >= today:
            return found
    return None


def next_monthly(today: date, day: int) -> date | None:
    """The next day of that number from today on, in a month that has it."""
    for n in range(today.month - 1, today.month + 2):
        found = real_date(today.year + n // 12, n % 12 + 1, day)
        if found and found >= today:
            return found
    return None


def next_weekday(today: date, weekday: int) -> date:
    """The next such weekday from today on; Monday is 0."""
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def next_monday(today: date) -> date:
    """The Monday of the next week."""
    return today + timedelta(days=7 - today.weekday())


def is_no_day(month: int, day: int, year: int | None = None, *, latest: int = 31) -> bool:
    """Whether somebody meant a day that the month does not have: "31 апреля"; any year may be a leap year.

    A number beyond `latest` is no day that was meant.
    """
    return 1 <= month <= 12 and monthrange(year or _LEAP_YEAR, month)[1] < day <= latest


def real_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none or nobody plans so far."""
    if not 1 <= year <= LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)
