"""How long something may take, as a line says it at its end: "через 30 минут", "2 недели", "tomorrow"."""

import re
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from services.understanding import due_words as words
from services.understanding.days import AWAY
from services.understanding.due_pieces import any_of
from services.understanding.due_spans import amount_of
from services.understanding.fold import flat

SOON = 15
"""So many minutes are left for what is to be done at once."""
_WEEK = 7
_NOW = ("сразу же", "сразу", "немедленно", "at once", "right away", "immediately")
_DAYS = {word: days for word, days in AWAY.items() if days >= 0}
_SIZES = {**words.UNIT_MINUTES, **words.UNIT_DAYS, **words.UNIT_MONTHS}
_TERM = re.compile(
    rf"""(?P<gap>[\s,;:.-]+(?:срок[\s:-]+|due[\s:-]+)?)
    (?:(?P<within>(?:через|спустя|за|в\ течение|in|after|within)\s+)?
       (?:(?P<number>(?<!-)\d{{1,99}}(?:[.,]\d{{1,2}})?|{any_of(words.NUMBERS).replace(" ", "[ ]")})\s*)?
       (?:(?:раб\w*\.?|working|business)\s+)?
       (?P<unit>{any_of(_SIZES)})
    |(?:(?:к|до|на|by|before)\s+)?(?P<day>{any_of(_DAYS).replace(" ", "[ ]")})
    |(?P<now>{any_of(_NOW).replace(" ", "[ ]")}))
    [\s.]*$""",
    re.VERBOSE,
)
_BELONGS = {*words.HOURS, *words.SPOKEN_MINUTES, *words.PREPOSITIONS}
"""After such a word it is no term, but a part of what is said: "через двадцать два дня", "план на 2 дня"."""


class Unit(StrEnum):
    """In what a term is counted: minutes and days are those of work, weeks and months those of everybody."""

    MINUTES = "minutes"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Term:
    """So long, and the words of the line before it."""

    n: int
    unit: Unit
    rest: str


def term_at_end(text: str) -> Term | None:
    """The term with which a text ends, after some words; None where it ends otherwise.

    0 days are the same day. A unit alone is a term after "within", or after a comma: "за неделю".
    """
    line, start = flat(text), 0
    while found := _TERM.search(line, start):
        rest, read = text[: found.start()].strip(), _read(found)
        if read is not None and rest and flat(rest).split()[-1] not in _BELONGS:
            return Term(*read, rest)
        if found["number"]:
            return None
        start = found.start() + 1
    return None


def _read(found: re.Match[str]) -> tuple[int, Unit] | None:
    if found["now"]:
        return SOON, Unit.MINUTES
    if found["day"]:
        return _DAYS[" ".join(found["day"].split())], Unit.DAYS
    apart = found["number"] or found["within"] or found["gap"].strip()
    amount = amount_of(found["number"], found["unit"]) if apart else None
    if amount is None:
        return None
    kind, size = amount
    if kind == "minutes":
        return ceil(size), Unit.MINUTES
    if size != int(size):
        return None
    if kind == "days" and words.UNIT_DAYS[found["unit"]] % _WEEK == 0:
        return int(size) // _WEEK, Unit.WEEKS
    return int(size), Unit.DAYS if kind == "days" else Unit.MONTHS
