"""Generated cases of zones, clock changes and working hours, each by its number, to be had again."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from services.understanding.work_hours import DAY, Span, WorkHours
from services.work_calendar import WorkCalendar

QUARTER = 15
ZONES = (
    "Europe/Moscow",
    "Asia/Vladivostok",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Beirut",
    "America/Havana",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "UTC",
)
FIRST, DAYS = datetime(2024, 1, 1, tzinfo=UTC), 3 * 366


def cases(count: int) -> Iterator[tuple[int, random.Random]]:
    """Dice for so many cases, with their numbers."""
    return ((number, random.Random(number)) for number in range(count))


@cache
def changes(name: str) -> tuple[datetime, ...]:
    """When clocks are turned in a zone, to a quarter of an hour."""
    zone, found = ZoneInfo(name), []
    for day in range(DAYS):
        at = FIRST + timedelta(days=day)
        if at.astimezone(zone).utcoffset() == (at + timedelta(days=1)).astimezone(zone).utcoffset():
            continue
        found += [
            moment
            for quarter in range(96)
            for moment in [at + timedelta(minutes=QUARTER * quarter)]
            if moment.astimezone(zone).utcoffset()
            != (moment + timedelta(minutes=QUARTER)).astimezone(zone).utcoffset()
        ]
    return tuple(found)


def a_zone(dice: random.Random) -> ZoneInfo:
    """Somewhere."""
    return ZoneInfo(dice.choice(ZONES))


def a_moment(dice: random.Random, zone: ZoneInfo) -> datetime:
    """A full quarter of an hour; every second one within two days of a change of clocks, if there is any."""
    turned = changes(zone.key)
    if turned and dice.random() < 0.5:
        return dice.choice(turned) + timedelta(minutes=QUARTER * dice.randint(-192, 192))
    return FIRST + timedelta(minutes=QUARTER * dice.randrange(DAYS * 96))


def a_calendar(dice: random.Random) -> WorkCalendar:
    """Hours of any shape: breaks, days off, over the change of clocks, or none at all."""
    few = [_spans(dice) for _ in range(3)]
    country = dice.choice((None, "RU", "US"))
    return WorkCalendar(a_zone(dice), WorkHours(tuple((few * 3)[:7])), country)


def _spans(dice: random.Random) -> tuple[Span, ...]:
    edges = sorted(dice.sample(range(DAY // QUARTER + 1), dice.randint(0, 4)))
    return tuple(
        (start * QUARTER, end * QUARTER) for start, end in zip(edges[::2], edges[1::2], strict=False)
    )
