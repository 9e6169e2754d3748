"""What to write to the client at a stage: a text with gaps that are filled from the deal."""

import re
from collections.abc import Mapping

from services.errors import AppError
from services.pipelines.reading import NONE
from services.understanding.fold import clean, fold

LIMIT = 1000
GAPS = {
    "client": ("client", "клиент"),
    "name": ("name", "имя", "first name"),
    "company": ("company", "компания"),
    "deal": ("deal", "сделка"),
    "sum": ("sum", "сумма"),
    "due": ("due", "остаток", "долг", "left to pay", "осталось"),
    "manager": ("manager", "менеджер"),
    "us": ("us", "мы", "our company", "наша компания"),
}
"""By its code the words for each gap, the first English and the first Russian one to be told."""
_LANGUAGES = ("en", "ru")
_CODES = {word: code for code, words in GAPS.items() for word in words}
_GAP = re.compile(r"\{\s*([^{}]*?)\s*\}")


def read_message(typed: str) -> str | None:
    """A message as it is kept, its gaps by their codes; a dash is none.

    Raises `message.empty`, `message.too_long`, `message.unknown_gap`.
    """
    if len(typed) > LIMIT:
        raise AppError("message.too_long", most=LIMIT)
    text = clean(typed, LIMIT)
    if not text:
        raise AppError("message.empty")
    return None if fold(text) in (NONE, "—") else _GAP.sub(_code, text)


def fill(message: str, values: Mapping[str, str]) -> str:
    """The message with its gaps filled; what is not known leaves a line to write on."""
    return _GAP.sub(lambda gap: values.get(gap[1]) or "___", message)


def asks_for(message: str, code: str) -> bool:
    """Whether it has this gap."""
    return f"{{{code}}}" in message


def gap_word(code: str, language: str) -> str:
    """A gap as whoever speaks a language writes it."""
    return f"{{{GAPS[code][_LANGUAGES.index(language) if language in _LANGUAGES else 0]}}}"


def worded(message: str, language: str) -> str:
    """A message that is kept, as it could have been typed in a language."""
    return _GAP.sub(lambda gap: gap_word(gap[1], language) if gap[1] in GAPS else gap[0], message)


def _code(gap: re.Match[str]) -> str:
    code = _CODES.get(fold(gap[1]))
    if code is None:
        raise AppError("message.unknown_gap", gap=gap[1])
    return f"{{{code}}}"
