"""The phrases that say on which days of each month or year: "каждое 5 число", "last Friday of the month"."""

import re
from datetime import date

from services.understanding import due_ordinals as ordinals
from services.understanding import moments
from services.understanding.due_pieces import Answer, Line, Repeats, any_of, rule
from services.understanding.due_repeats import EACH, WEEKDAYS, row
from services.understanding.recurrence import Recurrence, Unit

_NTH = {
    **dict.fromkeys(("перв", "first", "1st"), 1),
    **dict.fromkeys(("втор", "second", "2nd"), 2),
    **dict.fromkeys(("трет", "third", "3rd"), 3),
    **dict.fromkeys(("четв", "fourth", "4th"), 4),
    **dict.fromkeys(("последн", "last"), -1),
}
_PERIODS = {"квартал": 3, "quarter": 3, "год": 12, "year": 12}


def _yearly(_match: re.Match[str], _line: Line) -> Answer:
    """ "every 5 January": the date after it says the rest."""
    return Repeats(Recurrence(Unit.MONTH, 12))


def _month_days(match: re.Match[str], _line: Line) -> Answer:
    found = sorted(set(ordinals.numbers_of(match[1])))
    if not 1 <= found[0] <= found[-1] <= 31:
        return Repeats(None)
    return Repeats(Recurrence(Unit.MONTH, days=tuple(found)))


def _edge(match: re.Match[str], line: Line) -> Answer:
    """The first or last (working) day of a month, a quarter or a year."""
    return _at_edge(line, match[3], first=match[1] in ("перв", "first"), working=bool(match[2]))


def _edge_after(match: re.Match[str], line: Line) -> Answer:
    """ "ежемесячно в последний рабочий день": of which period was said before."""
    if not _after_month(line):
        return None
    return _at_edge(line, "month", first=match[1] in ("перв", "first"), working=bool(match[2]))


def _around(match: re.Match[str], line: Line) -> Answer:
    """ "в конце каждого месяца"."""
    return _at_edge(line, match[2], first=match[1].startswith(("начал", "beginning", "start")), working=False)


def _at_edge(line: Line, period: str, *, first: bool, working: bool) -> Answer:
    months = next((size for name, size in _PERIODS.items() if period.startswith(name)), 1)
    begins = line.today.replace(day=1)
    passed = (begins.month - 1) % months
    start = _months_on(begins, -passed if first else months - 1 - passed)
    if first and start < line.today:
        start = _months_on(start, months)
    if working:
        return Repeats(Recurrence(Unit.MONTH, months, working=1 if first else -1), start)
    return Repeats(Recurrence(Unit.MONTH, months, days=(1,) if first else (31,)), start)


def _months_on(day: date, months: int) -> date:
    return moments.add_months(day, months) or day


def _nth_weekday(match: re.Match[str], _line: Line) -> Answer:
    nth = next(number for name, number in _NTH.items() if match[1].startswith(name))
    return Repeats(Recurrence(Unit.MONTH, weekdays=(WEEKDAYS[match[2]],), nth=nth))


def _nth_after(match: re.Match[str], line: Line) -> Answer:
    """ "каждый месяц в последнюю пятницу"."""
    return _nth_weekday(match, line) if _after_month(line) else None


def _after_month(line: Line) -> bool:
    """Whether "each month" was said right before."""
    said = line.before[-1] if line.before else None
    return isinstance(said, Repeats) and said.rule == Recurrence(Unit.MONTH)


_DATE = rf"(?:\d{{1,2}}(?:-?(?:е|го|ое|му))?|{any_of(ordinals.DATES)})"
_ORDINAL = rf"(?:\d{{1,2}}(?:th|st|nd|rd)|{any_of(ordinals.ENGLISH)})"
_OF_MONTH = r"of (?:the|every|each) month"
_NTH_WORD = r"(?:перв|трет|четв|последн)\w{2,5}|first|third|fourth|last|1st|3rd|4th"
RULES = (
    rule(
        rf"{EACH}(?= (?:<month> (?:the )?(?:\d|{_ORDINAL})|(?:{_DATE}|{_ORDINAL}) (?:of )?<month>))",
        _yearly,
    ),
    rule(
        r"<on>?(?:кажд(?:ый|ую|ое) )?(перв|втор|трет|четв|последн)\w{2,5} (<weekday>) (?:каждого )?месяца",
        _nth_weekday,
    ),
    rule(
        r"(?:on )?(?:the |every |each )?(first|second|third|fourth|last|1st|2nd|3rd|4th) (<weekday>)"
        rf" {_OF_MONTH}",
        _nth_weekday,
    ),
    # Each second one comes every other week; of the others there is one in a month.
    rule(rf"{EACH} ({_NTH_WORD}) (<weekday>)", _nth_weekday),
    rule(
        r"(?:каждый месяц|раз в месяц|ежемесячно|every month|monthly) (\d{1,2})"
        r"(?=~(?:$|[,;.\n]|в \d|at \d))",
        _month_days,
    ),
    rule(
        rf"<on>?кажд(?:ое|ого) ({row(_DATE)})(?:~числ[оа](?: месяца)?|(?=~(?:$|[,;.\n]|в |к )))", _month_days
    ),
    rule(rf"<on>?({row(_DATE)}) (?:числа|число) каждого месяца", _month_days),
    # Nobody means two days of one month.
    rule(rf"<on>?({_DATE}(?:(?:~,~| и ){_DATE}){{1,6}}) числа", _month_days),
    rule(
        rf"(?:on )?(?:every|each) ({row(_ORDINAL)})(?: day(?= of))?(?: {_OF_MONTH})?(?! <unit>| <weekday>)",
        _month_days,
    ),
    rule(rf"(?:on )?(?:the )?({row(_ORDINAL)}) of (?:every|each) month", _month_days),
    rule(
        r"<on>?(?:кажд(?:ый|ое|ого) )?(перв|последн)(?:ый|ий|ое|ее|ого|его) (рабочий |рабочего )?"
        r"(?:день|дня|число|числа) (?:каждого )?(месяца|квартала|года)",
        _edge,
    ),
    rule(
        r"<on>?(?:кажд(?:ый|ое|ого) )?(перв|последн)(?:ый|ий|ое|ее|ого|его) (рабочий |рабочего )?день",
        _edge_after,
    ),
    rule(r"<on>?(перв|втор|трет|четв|последн)\w{2,5} (<weekday>)", _nth_after),
    rule(r"(?:on )?(?:the )?(first|second|third|fourth|last) (<weekday>)", _nth_after),
    rule(
        r"(?:в|к|до|на) (начал[оеуа]|конец|конц[еуа]) каждого (месяца|квартала|года)",
        _around,
    ),
    rule(
        r"(?:at |by )?(?:the )?(end|beginning|start) of (?:every|each) (month|quarter|year)",
        _around,
    ),
    rule(
        r"(?:on )?(?:the |every |each )?(first|last) (working |business |work)?day"
        r" of (?:the|every|each|a) (month|quarter|year)",
        _edge,
    ),
)
