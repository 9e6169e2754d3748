"""Working time, against a reference that looks at a clock every quarter of an hour."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.understanding.work_hours import parse
from services.wall_clock import moment_of
from services.work_calendar import NeverOpenError, WorkCalendar
from tests.time.dice import QUARTER, a_calendar, a_moment, a_zone, cases

MANY = 1700
"""Of each kind: more than five thousand cases in all."""
OFFICE = parse("пн-пт 9-13, 14-18, сб 10-15")
MOSCOW = WorkCalendar(ZoneInfo("Europe/Moscow"), OFFICE, "RU")


def local(text: str, zone: str = "Europe/Moscow") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def first_shown(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which a clock first shows this or more, by looking at it all the time."""
    at = (wall - timedelta(hours=2)).replace(tzinfo=zone).astimezone(UTC)
    while at.astimezone(zone).replace(tzinfo=None) < wall:
        at += timedelta(minutes=QUARTER)
    return at


def counted(calendar: WorkCalendar, since: datetime, until: datetime) -> timedelta:
    """Working time by adding up quarters of an hour."""
    total, day = timedelta(), since.astimezone(calendar.zone).date() - timedelta(days=1)
    while day <= until.astimezone(calendar.zone).date():
        for start, end in calendar.spans(day):
            midnight = datetime.combine(day, time())
            opens = first_shown(midnight + timedelta(minutes=start), calendar.zone)
            closes = first_shown(midnight + timedelta(minutes=end), calendar.zone)
            total += max(timedelta(), min(closes, until) - max(opens, since))
        day += timedelta(days=1)
    return total


def test_time_between_two_moments_is_what_a_patient_watcher_counts() -> None:
    for case, dice in cases(MANY):
        calendar = a_calendar(dice)
        since = a_moment(dice, calendar.zone)
        until = since + timedelta(minutes=QUARTER * dice.randint(0, 4 * 96))
        assert calendar.between(since, until) == counted(calendar, since, until), f"case {case}"


def test_a_deadline_is_the_moment_at_which_that_much_time_has_passed() -> None:
    for case, dice in cases(MANY):
        calendar = a_calendar(dice)
        since, minutes = a_moment(dice, calendar.zone), timedelta(minutes=dice.randint(1, 3000))
        deadline = calendar.after(since, minutes)
        if not any(calendar.hours.days):
            assert deadline == since + minutes, f"case {case}"
            continue
        assert calendar.between(since, deadline) == minutes, f"case {case}"
        assert calendar.is_open(deadline - timedelta(seconds=1)), f"case {case}"


def test_a_clocks_time_is_the_first_moment_at_which_it_shows_it() -> None:
    for case, dice in cases(MANY):
        zone = a_zone(dice)
        day, quarter = a_moment(dice, zone).astimezone(zone).date(), dice.randint(0, 96)
        wall = datetime.combine(day, time()) + timedelta(minutes=quarter * QUARTER)
        assert moment_of(day, quarter * QUARTER, zone) == first_shown(wall, zone), f"case {case}"


@pytest.mark.parametrize(
    ("since", "minutes", "deadline"),
    [
        ("2026-11-20 12:50", 30, "2026-11-20 14:20"),  # over lunch
        ("2026-11-20 17:50", 30, "2026-11-21 10:20"),  # over the night
        ("2026-11-21 14:50", 30, "2026-11-23 09:20"),  # over Sunday
        ("2025-12-30 17:50", 30, "2026-01-10 10:20"),  # over the New Year, to the first working Saturday
        ("2026-03-06 17:50", 30, "2026-03-07 10:20"),
        ("2026-03-08 12:00", 30, "2026-03-10 09:30"),  # Monday off for a holiday that fell on Sunday
        ("2026-11-20 03:00", 0, "2026-11-20 09:00"),
    ],
)
def test_russian_days(since: str, minutes: int, deadline: str) -> None:
    assert MOSCOW.after(local(since), timedelta(minutes=minutes)) == local(deadline)


def test_a_moved_working_saturday_has_the_hours_of_friday() -> None:
    weekdays = WorkCalendar(ZoneInfo("Europe/Moscow"), parse("пн-чт 9-18, пт 9-16"), "RU")
    assert weekdays.spans(date(2025, 11, 1)) == ((9 * 60, 16 * 60),)
    assert weekdays.spans(date(2025, 11, 8)) == ()
    assert weekdays.spans(date(2025, 11, 3)) == ()
    assert weekdays.spans(date(2025, 11, 4)) == ()


def test_an_exception_beats_holidays_and_hours() -> None:
    days = {date(2026, 1, 5): ((600, 720),), date(2026, 11, 20): ()}
    calendar = WorkCalendar(MOSCOW.zone, OFFICE, "RU", days)
    assert calendar.opens(local("2026-01-05 09:00")) == local("2026-01-05 10:00")
    assert calendar.opens(local("2026-11-20 09:00")) == local("2026-11-21 10:00")


def test_holidays_are_kept_only_where_somebody_keeps_them() -> None:
    for country in (None, "ZZ"):
        calendar = WorkCalendar(MOSCOW.zone, OFFICE, country)
        assert calendar.is_open(local("2026-01-01 10:00"))
    assert not MOSCOW.is_open(local("2026-01-01 10:00"))


def test_the_minute_at_which_it_closes_counts_no_more() -> None:
    assert MOSCOW.is_open(local("2026-11-20 09:00"))
    assert not MOSCOW.is_open(local("2026-11-20 13:00"))


def test_who_never_opens_is_told_so_instead_of_being_waited_for() -> None:
    day = date(2026, 11, 20)
    closed = {day + timedelta(days=n): () for n in range(-1, 500)}
    with pytest.raises(NeverOpenError):
        WorkCalendar(MOSCOW.zone, OFFICE, "RU", closed).opens(local("2026-11-20 09:00"))
