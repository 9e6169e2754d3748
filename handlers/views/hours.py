"""Working hours in words: "Mo–Fr 9:00–18:00, Sa 10:00–15:00"."""

from itertools import groupby

from keyboards.tongue import Tongue
from services.understanding.work_hours import DAY, Span, WorkHours

_ALWAYS = ((0, DAY),)


def hours_words(hours: WorkHours, t: Tongue) -> str:
    """The week, days with equal hours together."""
    groups = hours.groups()
    if not groups:
        return t("not said yet")
    return "; ".join(f"{days_words(days, t)} {spans_words(spans, t)}" for days, spans in groups)


def days_words(days: list[int], t: Tongue) -> str:
    """Weekdays, those in a row as one: Mo–Fr."""
    if len(days) == 7:
        return t("every day")
    names = dict(t.weekdays())
    runs = [[day for _, day in run] for _, run in groupby(enumerate(days), lambda pair: pair[1] - pair[0])]
    return ", ".join(names[run[0]] if len(run) == 1 else f"{names[run[0]]}–{names[run[-1]]}" for run in runs)


def spans_words(spans: tuple[Span, ...], t: Tongue) -> str:
    """The hours of one day: "9:00–13:00, 14:00–18:00"."""
    if spans == _ALWAYS:
        return t("around the clock")
    return ", ".join(f"{clock_words(start)}–{clock_words(end)}" for start, end in spans)


def clock_words(minutes: int) -> str:
    """A time of the day: 9:30."""
    return f"{minutes // 60}:{minutes % 60:02}"
