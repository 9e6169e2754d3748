"""Several times of one day: all of them are offered, and none stays among the words."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services.understanding.due import Ambiguous, Due, Repeating, parse_due

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))

SEVERAL = """
каждый день в 9 и 18 мыть | 09:00 18:00 | мыть
мыть по понедельникам в 9 и 18 | 09:00 18:00 | мыть
every day at 9 and 18 wash | 09:00 18:00 | wash
every day at 9, 13 and 18:30 wash | 09:00 13:00 18:30 | wash
каждый день 9 и 18 мыть | 09:00 18:00 | мыть
завтра в 9 и 18 позвонить | 09:00 18:00 | позвонить
tomorrow at 9am and 6pm call | 09:00 18:00 | call
завтра утром и вечером мыть | 09:00 18:00 | мыть
"""

ONE = """
завтра в 9 и 18 окон привезти | 09:00 | 18 окон привезти
завтра в 9 и 2 папки взять | 09:00 | 2 папки взять
tomorrow at 9 and 2 people | 09:00 | 2 people
завтра в 10 и 18 ноября звонок | 10:00 | звонок
"""


def lines(text: str) -> list[list[str]]:
    """The rows of a table."""
    return [[cell.strip() for cell in row.split("|")] for row in text.strip().splitlines()]


@pytest.mark.parametrize(("text", "times", "rest"), lines(SEVERAL))
def test_all_the_times_are_offered(text: str, times: str, rest: str) -> None:
    found = parse_due(text, NOW)
    assert isinstance(found, Repeating | Ambiguous)
    options = found.first if isinstance(found, Repeating) else found.options
    assert sorted(f"{at:%H:%M}" for at in options) == times.split()
    assert (found.rest, found.several) == (rest, True)


@pytest.mark.parametrize(("text", "time", "rest"), lines(ONE))
def test_what_is_counted_or_dated_is_no_second_time(text: str, time: str, rest: str) -> None:
    found = parse_due(text, NOW)
    assert isinstance(found, Due)
    assert (f"{found.at:%H:%M}", found.rest) == (time, rest)
