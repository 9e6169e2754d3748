"""How often a task comes, in words."""

from dataclasses import replace
from datetime import date

from keyboards.tongue import Tongue
from services.dto.tasks import SeriesFacts
from services.understanding.recurrence import Recurrence, Unit

_LAST = 31


def series_words(series: SeriesFacts, t: Tongue) -> str:
    """The rule with its time of day, and what becomes of days off."""
    time = f"{series.minutes // 60:02}:{series.minutes % 60:02}"
    rule = replace(series.rule, until=None)
    told = t("{rule} at {time}", rule=rule_words(rule, series.anchor, t), time=time)
    if series.rule.until is not None:
        told = t("{rule}, until {day}", rule=told, day=t.day(series.rule.until))
    return t("{rule}; a day off: the next working day", rule=told) if series.shift else told


def rule_words(rule: Recurrence, anchor: date, t: Tongue) -> str:
    """The rule with its end; a year's is told by the month of `anchor`."""
    told = _often(rule, anchor, t)
    if rule.until is not None:
        return t("{rule}, until {day}", rule=told, day=t.day(rule.until))
    if rule.times:
        return t("{rule}, {times}", rule=told, times=t.many("{n} time", "{n} times", rule.times))
    return told


def _often(rule: Recurrence, anchor: date, t: Tongue) -> str:
    match rule.unit:
        case Unit.DAY:
            return (
                t("every day") if rule.every == 1 else t.many("every {n} day", "every {n} days", rule.every)
            )
        case Unit.WORKDAY:
            return t("on working days")
        case Unit.WEEK:
            days = _weekdays(rule, t)
            if rule.every == 1:
                return days
            weeks = t.many("every {n} week", "every {n} weeks", rule.every)
            return t("{often}, {day}", often=weeks, day=days)
        case Unit.MONTH:
            return _monthly(rule, anchor, t)


def _monthly(rule: Recurrence, anchor: date, t: Tongue) -> str:
    if rule.every == 12 and len(rule.days) == 1 and rule.days != (_LAST,):
        return t("every year, {day}", day=t.day_of_year(anchor))
    if rule.every == 1 and rule.nth < 0 and len(rule.weekdays) == 1:
        return _last_in_month(rule.weekdays[0], t)
    day = _month_day(rule, t)
    if rule.every == 1:
        return t("every month, {day}", day=day)
    named = {3: t("every quarter"), 6: t("every half a year"), 12: t("every year")}
    often = named.get(rule.every) or t.many("every {n} month", "every {n} months", rule.every)
    return t("{often}, {day}", often=often, day=day)


def _month_day(rule: Recurrence, t: Tongue) -> str:
    if rule.working:
        return t("on the last working day") if rule.working < 0 else t("on the first working day")
    if rule.nth:
        day = _weekdays(rule, t)
        if rule.nth < 0:
            return t("{day}, only the last time in a month", day=day)
        if len(rule.weekdays) == 1:
            return _nth_day(rule, t)
        return t("{day}, only time {n} in a month", day=day, n=rule.nth)
    if rule.days == (_LAST,):
        return t("on the last day")
    return t("on day {days}", days=", ".join(str(day) for day in rule.days))


def _nth_day(rule: Recurrence, t: Tongue) -> str:
    on = (t("on the 1st"), t("on the 2nd"), t("on the 3rd"), t("on the 4th"), t("on the 5th"))[rule.nth - 1]
    return (
        t("{on} Monday", on=on),
        t("{on} Tuesday", on=on),
        t("{on} Wednesday", on=on),
        t("{on} Thursday", on=on),
        t("{on} Friday", on=on),
        t("{on} Saturday", on=on),
        t("{on} Sunday", on=on),
    )[rule.weekdays[0]]


def _weekdays(rule: Recurrence, t: Tongue) -> str:
    names = (
        t("Mondays"),
        t("Tuesdays"),
        t("Wednesdays"),
        t("Thursdays"),
        t("Fridays"),
        t("Saturdays"),
        t("Sundays"),
    )
    *first, last = (names[day] for day in rule.weekdays)
    if not first:
        return t("on {days}", days=last)
    return t("on {days} and {last}", days=", ".join(first), last=last)


def _last_in_month(weekday: int, t: Tongue) -> str:
    return (
        t("on the last Monday of every month"),
        t("on the last Tuesday of every month"),
        t("on the last Wednesday of every month"),
        t("on the last Thursday of every month"),
        t("on the last Friday of every month"),
        t("on the last Saturday of every month"),
        t("on the last Sunday of every month"),
    )[weekday]
