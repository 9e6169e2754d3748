"""The words of a task: whether a further sentence says the same deed, adds to it or is one of its own."""

import re

from services.understanding.fold import fold

_WORD = re.compile(r"\w+")


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_EMPTY = _words(
    "лучше давай давайте пусть ладно ок окей хорошо да нет не ну тогда можно пожалуйста наверное",
    "better ok okay yes no not let lets s say then maybe please make it",
)
"""Words that come with a moment and say nothing of the deed."""
_HANGING = _words(
    "в во на с со у к ко по о об обо за от до из для при про без под над перед через около после вместо",
    "и или а но тоже также еще только именно чтобы его ее их ему ей им этот эту это там туда",
    "in on at with to for from by about of after before without near via and or but also only",
    "his her their him them its this that there",
)
"""With these begins what hangs on something that was said before."""


def completed(before: str, said: str) -> str | None:
    """The deed after a further sentence that repeats it or adds to it; None for a deed of its own."""
    old, new = _WORD.findall(fold(before)), _WORD.findall(fold(said))
    if set(new) <= {*old, *_EMPTY}:
        return before
    if set(old) <= set(new):
        return said
    return f"{before}, {said}" if new[0] in _HANGING else None
