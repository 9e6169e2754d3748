"""Times of day as people say them: "в полдесятого", "без четверти три", "at half past six"."""

import re

from services.understanding import due_words as words
from services.understanding.due_clocks import said_hour
from services.understanding.due_counting import counts
from services.understanding.due_pieces import (
    MINUTES_OF_DAY,
    Answer,
    Clock,
    Line,
    Unreadable,
    any_of,
    rule,
)

_FACE = range(1, 7 * 60)
"""Until seven a clock's face says the afternoon as often as the night."""


def _clock(hour: int, minutes: int, part: str | None) -> Clock | Unreadable:
    """So many minutes from an hour on; without a part of the day, both times that a clock's face may mean."""
    of_day = words.hour_said(hour, part) if part else hour
    if of_day is None:
        return Unreadable()
    at = (of_day * 60 + minutes) % MINUTES_OF_DAY
    return Clock((at, at + 12 * 60) if at in _FACE and part is None else (at,))


def _half(match: re.Match[str], _line: Line) -> Answer:
    """ "в половине десятого", "в полдесятого": half an hour before ten."""
    return _clock(words.HOUR_ORDINALS[match[1]], -30, words.part_word(match[2]))


def _quarter(match: re.Match[str], _line: Line) -> Answer:
    """ "четверть третьего"."""
    return _clock(words.HOUR_ORDINALS[match[1]], -45, words.part_word(match[2]))


def _without(match: re.Match[str], _line: Line) -> Answer:
    """ "без пятнадцати три"."""
    minutes = _minutes(match[1])
    return _clock(said_hour(match[2]), -minutes, words.part_word(match[3])) if minutes < 60 else Unreadable()


def _past(match: re.Match[str], line: Line) -> Answer:
    """ "half past six", "ten to five"; "five to ten people" is no time."""
    minutes, to = _minutes(match[2]), match[3] == "to"
    may_be_range = to and "quarter" not in match[2] and not (match[1] or line.before)
    if minutes >= 60 or may_be_range or counts(line, match.end(), 2):
        return None
    return _clock(said_hour(match[4]), -minutes if to else minutes, words.part_word(match[5]))


def _minutes(written: str) -> int:
    written = " ".join(written.split())
    return int(written) if written.isdigit() else words.SPOKEN_MINUTES[written]


def _spelled(match: re.Match[str], line: Line) -> Answer:
    """ "в девять тридцать", "at three thirty pm"."""
    minutes = _minutes(match[2])
    if counts(line, match.end(), minutes):
        return None
    return _clock(said_hour(match[1]), minutes, words.part_word(match[3]))


_PART_OF_DAY = words.PART_AFTER_TIME
_SPOKEN = any_of(words.SPOKEN_MINUTES)
_HOUR_OF = any_of(words.HOUR_ORDINALS)
RULES = (
    rule(rf"<at>?(?:половин[еуы] |пол(?: |-)?)({_HOUR_OF}){_PART_OF_DAY}", _half),
    rule(rf"<at>?четверть ({_HOUR_OF}){_PART_OF_DAY}", _quarter),
    rule(rf"<at>?без (\d{{1,2}}|{_SPOKEN})(?: минут)? (<hour>){_PART_OF_DAY}", _without),
    rule(
        rf"(<at>)?({_SPOKEN}|\d{{1,2}})(?: minutes)?(?: |-)(past|to) (<hour>){_PART_OF_DAY}",
        _past,
    ),
    rule(
        rf"<at>({any_of(words.HOURS)})(?: часов| часа| час)? ({_SPOKEN})(?: минут)?{_PART_OF_DAY}", _spelled
    ),
)
