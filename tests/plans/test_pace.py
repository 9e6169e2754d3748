"""How a plan spreads over the working days of its month."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.dto.plans import Target
from services.plans.pace import end_of, month_by, month_code, share, target, working_days
from services.understanding.work_hours import parse
from services.work_calendar import WorkCalendar

WEEK = WorkCalendar(ZoneInfo("Europe/Moscow"), parse("mon-fri 9-18"), "RU")
NEVER = WorkCalendar(WEEK.zone, WEEK.hours, None, {date(2026, 11, n): () for n in range(1, 31)})
NOVEMBER, TODAY = date(2026, 11, 1), date(2026, 11, 18)
DAYS = st.dates(date(2000, 1, 1), date(2199, 12, 31))


def test_a_month_has_its_weekdays_without_the_public_holidays() -> None:
    days = working_days(WEEK, NOVEMBER)
    assert len(days) == 20, "21 weekdays, of which the 4th is a holiday in Russia"
    assert date(2026, 11, 4) not in days
    assert len(working_days(NEVER, NOVEMBER)) == 30, "a straight line needs days"


@pytest.mark.parametrize(
    ("day", "due"), [(date(2026, 10, 31), 0), (date(2026, 11, 1), 0), (TODAY, 600), (end_of(NOVEMBER), 1000)]
)
def test_the_straight_line_grows_by_working_days(day: date, due: int) -> None:
    assert target(1000, 700, WEEK, NOVEMBER, day) == Target(1000, 700, due)


def test_what_is_missing_and_how_far_one_is_from_the_line() -> None:
    assert (Target(1000, 700, 600).missing, Target(1000, 700, 600).ahead) == (300, 100)
    assert (Target(1000, 1200, 600).missing, Target(1000, 500, 600).ahead) == (0, -100)
    assert Target(1, 2, 3) + Target(10, 20, 30) == Target(11, 22, 33)


def test_a_week_is_asked_for_its_own_working_days() -> None:
    assert share(1000, WEEK, NOVEMBER, date(2026, 11, 2), date(2026, 11, 8)) == 200, "four of twenty days"
    assert share(1000, WEEK, NOVEMBER, date(2026, 10, 26), date(2026, 11, 1)) == 0


@settings(deadline=None)  # the first case reads the holidays of the years
@given(DAYS, st.integers(0, 10**14))
def test_the_days_of_a_month_ask_for_no_more_than_its_plan(day: date, plan: int) -> None:
    month = day.replace(day=1)
    parts = [share(plan, WEEK, month, month, day), share(plan, WEEK, month, month, end_of(month))]
    assert parts[0] == target(plan, 0, WEEK, month, day).due <= parts[1] == plan
    assert month_by(month_code(month), TODAY) == month


@pytest.mark.parametrize("code", [0, 1, 23_999, 26_400, 10**13 - 1])
def test_a_forged_month_is_this_one(code: int) -> None:
    assert month_by(code, TODAY) == NOVEMBER
