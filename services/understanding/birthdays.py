"""Birthdays as people write them: with or without the year."""

import re
from dataclasses import dataclass
from datetime import date

from services.understanding.fold import flat

_FIRST_YEAR = 1900
_LEAP_YEAR = 2000
_LONGEST = 60
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ?([^\W\d]{3,})\.?(?:[ ,]+(\d{4}))?")
_MONTH_FIRST = re.compile(r"([^\W\d]{3,})\.? ?(\d{1,2})(?:st|nd|rd|th)?(?:[ ,]+(\d{4}))?")
_YEAR_MARK = re.compile(r" ?(?:г|год|года|y|year)?\.?$")
_MONTHS = (
    ("янв", "jan"), ("фев", "feb"), ("мар", "mar"), ("апр", "apr"), ("мая", "май", "may"), ("июн", "jun"),
    ("июл", "jul"), ("авг", "aug"), ("сен", "sep"), ("окт", "oct"), ("ноя", "nov"), ("дек", "dec"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of the year, and the year if it is known."""

    month: int
    day: int
    year: int | None = None


def parse(text: str, today: date) -> Birthday | None:
    """The birthday that a text names, or None; nobody was born in the future. Day before month."""
    typed = _YEAR_MARK.sub("", " ".join(flat(text).split())[:_LONGEST])
    if found := _ISO.fullmatch(typed):
        return _checked(int(found[3]), int(found[2]), int(found[1]), today)
    if found := _NUMERIC.fullmatch(typed):
        return _checked(int(found[1]), int(found[2]), _full_year(found[3], today), today)
    if found := _DAY_FIRST.fullmatch(typed):
        return _checked(int(found[1]), _month(found[2]), _full_year(found[3], today), today)
    if found := _MONTH_FIRST.fullmatch(typed):
        return _checked(int(found[2]), _month(found[1]), _full_year(found[3], today), today)
    return None


def _month(word: str) -> int:
    return next((n for n, stems in enumerate(_MONTHS, 1) if word.startswith(stems)), 0)


def _full_year(digits: str | None, today: date) -> int | None:
    if digits is None or len(digits) == 4:
        return int(digits) if digits else None
    year = today.year // 100 * 100 + int(digits)
    return year if year <= today.year else year - 100


def _checked(day: int, month: int, year: int | None, today: date) -> Birthday | None:
    try:
        whole = date(year or _LEAP_YEAR, month, day)
    except ValueError:
        return None
    if year is not None and not (year >= _FIRST_YEAR and whole <= today):
        return None
    return Birthday(month, day, year)
