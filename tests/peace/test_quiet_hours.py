"""When quiet time ends: by the clock on the wall, in every zone, whatever clocks are turned."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.quiet_hours import WEEK, Quiet, off_work_until
from services.understanding.quiet_hours import parse
from services.understanding.work_hours import DAY, HoursError, WorkHours
from services.work_calendar import WorkCalendar

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kamchatka", "Pacific/Apia", "UTC")
MINUTE = timedelta(minutes=1)
quiets = st.builds(
    Quiet,
    start=st.integers(0, DAY - 1),
    end=st.integers(0, DAY),
    days=st.sets(st.sampled_from(WEEK), min_size=1, max_size=6).map(lambda days: tuple(sorted(days))),
).filter(lambda quiet: quiet.start != quiet.end)


@pytest.mark.parametrize(
    ("typed", "start", "end", "days"),
    [
        ("22-8", 22 * 60, 8 * 60, WEEK),
        ("с 23:30 до 7", 23 * 60 + 30, 7 * 60, WEEK),
        ("from 10pm to 8am", 22 * 60, 8 * 60, WEEK),
        ("22:00 – 08:00", 22 * 60, 8 * 60, WEEK),
        ("пн-пт 20-9", 20 * 60, 9 * 60, (0, 1, 2, 3, 4)),
        ("20-9 Mon-Fri", 20 * 60, 9 * 60, (0, 1, 2, 3, 4)),
        ("выходные 0-24", 0, DAY, (5, 6)),
        ("13-14", 13 * 60, 14 * 60, WEEK),
    ],
)
def test_it_reads_hours(typed: str, start: int, end: int, days: tuple[int, ...]) -> None:
    assert parse(typed) == Quiet(start, end, days)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "quiet.unread"),
        ("later", "quiet.unread"),
        ("25-8", "quiet.unread"),
        ("8-8", "quiet.unread"),
        ("22-8 someday", "quiet.unread"),
        ("22", "quiet.unread"),
        ("9" * 400, "quiet.unread"),
        ("0-24", "quiet.always"),
    ],
)
def test_it_refuses_what_are_no_hours(typed: str, code: str) -> None:
    with pytest.raises(HoursError) as refused:
        parse(typed)
    assert refused.value.code == code


@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_it(typed: str) -> None:
    try:
        quiet = parse(typed)
    except HoursError:
        return
    assert Quiet.of(quiet.data) == quiet


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-18T21:59+03:00", None),
        ("2026-11-18T22:00+03:00", "2026-11-19T08:00+03:00"),
        ("2026-11-19T03:00+03:00", "2026-11-19T08:00+03:00"),
        ("2026-11-19T08:00+03:00", None),
    ],
)
def test_its_border_is_sharp(at: str, until: str | None) -> None:
    found = parse("22-8").until(datetime.fromisoformat(at), ZoneInfo("Europe/Moscow"))
    assert found == (datetime.fromisoformat(until) if until else None)


def test_a_night_is_as_long_as_clocks_make_it() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for month, day, hours in ((3, 28, 9), (10, 24, 11), (7, 1, 10)):
        begins = datetime(2026, month, day, 22, tzinfo=berlin).astimezone(UTC)
        ends = parse("22-8").until(begins, berlin)
        assert ends is not None
        assert ends - begins == timedelta(hours=hours)


def test_days_in_a_row_are_one_quiet_time() -> None:
    moscow = ZoneInfo("Europe/Moscow")
    saturday = datetime(2026, 11, 21, 12, tzinfo=moscow)
    assert parse("выходные 0-24").until(saturday, moscow) == datetime(2026, 11, 23, tzinfo=moscow)


@given(
    quiets,
    st.sampled_from(ZONES),
    st.integers(0, 20 * 365 * DAY).map(lambda minutes: datetime(2010, 1, 1, tzinfo=UTC) + minutes * MINUTE),
)
def test_it_ends_after_now_and_is_over_then(quiet: Quiet, zone: str, at: datetime) -> None:
    place = ZoneInfo(zone)
    ends = quiet.until(at, place)
    if ends is None:
        return
    assert at < ends <= at + timedelta(days=8)
    assert quiet.until(ends, place) is None
    assert quiet.until(ends - timedelta(seconds=1), place) == ends


@given(st.integers(0, 10**7), st.sampled_from(ZONES))
def test_outside_of_work_it_ends_as_work_begins(minutes: int, zone: str) -> None:
    hours = WorkHours((((9 * 60, 18 * 60),),) * 5 + ((), ()))
    calendar = WorkCalendar(ZoneInfo(zone), hours)
    at = datetime(2015, 1, 1, tzinfo=UTC) + minutes * MINUTE
    ends = off_work_until(at, calendar)
    assert (ends is None) == calendar.is_open(at)
    if ends is not None:
        local = ends.astimezone(ZoneInfo(zone))
        assert (local.hour, local.minute, local.weekday() < 5) == (9, 0, True)


def test_where_nobody_ever_works_nothing_is_held_for_ever() -> None:
    assert off_work_until(datetime(2026, 1, 1, tzinfo=UTC), WorkCalendar(ZoneInfo("UTC"))) is None
