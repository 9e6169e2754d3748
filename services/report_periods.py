"""The periods of reports: named ones, and what people type."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from services.understanding.fold import fold
from services.understanding.moments import real_date

FIRST_DAY = date(2000, 1, 1)
"""Typed periods travel in buttons as days since this one."""
EVER = (date(1900, 1, 1), date(2199, 12, 31))
_DAYS = 100_000
_TYPED_FROM = 1_000


class Named(IntEnum):
    """Periods that move along with the calendar."""

    MONTH = 0
    LAST_MONTH = 1
    QUARTER = 2
    YEAR = 3
    ALL = 4
    LAST_QUARTER = 5
    LAST_YEAR = 6


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included; no days: all the time there is. `named` says which it is."""

    first: date | None
    last: date | None
    named: Named | None = None

    @property
    def days(self) -> tuple[date, date]:
        """Its first and last day; of all the time, the widest that a calendar holds."""
        return self.first or EVER[0], self.last or EVER[1]

    @property
    def code(self) -> int:
        """The period as a number, for a button."""
        if self.named is not None:
            return int(self.named)
        if self.first is None or self.last is None:
            return int(Named.ALL)
        return _TYPED_FROM + _since(self.first) * _DAYS + _since(self.last)


def period_of(code: int, today: date) -> Period:
    """The period that a number stands for; one that stands for none gives this month."""
    if code >= _TYPED_FROM:
        first, last = divmod(code - _TYPED_FROM, _DAYS)
        if first <= last and first < _DAYS:
            return Period(FIRST_DAY + timedelta(days=first), FIRST_DAY + timedelta(days=last))
    named = Named(code) if code in set(Named) else Named.MONTH
    return Period(*_bounds(named, today), named)


def typed_period(text: str) -> Period | None:
    """What was typed: 01.03.2017-31.03.2017, 2017-03-01 2017-03-31, 03.2017, март 2017, Q1 2017, 2017."""
    typed = re.sub(r"[–—−]", "-", fold(text)).strip(" .")
    for pattern, read in _SHAPES:
        if match := pattern.fullmatch(typed):
            return read(match)
    return None


def _bounds(named: Named, today: date) -> tuple[date | None, date | None]:
    month = today.replace(day=1)
    quarter = date(today.year, today.month - (today.month - 1) % 3, 1)
    year = date(today.year, 1, 1)
    match named:
        case Named.MONTH:
            return month, _month_end(month)
        case Named.LAST_MONTH:
            return (month - timedelta(days=1)).replace(day=1), month - timedelta(days=1)
        case Named.QUARTER:
            return quarter, _quarter_end(quarter)
        case Named.LAST_QUARTER:
            last = quarter - timedelta(days=1)
            return date(last.year, last.month - 2, 1), last
        case Named.YEAR:
            return year, date(today.year, 12, 31)
        case Named.LAST_YEAR:
            return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
        case Named.ALL:
            return None, None


def _month_end(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _quarter_end(first: date) -> date:
    return _month_end(first.replace(month=first.month + 2))


def _since(day: date) -> int:
    return (day - FIRST_DAY).days


def _range(first: date | None, last: date | None) -> Period | None:
    if first is None or last is None or not FIRST_DAY <= first <= last:
        return None
    return Period(first, last)


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _read_days(match: re.Match[str]) -> Period | None:
    first = real_date(_year(match["y1"]), int(match["m1"]), int(match["d1"]))
    if match["d2"] is None:
        return _range(first, first)
    return _range(first, real_date(_year(match["y2"]), int(match["m2"]), int(match["d2"])))


def _read_month(match: re.Match[str]) -> Period | None:
    first = real_date(_year(match["y"]), int(match["m"]), 1)
    return _range(first, _month_end(first)) if first else None


def _read_months(match: re.Match[str]) -> Period | None:
    first = real_date(_year(match["y"]), int(match["m"]), 1)
    last = real_date(_year(match["y2"]), int(match["m2"]), 1)
    return _range(first, _month_end(last) if last else None)


def _read_month_name(match: re.Match[str]) -> Period | None:
    number = next((n for n, names in enumerate(_MONTHS, 1) if match["name"].startswith(names)), 0)
    first = real_date(_year(match["y"]), number, 1) if number else None
    return _range(first, _month_end(first)) if first else None


def _read_quarter(match: re.Match[str]) -> Period | None:
    first = real_date(_year(match["y"]), int(match["q"]) * 3 - 2, 1)
    return _range(first, _quarter_end(first)) if first else None


def _read_year(match: re.Match[str]) -> Period | None:
    year = int(match["y"])
    return _range(real_date(year, 1, 1), real_date(year, 12, 31))


_MONTHS = (
    ("jan", "янв"),
    ("feb", "фев"),
    ("mar", "март"),
    ("apr", "апр"),
    ("may", "ма"),
    ("jun", "июн"),
    ("jul", "июл"),
    ("aug", "авг"),
    ("sep", "сен"),
    ("oct", "окт"),
    ("nov", "ноя"),
    ("dec", "дек"),
)
_BETWEEN = r"(?: ?- ?| (?:по|to|till|until) | )"
_D = r"(?P<d{n}>\d{{1,2}})[./](?P<m{n}>\d{{1,2}})[./](?P<y{n}>\d{{4}}|\d{{2}})"
_I = r"(?P<y{n}>\d{{4}})-(?P<m{n}>\d{{1,2}})-(?P<d{n}>\d{{1,2}})"
_ORDINAL = r"(?:-?(?:й|ый|ий|st|nd|rd|th))?"
_QUARTER = r"(?:q|кв\.?|квартал|quarter)"
_OF_YEAR = r"(?: г(?:ода?)?)?"
_SHAPES = (
    (re.compile(r"(?:с |from )?" + _D.format(n=1) + f"(?:{_BETWEEN}" + _D.format(n=2) + ")?"), _read_days),
    (re.compile(r"(?:с |from )?" + _I.format(n=1) + f"(?:{_BETWEEN}" + _I.format(n=2) + ")?"), _read_days),
    (re.compile(r"(?P<m>\d{1,2})[./](?P<y>\d{4})"), _read_month),
    (re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})"), _read_month),
    (re.compile(r"(?P<m>\d{1,2})[./](?P<y>\d{4}) ?- ?(?P<m2>\d{1,2})[./](?P<y2>\d{4})"), _read_months),
    (re.compile(r"(?:за )?(?P<name>[a-zа-я]{3,9}),? (?P<y>\d{4})(?: г(?:ода?)?)?"), _read_month_name),
    (re.compile(r"(?:q|к|кв)\.? ?(?P<q>[1-4]),? (?P<y>\d{4})"), _read_quarter),
    (re.compile(rf"(?P<q>[1-4]){_ORDINAL} ?{_QUARTER},? (?P<y>\d{{4}}){_OF_YEAR}"), _read_quarter),
    (re.compile(r"(?P<y>\d{4})(?: г(?:од)?)?"), _read_year),
)
