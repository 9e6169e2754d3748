"""The periods of reports: named, typed, and as numbers in buttons."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.report_periods import FIRST_DAY, Named, Period, period_of, typed_period

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("named", "first", "last"),
    [
        (Named.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (Named.LAST_MONTH, date(2026, 10, 1), date(2026, 10, 31)),
        (Named.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        (Named.LAST_QUARTER, date(2026, 7, 1), date(2026, 9, 30)),
        (Named.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
        (Named.LAST_YEAR, date(2025, 1, 1), date(2025, 12, 31)),
        (Named.ALL, None, None),
    ],
)
def test_named_periods_follow_the_calendar(named: Named, first: date | None, last: date | None) -> None:
    assert period_of(named, TODAY) == Period(first, last, named)
    assert period_of(named, TODAY).code == named


@pytest.mark.parametrize(
    "today", [date(2026, 1, 31), date(2024, 2, 29), date(2026, 12, 31), date(2026, 3, 1)]
)
def test_every_named_period_holds_on_every_day(today: date) -> None:
    for named in Named:
        period = period_of(named, today)
        assert (period.first is None) == (named == Named.ALL)
        if period.first and period.last and named in (Named.MONTH, Named.QUARTER, Named.YEAR):
            assert period.first <= today <= period.last


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("01.03.2017-31.03.2017", date(2017, 3, 1), date(2017, 3, 31)),
        ("с 1.3.17 по 31.3.17", date(2017, 3, 1), date(2017, 3, 31)),
        ("01.03.2017 — 02.04.2017", date(2017, 3, 1), date(2017, 4, 2)),
        ("2017-03-01 2017-03-31", date(2017, 3, 1), date(2017, 3, 31)),
        ("2017-03-01 to 2017-03-31", date(2017, 3, 1), date(2017, 3, 31)),
        ("05.03.2017", date(2017, 3, 5), date(2017, 3, 5)),
        ("03.2017", date(2017, 3, 1), date(2017, 3, 31)),
        ("2017-02", date(2017, 2, 1), date(2017, 2, 28)),
        ("11.2016 - 02.2017", date(2016, 11, 1), date(2017, 2, 28)),
        ("март 2017", date(2017, 3, 1), date(2017, 3, 31)),
        ("за май 2017 года", date(2017, 5, 1), date(2017, 5, 31)),
        ("February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("Q1 2017", date(2017, 1, 1), date(2017, 3, 31)),
        ("4 квартал 2017", date(2017, 10, 1), date(2017, 12, 31)),
        ("2-й кв. 2017", date(2017, 4, 1), date(2017, 6, 30)),
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2017 год", date(2017, 1, 1), date(2017, 12, 31)),
    ],
)
def test_typed_periods_are_understood(text: str, first: date, last: date) -> None:
    assert typed_period(text) == Period(first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "31.02.2017",
        "31.03.2017-01.03.2017",
        "13.2017",
        "Q5 2017",
        "1999",
        "2017-2018-2019",
        "🦄",
        "9" * 5000,
    ],
)
def test_what_is_no_period_is_not_guessed(text: str) -> None:
    assert typed_period(text) is None


@given(st.dates(FIRST_DAY, date(2199, 12, 31)), st.dates(FIRST_DAY, date(2199, 12, 31)))
def test_a_typed_period_travels_in_a_button(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))
    assert len(str(period.code)) <= 13
    assert period_of(period.code, TODAY) == period


@given(st.integers(0, 9_999_999_999_999))
def test_any_forged_number_is_some_period(code: int) -> None:
    period = period_of(code, TODAY)
    assert period.first is None or period.last is None or period.first <= period.last
