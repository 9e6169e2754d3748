"""What is typed while a request is open: more about it, words that may be a remark, or something else."""

import re
from enum import StrEnum

from services.understanding import phones
from services.understanding.fold import clean_line, fold
from services.understanding.lead_line import LeadDraft, parse_lead
from services.understanding.lead_signs import looks_like_lead, looks_like_search

_SCALAR = ("name", "phone", "amount_minor", "source", "email", "username")
_NUMBER = re.compile(r"[#№] ?\d+|\d{1,4}|\d\d[ -]\d\d")
_LONGEST_CHECKED = 1000


class More(StrEnum):
    """How a line stands to an open request."""

    FITS = "fits"
    """It says what is still missing, or is too long for anything but a remark."""
    WORDS = "words"
    """A few words: of somebody to look for, else a remark."""
    ELSE = "else"
    """Another request, a number, or a value for a field that is filled already."""


def more_about(before: LeadDraft, text: str, region: str = phones.DEFAULT_REGION) -> More:
    """How a line stands to a request of which so much is known."""
    line = clean_line(text, _LONGEST_CHECKED)
    if _NUMBER.fullmatch(line) or not any(char.isalnum() for char in line):
        return More.ELSE
    said = parse_lead(line, region)
    told = [name for name in _SCALAR if getattr(said, name) is not None]
    if any(_differs(getattr(before, name), getattr(said, name)) for name in told):
        return More.ELSE
    if before.title and said.title and said.name and said.phone:
        return More.ELSE
    reachable = before.name or before.phone or before.email or before.username
    asked = not before.title or not reachable
    if told or asked or looks_like_lead(line, region) or not looks_like_search(line, region):
        return More.FITS
    return More.WORDS


def _differs(before: object, said: object) -> bool:
    if isinstance(before, str) and isinstance(said, str):
        return fold(before) != fold(said)
    return before is not None and before != said
