"""Moments in people's own zones, also where clocks jump."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import Speech
from services.access import Actor, Door, Role
from services.errors import AppError
from services.task_times import Quick, TaskTimes, from_minutes, to_minutes
from tests.cast import TurnedClock


def at(zone: str, moment: str) -> tuple[TaskTimes, Actor, ZoneInfo]:
    """The service and somebody in a zone, at a moment by their own clock."""
    place = ZoneInfo(zone)
    clock = TurnedClock(datetime.fromisoformat(moment).replace(tzinfo=place).astimezone(UTC))
    return TaskTimes(clock), Actor(1, "Anna", Role.MANAGER, "en", place, Door.TELEGRAM), place


@pytest.mark.parametrize(
    ("zone", "now", "quick", "expected"),
    [
        ("Europe/Moscow", "2026-11-18T12:00", Quick.TOMORROW, "2026-11-19T07:00"),
        ("Asia/Vladivostok", "2026-11-18T12:00", Quick.TOMORROW, "2026-11-19T00:00"),
        # The night on which Berlin's clocks go forward is an hour short, and the one back an hour long.
        ("Europe/Berlin", "2027-03-27T12:00", Quick.TOMORROW, "2027-03-28T08:00"),
        ("Europe/Berlin", "2027-03-28T01:30", Quick.HOUR, "2027-03-28T01:30"),
        ("Europe/Berlin", "2027-10-30T12:00", Quick.TOMORROW, "2027-10-31T09:00"),
        ("America/New_York", "2027-03-13T17:00", Quick.DAYS, "2027-03-16T14:00"),
        ("Asia/Kolkata", "2026-11-18T12:00", Quick.EVENING, "2026-11-18T12:30"),
    ],
)
def test_one_tap_means_the_clock_on_the_wall(zone: str, now: str, quick: Quick, expected: str) -> None:
    times, actor, _ = at(zone, now)
    assert times.moment(actor, quick) == datetime.fromisoformat(expected + "+00:00")


def test_the_evening_is_offered_while_it_is_ahead() -> None:
    for hour, there in (("17:59", True), ("18:00", False), ("23:30", False)):
        times, actor, _ = at("Europe/Moscow", f"2026-11-18T{hour}")
        assert (Quick.EVENING in times.offered(actor)) is there


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tehran"])
def test_the_hours_of_a_day_are_the_ones_on_the_wall(zone: str) -> None:
    for day in ("2027-03-14", "2027-03-28", "2027-10-31", "2027-04-04"):
        times, actor, place = at(zone, "2027-01-10T12:00")
        hours = times.hours(actor, date.fromisoformat(day).toordinal())
        shown = [slot.astimezone(place) for slot in hours.slots if slot]
        assert [(slot.hour, slot.minute) for slot in shown] == [(hour, 0) for hour in range(8, 21)]
        assert all(from_minutes(to_minutes(slot)) == slot for slot in shown)


def test_a_time_typed_on_a_day_is_of_that_day_unless_it_names_another() -> None:
    times, actor, place = at("Europe/Moscow", "2026-11-18T12:00")
    day = date(2026, 11, 25).toordinal()
    typed = {
        "14:30": "2026-11-25T14:30",
        "в 9": "2026-11-25T09:00",
        "завтра в 15": "2026-11-19T15:00",
        "friday at 11": "2026-11-20T11:00",
    }
    for line, expected in typed.items():
        reading = times.understand(actor, line, day)
        assert reading.at == datetime.fromisoformat(expected).replace(tzinfo=place), line
    assert times.understand(actor, "nonsense", day).at is None


def test_days_that_are_over_and_far_ones_are_refused() -> None:
    times, actor, _ = at("Europe/Moscow", "2026-11-18T12:00")
    with pytest.raises(AppError, match=r"task\.past"):
        times.hours(actor, date(2026, 11, 17).toordinal())
    for day in (0, 10**13):
        with pytest.raises(AppError, match=r"task\.bad_time"):
            times.hours(actor, day)
    with pytest.raises(AppError, match=r"task\.bad_time"):
        from_minutes(10**12)
    assert times.month(actor, 0).first == date(2026, 11, 1)
    assert times.month(actor, 10**12).first == date(2028, 11, 1)


def test_a_moment_is_written_in_full_in_both_languages() -> None:
    moment = datetime(2027, 1, 4, 12, 0, tzinfo=UTC)
    clock = TurnedClock()
    said = {
        "en": ("Monday, 4 January 2027, 15:00", "January 2027", 6),
        "ru": ("понедельник, 4 января 2027, 15:00", "Январь 2027", 0),
    }
    for language, (full, month, first) in said.items():
        speech = Speech(language, ZoneInfo("Europe/Moscow"), clock)
        assert speech.in_full(moment) == full
        assert speech.month(date(2027, 1, 1)) == month
        assert speech.weekdays()[0][0] == first
        assert len({name for _, name in speech.weekdays()}) == 7
