"""The words of a task: whether a further sentence says the same deed, another one or more of it."""

import re

from services.understanding import due_words as words
from services.understanding.fold import fold

_WORD = re.compile(r"\w+")
_INFINITIVE = re.compile(r"[^\W\d_]{2,}(?:ть|ти|чь|ться|тись|чься)")
_DEEDS = words.EVENTS | {
    *("book", "bring", "buy", "confirm", "deliver", "discuss", "invite", "make", "meet", "order", "pay"),
    *("prepare", "remind", "sign", "talk"),
}


def merged(before: str, said: str) -> str:
    """The deed after a further sentence: the same where that repeats it, a new one instead, or both."""
    old, new = _WORD.findall(fold(before)), _WORD.findall(fold(said))
    if set(new) <= set(old):
        return before
    if set(old) <= set(new) or any(_INFINITIVE.fullmatch(word) or word in _DEEDS for word in new[:2]):
        return said
    return f"{before}, {said}"
