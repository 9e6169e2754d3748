"""Ranges as people type them: "from 5", "to 10", "5 - 10"."""

import re

_FROM = re.compile(r"^(?:>=?|(?:от|с|from|since|after|после)(?![^\W\d_]))\s*(.+)$", re.IGNORECASE)
_TO = re.compile(r"^(?:<=?|(?:до|по|to|till|until|before)(?![^\W\d_]))\s*(.+)$", re.IGNORECASE)
_BETWEEN = re.compile(r"^(?:от |с |from )?(.+?)(?:\.\.|\s+[-–—]\s+|\s+(?:до|по|to)\s+)(.+)$", re.IGNORECASE)
_DASHED = re.compile(r"^(?:от |с |from )?([^-–—]*[^-–—\s])[-–—]([^-–—]+)$", re.IGNORECASE)
_DOTTED = re.compile(r"[./]")


def from_where_to_where(typed: str, *, dashes: bool = False) -> tuple[str | None, str | None]:
    """The two ends in words, None where it is open; of what is no range both are the same.

    `dashes`: no value has a dash within, so that one parts two without spaces, too, as in 100k-300k.
    """
    typed = typed.strip()
    if found := _BETWEEN.match(typed):
        return found[1], found[2]
    if (found := _DASHED.match(typed)) and (dashes or all(map(_DOTTED.search, found.groups()))):
        return found[1], found[2]
    if found := _FROM.match(typed):
        return found[1], None
    if found := _TO.match(typed):
        return None, found[1]
    return typed, typed
