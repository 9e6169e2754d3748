"""The words of time in a line: where they stand, and every way to read those that could be other words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product
from math import prod

from services.understanding import (
    due_clocks,
    due_days,
    due_monthly,
    due_repeats,
    due_several,
    due_spans,
    due_spoken,
)
from services.understanding.due_pieces import (
    Clock,
    Day,
    Days,
    Hour,
    Line,
    NextWeek,
    Pair,
    Part,
    Piece,
    Repeats,
    Starts,
    Unreadable,
)
from services.understanding.fold import flat
from services.understanding.recurrence import Recurrence, Unit

_MOST_PHRASES = 12
_MOST_READINGS = 16
_RULES = (
    *due_monthly.RULES,
    *due_repeats.RULES,
    *due_days.RULES,
    *due_spans.RULES,
    *due_spoken.RULES,
    *due_several.RULES,
    *due_clocks.RULES,
)
_WORD_START = re.compile(r"(?<!\w)[\w@]")
_SKIPPED = re.compile(r"\d+(?:[.,:/+*-]\d+)*|\w+|@")
_NEGATION = re.compile(r"(?<!\w)(?:не|кроме|not|except)[ \n]{1,4}$")
# "ул. 8 Марта" is an address.
_ADDRESS = re.compile(
    r"(?<!\w)(?:ул|улиц[аеуы]|просп|проспекте?|пер|дом|д|кв|офисе?|комнат[аеуы]|room|office)\.?[ \n]{1,4}$"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What the words `line[start:end]` say about time."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


def readings(phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    """Every way to read the words of time of a line; none where there are none or they are too many.

    A number that may be an hour is one in one reading and is left among the other words in another.
    """
    pieces = [piece for phrase in phrases for piece in phrase.pieces]
    if len(phrases) > _MOST_PHRASES or any(isinstance(piece, Unreadable) for piece in pieces):
        return []
    dated = any(isinstance(piece, Days | NextWeek) for piece in pieces)
    timed = any(isinstance(piece, Clock | Part) for piece in pieces)
    choices = [
        _choices(phrase, dated=dated or _dated_before(phrases[:n]), timed=timed)
        for n, phrase in enumerate(phrases)
    ]
    if prod(map(len, choices)) > _MOST_READINGS:
        return []
    rows = ([phrase for phrase in row if phrase is not None] for row in product(*choices))
    return [row for row in rows if row]


def phrases_of(text: str, now: datetime) -> list[Phrase]:
    """The words of time in a line, each with what it may say."""
    scanned = flat(text)
    found: list[Phrase] = []
    place = 0
    while word := _WORD_START.search(scanned, place):
        touching = found and not scanned[found[-1].end : word.start()].strip(" ")
        line = Line(text, scanned, now, found[-1].pieces if touching else ())
        if phrase := _phrase_at(line, word.start()):
            found.append(phrase)
            place = phrase.end
        else:
            skipped = _SKIPPED.match(scanned, word.start())
            place = skipped.end() if skipped else word.end()
    return found


def repeated(phrases: list[Phrase]) -> list[Phrase]:
    """The same with "через день" as every other day where other words tell that it repeats."""
    pieces = [piece for phrase in phrases for piece in phrase.pieces]
    if not any(isinstance(piece, Repeats | Starts) for piece in pieces):
        return phrases
    other = (Repeats(Recurrence(Unit.DAY, 2)),)
    return [
        replace(phrase, pieces=other)
        if any(isinstance(piece, Days) and piece.or_every_other for piece in phrase.pieces)
        else phrase
        for phrase in phrases
    ]


def _phrase_at(line: Line, place: int) -> Phrase | None:
    if _ADDRESS.search(line.flat, max(0, place - 12), place) and line.flat[place].isdigit():
        return None
    for rule in _RULES:
        if (match := rule.pattern.match(line.flat, place)) and (
            answer := rule.build(match, line)
        ) is not None:
            pieces = answer if isinstance(answer, tuple) else (answer,)
            if _NEGATION.search(line.flat, max(0, place - 12), place):
                pieces = (Unreadable(),)
            return Phrase(place, match.end(), pieces)
    return None


def _dated_before(phrases: Sequence[Phrase]) -> bool:
    """Whether a pair of numbers has named the day already: the next one, as in "15.12 17.30", is a time."""
    return any(isinstance(piece, Pair) and piece.day for phrase in phrases for piece in phrase.pieces)


def _choices(phrase: Phrase, *, dated: bool, timed: bool) -> list[Phrase | None]:
    piece = phrase.pieces[0] if phrase.pieces else None
    if isinstance(piece, Hour):
        readings_ = _hour_readings(piece, dated=dated)
    elif isinstance(piece, Pair):
        readings_ = _pair_readings(piece, dated=dated, timed=timed)
    else:
        return [phrase]
    return [Phrase(phrase.start, phrase.end, (each,)) if each else None for each in readings_]


def _hour_readings(hour: Hour, *, dated: bool) -> Sequence[Piece | None]:
    on_face = (hour.hour, hour.hour + 12) if hour.half_day and 1 <= hour.hour < 7 else (hour.hour,)
    clock = Clock(tuple(each * 60 for each in on_face))
    if not dated:
        return [clock if hour.said == "at" and hour.trust == "sure" and not hour.half_day else None]
    if hour.trust == "sure" or (hour.said == "at" and hour.trust == "likely"):
        return [clock]
    return [clock, None]


def _pair_readings(pair: Pair, *, dated: bool, timed: bool) -> Sequence[Piece | None]:
    clock = None if pair.minutes is None else Clock((pair.minutes,))
    day = None if pair.day is None else Days((Day(pair.day),))
    if dated:
        return [None if timed else clock]
    if timed or pair.said != "at":
        return [day]
    return [piece for piece in (day, clock) if piece]
