"""What the clock on a wall shows, and which moment that is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)


def moment_of(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The first moment, in UTC, at which a clock in the zone shows so many minutes after the day's midnight.

    Where clocks are put forward over that time, it is the moment of the change.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    at = wall.replace(tzinfo=zone).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == wall:
        return at
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while at - before > _SECOND:
        middle = before + (at - before) // 2
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            before = middle
        else:
            at = middle
    return at.replace(microsecond=0)
