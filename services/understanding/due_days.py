"""The phrases that name a day: dates, weekdays, "завтра", "через неделю", "в конце месяца"."""

import re
from datetime import date, datetime, timedelta, timezone
from math import ceil

from services.understanding import due_words as words
from services.understanding import moments
from services.understanding.due_pieces import (
    Answer,
    Clock,
    Day,
    Days,
    Line,
    Moment,
    NextWeek,
    NoDay,
    Part,
    Piece,
    Unreadable,
    any_of,
    rule,
)

_LONGEST_WAIT_DAYS = 3660
_TIME_FOLLOWS = re.compile(
    r",?[ \n]{0,4}(?:(?:в|at|@|с|к|до|by) )?(?:\d{1,2}(?:[:.]\d\d"
    r"| ?(?:am|pm|утра|вечера|дня)|(?= ?(?:$|[,;\n])))|утром|днем|вечером|morning|afternoon|evening)"
)


def _unreadable(_match: re.Match[str], _line: Line) -> Answer:
    return Unreadable()


def _nothing(_match: re.Match[str], _line: Line) -> Answer:
    """Words that belong to the asking and not to the task."""
    return ()


def _days(*found: date | None) -> Piece:
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
        return _days(day)
    hour, minute = int(match[4]), int(match[5])
    if hour > 23 or minute > 59:
        return Unreadable()
    if not match[6]:
        return _days(day), Clock((hour * 60 + minute,))
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
    return _days(day_first, moments.real_date(year, first, second) if match[2] == "/" else None)


def _slashed(match: re.Match[str], line: Line) -> Answer:
    """15/12: with two digits each, so that 24/7 and 1/2 stay what they are."""
    first, second = int(match[1]), int(match[2])
    return _days(_yearly(line, second, first), _yearly(line, first, second))


def _yearly(line: Line, month: int, day: int) -> date | None:
    return moments.next_yearly(line.today, month, day)


def _day_month(match: re.Match[str], line: Line) -> Answer:
    return _named_month(match, line, match[2], match[1])


def _month_day(match: re.Match[str], line: Line) -> Answer:
    return _named_month(match, line, match[1], match[2])


def _named_month(match: re.Match[str], line: Line, name: str, number: str) -> Piece:
    month, day, year = words.MONTHS[name], int(number), int(match[3]) if match[3] else None
    if moments.is_no_day(month, day, year, latest=39):
        return _no_day(match, line)
    return _days(moments.real_date(year, month, day) if year else _yearly(line, month, day))


def _day_of_month(match: re.Match[str], line: Line) -> Answer:
    return _days(moments.next_monthly(line.today, int(next(filter(None, match.groups())))))


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


def _relative(match: re.Match[str], line: Line) -> Answer:
    word = " ".join(match[1].split())
    day = _days(line.today + timedelta(days=_RELATIVE[word]))
    return (day, Part("evening")) if word == "tonight" else day


def _weekday(match: re.Match[str], line: Line) -> Answer:
    preposition, past, following, this, name = match.groups()
    today, number = line.today, words.WEEKDAYS[name]
    if past:
        return Days((Day(today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)),), number)
    if following:
        # To some "next Friday" is the nearest one, to others the one of the next week.
        nearest = moments.next_weekday(today + timedelta(days=1), number)
        of_week = _next_monday(today) + timedelta(days=number)
        return Days(tuple(Day(day) for day in dict.fromkeys((nearest, of_week))), number)
    alone = match.start() == 0 and not line.flat[match.end() :].strip(" .")
    sure = preposition or this or alone or _TIME_FOLLOWS.match(line.flat, match.end())
    if name in words.UNSURE_WEEKDAYS and not sure:
        return None
    return Days((Day(moments.next_weekday(today, number), roll=7),), number)


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _amount(number: str | None, unit: str) -> tuple[str, float] | None:
    """What "2 недели" comes to, in minutes, days or months; None where it is no amount."""
    if number is None and (len(unit) <= 2 or unit.isascii()):
        return None
    if number is None or number[0].isdigit():
        count = float((number or "1").replace(",", "."))
    else:
        count = words.NUMBERS[" ".join(number.split())]
    for kind, sizes in (
        ("minutes", words.UNIT_MINUTES),
        ("days", words.UNIT_DAYS),
        ("months", words.UNIT_MONTHS),
    ):
        if unit in sizes:
            return kind, count * sizes[unit]
    return None


def _later(match: re.Match[str], line: Line) -> Answer:
    amount = _amount(match[1], match[2])
    if amount is None:
        return None
    kind, size = amount
    if match[3]:
        if kind != "minutes":
            return Unreadable()
        size += int(match[3])
    return _shifted(line, kind, size)


def _ago(match: re.Match[str], line: Line) -> Answer:
    amount = _amount(match[1], match[2])
    return _shifted(line, amount[0], -amount[1]) if amount else None


def _shifted(line: Line, kind: str, size: float) -> Piece:
    in_days = abs(size) * {"minutes": 1 / 1440, "days": 1, "months": 31}[kind]
    if size == 0 or in_days > _LONGEST_WAIT_DAYS:
        return Unreadable()
    if kind == "minutes":
        return Moment(moments.after(line.now, ceil(size)))
    if size != int(size):
        return Unreadable()
    if kind == "days":
        return _days(line.today + timedelta(days=int(size)))
    return _days(moments.add_months(line.today, int(size)))


def _period_end(match: re.Match[str], line: Line) -> Answer:
    """The end of a week is Friday to some and Sunday to others."""
    following, unit = match[1], match[2]
    if unit in ("дня", "day", "eod", "cob"):
        return Part("evening")
    if unit in ("недели", "week", "eow"):
        monday = _next_monday(line.today) - timedelta(days=0 if following else 7)
        return _days(monday + timedelta(days=4), monday + timedelta(days=6))
    months = {"квартала": 3, "quarter": 3, "года": 12, "year": 12}.get(unit, 1)
    left = months - 1 - (line.today.month - 1) % months
    last = moments.add_months(line.today.replace(day=1), left + (months if following else 0))
    return _days(moments.month_end(last) if last else None)


def _period_start(match: re.Match[str], line: Line) -> Answer:
    unit = match[1]
    if unit in ("недели", "week"):
        return NextWeek(_next_monday(line.today))
    left = 12 - line.today.month + 1 if unit in ("года", "year") else 1
    return _days(moments.add_months(line.today.replace(day=1), left))


def _next_week(_match: re.Match[str], line: Line) -> Answer:
    return NextWeek(_next_monday(line.today))


def _last_week(_match: re.Match[str], line: Line) -> Answer:
    return _days(_next_monday(line.today) - timedelta(days=14))


def _next_month(_match: re.Match[str], line: Line) -> Answer:
    return _days(moments.add_months(line.today.replace(day=1), 1))


def _weekend(_match: re.Match[str], line: Line) -> Answer:
    return Days((Day(moments.next_weekday(line.today, 5), roll=7),))


_YEAR = r"(?:,?~((?:19|20)\d\d)(?:~(?:г\.?|года)(?!\w))?)?"

RULES = (
    rule(r"(?:напомни(?:ть)?(?: мне)?|remind me(?: to)?)", _nothing),
    rule(
        r"(?:на (?:этой )?неделе|в этом (?:месяце|году)|this (?:week|month|year)|next (?:year|weekend))",
        _unreadable,
    ),
    rule(rf"(?:в {any_of(words.MONTHS_LOCATIVE)}|in <month>)", _unreadable),
    rule(
        r"\w{3,12}(?:ого|его) <month>|[^\W\d_]{3,12} of <month>|<month> (?:the \w+|first|second|third)",
        _unreadable,
    ),
    rule(r"<on>?<weekday>(?: of)? <month>(?!~\d)|<next> (?:месяца|года)|накануне", _unreadable),
    rule(
        r"(?!day after tomorrow)(?:за )?(?:<number>~)?<unit> (?:до|после|before|after|prior to)", _unreadable
    ),
    rule(r"(?:в|in) (?:19|20)\d\d(?: (?:году|г\.?))?(?!~<unit>)", _unreadable),
    rule(r"(\d{4})-(\d\d)-(\d\d)(?:t(\d\d):(\d\d)(?::\d\d(?:\.\d{1,6})?)?(z|[+-]\d\d:?\d\d)?)?", _iso),
    rule(r"<on>?(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d\d)(?:~(?:г\.?|года))?(?![.,/:-]\d)", _numeric),
    rule(r"<on>?(\d{1,2})(-)(\d{1,2})-(\d{4})(?![.,/:-]\d)", _numeric),
    rule(r"<on>?(\d\d)/(\d\d)(?![.,/:-]\d)<no_unit>", _slashed),
    rule(
        rf"<on>?(?:the )?(\d{{1,2}})(?:-?го|-?е|-?ое|-?му|th|st|nd|rd)?~(?:of )?(<month>)\.?{_YEAR}",
        _day_month,
    ),
    rule(rf"<on>?(<month>)\.?~(\d{{1,2}})(?:th|st|nd|rd)?{_YEAR}(?![.:/-]?\d)<no_unit>", _month_day),
    rule(r"<on>?(?:(\d{1,2})(?:-?го)?~числа|(\d{1,2})-?(?:го|му))", _day_of_month),
    rule(r"<on>the (\d{1,2})(?:th|st|nd|rd)(?! floor)", _day_of_month),
    rule(rf"<on>?(?:the )?({any_of(_RELATIVE)})", _relative),
    rule(r"(<on>)?(?:the )?(?:(?:(<last>)|(<next>)|(<this>)) )?(<weekday>)\.?", _weekday),
    rule(
        r"(?:через|спустя|in|after) (?:(<number>)~)?(<unit>)\.?(?:~(?:и |and )?(\d{1,3})~<minutes>)?"
        r"(?!-| с половиной|~\d{1,2}~(?:$|[,;.!\n]))",
        _later,
    ),
    rule(r"(?:через|спустя) (?:\d+|несколько|<number>|<unit>)", _unreadable),
    rule(
        r"(?:in|after) (?:a few|several|some|\d{1,3}-\d{1,3}|\d{1,3} (?:working|business)) (?:<unit>|\w+)",
        _unreadable,
    ),
    rule(r"(?:(<number>)~)?(<unit>)\.? (?:тому )?(?:назад|ago)", _ago),
    rule(
        r"(?:(?:в|к|до|на|ближе к|at|by|before|until|on) )?(?:the )?(?:конец|конце|концу|конца|end)(?: of)?"
        r"(?: the)?(?: (?:(<next>)|<this>))? (дня|недели|месяца|квартала|года|day|week|month|quarter|year)",
        _period_end,
    ),
    rule(r"(?:(?:by|до|к|at) )?()(eod|cob|eow|eom)", _period_end),
    rule(
        r"(?:(?:в|к|с|at|from|by) )?(?:the )?(?:начал[еуа]|beginning|start)(?: of)?(?: the)?(?: <next>)?"
        r" (недели|месяца|года|week|month|year)",
        _period_start,
    ),
    rule(r"<on>?(?:the )?<next> (?:неделе|неделю|недели|week)", _next_week),
    rule(r"<on>?<last> (?:неделе|неделю|week)", _last_week),
    rule(r"<on>?(?:the )?<next> (?:месяце|месяц|month)", _next_month),
    rule(r"(?:на|в|on|this|at|over)(?: the| эти| этих)? (?:выходных|выходные|weekend)", _weekend),
)
