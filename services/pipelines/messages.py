"""What to write to the client at a stage: a text with gaps that are filled from the deal."""

import re
from collections.abc import Mapping

from services.errors import AppError
from services.pipelines.reading import NONE
from services.understanding.fold import clean, fold

LIMIT = 200
"""Telegram copies at most 256 characters by a button; the rest is for what fills the gaps."""
GAPS = ("client", "deal", "sum")
_WORDS = {"клиент": "client", "сделка": "deal", "сумма": "sum"}
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


def _code(gap: re.Match[str]) -> str:
    word = fold(gap[1])
    code = _WORDS.get(word, word)
    if code not in GAPS:
        raise AppError("message.unknown_gap", gap=gap[1])
    return f"{{{code}}}"
