"""What is said of the end of something that repeats: so many times, or until a day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from services.understanding.due import Due, Repeating, parse_due
from services.understanding.recurrence import Recurrence, Unit, ended, is_weekday

NOW = datetime(2026, 11, 16, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))
NEW_YEARS_EVE = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("line", "times", "until"),
    [
        ("по понедельникам в 9 созвон 5 раз", 5, None),
        ("каждый понедельник в 9 созвон пять раз", 5, None),
        ("каждую среду в 9 созвон, всего 3 раза", 3, None),
        ("every monday at 9 созвон 5 times", 5, None),
        ("every monday at 9 for ten times созвон", 10, None),
        ("каждый день в 9 созвон до 31 декабря", 0, NEW_YEARS_EVE),
        ("каждый день в 9 созвон до конца года", 0, NEW_YEARS_EVE),
        ("каждый день до 31.12.2026 в 9 созвон", 0, NEW_YEARS_EVE),
        ("every day at 9 созвон until December 31", 0, NEW_YEARS_EVE),
        ("every day at 9 созвон until 31st of December, 2026", 0, NEW_YEARS_EVE),
        ("every day at 9 созвон till the end of the month", 0, date(2026, 11, 30)),
        ("каждый день в 9 созвон", 0, None),
    ],
)
def test_the_end_is_read_and_leaves_the_words(line: str, times: int, until: date | None) -> None:
    found = parse_due(line, NOW)
    assert isinstance(found, Repeating)
    assert found.rule is not None
    assert (found.rest, found.rule.times, found.rule.until) == ("созвон", times, until)


@pytest.mark.parametrize(
    "line",
    [
        "каждый день в 9 созвон до 1 ноября 2026",
        "каждую пятницу в 9 созвон до 19 ноября",
        "3 раза в неделю созвон",
        "каждый понедельник и через 3 дня созвон 5 раз",
    ],
)
def test_an_end_before_the_first_turn_and_what_no_rule_says_is_refused(line: str) -> None:
    found = parse_due(line, NOW)
    assert isinstance(found, Repeating)
    assert (found.rule, found.first) == (None, ())


def test_what_comes_once_keeps_its_words() -> None:
    found = parse_due("завтра в 10 позвонить 5 раз", NOW)
    assert isinstance(found, Due)
    assert found.rest == "позвонить 5 раз"


def test_so_many_times_become_a_last_day_that_is_kept() -> None:
    rule = Recurrence(Unit.WEEK, 2, weekdays=(0,), times=3)
    kept = ended(rule, NOW, 12 * 60, is_weekday)
    assert (kept.times, kept.until) == (0, date(2026, 12, 14))
    assert Recurrence.of(kept.data) == kept
    before = {name: kept.data[name] for name in ("unit", "every", "weekdays", "days", "nth", "working")}
    assert Recurrence.of(before) == Recurrence(Unit.WEEK, 2, weekdays=(0,))
