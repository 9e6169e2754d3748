"""Cells as money and dates, in the ways people write them; None is always "that is none", never a guess."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from integrations.tables.table import Cell

_MONEY_LIMIT = 10**17  # minor units; a 64-bit column holds a little over 9 * 10**18, so sums have room
_CURRENCY = r"(?:[$€₽₸£]|руб(?:\.|лей|ля|ль)?|р\.?|тг\.?|rub|usd|eur|gbp|kzt|byn)?"
_MONEY = re.compile(
    rf"(\()?([-+])? ?{_CURRENCY} ?([-+])? ?([0-9.,'’ ]*[0-9.,]) ?{_CURRENCY}(\))?", re.IGNORECASE
)
_GROUP_SPACE = re.compile(r"(?<=[0-9])['’ ](?=[0-9]{3}(?![0-9]))")
_AMOUNT = re.compile(r"[0-9][0-9.,]*|[.,][0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")

_ISO = re.compile(r"([12][0-9]{3})([-./])([0-9]{1,2})\2([0-9]{1,2})|([12][0-9]{3})([01][0-9])([0-3][0-9])")
_PARTS = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_CLOCK = re.compile(r"(?:[T ]\s*|,\s*)[0-9]{1,2}:[0-9]{2}.*", re.DOTALL)
_YEARS = range(1900, 2101)
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 73_051)  # 1954-10-03 to 2099-12-31: other numbers are not dates that people meant
_CENTURY_TURNS = 69  # as POSIX reads two digits: 69 is 1969, 68 is 2068


class DecimalMark(StrEnum):
    """What stands before the cents."""

    POINT = "."
    COMMA = ","


class DateOrder(StrEnum):
    """How a column writes its dates. ISO dates are understood under each of the three."""

    ISO = "iso"
    DAY_FIRST = "dd.mm.yyyy"
    MONTH_FIRST = "mm/dd/yyyy"


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The values fit both orders, or speak for different ones; `sample` is one to ask the owner about."""

    sample: str


def to_money(cell: Cell, mark: DecimalMark | None = None, digits: int = 2) -> int | None:
    """Read an amount in minor units (`digits` of them after the decimal mark), halves away from zero.

    Without `mark` the last of two different separators is the decimal one, and a lone separator before
    exactly three digits groups thousands, since money has no thousandths. Blank text, other text and sums
    that no column could hold give None.
    """
    if isinstance(cell, bool) or not isinstance(cell, str | Decimal):
        return None
    value = cell if isinstance(cell, Decimal) else _amount(cell, mark)
    if value is None or abs(value) >= _MONEY_LIMIT:
        return None
    minor = int(value.scaleb(digits).to_integral_value(ROUND_HALF_UP))
    return minor if abs(minor) < _MONEY_LIMIT else None


def guess_decimal_mark(cells: Iterable[Cell]) -> DecimalMark | None:
    """Find the decimal mark that a column's texts prove; None when they prove none, or both."""
    seen = set()
    for cell in cells:
        text = _bare_amount(cell)[1] if isinstance(cell, str) else ""
        if _AMOUNT.fullmatch(text) and not _GROUPED.fullmatch(text):
            last = max(text.rfind("."), text.rfind(","))
            if last >= 0 and text.count(text[last]) == 1:
                seen.add(DecimalMark(text[last]))
    return seen.pop() if len(seen) == 1 else None


def to_date(cell: Cell, order: DateOrder) -> date | None:
    """Read a date in `order`, or in ISO 8601, or as a spreadsheet's day number; a time of day is dropped."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, Decimal):
        return _EXCEL_EPOCH + timedelta(days=int(cell)) if int(cell) in _SERIALS else None
    text = _bare_date(cell)
    if match := _ISO.fullmatch(text):
        year, month, day = (
            int(part) for part in (match[1] or match[5], match[3] or match[6], match[4] or match[7])
        )
        return _date(year, month, day)
    match = _PARTS.fullmatch(text)
    if match is None or order is DateOrder.ISO:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) == 2:
        year += 1900 if year >= _CENTURY_TURNS else 2000
    return _date(year, first, second) if order is DateOrder.MONTH_FIRST else _date(year, second, first)


def guess_date_order(cells: Iterable[Cell]) -> DateOrder | Ambiguous:
    """Find the order that a column's values prove: a number over 12 is a day, and points mean the day first.

    A column without any such text is ISO. Give it as many values as there are: one may decide.
    """
    day_first = month_first = pointed = either = ""
    for cell in cells:
        match = _PARTS.fullmatch(_bare_date(cell))
        if match is None:
            continue
        if int(match[1]) > 12:
            day_first = match[0]
        elif int(match[3]) > 12:
            month_first = match[0]
        elif match[2] == ".":
            pointed = match[0]
        else:
            either = match[0]
    if month_first and (day_first or (pointed and "." not in month_first)):
        return Ambiguous(month_first)
    if month_first:
        return DateOrder.MONTH_FIRST
    if day_first or pointed:
        return DateOrder.DAY_FIRST
    return Ambiguous(either) if either else DateOrder.ISO


def _amount(text: str, mark: DecimalMark | None) -> Decimal | None:
    sign, text = _bare_amount(text)
    if not _AMOUNT.fullmatch(text):
        return None
    if mark is None:
        last = max(text.rfind("."), text.rfind(","))
        mark = None if last < 0 or _GROUPED.fullmatch(text) else DecimalMark(text[last])
    whole, _, cents = text.partition(mark) if mark else (text, "", "")
    if cents and not cents.isdigit():
        return None
    if not whole.isdigit():
        if whole and not _GROUPED.fullmatch(whole):
            return None
        whole = whole.replace(".", "").replace(",", "")
    return Decimal(f"{sign}{whole or 0}.{cents or 0}")


def _bare_amount(text: str) -> tuple[str, str]:
    """Take away the currency and the spaces: "− 1 234,50 ₽" -> ("-", "1234,50"); other text gives ""."""
    match = _MONEY.fullmatch(" ".join(text.split()).replace("\u2212", "-"))
    if match is None or bool(match[1]) != bool(match[5]) or (match[2] and match[3]):
        return "", ""
    is_negative = match[1] or "-" in {match[2], match[3]}
    return "-" if is_negative else "", _GROUP_SPACE.sub("", match[4].strip())


def _bare_date(cell: Cell) -> str:
    return _CLOCK.sub("", " ".join(cell.split())) if isinstance(cell, str) else ""


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
