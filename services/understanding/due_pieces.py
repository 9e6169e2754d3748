"""What a phrase of time can say, and how a rule that reads such phrases is written."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from services.understanding import due_words as words
from services.understanding.recurrence import Recurrence

MINUTES_OF_DAY = 24 * 60

Trust = Literal["sure", "likely", "unsure"]
Said = Literal["at", "by", "bare"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day; when its moment has passed it may be so many days later."""

    date: date
    roll: int = 0


@dataclass(frozen=True, slots=True)
class Days:
    """What a phrase says about the day: one day, or several where it can be read in several ways."""

    options: tuple[Day, ...]
    weekday: int | None = None
    or_every_other: bool = False  # "Через день" is said of every other day, too.


@dataclass(frozen=True, slots=True)
class NextWeek:
    """The words "next week", by its Monday."""

    monday: date


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in all its readings, in minutes from midnight; 1440 is the midnight that ends the day."""

    minutes: tuple[int, ...]
    each: bool = False  # All of them are meant, not one or the other: "в 9 и 18".


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day, a key of `due_words.PARTS`."""

    name: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment known without further words: "через 2 часа"."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Hour:
    """A number that may be an hour: "в 15", "до 15", "завтра 15", and how the next word speaks for that."""

    hour: int
    said: Said
    trust: Trust
    half_day: bool = False  # Said as on a clock's face: "в три" is 15:00 as often as 3:00.


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers with a point that are a date or a time: "10.12"."""

    day: date | None
    minutes: int | None
    said: Said


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Words of time that must not be passed over in silence: "через пару-тройку дней", "half past ten"."""


@dataclass(frozen=True, slots=True)
class NoDay(Unreadable):
    """A day, as it was written, that no calendar holds: "30 февраля"."""

    said: str


@dataclass(frozen=True, slots=True)
class Repeats(Unreadable):
    """What comes again and again: "каждый день"; `start`: from which day on, if the words say so.

    No rule: it repeats, but not as a rule can: "twice a week".
    """

    rule: Recurrence | None
    start: date | None = None


@dataclass(frozen=True, slots=True)
class Starts:
    """The words "starting from": the day beside them is the first on which what repeats may come."""


Piece = Days | NextWeek | Clock | Part | Moment | Hour | Pair | Starts | Unreadable


@dataclass(frozen=True, slots=True)
class Line:
    """The line being read, and what the words right before the place said."""

    text: str
    flat: str
    now: datetime
    before: tuple[Piece, ...] = ()

    @property
    def today(self) -> date:
        """The day on which the line was written, where its writer is."""
        return self.now.date()


Answer = Piece | tuple[Piece, ...] | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern tried at the start of a word, and what it means; None: no time after all."""

    pattern: re.Pattern[str]
    build: Callable[[re.Match[str], Line], Answer]


def rule(source: str, build: Callable[[re.Match[str], Line], Answer]) -> Rule:
    """A rule in the notation below.

    A space stands for one to four spaces or line breaks and `~` for none to four; names in angle brackets
    stand for the fragments of this module. Every repetition is bounded, so reading stays linear.
    """
    for name, fragment in _FRAGMENTS.items():
        source = source.replace(name, fragment)
    spaced = source.replace(" ", _SPACES).replace("~", _SPACES_OR_NONE)
    return Rule(re.compile(rf"(?:{spaced})(?!\w)"), build)


def unreadable(_match: re.Match[str], _line: Line) -> Answer:
    """What a rule says of words that it only knows to be beyond it."""
    return Unreadable()


def any_of(names: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(sorted(names, key=len, reverse=True)) + ")"


_SPACES = r"[ \n]{1,4}"
_SPACES_OR_NONE = r"[ \n]{0,4}"
_LIMIT = r"(?:не позднее|не позже|не раньше|не ранее|no later than|not later than|not before)"
_FRAGMENTS = {
    "<on>": rf"(?:(?:в|во|на|к|ко|до|с|со|после|by|on|for|until|till|before|after|from|{_LIMIT}) )",
    "<at>": (
        rf"(?:(?:(?:(?:часов |ровно )?в|во|в районе|к|ближе к|до|после|около|с|на|{_LIMIT}"
        r"|at|by|before|after|around|until|till|from|for) )|@~|в(?=\d))"
    ),
    "<hour>": rf"(?:\d{{1,2}}|{any_of(words.HOURS)})",
    "<month>": any_of(words.MONTHS),
    "<weekday>": any_of(words.WEEKDAYS),
    "<unit>": any_of({**words.UNIT_MINUTES, **words.UNIT_DAYS, **words.UNIT_MONTHS}),
    "<minutes>": any_of(word for word, size in words.UNIT_MINUTES.items() if size == 1),
    "<number>": rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})?|{any_of(words.NUMBERS)})",
    "<next>": r"(?:следующ\w{2,3}|след\.?|next)",
    "<last>": r"(?:прошл\w{2,3}|прошедш\w{2,3}|last)",
    "<this>": r"(?:эт(?:от|у|о|ой|ого)|текущ\w{2,3}|ближайш\w{2,3}|this|coming)",
    # A number before these words measures something; it is no day and no hour.
    "<no_unit>": (
        r"(?!~(?:[%°₽$€]|[x×х*]~\d|(?:тыс|млн|млрд|к|k|руб\w{0,4}|р|м|м2|м²|кв|см|мм|км|кг|т|шт|штук|л|га|процент\w{0,3}"
        r"|час\w{0,2}|ч|мин\w{0,3}|дн\w{1,2}|мес\w{0,4}|hours?|days?|million|thousand|percent)(?!\w)))"
    ),
}
