"""Text that a spreadsheet would run as a formula, and the apostrophe that makes it plain text again."""

import re

# What Excel, LibreOffice and Google Sheets take for the start of a formula, full-width forms included.
# Apostrophes and spaces before it count as well: so taking the apostrophe away undoes exactly what was added.
_FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]|'*[\t\r\n]")
_PHONE = re.compile(r"\+[0-9][0-9 ()-]{4,24}")


def disarm(text: str) -> str:
    """Put an apostrophe before text that would be run; a plain phone number (+7 916 ...) stays as it is.

    Source: OWASP, CSV injection.
    """
    return "'" + text if _FORMULA.match(text) and not _PHONE.fullmatch(text) else text


def rearm(text: str) -> str:
    """Take away the apostrophe that `disarm` (or another program with the same habit) has put."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text
