"""The phrases that count from today: "через неделю", "два дня назад", "в конце месяца"."""

import re
from datetime import timedelta
from math import ceil

from services.understanding import due_words as words
from services.understanding import moments
from services.understanding.due_days import days_of
from services.understanding.due_pieces import (
    Answer,
    Day,
    Days,
    Line,
    Moment,
    NextWeek,
    Part,
    Piece,
    Unreadable,
    rule,
    unreadable,
)

_LONGEST_WAIT_DAYS = 3660


def amount_of(number: str | None, unit: str) -> tuple[str, float] | None:
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
    amount = amount_of(match[1], match[2])
    if amount is None:
        return None
    kind, size = amount
    if match[3]:
        if kind != "minutes":
            return Unreadable()
        size += int(match[3])
    return _shifted(line, kind, size)


def _in_a_day(_match: re.Match[str], line: Line) -> Answer:
    """In a day, or every other day: the words beside it may tell."""
    return Days((Day(line.today + timedelta(days=1)),), or_every_other=True)


def _ago(match: re.Match[str], line: Line) -> Answer:
    amount = amount_of(match[1], match[2])
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
        return days_of(line.today + timedelta(days=int(size)))
    return days_of(moments.add_months(line.today, int(size)))


def _period_end(match: re.Match[str], line: Line) -> Answer:
    """The end of a week is Friday to some and Sunday to others."""
    following, unit = match[1], match[2]
    if unit in ("дня", "day", "eod", "cob"):
        return Part("evening")
    if unit in ("недели", "week", "eow"):
        monday = moments.next_monday(line.today) - timedelta(days=0 if following else 7)
        return days_of(monday + timedelta(days=4), monday + timedelta(days=6))
    months = {"квартала": 3, "quarter": 3, "года": 12, "year": 12}.get(unit, 1)
    left = months - 1 - (line.today.month - 1) % months
    last = moments.add_months(line.today.replace(day=1), left + (months if following else 0))
    return days_of(moments.month_end(last) if last else None)


def _period_start(match: re.Match[str], line: Line) -> Answer:
    unit = match[1]
    if unit in ("недели", "week"):
        return NextWeek(moments.next_monday(line.today))
    left = 12 - line.today.month + 1 if unit in ("года", "year") else 1
    return days_of(moments.add_months(line.today.replace(day=1), left))


def _next_week(_match: re.Match[str], line: Line) -> Answer:
    return NextWeek(moments.next_monday(line.today))


def _last_week(_match: re.Match[str], line: Line) -> Answer:
    return days_of(moments.next_monday(line.today) - timedelta(days=14))


def _next_month(_match: re.Match[str], line: Line) -> Answer:
    return days_of(moments.add_months(line.today.replace(day=1), 1))


def _weekend(_match: re.Match[str], line: Line) -> Answer:
    return Days((Day(moments.next_weekday(line.today, 5), roll=7),))


RULES = (
    rule(r"через день(?!-|~\d{1,2}~(?:$|[,;.!\n]))", _in_a_day),
    rule(
        r"(?:через|спустя|in|after) (?:(<number>)~)?(<unit>)\.?(?:~(?:и |and )?(\d{1,3})~<minutes>)?"
        r"(?!-| с половиной|~\d{1,2}~(?:$|[,;.!\n]))",
        _later,
    ),
    rule(r"(?:через|спустя) (?:\d+|несколько|<number>|<unit>)", unreadable),
    rule(
        r"(?:in|after) (?:a few|several|some|\d{1,3}-\d{1,3}|\d{1,3} (?:working|business)) (?:<unit>|\w+)",
        unreadable,
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
