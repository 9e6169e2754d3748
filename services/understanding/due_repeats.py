"""The phrases that say how often: "каждый понедельник", "по средам", "every other Friday"."""

import re
from datetime import date

from services.understanding import due_words as words
from services.understanding import moments
from services.understanding.due_pieces import Answer, Line, Part, Repeats, Unreadable, any_of, rule
from services.understanding.recurrence import LONGEST_EVERY, Recurrence, Unit

_WEEKDAYS = {**words.WEEKDAYS, **words.WEEKDAYS_PLURAL}
_NTH = {
    **dict.fromkeys(("перв", "first", "1st"), 1),
    **dict.fromkeys(("втор", "second", "2nd"), 2),
    **dict.fromkeys(("трет", "third", "3rd"), 3),
    **dict.fromkeys(("четв", "fourth", "4th"), 4),
    **dict.fromkeys(("последн", "last"), -1),
}
_PERIODS = {"квартал": 3, "quarter": 3, "год": 12, "year": 12}


def _unreadable(_match: re.Match[str], _line: Line) -> Answer:
    return Unreadable()


def _on_weekdays(match: re.Match[str], _line: Line) -> Answer:
    """Group 1: every other one; group 2: the weekdays."""
    found = {_WEEKDAYS[word] for word in re.findall(r"\w+", match[2]) if word in _WEEKDAYS}
    return Repeats(Recurrence(Unit.WEEK, 2 if match[1] else 1, weekdays=tuple(sorted(found))))


def _weekends(_match: re.Match[str], _line: Line) -> Answer:
    return Repeats(Recurrence(Unit.WEEK, weekdays=(5, 6)))


def _workdays(_match: re.Match[str], _line: Line) -> Answer:
    return Repeats(Recurrence(Unit.WORKDAY))


def _at_part(match: re.Match[str], _line: Line) -> Answer:
    part = "morning" if match[1] in ("утро", "morning") else "evening"
    return Repeats(Recurrence(Unit.DAY)), Part(part)


def _every(match: re.Match[str], _line: Line) -> Answer:
    """Group 1: how many, if it is not one; group 2: of what."""
    number, unit = match[1], match[2]
    if number is None:
        count = 1.0
    elif number[0].isdigit():
        count = float(number.replace(",", "."))
    else:
        count = words.NUMBERS[" ".join(number.split())]
    if unit in words.UNIT_MONTHS:
        return _counted(Unit.MONTH, count * words.UNIT_MONTHS[unit])
    if unit in words.UNIT_DAYS:
        weekly = words.UNIT_DAYS[unit] == 7
        return _counted(Unit.WEEK if weekly else Unit.DAY, count)
    return Unreadable()


def _counted(unit: Unit, count: float) -> Answer:
    if count != int(count) or not 1 <= count <= LONGEST_EVERY:
        return Unreadable()
    return Repeats(Recurrence(unit, int(count)))


def _other(match: re.Match[str], _line: Line) -> Answer:
    """Every other day, week or month."""
    if match[1] in words.UNIT_MONTHS:
        return _counted(Unit.MONTH, 2 * words.UNIT_MONTHS[match[1]])
    if match[1] in words.UNIT_DAYS:
        return _counted(Unit.WEEK if words.UNIT_DAYS[match[1]] == 7 else Unit.DAY, 2)
    return Unreadable()


_ADVERBS = {
    **dict.fromkeys(("ежедневно", "daily"), Recurrence(Unit.DAY)),
    **dict.fromkeys(("еженедельно", "weekly"), Recurrence(Unit.WEEK)),
    **dict.fromkeys(("ежемесячно", "monthly"), Recurrence(Unit.MONTH)),
    **dict.fromkeys(("ежеквартально", "quarterly"), Recurrence(Unit.MONTH, 3)),
    **dict.fromkeys(("ежегодно", "yearly", "annually"), Recurrence(Unit.MONTH, 12)),
}


def _adverb(match: re.Match[str], _line: Line) -> Answer:
    return Repeats(_ADVERBS[match[1]])


def _quarterly(_match: re.Match[str], _line: Line) -> Answer:
    return Repeats(Recurrence(Unit.MONTH, 3))


def _half_yearly(_match: re.Match[str], _line: Line) -> Answer:
    return Repeats(Recurrence(Unit.MONTH, 6))


def _month_days(match: re.Match[str], _line: Line) -> Answer:
    found = sorted({int(number) for number in re.findall(r"\d+", match[1])})
    if not 1 <= found[0] <= found[-1] <= 31:
        return Unreadable()
    return Repeats(Recurrence(Unit.MONTH, days=tuple(found)))


def _edge(match: re.Match[str], line: Line) -> Answer:
    """The first or last (working) day of a month, a quarter or a year."""
    first, working, period = match[1] in ("перв", "first"), match[2], match[3]
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
    return Repeats(Recurrence(Unit.MONTH, weekdays=(_WEEKDAYS[match[2]],), nth=nth))


_EACH = "<on>?(?:кажд(?:ый|ую|ое|ые|ого)|every|each)"
_OTHER = r"(?:втор(?:ой|ую|ое)|2-?(?:й|ю|ую|е|nd)|other|second)"
_AND = r"(?:~,~| и | and |~&~)"
_DATE = r"\d{1,2}(?:-?(?:е|го|ое|му))?"
_ORDINAL = r"\d{1,2}(?:th|st|nd|rd)"
_OF_MONTH = r"of (?:the|every|each) month"


def _row(one: str) -> str:
    return rf"{one}(?:{_AND}(?:по |on |the )?{one}){{0,6}}"


RULES = (
    rule(rf"{_EACH} (?:({_OTHER}) )?({_row('<weekday>')})", _on_weekdays),
    rule(rf"()(?:по|on) ({_row(any_of(words.WEEKDAYS_PLURAL))})", _on_weekdays),
    rule(rf"{_EACH} (утро|вечер|morning|evening)", _at_part),
    rule(
        r"по (?:будням|рабочим дням|будним дням)|в (?:будни|рабочие дни)"
        rf"|(?:on|{_EACH}) (?:week|work|working |business )days?|{_EACH} (?:рабочий|будний) день",
        _workdays,
    ),
    rule(rf"по выходным|on weekends|{_EACH} (?:weekend|выходные)", _weekends),
    rule(rf"(?:{_EACH}|раз в|once (?:an?|per|every)) (?:квартал|quarter)", _quarterly),
    rule(rf"(?:{_EACH}|раз в|once (?:an?|per|every)) (?:полгода|half an? year|half year)", _half_yearly),
    rule(rf"{_EACH} {_OTHER} (<unit>)", _other),
    rule(rf"{_EACH} (?:(<number>)~)?(<unit>)", _every),
    rule(r"(?:раз в|once (?:an?|per|every|in)) (?:(<number>)~)?(<unit>)", _every),
    rule(r"(ежедневно|еженедельно|ежемесячно|ежеквартально|ежегодно)", _adverb),
    # These are adjectives, too: "the weekly report".
    rule(r"(daily|weekly|monthly|quarterly|yearly|annually)(?=~(?:$|[,;.\n]|at |on |by ))", _adverb),
    rule(
        rf"<on>?кажд(?:ое|ого) ({_row(_DATE)})(?:~числ[оа](?: месяца)?|(?=~(?:$|[,;.\n]|в |к )))", _month_days
    ),
    rule(rf"<on>?({_row(_DATE)}) (?:числа|число) каждого месяца", _month_days),
    rule(rf"(?:on )?(?:every|each) ({_row(_ORDINAL)})(?: day)?(?: {_OF_MONTH})?", _month_days),
    rule(rf"(?:on )?the ({_row(_ORDINAL)}) of (?:every|each) month", _month_days),
    rule(
        r"<on>?(?:кажд(?:ый|ое|ого) )?(перв|последн)(?:ый|ий|ое|ее|ого|его) (рабочий |рабочего )?"
        r"(?:день|дня|число|числа) (?:каждого )?(месяца|квартала|года)",
        _edge,
    ),
    rule(
        r"(?:on )?(?:the |every |each )?(first|last) (working |business |work)?day"
        r" of (?:the|every|each|a) (month|quarter|year)",
        _edge,
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
    rule(rf"{_EACH} (?:час|hour|other|<number>)", _unreadable),
    rule(r"(?:(?:<number>|пару) раза? в|twice an?|(?:<number>) times an?) <unit>", _unreadable),
)
