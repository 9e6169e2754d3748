"""The piece of a text around what was looked for in it."""

import re
from collections.abc import Sequence

from db.repositories.needles import words_in
from services.understanding.fold import clean_line, flat, fold

LONGEST = 120
BEFORE = 40
"""So much of it stands before the word, as far as words go."""
_TOKEN = re.compile(r"\S+")


def around(text: str, words: Sequence[str]) -> str:
    """In one line, cut where a word begins, around the first that begins with any of these folded words."""
    line = " ".join(text.split())
    place = _first(line, words)
    start = 0
    if place > BEFORE:
        start = line.find(" ", place - BEFORE, place) + 1 or place
    piece = clean_line(line[start : start + 2 * LONGEST], LONGEST)
    return f"{'…' if start else ''}{piece}{'…' if start + len(piece) < len(line) else ''}"


def _first(line: str, words: Sequence[str]) -> int:
    """Where such a word stands; 0 if none does, as where two parts of a text make a word only together."""
    for token in _TOKEN.finditer(line):
        found = next((word for word in words if _begins(token[0], word)), None)
        if found is not None:
            # An address may be longer than the piece.
            return token.start() + (max(flat(token[0]).find(found), 0) if len(token[0]) > BEFORE else 0)
    return 0


def _begins(token: str, word: str) -> bool:
    return any(one.startswith(word) for one in words_in(fold(token)))
