"""The day on which something happened, as people type it: "вчера", "12.11", "3 November 2026"."""

import re
from datetime import date, timedelta

from services.understanding.due_words import MONTHS
from services.understanding.fold import fold
from services.understanding.moments import real_date

_AGO = {
    "today": 0,
    "сегодня": 0,
    "yesterday": 1,
    "вчера": 1,
    "the day before yesterday": 2,
    "day before yesterday": 2,
    "позавчера": 2,
}
_YEAR = r"((?:19|20)\d\d|\d\d)"
_NUMERIC = re.compile(rf"(\d{{1,2}})[./-](\d{{1,2}})(?:[./-]{_YEAR})?")
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th|-?го)?\.? ([^\W\d_]+)\.?(?:,? {_YEAR})?(?: г\.?| года)?")
_MONTH_DAY = re.compile(rf"([^\W\d_]+)\.? (\d{{1,2}})(?:st|nd|rd|th)?(?:,? {_YEAR})?")


def parse_past_day(text: str, today: date) -> date | None:
    """The day that was typed; without a year the latest such day that is not ahead. None if it is no day.

    A day that is ahead is returned only where its year was typed. The day stands before the month.
    """
    typed = fold(text).strip(" .,!")
    if typed in _AGO:
        return today - timedelta(days=_AGO[typed])
    if match := _ISO.fullmatch(typed):
        return real_date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(typed):
        return _latest(today, match[3], int(match[2]), int(match[1]))
    if (match := _DAY_MONTH.fullmatch(typed)) and match[2] in MONTHS:
        return _latest(today, match[3], MONTHS[match[2]], int(match[1]))
    if (match := _MONTH_DAY.fullmatch(typed)) and match[1] in MONTHS:
        return _latest(today, match[3], MONTHS[match[1]], int(match[2]))
    return None


def _latest(today: date, year: str | None, month: int, day: int) -> date | None:
    if year is not None:
        return real_date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    # The 29th of February may be years ago.
    past = (real_date(today.year - back, month, day) for back in range(9))
    return next((found for found in past if found is not None and found <= today), None)
