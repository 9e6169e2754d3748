"""Special days: what people write, and what is no special day."""

from datetime import date

import pytest

from services.understanding.days import parse_coming_day, parse_near_day, parse_past_day
from services.understanding.special_days import SpecialDays, parse
from services.understanding.work_hours import HoursError

TODAY = date(2026, 11, 16)
SHORT = ((600, 900),)


def days(first: str, last: str | None = None, *spans: tuple[int, int]) -> SpecialDays:
    return SpecialDays(date.fromisoformat(first), date.fromisoformat(last or first), spans)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("31.12 выходной", days("2026-12-31")),
        ("31.12 10-15", days("2026-12-31", None, *SHORT)),
        ("31.12: 10:00–15:00", days("2026-12-31", None, *SHORT)),
        ("5 января 10-13, 14-17", days("2027-01-05", None, (600, 780), (840, 1020))),
        ("5 января работаем с 10 до 15", days("2027-01-05", None, *SHORT)),
        ("1-8 января не работаем", days("2027-01-01", "2027-01-08")),
        ("31.12 - 02.01 выходные", days("2026-12-31", "2027-01-02")),
        ("31.12-02.01 closed", days("2026-12-31", "2027-01-02")),
        ("2026-12-24 10am-3pm", days("2026-12-24", None, *SHORT)),
        ("Dec 25 closed", days("2026-12-25")),
        ("December 24, 10-15", days("2026-12-24", None, *SHORT)),
        ("завтра закрыто", days("2026-11-17")),
        ("сегодня 10-15", days("2026-11-16", None, *SHORT)),
        ("16.11 off", days("2026-11-16")),
        ("15.11 off", days("2027-11-15")),
        ("29.02 off", days("2028-02-29")),
        ("1.5.2027 10-15", days("2027-05-01", None, *SHORT)),
    ],
)
def test_days_and_hours_in_plain_words(typed: str, found: SpecialDays) -> None:
    assert parse(typed, TODAY) == found


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "31.12",
        "выходной",
        "10-15",
        "31.13 выходной",
        "когда-нибудь выходной",
        "31.12 пн 10-15",
        "31.12 25-26",
    ],
)
def test_what_names_no_day_or_no_hours_is_not_guessed(typed: str) -> None:
    assert parse(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "code"), [("31.12 15-10", "hours.backwards"), ("31.12 9-12, 11-13", "hours.overlap")]
)
def test_hours_that_cannot_be_are_told_apart(typed: str, code: str) -> None:
    with pytest.raises(HoursError) as wrong:
        parse(typed, TODAY)
    assert wrong.value.code == code


@pytest.mark.parametrize(
    ("typed", "past", "coming"),
    [
        ("12.11", "2026-11-12", "2027-11-12"),
        ("20.11", "2025-11-20", "2026-11-20"),
        ("16 ноября", "2026-11-16", "2026-11-16"),
        ("Nov 3, 2026", "2026-11-03", "2026-11-03"),
        ("29.02", "2024-02-29", "2028-02-29"),
        ("вчера", "2026-11-15", "2026-11-15"),
        ("послезавтра", "2026-11-18", "2026-11-18"),
    ],
)
def test_a_day_without_a_year_is_the_nearest_one_on_the_side_that_is_meant(
    typed: str, past: str, coming: str
) -> None:
    assert parse_past_day(typed, TODAY) == date.fromisoformat(past)
    assert parse_coming_day(typed, TODAY) == date.fromisoformat(coming)


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("12.11", "2026-11-12"),
        ("20.11", "2026-11-20"),
        ("17.12", "2026-12-17"),
        ("18.12", "2025-12-18"),
        ("пятница", "2026-11-13"),
        ("20.11.2025", "2025-11-20"),
    ],
)
def test_a_day_of_an_invoice_may_be_some_days_ahead(typed: str, near: str) -> None:
    assert parse_near_day(typed, TODAY) == date.fromisoformat(near)
    assert parse_near_day("31.02", TODAY) is None
