"""A day as people type it: "вчера", "12.11", "3 November 2026"."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from services.understanding.due_words import MONTHS, UNSURE_WEEKDAYS, WEEKDAYS
from services.understanding.fold import fold
from services.understanding.moments import real_date

AWAY = {
    "today": 0,
    "сегодня": 0,
    "yesterday": -1,
    "вчера": -1,
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "позавчера": -2,
    "tomorrow": 1,
    "завтра": 1,
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "послезавтра": 2,
}
_LEAP = 9
"""So many years hold a 29th of February, even around 2100."""
NEAR = 31
"""An invoice is dated some days ahead at most."""
_YEAR = r"((?:19|20)\d\d|\d\d)"
_NUMERIC = re.compile(rf"(\d{{1,2}})[./-](\d{{1,2}})(?:[./-]{_YEAR})?")
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th|-?го)?\.? ([^\W\d_]+)\.?(?:,? {_YEAR})?(?: г\.?| года)?")
_MONTH_DAY = re.compile(rf"([^\W\d_]+)\.? (\d{{1,2}})(?:st|nd|rd|th)?(?:,? {_YEAR})?")
_WEEKDAY = re.compile(
    r"((?:(?:во?|on|in) )?(?:(?:прошл(?:ый|ую|ое)|last|this|эт(?:от|у|о)) )?)([^\W\d_]+)\.?"
)


def parse_past_day(text: str, today: date) -> date | None:
    """The day that was typed; without a year the latest such day that is not ahead. None if it is no day.

    A weekday is the last such one before today. A day that is ahead is returned only where it was typed so.
    The day stands before the month.
    """
    if weekday := _WEEKDAY.fullmatch(fold(text).strip(" .,!")):
        before, name = weekday.groups()
        if name in WEEKDAYS and (before or name not in UNSURE_WEEKDAYS):
            return today - timedelta(days=(today.weekday() - WEEKDAYS[name] - 1) % 7 + 1)
    past = [today.year - back for back in range(_LEAP)]
    return _parse(text, today, past, lambda day: day <= today)


def parse_near_day(text: str, today: date) -> date | None:
    """As `parse_past_day`, but a day without a year may also be one of the `NEAR` days ahead."""
    past, coming = parse_past_day(text, today), parse_coming_day(text, today)
    if past is None or coming is None or (past.day, past.month) != (coming.day, coming.month):
        return past
    return coming if (coming - today).days <= NEAR else past


def parse_coming_day(text: str, today: date) -> date | None:
    """The same, but without a year the first such day from today on."""
    ahead = [today.year + more for more in range(_LEAP)]
    return _parse(text, today, ahead, lambda day: day >= today)


def _parse(text: str, today: date, years: Iterable[int], fits: Callable[[date], bool]) -> date | None:
    typed = fold(text).strip(" .,!")
    if typed in AWAY:
        return today + timedelta(days=AWAY[typed])
    if match := _ISO.fullmatch(typed):
        return real_date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(typed):
        return _of_year(match[3], int(match[2]), int(match[1]), years, fits)
    if (match := _DAY_MONTH.fullmatch(typed)) and match[2] in MONTHS:
        return _of_year(match[3], MONTHS[match[2]], int(match[1]), years, fits)
    if (match := _MONTH_DAY.fullmatch(typed)) and match[1] in MONTHS:
        return _of_year(match[3], MONTHS[match[1]], int(match[2]), years, fits)
    return None


def _of_year(
    typed: str | None, month: int, day: int, years: Iterable[int], fits: Callable[[date], bool]
) -> date | None:
    if typed is not None:
        return real_date(int(typed) + (2000 if len(typed) == 2 else 0), month, day)
    likely = (real_date(year, month, day) for year in years)
    return next((found for found in likely if found is not None and fits(found)), None)
