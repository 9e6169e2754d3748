"""The phrases that name a time of day: "15:30", "в 9 утра", "3pm", "вечером", "noon"."""

import re
from datetime import timedelta

from services.understanding import due_words as words
from services.understanding import moments
from services.understanding.due_counting import follow
from services.understanding.due_pieces import (
    Answer,
    Clock,
    Day,
    Days,
    Hour,
    Line,
    NoDay,
    Pair,
    Part,
    Repeats,
    Said,
    Trust,
    Unreadable,
    rule,
    unreadable,
)

_THEN_TIME = re.compile(r",?[ \n]{1,4}(?:(?:в |at )\d{1,2}(?::\d\d)?(?!\w)|\d{1,2}(?::\d\d(?!\w)|$))")

_TO_DO = re.compile(r" to [^\W\d_]")


def _clock(hour: int, minute: int, part: str | None = None) -> Clock | Unreadable:
    if minute > 59:
        return Unreadable()
    if part:
        of_day = words.hour_said(hour, part)
        return Unreadable() if of_day is None else Clock((of_day * 60 + minute,))
    if hour > 24 or (hour == 24 and minute):
        return Unreadable()
    return Clock((hour * 60 + minute,))


def _exact(match: re.Match[str], _line: Line) -> Answer:
    return _clock(int(match[1]), int(match[2]), words.part_word(match[3]))


def _dashed(match: re.Match[str], _line: Line) -> Answer:
    """ "в 15-30"; "в 10-12" may be from ten to twelve."""
    hour, minute = int(match[1]), int(match[2])
    return _clock(hour, minute) if minute >= 24 or (minute % 5 == 0 and minute <= hour) else Unreadable()


def _spaced(match: re.Match[str], line: Line) -> Answer:
    """ "в 14 00"; "в 9 30 окон" is no time of half past."""
    trusted = follow(line, match.end(), int(match[2])) in ("sure", "likely")
    return _clock(int(match[1]), int(match[2])) if trusted else None


def _pair(match: re.Match[str], line: Line) -> Answer:
    """ "10.12" is a date, "в 10.30" a time; what the rest of the line says decides."""
    first, second = int(match[2]), int(match[3])
    said = _said(match[1])
    day = moments.next_yearly(line.today, second, first)
    minutes = first * 60 + second if first < 24 and second < 60 else None
    if day is None and minutes is None:
        is_date = said != "bare" or _THEN_TIME.match(line.flat, match.end())
        if is_date and moments.is_no_day(second, first):
            return NoDay(line.text[match.start(2) : match.end()])
        return Unreadable() if said != "bare" else None
    return Pair(day, minutes, said)


def _said(preposition: str | None) -> Said:
    if not preposition:
        return "bare"
    return "at" if preposition.split()[-1] in ("в", "во", "at", "@") else "by"


def said_hour(written: str) -> int:
    """The hour in figures or in letters."""
    written = " ".join(written.split())
    return words.HOURS[written] if written in words.HOURS else int(written)


def _hour_of_part(match: re.Match[str], _line: Line) -> Answer:
    return _clock(said_hour(match[1]), 0, words.part_word(match[2]))


def _full_hour(match: re.Match[str], _line: Line) -> Answer:
    return _clock(said_hour(match[1]), int(match[2] or 0))


def _range(match: re.Match[str], _line: Line) -> Answer:
    """From one hour to another: two times, and the person says which."""
    first, last = _clock(int(match[1]), 0), _clock(int(match[2]), 0)
    if isinstance(first, Clock) and isinstance(last, Clock):
        return Clock(first.minutes + last.minutes)
    return Unreadable()


def _hour(match: re.Match[str], line: Line) -> Answer:
    hour, said = said_hour(match[2]), _said(match[1])
    trust: Trust | None = "sure" if _TO_DO.match(line.flat, match.end()) else follow(line, match.end(), hour)
    if hour > 24 and said == "at" and trust is not None and after_day(line):
        return Unreadable()  # "каждый понедельник в 25": asked again, not left among the words
    if hour > 24 or trust is None:
        return None
    # "at one point", "в час": a number in letters is an hour less often than digits are.
    spelled = not match[2].isdigit()
    return Hour(hour, said, "unsure" if trust == "likely" and spelled else trust, half_day=spelled)


def _hour_for(match: re.Match[str], line: Line) -> Answer:
    """ "перенести на 15": "на 15 гостей" is as usual, so only the end or a verb after it makes it an hour."""
    hour = int(match[1])
    return Hour(hour, "by", "sure") if hour <= 24 and follow(line, match.end(), hour) == "sure" else None


def _bare_hour(match: re.Match[str], line: Line) -> Answer:
    """ "завтра 15": only right after a day and before the end or a verb."""
    hour = int(match[1])
    if hour > 24 or not after_day(line):
        return None
    trust = follow(line, match.end(), hour)
    if trust == "likely" and isinstance(line.before[-1], Repeats):
        return Hour(hour, "bare", "likely", half_day=True)  # "every Monday 9 report": nobody counts there
    return Hour(hour, "bare", "sure", half_day=True) if trust == "sure" else None


def _bare_range(_match: re.Match[str], line: Line) -> Answer:
    return Unreadable() if after_day(line) else None


def after_day(line: Line) -> bool:
    return any(isinstance(piece, Days | NoDay | Repeats) for piece in line.before)


def _noon(_match: re.Match[str], _line: Line) -> Answer:
    return Clock((12 * 60,))


def _midnight(_match: re.Match[str], _line: Line) -> Answer:
    """The midnight of a day is its beginning to some and its end to others."""
    return Clock((0, 24 * 60))


def _part(match: re.Match[str], _line: Line) -> Answer:
    return Part(words.part_of(match[1]))


def _first_half(_match: re.Match[str], _line: Line) -> Answer:
    return Part("morning")


def _second_half(_match: re.Match[str], _line: Line) -> Answer:
    return Part("day")


def _this_part(match: re.Match[str], line: Line) -> Answer:
    return Days((Day(line.today),)), Part(words.part_of(match[1]))


def _part_beside_day(match: re.Match[str], line: Line) -> Answer:
    """ "tomorrow morning", "friday night": such a word alone is no time ("good morning")."""
    if not after_day(line):
        return None
    return Part("evening" if match[1] == "night" else words.part_of(match[1]))


def _zone(match: re.Match[str], line: Line) -> Answer:
    """A zone named right after a time: the person's own one adds nothing, another one is not guessed at."""
    if not line.before:
        return None
    hours = 3 if match[1] else 0 if match[2] else None
    same = hours is not None and line.now.utcoffset() == timedelta(hours=hours)
    return () if same else Unreadable()


_PART_OF_HOUR = r"(am|pm|a\.m\.?|p\.m\.?|утра|вечера|ночи)"
_NO_MORE = r"(?![.,:/-]\d)<no_unit>"
RULES = (
    rule(r"<at>?(?:половин[еуы]|без (?:четверти|\d{1,2}))(?: \w+)?|at half \w+", unreadable),
    rule(r"<at>?(?:half|quarter|a quarter)(?: |-)(?:past|to) \w+", unreadable),
    # "at 10 to call" is an hour and a deed.
    rule(r"<at>?\d{1,2}(?: |-)(?:past \w+|to <hour>(?!\w))", unreadable),
    rule(
        rf"<at>?(\d{{1,2}}):(\d\d)(?::\d\d)?{words.PART_AFTER_TIME}(?![:.]?\d)",
        _exact,
    ),
    rule(r"<at>\d{1,2}:\d{1,3}", unreadable),
    rule(rf"<at>(\d{{1,2}})-(\d\d){_NO_MORE}", _dashed),
    rule(rf"(<at>|<on>)?(\d{{1,2}})\.(\d\d){_NO_MORE}", _pair),
    rule(rf"<at>?(<hour>)~(?:(?:часов|часа|ч\.?)~)?{_PART_OF_HOUR}", _hour_of_part),
    rule(r"<at>(<hour>)~(?:(?:часов|часа|ч\.?)~)?(дня)", _hour_of_part),
    rule(r"<at>(<hour>)~(?:часов|часа|час|ч\.?|o'?clock|h)(?:~(\d{1,2})~(?:<minutes>))?", _full_hour),
    rule(rf"(?:с|from|between|между) (\d{{1,2}}) (?:до|to|till|and|и) (\d{{1,2}}){_NO_MORE}", _range),
    rule(rf"(?:в|at) (\d{{1,2}}) (?:или|or) (?:(?:в|at) )?(\d{{1,2}}){_NO_MORE}", _range),
    rule(rf"<at>(\d{{1,2}}) (00|15|30|45){_NO_MORE}", _spaced),
    rule(
        r"((?:(?:часов |ровно )?в|во|в районе|к|до|после|at|by|before|after) |@~|в(?=\d))"
        rf"(<hour>)(?:-(?:ти|ми|и))?{_NO_MORE}",
        _hour,
    ),
    rule(rf"(?:на|for) (\d{{1,2}}){_NO_MORE}", _hour_for),
    rule(rf"(\d{{1,2}}){_NO_MORE}", _bare_hour),
    rule(r"\d{1,2}~-~\d{1,2}", _bare_range),
    rule(r"<at>?(?:полдень|полудню|полудня|noon|midday)", _noon),
    rule(r"<at>?(?:полночь|полуночи|midnight)", _midnight),
    rule(r"в первой половине дня|до обеда", _first_half),
    rule(r"во второй половине дня|после обеда", _second_half),
    rule(r"this (morning|afternoon|evening)", _this_part),
    rule(r"in the (morning|afternoon|evening)", _part),
    rule(r"(?:с (?=утра)|(?:ближе )?к )(утра|утру|вечеру)", _part),
    rule(r"(?:в |к )(обед|обеду)", _part),
    rule(r"(утром|утречком|вечером|вечерком|ночью|днем)(?! рождения)", _part),
    rule(r"(morning|afternoon|evening|night)", _part_beside_day),
    rule(
        r"(?:(мск|msk|по москве|по мск|по московскому времени|moscow time)|(utc|gmt)"
        r"|по \w+ времени|по (?:екатеринбургу|новосибирску|минску)"
        r"|местного времени|est|edt|pst|pdt|cet|cest)",
        _zone,
    ),
)
