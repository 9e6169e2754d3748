"""When a task is due, read from a line in Russian or English: "завтра в 15 позвонить", "next monday 9am"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from services.understanding import moments
from services.understanding.due_ends import Ending, ending_of
from services.understanding.due_moments import Candidate, candidates
from services.understanding.due_phrases import Phrase, phrases_of, readings, repeated
from services.understanding.due_pieces import Clock, Day, Days, Hour, NoDay, Part, Piece, Repeats
from services.understanding.due_rules import first_turns, rule_of
from services.understanding.fold import clean, flat
from services.understanding.recurrence import Recurrence

_MOST_OPTIONS = 4
_EARLIEST_YEAR = 1971
_JOINING = frozenset({"и", "или", "and", "or"})
_MOST_JOINING = 3
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_REMIND = re.compile(r"(?:please,? )?remind ", re.IGNORECASE)
_TO = "to "
"""So the deed begins where the moment stands between: "remind me tomorrow at 10 to call"."""
_EXCEPT = re.compile(r"(?<!\w)(?:кроме|исключая|except|excluding)(?!\w)")


@dataclass(frozen=True, slots=True)
class Due:
    """A moment after now, in the zone of now.

    `explicit_time` is False where neither a time nor a part of the day was named and the default hour
    stands in; `rest` is the line without the words of time. `or_every_other`: the words may as well say that
    it comes every other day, from this moment on.
    """

    at: datetime
    explicit_time: bool
    rest: str
    or_every_other: bool = False


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The words name several moments; the person chooses (at most four are offered, the earliest first).

    `several`: these are times of day that were all named, not one or the other.
    """

    options: tuple[datetime, ...]
    rest: str
    or_every_other: bool = False
    several: bool = False


@dataclass(frozen=True, slots=True)
class PastMoment:
    """The words name a moment that is over."""

    at: datetime
    rest: str


@dataclass(frozen=True, slots=True)
class NoSuchDay:
    """The words name a day that no calendar holds; `said` is how it was written."""

    said: str
    rest: str


@dataclass(frozen=True, slots=True)
class Repeating:
    """The words name moments that come again and again; `first` is what the first of them may be.

    No rule and no first one: the words say that it repeats, but more than a rule can. A rule without a first
    one: the time of day is none.
    """

    first: tuple[datetime, ...]
    rest: str
    rule: Recurrence | None = None
    several: bool = False


Understood = Due | Ambiguous | PastMoment | NoSuchDay | Repeating | None
"""What may be read out of a line."""


def parse_due(text: str, now: datetime) -> Understood:
    """Reads a due time out of a line; `now` is aware and in the person's zone (ValueError otherwise).

    Hours are 24-hour; a weekday is the next one whose time is ahead; a date without a year that is over is
    next year's; without a time the default is 10:00 (today, when that is over: 18:00 or in an hour).
    None where no time is named or the words are beyond this grammar: then ask, nothing is guessed.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    if not _EARLIEST_YEAR <= now.year < moments.LAST_YEAR:
        return None
    line = clean(text, len(text))
    phrases = repeated(phrases_of(line, now))
    pieces = [piece for phrase in phrases for piece in phrase.pieces]
    missing = next((piece for piece in pieces if isinstance(piece, NoDay)), None)
    if missing:
        read = _read(line, _stood_in(phrases, now, NoDay, Repeats), now)
        return NoSuchDay(missing.said, read.rest if read else _without(line, phrases))
    if any(isinstance(piece, Repeats) for piece in pieces):
        ending = ending_of(line, now.date())
        if ending is not None:
            return _ending(ending, line, phrases, now)
        return _repeating(line, phrases, pieces, now)
    read = _read(line, phrases, now)
    either = any(isinstance(piece, Days) and piece.or_every_other for piece in pieces)
    if isinstance(read, Ambiguous):
        return replace(read, or_every_other=either, several=_several(pieces, read.options))
    return replace(read, or_every_other=True) if either and isinstance(read, Due) else read


def _several(pieces: Sequence[Piece], options: Sequence[datetime]) -> bool:
    """Whether more than one time of day was named."""
    said = [piece for piece in pieces if isinstance(piece, Clock | Hour | Part)]
    named = len(said) > 1 or any(isinstance(piece, Clock) and piece.each for piece in said)
    return named and len({at.timetz() for at in options}) > 1


def _repeating(line: str, phrases: Sequence[Phrase], pieces: Sequence[Piece], now: datetime) -> Repeating:
    """The rule, and its first turn at each time of day that the words may mean."""
    found = rule_of(pieces, now.date())
    if found is None and (rule := _but_for_clock(line, phrases, now)) is not None:
        return Repeating((), _without(line, phrases), rule)
    if found is None or _EXCEPT.search(flat(_without(line, phrases))):
        return Repeating((), _without(line, phrases))
    # Read of a day without a change of the clocks, so that the time of day is what was said.
    wall = now.replace(tzinfo=UTC)
    read = _read(line, _stood_in(phrases, wall, Repeats, Days), wall)
    match read:
        case Due():
            times: tuple[datetime, ...] = (read.at,)
        case Ambiguous():
            times = read.options
        case _:
            return Repeating((), _without(line, phrases))
    turns = first_turns(found, [at.hour * 60 + at.minute for at in times], now)
    rule = found[0] if turns else None
    return Repeating(turns, read.rest, rule, _several(pieces, turns))


def _ending(ending: Ending, line: str, phrases: Sequence[Phrase], now: datetime) -> Understood:
    """The same with a last day, or so many times; refused where the end lies before the first turn."""
    until, found = ending.until, parse_due(ending.rest, now)
    if ending.said is not None:
        last = parse_due(ending.said, now)
        until = last.at.date() if isinstance(last, Due) else None
        if until is None:
            return Repeating((), _without(line, phrases))
    if not isinstance(found, Repeating) or found.rule is None:
        return Repeating((), _without(line, phrases))
    turns = tuple(at for at in found.first if until is None or at.date() <= until)
    if found.first and not turns:
        return Repeating((), _without(line, phrases))
    return replace(found, first=turns, rule=ending.of(found.rule, until))


def _but_for_clock(line: str, phrases: Sequence[Phrase], now: datetime) -> Recurrence | None:
    """The rule where nothing but a time of day that no clock shows stands in its way."""
    others = [phrase for phrase in phrases if not _CLOCK.search(line[phrase.start : phrase.end])]
    found = rule_of([piece for phrase in others for piece in phrase.pieces], now.date())
    return found[0] if found is not None and len(others) < len(phrases) else None


def _stood_in(phrases: Iterable[Phrase], now: datetime, *kinds: type[Piece]) -> list[Phrase]:
    """The phrases with tomorrow for the pieces of some kinds: a day that is missing, what repeats."""
    tomorrow = Days((Day(now.date() + timedelta(days=1)),))
    return [
        replace(
            phrase, pieces=tuple(tomorrow if isinstance(piece, kinds) else piece for piece in phrase.pieces)
        )
        for phrase in phrases
    ]


def _read(line: str, phrases: Sequence[Phrase], now: datetime) -> Due | Ambiguous | PastMoment | None:
    found: list[Candidate] = []
    said: set[Phrase] = set()
    for reading in readings(phrases):
        found += candidates([piece for phrase in reading for piece in phrase.pieces], now)
        said.update(reading)
    ahead = sorted({candidate.at for candidate in found if moments.is_ahead(candidate.at, now)})
    if len(ahead) > 1:
        return Ambiguous(tuple(ahead[:_MOST_OPTIONS]), _without(line, said))
    if ahead:
        explicit = any(candidate.explicit for candidate in found if candidate.at == ahead[0])
        return Due(ahead[0], explicit, _without(line, said))
    if found:
        return PastMoment(max(candidate.at for candidate in found), _without(line, said))
    return None


def _without(line: str, phrases: Iterable[Phrase]) -> str:
    """The line without these phrases and without the commas and joining words that they leave behind."""
    rest, place = "", 0
    for phrase in sorted(phrases, key=lambda phrase: phrase.start):
        rest = _joined(rest, line[place : phrase.start])
        place = max(place, phrase.end)
    said = _trimmed(_joined(rest, line[place:]))
    return said[len(_TO) :] if _REMIND.match(line) and said.startswith(_TO) else said


def _trimmed(text: str) -> str:
    for _ in range(_MOST_JOINING):
        text = text.strip(" \n,;:-–—").lstrip(".")
        first, _, after_first = text.partition(" ")
        before_last, _, last = text.rpartition(" ")
        if first.lower() in _JOINING:
            text = after_first
        elif last.lower() in _JOINING:
            text = before_last
        else:
            break
    return text.strip()


def _joined(before: str, after: str) -> str:
    """Two pieces of a line that a phrase stood between, with one comma or space."""
    before, after = before.rstrip(" "), after.lstrip(" ")
    if not before or not after:
        return before or after
    if before[-1] in ",;" or after[0] in ",;":
        return f"{before.rstrip(' ,;')}, {after.lstrip(' ,;')}"
    tight = after[0] in ".!?)\n" or before[-1] in "(\n"
    return before + ("" if tight else " ") + after
