"""Days with other hours than usual, as people write them: "31.12 выходной", "1-8 января не работаем"."""

import re
from dataclasses import dataclass
from datetime import date

from services.understanding.days import parse_coming_day
from services.understanding.fold import fold
from services.understanding.work_hours import HoursError, Span
from services.understanding.work_hours import parse as parse_hours

LONGEST = 100
_OFF = re.compile(
    r"(?:выходн\w+|не работаем|не работает|закрыто|праздник|нерабочий(?: день)?"
    r"|closed|off|day off|days off|holidays?|not working)"
)
_ON = re.compile(r"(?:(?:работаем|работает|открыто|open|working)\s*:?\s*)?(?:(?:с|from)\s+)?")
_ONLY_HOURS = re.compile(r"[\d\s:.,;-]*(?:(?:am|pm|до|to|till|и|and|с|from)[\d\s:.,;-]*)*")
_SAME_MONTH = re.compile(r"(\d{1,2})\s*(?:-|по)\s*(\d{1,2}\s+\D+)")
_BREAK = re.compile(r"[\s,:]+")


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """From a day to a day, both included, and their hours: none if it is closed."""

    first: date
    last: date
    spans: tuple[Span, ...]


def parse(text: str, today: date) -> SpecialDays | None:
    """The days and the hours that a text names, or None. Raises HoursError for hours that cannot be."""
    typed = re.sub("[–—−]", "-", fold(text[:LONGEST])).strip(" .!")
    for gap in _BREAK.finditer(typed):
        days = _days(typed[: gap.start()], today)
        hours = _hours(typed[gap.end() :]) if days else None
        if days and hours is not None:
            return SpecialDays(*days, hours)
    return None


def _days(typed: str, today: date) -> tuple[date, date] | None:
    if (day := parse_coming_day(typed, today)) is not None:
        return day, day
    if match := _SAME_MONTH.fullmatch(typed):
        month = match[2].partition(" ")[2]
        ends = (f"{match[1]} {month}", match[2])
        return _range(*ends, today)
    for dash in re.finditer(r"\s*(?:-|\bпо\b|\bto\b)\s*", typed):
        if found := _range(typed[: dash.start()], typed[dash.end() :], today):
            return found
    return None


def _range(first: str, last: str, today: date) -> tuple[date, date] | None:
    start = parse_coming_day(first, today)
    end = parse_coming_day(last, start) if start else None
    return (start, end) if start and end and start <= end else None


def _hours(typed: str) -> tuple[Span, ...] | None:
    if _OFF.fullmatch(typed):
        return ()
    opened = _ON.match(typed)
    hours = typed[opened.end() :] if opened else typed
    if not hours or not _ONLY_HOURS.fullmatch(hours):
        return None
    try:
        return parse_hours(hours).days[0]
    except HoursError as error:
        if error.code == "hours.unread":
            return None
        raise
