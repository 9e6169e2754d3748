"""The phrases that say how often: "каждый понедельник", "по средам", "every other Friday"."""

import re

from services.understanding import due_ordinals as ordinals
from services.understanding import due_words as words
from services.understanding.due_pieces import (
    Answer,
    Line,
    Part,
    Repeats,
    Starts,
    Unreadable,
    any_of,
    rule,
    unreadable,
)
from services.understanding.recurrence import LONGEST_EVERY, Recurrence, Unit

WEEKDAYS = {**words.WEEKDAYS, **words.WEEKDAYS_PLURAL}
_MANY = [word for word in words.WEEKDAYS_PLURAL if word.isascii()]
_SHORT = [word for word in words.WEEKDAYS if len(word) == 2]


def _on_weekdays(match: re.Match[str], _line: Line) -> Answer:
    """Group 1: every other one; group 2: the weekdays."""
    found = {WEEKDAYS[word] for word in re.findall(r"\w+", match[2]) if word in WEEKDAYS}
    return Repeats(Recurrence(Unit.WEEK, 2 if match[1] else 1, weekdays=tuple(sorted(found))))


def _weekends(_match: re.Match[str], _line: Line) -> Answer:
    return Repeats(Recurrence(Unit.WEEK, weekdays=(5, 6)))


def _workdays(_match: re.Match[str], _line: Line) -> Answer:
    return Repeats(Recurrence(Unit.WORKDAY))


def _at_part(match: re.Match[str], _line: Line) -> Answer:
    part = "morning" if (match[1] or match[2]) in ("утро", "утрам", "morning") else "evening"
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
    return _units(count, unit)


def _units(count: float, unit: str) -> Answer:
    if unit in words.UNIT_MONTHS:
        return _counted(Unit.MONTH, count * words.UNIT_MONTHS[unit])
    if unit in words.UNIT_DAYS:
        days = words.UNIT_DAYS[unit]
        return _counted(Unit.DAY, count) if days == 1 else _counted(Unit.WEEK, count * days / 7)
    return Repeats(None)


def _counted(unit: Unit, count: float) -> Answer:
    if count != int(count) or not 1 <= count <= LONGEST_EVERY:
        return Repeats(None)
    return Repeats(Recurrence(unit, int(count)))


def _other(match: re.Match[str], _line: Line) -> Answer:
    """Every other day, week or month."""
    return _units(2, match[1])


def _each_nth(match: re.Match[str], _line: Line) -> Answer:
    """ "каждый третий день"."""
    return _units(ordinals.number_of(match[1]), match[2])


def _untold(_match: re.Match[str], _line: Line) -> Answer:
    """It repeats, but not as a rule can."""
    return Repeats(None)


def _starts(_match: re.Match[str], _line: Line) -> Answer:
    return Starts()


def _between(match: re.Match[str], _line: Line) -> Answer:
    """ "пн-пт": on each of these days and of those between them."""
    first, last = WEEKDAYS[match[1]], WEEKDAYS[match[2]]
    if (first, last) == (0, 4):
        return Repeats(Recurrence(Unit.WORKDAY))
    days = tuple(range(first, last + 1))
    return Repeats(Recurrence(Unit.WEEK, weekdays=days)) if days else Unreadable()


_ADVERBS = {
    **dict.fromkeys(("ежедневно", "daily"), Recurrence(Unit.DAY)),
    **dict.fromkeys(("еженедельно", "weekly"), Recurrence(Unit.WEEK)),
    **dict.fromkeys(("biweekly", "fortnightly"), Recurrence(Unit.WEEK, 2)),
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


EACH = "<on>?(?:кажд(?:ый|ую|ое|ые|ого)|every|each)"
_OTHER = r"(?:втор(?:ой|ую|ое)|2-?(?:й|ю|ую|е|nd)|other|second)"
AND = r"(?:~,~| и | and |~&~| )"
# After these words a time follows, or nothing: an adjective is followed by what it describes.
_TIME = r"(?:at|in|from|by|в|к|с|noon|утром|вечером|\d{1,2}(?::\d\d|\.\d\d|~[ap]\.?m))(?!\w)"
_THEN_TIME = rf"(?=~{_TIME})"
_THEN = rf"(?=~(?:$|[,;.\n]|on |{_TIME}))"


def row(one: str) -> str:
    """A pattern for one or several of these: with commas, with joining words or with nothing between them."""
    return rf"{one}(?:{AND}(?:по |on |the )?{one}){{0,6}}"


RULES = (
    rule(rf"{EACH} (?:({_OTHER}) )?({row('<weekday>')})", _on_weekdays),
    rule(rf"()(?:по|on) ({row(any_of(words.WEEKDAYS_PLURAL))})", _on_weekdays),
    rule(rf"()({row(any_of(_MANY))})", _on_weekdays),
    # Nobody means three days once.
    rule(rf"()<on>?(<weekday>(?:{AND}(?:<on>|the )?<weekday>){{2,6}})", _on_weekdays),
    rule(rf"()по ({row(any_of(_SHORT))})", _on_weekdays),
    rule(r"(?:с |from )?(<weekday>)(?:~[-–—]~| to | through | thru )(<weekday>)" + _THEN_TIME, _between),
    rule(
        r"(?:(?:каждый день|ежедневно|every day) )(?:с|from) (<weekday>) (?:по|to|till) (<weekday>)", _between
    ),
    rule(rf"{EACH} (утро|вечер|morning|evening)|по (утрам|вечерам)", _at_part),
    rule(
        r"(?:каждый день|ежедневно|every day|daily)~,?~(?:кроме|except|but)"
        r" (?:выходных|субботы и воскресенья|weekends|saturday and sunday)",
        _workdays,
    ),
    rule(
        rf"по (?:будням|(?:рабочим|будним)(?: дням|{_THEN}))|в (?:будни|(?:рабочие|будние) дни)"
        rf"|(?:on|{EACH}) (?:week|work|working |work |business )days?|{EACH} (?:рабочий|будний) день"
        rf"|(?:week|work)days{_THEN}",
        _workdays,
    ),
    rule(rf"по выходным(?: дням)?|on weekends|{EACH} (?:weekend|выходные)|weekends{_THEN}", _weekends),
    rule(rf"(?:{EACH}|раз в|once (?:an?|per|every)) (?:квартал|quarter)", _quarterly),
    rule(rf"(?:{EACH}|раз в|once (?:an?|per|every)) (?:полгода|half an? year|half year)", _half_yearly),
    rule(rf"{EACH} {_OTHER} (<unit>)(?! (?:каждого )?месяца| of)", _other),
    rule(rf"(?:через )?{EACH} (?:(<number>)~)?(<unit>)", _every),
    rule(r"(?:1 |один )?раз в (?:(<number>)~)?(<unit>)", _every),
    rule(r"once (?:an?|per|every|in) (?:(<number>)~)?(<unit>)", _every),
    rule(r"(ежедневно|еженедельно|ежемесячно|ежеквартально|ежегодно)", _adverb),
    # These are adjectives, too: "the weekly report".
    rule(rf"(daily|weekly|biweekly|fortnightly|monthly|quarterly|yearly|annually){_THEN}", _adverb),
    rule(
        rf"{EACH} ({any_of(ordinals.TURNS)}|\d{{1,2}}(?:th|st|nd|rd)|{any_of(ordinals.ENGLISH)}) (<unit>)",
        _each_nth,
    ),
    rule(rf"{EACH} (?:(?:<number> )?<minutes>|час|полчаса|hour|half an hour)", _untold),
    rule(rf"{EACH} (?:other|<number>)", unreadable),
    rule(r"(?:(?:<number>|пару) раза? в|дважды в|twice an?|<number> times an?) <unit>", _untold),
    rule(r"по (?:не)?четным(?: дням| числам)?", _untold),
    rule(r"начиная со?|starting(?: from| on| with)?", _starts),
)
