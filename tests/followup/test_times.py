"""The days of the rules: working days back, days off before the next one, birthdays that a year has not."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from services.followup.times import birthdays_on, days_ago, until_next
from services.understanding.work_hours import WorkHours, parse
from services.work_calendar import WorkCalendar

MOSCOW = ZoneInfo("Europe/Moscow")
OFFICE = WorkCalendar(MOSCOW, parse("mon-fri 9-18"), "RU")
ALWAYS = WorkCalendar(MOSCOW, WorkHours())


@pytest.mark.parametrize(
    ("calendar", "today", "days", "first_too_young"),
    [
        (OFFICE, "2026-11-20", 3, "2026-11-18"),
        (OFFICE, "2026-11-24", 3, "2026-11-20"),
        (OFFICE, "2026-11-25", 3, "2026-11-23"),
        (OFFICE, "2026-11-23", 1, "2026-11-23"),
        (OFFICE, "2027-01-12", 2, "2027-01-11"),
        (ALWAYS, "2026-11-23", 3, "2026-11-21"),
    ],
)
def test_what_is_so_many_working_days_old(
    calendar: WorkCalendar, today: str, days: int, first_too_young: str
) -> None:
    since = datetime.combine(date.fromisoformat(first_too_young), datetime.min.time(), MOSCOW)
    assert days_ago(calendar, date.fromisoformat(today), days) == since


@pytest.mark.parametrize(
    ("today", "last"),
    [("2026-11-18", "2026-11-18"), ("2026-11-20", "2026-11-22"), ("2026-12-30", "2027-01-10")],
)
def test_a_working_day_tells_of_the_days_off_before_the_next_one(today: str, last: str) -> None:
    days = [*until_next(OFFICE, date.fromisoformat(today))]
    assert (days[0], days[-1]) == (date.fromisoformat(today), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        ("2026-05-12", ("05-12",)),
        ("2027-02-28", ("02-28", "02-29")),
        ("2028-02-28", ("02-28",)),
        ("2028-02-29", ("02-29",)),
        ("2028-03-01", ("03-01",)),
    ],
)
def test_a_birthday_of_a_leap_year_is_kept_in_every_year(day: str, kept: tuple[str, ...]) -> None:
    assert birthdays_on(date.fromisoformat(day)) == kept


def test_one_day_of_work_in_a_week_counts_for_one() -> None:
    mondays = WorkCalendar(MOSCOW, parse("mon 9-18"), None, {})
    assert days_ago(mondays, date(2026, 11, 23), 2) == datetime(2026, 11, 16, tzinfo=MOSCOW)
