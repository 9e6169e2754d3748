"""What a workbook's numbers mean: numbers as Excel shows them, dates and times by their number format."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal

from integrations.tables.table import Cell

# ECMA-376, part 1, 18.8.30: the built-in formats of dates and times, East Asian ones included.
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
# Excel computes in binary and shows 15 digits: 0.30000000000000004 in the file is 0.3 on the screen.
_SHOWN = Context(prec=15)
_EXPONENT = 308  # of a binary double, which is what Excel stores
_WHOLE = Context(prec=_EXPONENT + 1)
_LAST_SERIAL = 2_958_465  # 9999-12-31
_EXCEL_EPOCH = datetime.fromisoformat("1899-12-30")
_MAC_EPOCH = datetime.fromisoformat("1904-01-01")
_NOT_A_LEAP_DAY = 60  # Excel believes in 1900-02-29, so the days before it are off by one


def date_styles(stylesheet: Iterable[tuple[str, dict[str, str]]]) -> frozenset[str]:
    """Collect the cell styles (as cells name them: "3") that show a number as a date or a time."""
    custom: dict[int, str] = {}
    styles: list[int] = []
    in_cell_styles = False
    for tag, attributes in stylesheet:
        if tag == "numFmt":
            custom[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif tag in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            in_cell_styles = tag == "cellXfs"
        elif tag == "xf" and in_cell_styles:
            styles.append(int(attributes.get("numFmtId", "0")))
    return frozenset(str(index) for index, number in enumerate(styles) if _is_date(number, custom))


def _is_date(number: int, custom: dict[int, str]) -> bool:
    if number not in custom:
        return number in _BUILT_IN_DATES
    shown = _LITERALS.sub("", custom[number].split(";")[0])
    # An elapsed time ([h]:mm) is an amount of days, no point in time.
    return bool(_DATE_LETTERS.search(shown)) and not _ELAPSED.search(shown)


def number(text: str) -> Decimal:
    """Read a stored number as the value that Excel shows, without exponent or trailing zeros."""
    value = Decimal(text)
    if text.isdecimal():
        return value
    if not value.is_finite() or abs(value.adjusted()) > _EXPONENT:
        raise ValueError(text)
    value = _SHOWN.plus(value).normalize()
    return _WHOLE.quantize(value, Decimal(1)) if value == value.to_integral_value() else value


def moment(text: str, *, is_1904: bool) -> Cell:
    """Read a stored number as a date, a time of day or both; what no calendar has stays a number."""
    value = number(text)
    if not 0 <= value < _LAST_SERIAL:
        return value
    if value < 1:
        return (_MAC_EPOCH + _rounded(value)).time()
    if is_1904:
        at = _MAC_EPOCH + _rounded(value)
    else:
        at = _EXCEL_EPOCH + _rounded(value + 1 if value < _NOT_A_LEAP_DAY else value)
    return at.date() if at.time() == time() else at


def iso_moment(text: str) -> Cell:
    """Read a date that is stored as ISO 8601 text; other text stays text."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return date(at.year, at.month, at.day) if at.time() == time() else at


def _rounded(days: Decimal) -> timedelta:
    """To whole seconds: a stored time is a fraction of a day and seldom exact."""
    return timedelta(seconds=round(days * 86_400))
