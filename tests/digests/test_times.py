"""When digests come due: once for a local date, in every zone and however the rounds fall."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.digests.times import DigestKind, days_of, due
from services.understanding.work_hours import WorkHours, parse
from services.work_calendar import WorkCalendar
from tests.time.dice import a_moment, a_zone, cases

MOSCOW = ZoneInfo("Europe/Moscow")
HOURS = [
    *map(parse, ("mon-fri 9-18", "mon-fri 9-13, 14-18, sat 10-15", "mon-sun 8-20", "tue-sat 7-16")),
    None,
]
OFFICE = WorkCalendar(MOSCOW, parse("mon-fri 9-18"), "RU")


def moments(kind: DigestKind, calendar: WorkCalendar, since: datetime, days: int) -> list[tuple[date, str]]:
    found = due(kind, calendar, since, since + timedelta(days=days))
    return [(day, at.astimezone(calendar.zone).strftime("%a %H:%M")) for day, at in found]


def test_a_manager_hears_in_the_morning_and_a_head_in_the_evening_of_each_working_day() -> None:
    since = datetime(2026, 11, 19, tzinfo=UTC)
    assert [at for _, at in moments(DigestKind.MORNING, OFFICE, since, 5)] == [
        "Thu 09:00",
        "Fri 09:00",
        "Mon 09:00",
    ]
    assert [at for _, at in moments(DigestKind.EVENING, OFFICE, since, 5)] == [
        "Thu 18:00",
        "Fri 18:00",
        "Mon 18:00",
    ]


def test_the_week_is_told_on_the_first_working_day_of_the_next() -> None:
    spring = datetime(2026, 5, 3, tzinfo=UTC)
    told = moments(DigestKind.WEEK, OFFICE, spring, 14)
    assert told == [(date(2026, 5, 4), "Mon 09:00"), (date(2026, 5, 12), "Tue 09:00")]
    assert [days_of(DigestKind.WEEK, day) for day, _ in told] == [
        (date(2026, 4, 27), date(2026, 5, 3)),
        (date(2026, 5, 4), date(2026, 5, 10)),
    ]


def test_where_work_never_ends_the_day_is_nine_to_six() -> None:
    always = WorkCalendar(MOSCOW, WorkHours())
    since = datetime(2026, 11, 20, tzinfo=UTC)
    assert [at for _, at in moments(DigestKind.MORNING, always, since, 2)] == ["Fri 09:00", "Sat 09:00"]
    assert [at for _, at in moments(DigestKind.EVENING, always, since, 2)] == ["Fri 18:00", "Sat 18:00"]


@pytest.mark.parametrize("kind", DigestKind)
def test_however_the_rounds_fall_each_comes_once(kind: DigestKind) -> None:
    for case, dice in cases(700):
        zone, hours = a_zone(dice), dice.choice(HOURS)
        calendar = WorkCalendar(zone, hours or WorkHours(), "RU")
        since = first = a_moment(dice, zone)
        told = []
        for _ in range(dice.randint(1, 12)):
            until = since + timedelta(minutes=dice.randint(1, 3000))
            told += due(kind, calendar, since, until)
            since = until
        assert told == list(due(kind, calendar, first, since)), f"case {case}"
        assert len({day for day, _ in told}) == len(told), f"case {case}"
        assert all(calendar.is_open(at) or kind is DigestKind.EVENING or not hours for _, at in told)
        if kind is DigestKind.WEEK:
            weeks = [day.isocalendar()[:2] for day, _ in told]
            assert len(set(weeks)) == len(weeks), f"case {case}"
