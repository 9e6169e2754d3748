"""Lines that somebody types as a name: kept whole, or refused with the reason, never cut."""

from db.repositories.erasure import BLANK
from services.errors import AppError
from services.understanding.fold import clean_line

ERASED = BLANK
"""What stands for the title of a lead or deal since its client's data was erased; nobody can type it."""
_SHOWN = 20


def whole_line(typed: str, most: int) -> str:
    """The line with single spaces. Raises `line.long`, with how long it is and how long it may be."""
    line = clean_line(typed, len(typed) + 1)
    if len(line) > most:
        raise AppError("line.long", start=clean_line(line, _SHOWN), n=len(line), most=most)
    return line


def is_dash(line: str) -> bool:
    """Whether nothing but a dash was typed, which means none."""
    return bool(line.strip()) and not line.strip("-–— ")


def as_title(line: str | None) -> str:
    """The same as a title: dashes alone are none."""
    return line if line and line.strip("-–— ") else ""
