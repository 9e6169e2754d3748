"""How often: words read to rules on Thursday 19 November 2026 at noon in Moscow, and all turns."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.due import Ambiguous, Due, Repeating, parse_due
from services.understanding.recurrence import Recurrence, Unit, is_weekday, next_turn

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 19, 12, 0, 30, tzinfo=MOSCOW)


def week(*days, every=1):
    return Recurrence(Unit.WEEK, every, weekdays=days)


def month(*days, every=1, nth=0, weekday=None, working=0):
    weekdays = () if weekday is None else (weekday,)
    return Recurrence(Unit.MONTH, every, weekdays, days, nth, working)


WORKDAY = Recurrence(Unit.WORKDAY)
DAYS_2 = Recurrence(Unit.DAY, 2)
SAID = [
    ("каждый понедельник в 9 отчёт", week(0), "2026-11-23 09:00", "отчёт"),
    ("отчёт каждый понедельник и четверг в 9", week(0, 3), "2026-11-23 09:00", "отчёт"),
    ("по понедельникам, средам и пятницам в 10:30 план", week(0, 2, 4), "2026-11-20 10:30", "план"),
    ("каждый второй вторник в 15", week(1, every=2), "2026-11-24 15:00", ""),
    ("раз в две недели по средам в 11 встреча", week(2, every=2), "2026-11-25 11:00", "встреча"),
    ("по утрам через день таблетки", DAYS_2, "2026-11-20 09:00", "таблетки"),
    ("каждые два дня в 9 отчёт", DAYS_2, "2026-11-20 09:00", "отчёт"),
    ("каждые 2 недели созвон", week(0, every=2), "2026-11-23 10:00", "созвон"),
    ("в пятницу каждую неделю", week(4), "2026-11-20 10:00", ""),
    ("каждую пятницу вечером итоги", week(4), "2026-11-20 18:00", "итоги"),
    ("по выходным в 12 полить цветы", week(5, 6), "2026-11-21 12:00", "полить цветы"),
    ("по будням в 10 разбор почты", WORKDAY, "2026-11-20 10:00", "разбор почты"),
    ("каждый рабочий день в 18 закрыть смену", WORKDAY, "2026-11-19 18:00", "закрыть смену"),
    ("каждые три дня в 9 звонок", Recurrence(Unit.DAY, 3), "2026-11-20 09:00", "звонок"),
    ("каждое 5 число зарплата", month(5), "2026-12-05 10:00", "зарплата"),
    ("каждое 1 и 15 число в 12 аванс", month(1, 15), "2026-12-01 12:00", "аванс"),
    ("31 числа каждого месяца", month(31), "2026-11-30 10:00", ""),
    ("ежемесячно 5 числа оплатить аренду", month(5), "2026-12-05 10:00", "оплатить аренду"),
    ("последний рабочий день месяца акт", month(working=-1), "2026-11-30 10:00", "акт"),
    ("в первый рабочий день месяца в 11 план", month(working=1), "2026-12-01 11:00", "план"),
    ("каждый первый понедельник месяца отчёт", month(nth=1, weekday=0), "2026-12-07 10:00", "отчёт"),
    ("раз в квартал сверка", month(19, every=3), "2027-02-19 10:00", "сверка"),
    ("последний день квартала в 18 сдать отчёт", month(31, every=3), "2026-12-31 18:00", "сдать отчёт"),
    ("раз в полгода ТО", month(19, every=6), "2027-05-19 10:00", "ТО"),
    ("каждый год 15 марта поздравить", month(15, every=12), "2027-03-15 10:00", "поздравить"),
    ("every other Friday 4pm retro", week(4, every=2), "2026-11-20 16:00", "retro"),
    ("every weekday at 9:30 stand-up", WORKDAY, "2026-11-20 09:30", "stand-up"),
    ("every 3 days at 9 call", Recurrence(Unit.DAY, 3), "2026-11-20 09:00", "call"),
    ("on the 1st and 15th of every month pay", month(1, 15), "2026-12-01 10:00", "pay"),
    ("last working day of the month act", month(working=-1), "2026-11-30 10:00", "act"),
    ("last Friday of the month at 5pm drinks", month(nth=-1, weekday=4), "2026-11-27 17:00", "drinks"),
    ("every quarter on the 5th at 10 VAT", month(5, every=3), "2026-12-05 10:00", "VAT"),
    ("weekly at 9 report", week(0), "2026-11-23 09:00", "report"),
    ("каждое первое число оплатить аренду", month(1), "2026-12-01 10:00", "оплатить аренду"),
    ("каждый месяц пятого числа счёт", month(5), "2026-12-05 10:00", "счёт"),
    ("5 и 20 числа аванс", month(5, 20), "2026-11-20 10:00", "аванс"),
    ("ежемесячно 25 в 12", month(25), "2026-11-25 12:00", ""),
    ("в конце каждого месяца отчёт", month(31), "2026-11-30 10:00", "отчёт"),
    ("ежемесячно в последний рабочий день", month(working=-1), "2026-11-30 10:00", ""),
    ("каждый второй понедельник месяца в 11", month(nth=2, weekday=0), "2026-12-14 11:00", ""),
    ("каждый месяц в последнюю пятницу", month(nth=-1, weekday=4), "2026-11-27 10:00", ""),
    ("monthly on the first monday", month(nth=1, weekday=0), "2026-12-07 10:00", ""),
    ("каждый третий день в 9", Recurrence(Unit.DAY, 3), "2026-11-20 09:00", ""),
    ("каждую третью неделю по средам", week(2, every=3), "2026-11-25 10:00", ""),
    ("каждый понедельник среду и пятницу в 9", week(0, 2, 4), "2026-11-20 09:00", ""),
    ("пн ср пт в 9 зарядка", week(0, 2, 4), "2026-11-20 09:00", "зарядка"),
    ("по пн и ср в 9 зарядка", week(0, 2), "2026-11-23 09:00", "зарядка"),
    ("пн-пт в 9 планёрка", WORKDAY, "2026-11-20 09:00", "планёрка"),
    ("пн-чт 18:00 касса", week(0, 1, 2, 3), "2026-11-19 18:00", "касса"),
    ("каждый день кроме выходных в 9", WORKDAY, "2026-11-20 09:00", ""),
    ("в будние дни в 9 планёрка", WORKDAY, "2026-11-20 09:00", "планёрка"),
    ("по утрам проверять почту", Recurrence(Unit.DAY), "2026-11-20 09:00", "проверять почту"),
    ("каждую среду в полдесятого", week(2), "2026-11-25 09:30", ""),
    ("каждое 5 января поздравить", month(5, every=12), "2027-01-05 10:00", "поздравить"),
    ("каждый понедельник начиная с 1 декабря", week(0), "2026-12-07 10:00", ""),
    ("напоминай каждый понедельник в 9 отчёт", week(0), "2026-11-23 09:00", "отчёт"),
    ("report mondays 9am", week(0), "2026-11-23 09:00", "report"),
    ("weekdays at 10 call", WORKDAY, "2026-11-20 10:00", "call"),
    ("mon-fri 9am", WORKDAY, "2026-11-20 09:00", ""),
    ("daily 18:30 report", Recurrence(Unit.DAY), "2026-11-19 18:30", "report"),
    ("fortnightly on friday", week(4, every=2), "2026-11-20 10:00", ""),
    ("every 3rd day", Recurrence(Unit.DAY, 3), "2026-11-20 10:00", ""),
    ("every first monday", month(nth=1, weekday=0), "2026-12-07 10:00", ""),
    ("on the first of every month pay rent", month(1), "2026-12-01 10:00", "pay rent"),
    ("1st of every month", month(1), "2026-12-01 10:00", ""),
    ("every january 5", month(5, every=12), "2027-01-05 10:00", ""),
    ("every friday starting december 1 at 5pm", week(4), "2026-12-04 17:00", ""),
]
UNSAID = [
    *("каждый день кроме пятницы", "once a month on friday"),
    *("каждый понедельник в 25 отчёт", "every Monday at 25 report"),
    *("каждый час в 10", "каждые 2 часа", "every hour at 9", "два раза в неделю звонить", "twice a week"),
    *("каждый понедельник и 5 числа отчёт", "every day next week", "по вторникам кроме праздников"),
]


@pytest.mark.parametrize(("line", "rule", "first", "rest"), SAID, ids=[row[0] for row in SAID])
def test_the_words_say_the_rule(line, rule, first, rest):
    at = datetime.fromisoformat(first).replace(tzinfo=MOSCOW)
    assert parse_due(line, NOW) == Repeating((at,), rest, rule)


def test_an_hour_after_a_rule_is_asked_about_where_it_may_be_a_count():
    found = parse_due("every monday 9 report", NOW)
    assert isinstance(found, Repeating)
    assert [at.hour for at in found.first] == [9, 10]


@pytest.mark.parametrize(
    ("line", "either"),
    [
        ("позвонить через день", True),
        ("через день в три позвонить", True),
        ("через 1 день позвонить", False),
        ("через неделю позвонить", False),
        ("in a day call", False),
    ],
)
def test_in_a_day_may_be_every_other_day(line, either):
    found = parse_due(line, NOW)
    assert isinstance(found, Due | Ambiguous)
    assert found.or_every_other is either


@pytest.mark.parametrize("line", UNSAID)
def test_what_a_rule_cannot_say_is_no_rule(line):
    assert parse_due(line, NOW) == Repeating((), parse_due(line, NOW).rest)


@pytest.mark.parametrize("line", ["send the weekly report tomorrow at 15", "каждые 5 клиентов завтра"])
def test_adjectives_and_counts_are_no_rules(line):
    assert not isinstance(parse_due(line, NOW), Repeating)


weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found)))
rules = st.one_of(
    st.builds(Recurrence, st.just(Unit.DAY), st.integers(1, 24)),
    st.just(WORKDAY),
    st.builds(Recurrence, st.just(Unit.WEEK), st.integers(1, 24), weekdays),
    st.builds(
        lambda every, days: month(*sorted(days), every=every),
        st.sampled_from((1, 2, 3, 6, 12, 24)),
        st.sets(st.integers(1, 31), min_size=1, max_size=3),
    ),
    st.builds(
        lambda every, nth, day: month(every=every, nth=nth, weekday=day),
        st.sampled_from((1, 3)),
        st.sampled_from((1, 2, 3, 4, -1)),
        st.integers(0, 6),
    ),
    st.builds(lambda working: month(working=working), st.sampled_from((1, -1))),
)
zones = st.sampled_from([ZoneInfo(name) for name in ("Europe/Berlin", "America/Sao_Paulo", "Europe/Moscow")])
nows = st.builds(
    lambda at, zone: at.astimezone(zone),
    st.datetimes(datetime(2010, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 bounds of Hypothesis are naive
    zones,
)
HOLIDAYS = {(1, 1), (1, 2), (1, 7), (3, 8), (5, 1), (5, 9), (12, 31)}


def works(day):
    return is_weekday(day) and (day.month, day.day) not in HOLIDAYS


@given(rules, nows, st.integers(0, 24 * 60 - 1), st.integers(0, 900), st.booleans())
def test_each_turn_is_later_and_on_a_day_of_the_rule(rule, now, minutes, ago, shift):
    anchor = now.date() - timedelta(days=ago)
    at = now
    for _ in range(4):
        turn = next_turn(rule, anchor, minutes, at, works, shift=shift)
        assert turn is not None
        assert turn.astimezone(UTC) > at.astimezone(UTC)
        day = turn.date()
        if shift:
            assert works(day)
            back = next(n for n in range(40) if rule.comes_on(day - timedelta(days=n), anchor, works))
            assert not any(works(day - timedelta(days=n)) for n in range(1, back + 1))
        else:
            assert _said(rule, day, anchor)
        # Only where the clocks skip that time it is another one, right after the gap.
        clock = turn.hour * 60 + turn.minute
        skipped = datetime(day.year, day.month, day.day, *divmod(minutes, 60), tzinfo=now.tzinfo)
        assert clock == minutes or skipped.astimezone(UTC).astimezone(now.tzinfo).hour * 60 != minutes
        at = turn


@given(rules, nows, st.integers(0, 24 * 60 - 1))
def test_no_turn_is_left_out(rule, now, minutes):
    anchor = now.date()
    turn = next_turn(rule, anchor, minutes, now, works)
    assert turn is not None
    between = (anchor + timedelta(days=n) for n in range(1, (turn.date() - anchor).days))
    assert not any(_said(rule, day, anchor) for day in between)


def test_a_turn_at_an_hour_that_the_clocks_skip_comes_right_after():
    berlin = ZoneInfo("Europe/Berlin")
    eve = datetime(2027, 3, 27, 12, tzinfo=berlin)
    turn = next_turn(Recurrence(Unit.DAY), eve.date(), 150, eve, is_weekday)
    assert turn == datetime(2027, 3, 28, 3, 0, tzinfo=berlin)
    assert next_turn(Recurrence(Unit.DAY), eve.date(), 150, turn, is_weekday).hour == 2


def test_a_rule_is_kept_and_read_back():
    for _, rule, _, _ in SAID:
        assert Recurrence.of(rule.data) == rule


def _said(rule: Recurrence, day: date, anchor: date) -> bool:
    """The words of a rule once more, said in another way than the program does."""
    last = monthrange(day.year, day.month)[1]
    match rule.unit:
        case Unit.DAY:
            return (day.toordinal() - anchor.toordinal()) % rule.every == 0
        case Unit.WORKDAY:
            return works(day)
        case Unit.WEEK:
            monday = anchor.toordinal() - anchor.weekday()
            return day.weekday() in rule.weekdays and (day.toordinal() - monday) // 7 % rule.every == 0
    if (day.month - anchor.month + 12 * (day.year - anchor.year)) % rule.every:
        return False
    of_month = [date(day.year, day.month, number) for number in range(1, last + 1)]
    if rule.working:
        worked = [one for one in of_month if works(one)]
        return day == worked[0 if rule.working == 1 else -1]
    if rule.nth:
        same = [one for one in of_month if one.weekday() == rule.weekdays[0]]
        return day == same[rule.nth - 1 if rule.nth > 0 else -1]
    return day in [of_month[min(number, last) - 1] for number in rule.days]
