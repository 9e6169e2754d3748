"""Days that do not exist and moments that come again and again, on Thursday 19 November 2026 at noon."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.due import NoSuchDay, Repeating, parse_due
from services.understanding.moments import real_date

NOW = datetime(2026, 11, 19, 12, 0, 30, tzinfo=ZoneInfo("Europe/Moscow"))

MISSING = """
31 февраля | 31 февраля |
позвонить Ивану 31 февраля в 15 | 31 февраля | позвонить Ивану
Замер на 30 Февраля, 10:00 | 30 Февраля | Замер
отправить КП до 31-го апреля | 31-го апреля | отправить КП
32 декабря позвонить | 32 декабря | позвонить
31.06.2027 в 10 встреча | 31.06.2027 | встреча
29.02.2027 утром замер | 29.02.2027 | замер
позвонить 31.02 в 15 | 31.02 | позвонить
31.02 в 10 позвонить Ивану | 31.02 | позвонить Ивану
31.11 at 9 call Ivan | 31.11 | call Ivan
31.11 10:00 созвон | 31.11 | созвон
позвонить на 31.02 | 31.02 | позвонить
завтра созвон по договору от 31 июня | 31 июня | созвон по договору от
call Ivan on february 30 at 3pm | february 30 | call Ivan
call Ivan on the 31st of June | 31st of June | call Ivan
call Ivan Feb 29th, 2027 | Feb 29th, 2027 | call Ivan
2026-02-30 send the offer | 2026-02-30 | send the offer
meeting 02/31/2027 | 02/31/2027 | meeting
"""

REPEATING = """
каждый понедельник в 9 планёрка | 2026-11-23 09:00 | планёрка
каждый четверг в 9 планёрка | 2026-11-26 09:00 | планёрка
по средам в 10 созвон | 2026-11-25 10:00 | созвон
каждый день в 15 звонить | 2026-11-19 15:00 | звонить
ежедневно в 10 звонить | 2026-11-20 10:00 | звонить
каждое утро проверять почту | 2026-11-20 09:00 | проверять почту
еженедельно отчёт | 2026-11-23 10:00 | отчёт
каждую неделю в пятницу в 17 отчёт | 2026-11-20 17:00 | отчёт
раз в месяц звонить | 2026-12-19 10:00 | звонить
every monday 9am stand-up | 2026-11-23 09:00 | stand-up
every friday at 16 report | 2026-11-20 16:00 | report
on mondays at 9 stand-up | 2026-11-23 09:00 | stand-up
every day at 9 call | 2026-11-20 09:00 | call
every evening check the mail | 2026-11-19 18:00 | check the mail
once a week call Ivan | 2026-11-23 10:00 | call Ivan
"""

NO_DATES = """
окна по 1.50 | цена 31.02 | 31.04 | кирпич 30.02 м | 31.02% | до 31.02 тыс | версия 31.04.1 | 192.31.02.1
8 916 31-02-26 | +7 916 123-31-02 | 31-02-26 | дом 31/04 | договор 31/04 | 30/02 | ул. 31 июня | арт. 35.02.26
we may 31 | 31 мартовский | 45 may be late | 99.99.2026 | price 31.02 | v31.09.2 | 31.06x2 | 31,02
"""


def rows(table):
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("line", "said", "rest"), rows(MISSING))
def test_a_day_that_no_calendar_holds_is_told_as_it_was_written(line, said, rest):
    assert parse_due(line, NOW) == NoSuchDay(said, rest)


@pytest.mark.parametrize(("line", "first", "rest"), rows(REPEATING))
def test_what_repeats_has_a_first_time(line, first, rest):
    at = datetime.fromisoformat(first).replace(tzinfo=NOW.tzinfo)
    found = parse_due(line, NOW)
    assert isinstance(found, Repeating)
    assert found.rule is not None
    assert (found.first, found.rest) == ((at,), rest)


@pytest.mark.parametrize("line", [cell for row in rows(NO_DATES) for cell in row])
def test_prices_versions_phones_and_addresses_are_no_missing_days(line):
    assert not isinstance(parse_due(line, NOW), NoSuchDay)


MONTHS_RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
MONTHS_EN = "January February March April May June July August September October November December"
FORMATS = [
    lambda year, month, day: f"{day:02}.{month:02}.{year}",
    lambda year, month, day: f"{day}.{month}.{year % 100:02}",
    lambda year, month, day: f"{year}-{month:02}-{day:02}",
    lambda year, month, day: f"{day} {MONTHS_RU.split()[month - 1]} {year} года",
    lambda year, month, day: f"{MONTHS_EN.split()[month - 1]} {day}, {year}",
    lambda year, month, day: f"{day} {MONTHS_EN.split()[month - 1][:3]} {year}",
]


@given(
    st.integers(2001, 2099),
    st.integers(1, 12),
    st.integers(1, 31),
    st.sampled_from(FORMATS),
    st.sampled_from(["", " 15:00", " позвонить", " в 15 call Ivan"]),
)
def test_a_written_day_is_refused_exactly_where_there_is_none(year, month, day, written, after):
    found = parse_due(f"{written(year, month, day)}{after}", NOW)
    assert found is not None
    assert isinstance(found, NoSuchDay) == (real_date(year, month, day) is None)


@given(
    st.integers(0, 99), st.integers(0, 99), st.sampled_from(["{}.{:02}", "{},{:02}", "{}-{:02}", "{}/{:02}"])
)
def test_two_bare_numbers_are_never_a_missing_day(first, second, written):
    for line in (written, f"окна по {written}", f"price {written} each", f"8 916 {written}-26"):
        assert not isinstance(parse_due(line.format(first, second), NOW.astimezone(UTC)), NoSuchDay)
