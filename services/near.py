"""Which of a few names somebody has meant who slipped by a letter."""

from collections.abc import Iterable

from db.repositories.needles import slips
from services.understanding.fold import fold

LONG = 4
"""So many letters has a word in which a slip is forgiven: fewer than in a search, among so few names."""


def nearest(typed: str, names: Iterable[str]) -> list[str]:
    """The names that differ from what was typed by one slip in one of their words."""
    words = fold(typed).split()
    return [name for name in names if _is_near(words, fold(name).split())]


def _is_near(typed: list[str], name: list[str]) -> bool:
    if len(typed) != len(name):
        return False
    others = [(said, meant) for said, meant in zip(typed, name, strict=True) if said != meant]
    if len(others) != 1:
        return False
    said, meant = others[0]
    return len(meant) >= LONG and meant in slips(said, LONG)
