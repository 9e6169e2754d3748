"""Due times at any moment and in any zone: what always holds, and clocks that jump."""

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.understanding.due import Ambiguous, Due, NoSuchDay, PastMoment, Repeating, parse_due
from services.understanding.fold import clean

NEW_YORK = ZoneInfo("America/New_York")
ZONES = [
    ZoneInfo("Europe/Moscow"),
    ZoneInfo("Asia/Kolkata"),
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Pacific/Apia"),
    NEW_YORK,
    UTC,
    timezone(timedelta(hours=-3, minutes=-30)),
]
WORDS = """
завтра сегодня послезавтра вчера в на до к с и или не через 2 3 15 25 31 часа минут дней недели месяц час
полчаса понедельник пятницу ср следующий следующей неделе утром днём вечером ночью полночь полдень
декабря мая 15:30 9:00 15.12 10.30 05/06 15.12.2026 2026-12-15 2028-02-29T10:00 T Z , . ; - 10-12 окон
Ивану позвонить экземплярах tomorrow at in next friday 3pm am noon midnight end of month day week dec may
half an hour ago every конце месяца каждый мск по Москве 99999 0 24:00 числа 31-го 1.5 полтора выходных
tonight evening eod
"""

zones = st.sampled_from(ZONES)
utc_moments = st.datetimes(datetime(2001, 1, 1), datetime(2089, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 bounds of Hypothesis are naive
nows = st.builds(lambda moment, zone: moment.astimezone(zone), utc_moments, zones)
lines = st.lists(st.sampled_from(WORDS.split()), max_size=8).map(" ".join) | st.text()


def instant(moment):
    return moment.astimezone(UTC)


@given(lines, nows)
def test_what_is_understood_is_always_ahead_and_in_the_zone(line, now):
    due = parse_due(line, now)
    match due:
        case Due(at=at):
            moments = [at]
        case Ambiguous(options=options):
            moments = list(options)
            assert len(set(map(instant, moments))) == len(moments) > 1
        case PastMoment(at=at):
            assert instant(at) <= instant(now)
            return
        case Repeating(first=first):
            moments = list(first)
        case NoSuchDay() | None:
            return
    for at in moments:
        assert at.tzinfo is now.tzinfo
        assert instant(at) > instant(now)
        assert at.second == at.microsecond == 0


@given(lines, nows)
def test_the_rest_is_made_of_the_words_of_the_line(line, now):
    due = parse_due(line, now)
    if due is not None:
        assert set(re.findall(r"\w+", due.rest)) <= set(re.findall(r"\w+", clean(line, len(line))))
        assert due.rest == due.rest.strip()
        assert len(due.rest) <= len(line) + 1


MONTHS_RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
MONTHS_EN = "January February March April May June July August September October November December"
FORMATS = [
    lambda at: at.strftime("%d.%m.%Y %H:%M"),
    lambda at: at.strftime("%d.%m.%Y в %H:%M"),
    lambda at: at.strftime("%H:%M %d.%m.%Y"),
    lambda at: at.strftime("%Y-%m-%d %H:%M"),
    lambda at: at.strftime("%Y-%m-%dT%H:%M"),
    lambda at: at.isoformat(),
    lambda at: f"{at.day} {MONTHS_RU.split()[at.month - 1]} {at.year} года в {at:%H:%M}",
    lambda at: f"{MONTHS_EN.split()[at.month - 1]} {at.day}, {at.year} at {at:%I:%M %p}",
    lambda at: f"{at.day} {MONTHS_EN.split()[at.month - 1][:3]} {at.year} {at:%H:%M}",
]


@given(nows, st.integers(1, 60 * 24 * 3000), st.sampled_from(FORMATS))
def test_a_written_moment_reads_back(now, minutes, written):
    at = (instant(now) + timedelta(minutes=minutes)).astimezone(now.tzinfo).replace(second=0, microsecond=0)
    assume(not at.fold and instant(at) > instant(now) and at.utcoffset().seconds % 60 == 0)
    assert parse_due(f"{written(at)} позвонить", now) == Due(at, explicit_time=True, rest="позвонить")


@given(nows, st.integers(1, 400), st.sampled_from(["через {} дней", "in {} days", "через {} дн."]))
def test_days_ahead_are_counted_by_the_calendar(now, days, phrase):
    due = parse_due(phrase.format(days), now)
    assert isinstance(due, Due)
    assert (due.at.date() - now.date()).days in (days, days + 1)  # Samoa once left a day out.


@given(nows, st.integers(1, 5000), st.sampled_from(["через {} минут", "in {} minutes"]))
def test_minutes_ahead_are_real_minutes(now, minutes, phrase):
    due = parse_due(phrase.format(minutes), now)
    assert isinstance(due, Due)
    assert timedelta(0) <= instant(now) + timedelta(minutes=minutes) - instant(due.at) < timedelta(minutes=1)


@given(nows, st.integers(0, 6))
def test_a_weekday_is_the_next_one(now, number):
    name = ["понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"][number]
    due = parse_due(f"в {name} в 12:00", now)
    assert isinstance(due, Due)
    assert due.at.weekday() == number or now.tzinfo == ZoneInfo("Pacific/Apia")
    assert due.at.date() - now.date() <= timedelta(days=7)


def test_a_time_that_the_clocks_skip_is_the_next_minute_that_exists():
    now = datetime(2026, 3, 7, 12, tzinfo=NEW_YORK)
    due = parse_due("tomorrow at 2:30", now)
    assert due == Due(datetime(2026, 3, 8, 3, tzinfo=NEW_YORK), explicit_time=True, rest="")


def test_a_time_that_the_clocks_show_twice_is_the_first():
    now = datetime(2026, 10, 31, 12, tzinfo=NEW_YORK)
    due = parse_due("tomorrow at 1:30", now)
    assert isinstance(due, Due)
    assert instant(due.at) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_minutes_pass_while_the_clocks_go_back():
    now = datetime(2026, 11, 1, 5, 45, tzinfo=UTC).astimezone(NEW_YORK)
    due = parse_due("in 30 minutes", now)
    assert isinstance(due, Due)
    assert instant(due.at) == datetime(2026, 11, 1, 6, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(9, (19, 10)), (12, (19, 18)), (16, (19, 18)), (17, (19, 18)), (20, (19, 21))],
)
def test_today_means_a_moment_that_is_still_ahead(hour, expected):
    now = datetime(2026, 11, 19, hour, tzinfo=ZONES[0])
    due = parse_due("сегодня", now)
    assert isinstance(due, Due)
    assert (due.at.day, due.at.hour) == expected


def test_late_at_night_today_is_over():
    assert isinstance(parse_due("сегодня", datetime(2026, 11, 19, 23, 30, tzinfo=ZONES[0])), PastMoment)


def test_a_part_of_the_day_that_has_begun_means_in_an_hour():
    due = parse_due("вечером", datetime(2026, 11, 19, 19, 10, tzinfo=ZONES[0]))
    assert due == Due(datetime(2026, 11, 19, 20, 10, tzinfo=ZONES[0]), explicit_time=True, rest="")


def test_next_tuesday_on_monday_is_asked_about():
    monday = datetime(2026, 11, 16, 12, tzinfo=ZONES[0])
    due = parse_due("в следующий вторник в 10", monday)
    assert isinstance(due, Ambiguous)
    assert [at.day for at in due.options] == [17, 24]


def test_a_month_later_is_the_last_day_where_the_month_is_shorter():
    due = parse_due("через месяц", datetime(2026, 1, 31, 12, tzinfo=ZONES[0]))
    assert isinstance(due, Due)
    assert (due.at.month, due.at.day) == (2, 28)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "part",
    [
        "завтра ",
        "в ",
        "1 ",
        "через ",
        "в 3 ",
        "1.1.",
        "1:1:",
        "не ",
        "next ",
        "а",
        "9",
        "@",
        " ",
        "\n",
        "и ",
        ", ",
        "- и ",
    ],
)
def test_a_long_text_is_read_to_its_end(part):
    text = part * (50_000 // len(part))
    due = parse_due(f"{text} завтра в 15:00 {text}", datetime(2026, 11, 19, 12, tzinfo=UTC))
    assert due is None or isinstance(due, Due | Ambiguous)
