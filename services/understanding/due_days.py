"""The phrases that name a day: dates, weekdays, "завтра"."""

import re
from datetime import date, datetime, timedelta, timezone

from services.understanding import due_ordinals as ordinals
from services.understanding import due_words as words
from services.understanding import moments
from services.understanding.due_pieces import (
    Answer,
    Clock,
    Day,
    Days,
    Line,
    Moment,
    NoDay,
    Part,
    Piece,
    Unreadable,
    any_of,
    rule,
    unreadable,
)

_TIME_FOLLOWS = re.compile(
    r",?[ \n]{0,4}(?:(?:в|at|@|с|к|до|by) )?(?:\d{1,2}(?:[:.]\d\d"
    r"| ?(?:am|pm|утра|вечера|дня)|(?= ?(?:$|[,;\n])))|утром|днем|вечером|morning|afternoon|evening)"
)
_OTHER_WEEKDAY = re.compile(rf"(?:,| и| and)?[ \n]{{1,4}}{any_of(words.WEEKDAYS)}(?!\w)")


def _nothing(_match: re.Match[str], _line: Line) -> Answer:
    """Words that belong to the asking and not to the task."""
    return ()


def days_of(*found: date | None) -> Piece:
    """The day in all its readings; a date that no calendar has is no reading."""
    options = tuple(Day(day) for day in dict.fromkeys(found) if day is not None)
    return Days(options) if options else Unreadable()


def _no_day(match: re.Match[str], line: Line) -> NoDay:
    """The date without the words before it."""
    return NoDay(line.text[match.start(1) : match.end()].strip(" ."))


def _iso(match: re.Match[str], line: Line) -> Answer:
    year, month, number = int(match[1]), int(match[2]), int(match[3])
    if moments.is_no_day(month, number, year):
        return _no_day(match, line)
    day = moments.real_date(year, month, number)
    if match[4] is None or day is None:
        return days_of(day)
    hour, minute = int(match[4]), int(match[5])
    if hour > 23 or minute > 59:
        return Unreadable()
    if not match[6]:
        return days_of(day), Clock((hour * 60 + minute,))
    offset = timedelta(0)
    if match[6] != "z":
        offset = timedelta(hours=int(match[6][1:3]), minutes=int(match[6][-2:]))
        if offset >= timedelta(hours=15):
            return Unreadable()
    zone = timezone(-offset if match[6][0] == "-" else offset)
    return Moment(datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone))


def _numeric(match: re.Match[str], line: Line) -> Answer:
    """15.12.2026; with slashes the American order is a reading too."""
    first, second = int(match[1]), int(match[3])
    year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    day_first = moments.real_date(year, second, first)
    if moments.is_no_day(second, first, year) or (match[2] == "/" and moments.is_no_day(first, second, year)):
        return _no_day(match, line)
    return days_of(day_first, moments.real_date(year, first, second) if match[2] == "/" else None)


def _slashed(match: re.Match[str], line: Line) -> Answer:
    """15/12: with two digits each, so that 24/7 and 1/2 stay what they are."""
    first, second = int(match[1]), int(match[2])
    return days_of(_yearly(line, second, first), _yearly(line, first, second))


def _yearly(line: Line, month: int, day: int) -> date | None:
    return moments.next_yearly(line.today, month, day)


def _day_month(match: re.Match[str], line: Line) -> Answer:
    return _named_month(match, line, match[2], match[1])


def _month_day(match: re.Match[str], line: Line) -> Answer:
    return _named_month(match, line, match[1], match[2])


def _named_month(match: re.Match[str], line: Line, name: str, number: str) -> Piece:
    month, day, year = words.MONTHS[name], ordinals.number_of(number), int(match[3]) if match[3] else None
    if moments.is_no_day(month, day, year, latest=39):
        return _no_day(match, line)
    return days_of(moments.real_date(year, month, day) if year else _yearly(line, month, day))


def _day_of_month(match: re.Match[str], line: Line) -> Answer:
    return days_of(moments.next_monthly(line.today, ordinals.number_of(next(filter(None, match.groups())))))


_RELATIVE = {
    "позавчера": -2,
    "вчера": -1,
    "сегодня": 0,
    "завтра": 1,
    "послезавтра": 2,
    "yesterday": -1,
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "day after tomorrow": 2,
}


def _after_weekday(line: Line) -> bool:
    return any(isinstance(piece, Days) and piece.weekday is not None for piece in line.before)


def _relative(match: re.Match[str], line: Line) -> Answer:
    word = " ".join(match[1].split())
    day = days_of(line.today + timedelta(days=_RELATIVE[word]))
    return (day, Part("evening")) if word == "tonight" else day


def _weekday(match: re.Match[str], line: Line) -> Answer:
    preposition, past, following, this, name = match.groups()
    today, number = line.today, words.WEEKDAYS[name]
    if past:
        return Days((Day(today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)),), number)
    if following:
        # To some "next Friday" is the nearest one, to others the one of the next week.
        nearest = moments.next_weekday(today + timedelta(days=1), number)
        of_week = moments.next_monday(today) + timedelta(days=number)
        return Days(tuple(Day(day) for day in dict.fromkeys((nearest, of_week))), number)
    alone = match.start() == 0 and not line.flat[match.end() :].strip(" .")
    beside = _OTHER_WEEKDAY.match(line.flat, match.end()) or _after_weekday(line)
    sure = preposition or this or alone or beside or _TIME_FOLLOWS.match(line.flat, match.end())
    if name in words.UNSURE_WEEKDAYS and not sure:
        return None
    return Days((Day(moments.next_weekday(today, number), roll=7),), number)


_YEAR = r"(?:,?~((?:19|20)\d\d)(?:~(?:г\.?|года)(?!\w))?)?"
_DATE = any_of(ordinals.DATES)
_NUMBER = rf"\d{{1,2}}|{any_of(ordinals.DATES | ordinals.ENGLISH)}"
_SUFFIX = "(?:-?го|-?е|-?ое|-?му|th|st|nd|rd)?"
# "до первого" and "by the first" alone may be anything: a day only where nothing but a time follows.
_TIME_OR_END = r"(?=~(?:$|[,;.\n]|(?:в|к|at|by) (?:<hour>|noon|полдень)))"

RULES = (
    rule(
        r"(?:(?:напомни(?:ть|те)?|напоминай(?:те)?|напоминать|повторять)(?: мне)?|remind me(?: to)?)",
        _nothing,
    ),
    rule(
        r"(?:на (?:этой )?неделе|в этом (?:месяце|году)|this (?:week|month|year)|next (?:year|weekend))",
        unreadable,
    ),
    rule(rf"(?:в {any_of(words.MONTHS_LOCATIVE)}|in <month>)", unreadable),
    rule(r"<on>?<weekday>(?: of)? <month>(?!~\d)|<next> (?:месяца|года)|накануне", unreadable),
    rule(
        r"(?!day after tomorrow)(?:за )?(?:<number>~)?<unit> (?:до|после|before|after|prior to)", unreadable
    ),
    rule(r"(?:в|in) (?:19|20)\d\d(?: (?:году|г\.?))?(?!~<unit>)", unreadable),
    rule(r"(\d{4})-(\d\d)-(\d\d)(?:t(\d\d):(\d\d)(?::\d\d(?:\.\d{1,6})?)?(z|[+-]\d\d:?\d\d)?)?", _iso),
    rule(r"<on>?(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d\d)(?:~(?:г\.?|года))?(?![.,/:-]\d)", _numeric),
    rule(r"<on>?(\d{1,2})(-)(\d{1,2})-(\d{4})(?![.,/:-]\d)", _numeric),
    rule(r"<on>?(\d\d)/(\d\d)(?![.,/:-]\d)<no_unit>", _slashed),
    rule(
        rf"<on>?(?:the )?({_NUMBER}){_SUFFIX}~(?:of )?(<month>)\.?{_YEAR}",
        _day_month,
    ),
    rule(rf"<on>?(<month>)\.?~(\d{{1,2}})(?:th|st|nd|rd)?{_YEAR}(?![.:/-]?\d)<no_unit>", _month_day),
    rule(rf"<on>?(<month>) (?:the )?({any_of(ordinals.ENGLISH)}){_YEAR}", _month_day),
    rule(r"\w{3,12}(?:ого|его) <month>|[^\W\d_]{3,12} of <month>|<month> the \w+", unreadable),
    rule(
        rf"<on>?(?:({_NUMBER})(?:-?го)?~числа|(\d{{1,2}})-?(?:го|му)|({_DATE}){_TIME_OR_END})", _day_of_month
    ),
    rule(r"<on>the (\d{1,2})(?:th|st|nd|rd)(?! floor)", _day_of_month),
    rule(rf"<on>?the (\d{{1,2}})(?:th|st|nd|rd){_TIME_OR_END}", _day_of_month),
    rule(rf"<on>?the ({any_of(ordinals.ENGLISH)}){_TIME_OR_END}", _day_of_month),
    rule(rf"<on>?(?:the )?({any_of(_RELATIVE)})", _relative),
    rule(r"(<on>)?(?:the )?(?:(?:(<last>)|(<next>)|(<this>)) )?(<weekday>)\.?", _weekday),
)
