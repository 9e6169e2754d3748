"""Working hours as people write them: "пн-пт 9-18, сб 10-15", "weekdays 9am-6pm", "ежедневно 9-13, 14-18"."""

import re
from dataclasses import dataclass
from typing import Any

from services.understanding.due_words import WEEKDAYS
from services.understanding.fold import fold

DAY = 24 * 60
LONGEST = 300
"""Nobody needs more characters to tell a week's hours."""
_SHOWN = 30

Span = tuple[int, int]
"""From and to, in minutes after midnight; the end may be midnight itself."""


class HoursError(ValueError):
    """`code` says what is wrong, `piece` with which part of what was typed."""

    def __init__(self, code: str, piece: str) -> None:
        super().__init__(code)
        self.code = code
        self.piece = piece[:_SHOWN]


@dataclass(frozen=True, slots=True)
class WorkHours:
    """The spans of each day of the week, Monday first; a day off has none."""

    days: tuple[tuple[Span, ...], ...] = ((),) * 7

    @property
    def data(self) -> dict[str, Any]:
        """As it is kept: days that have hours, with their spans."""
        return {str(day): [list(span) for span in spans] for day, spans in enumerate(self.days) if spans}

    @classmethod
    def of(cls, data: dict[str, Any]) -> "WorkHours":
        """From what is kept."""
        return cls(tuple(tuple((a, b) for a, b in data.get(str(day), ())) for day in range(7)))

    def groups(self) -> list[tuple[list[int], tuple[Span, ...]]]:
        """Working days with equal hours together, in the order of their first day."""
        found: dict[tuple[Span, ...], list[int]] = {}
        for day, spans in enumerate(self.days):
            if spans:
                found.setdefault(spans, []).append(day)
        return [(days, spans) for spans, days in found.items()]


_WEEK, _WORKDAYS, _WEEKEND = tuple(range(7)), tuple(range(5)), (5, 6)
_TO = r"\s*(?:-|до|to|till|until|по)\s*"
_WORDS = "|".join(sorted((re.escape(word) for word in WEEKDAYS), key=len, reverse=True))
_TIME = r"(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?(?![\w:])"
_SKIP = re.compile(r"(?:[\s,;.:]|(?:и|and|с|со|from|в|at|on|по)(?=\s))*")
_DAYS = re.compile(rf"({_WORDS})(?!\w)\.?(?:{_TO}({_WORDS})(?!\w)\.?)?")
_ALWAYS = re.compile(r"(?:круглосуточно|24/7|24 часа|around the clock|24 hours|non-?stop)(?!\w)")
_OFF = re.compile(r"-?\s*(?:выходн\w+|не работаем|закрыто|closed|off|day off)(?!\w)")
_GROUPS = (
    (re.compile(r"(?:ежедневно|каждый день|без выходных|все дни|every ?day|daily)(?!\w)"), _WEEK),
    (re.compile(r"(?:будни|будням|рабочие дни|week ?days|working days)(?!\w)"), _WORKDAYS),
    (re.compile(r"(?:выходные|выходным|week ?ends?)(?!\w)"), _WEEKEND),
)
SPAN = re.compile(rf"{_TIME}{_TO}{_TIME}")
_PIECE = re.compile(r"[^,;]+")


def parse(typed: str) -> WorkHours:
    """Hours without days are those of Monday to Friday; of several for a day each is one part of it.

    Raises HoursError: `hours.unread`, `hours.backwards` (ends before it begins), `hours.overlap`, or
    `hours.no_time` for days without hours.
    """
    if len(typed) > LONGEST:
        raise HoursError("hours.unread", typed)
    reader = _Reader(re.sub("[–—−]", "-", fold(typed)))
    reader.read()
    return reader.result()


class _Reader:
    """Goes along the text piece by piece; hours belong to the days that were named last."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._named: list[int] = []
        self._waiting = ""
        """The days that still want their hours, as they were typed."""
        self._spans: list[list[Span]] = [[] for _ in _WEEK]

    def read(self) -> None:
        """To the end of the text."""
        readers = (self._always, self._off, self._days, self._span)
        self._skip()
        while self._place < len(self._text):
            if not any(reader() for reader in readers):
                raise HoursError("hours.unread", self._piece())
            self._skip()

    def result(self) -> WorkHours:
        """What was read."""
        if self._waiting:
            raise HoursError("hours.no_time", self._waiting)
        if not any(self._spans):
            raise HoursError("hours.unread", self._text)
        return WorkHours(tuple(tuple(sorted(spans)) for spans in self._spans))

    def _skip(self) -> None:
        match = _SKIP.match(self._text, self._place)
        self._place = match.end() if match else self._place

    def _piece(self) -> str:
        match = _PIECE.match(self._text, self._place)
        return match[0].strip() if match else self._text[self._place :]

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._text, self._place)
        if match is not None:
            self._place = match.end()
        return match

    def _always(self) -> bool:
        match = self._take(_ALWAYS)
        if match is not None:
            self._fill((0, DAY), match[0], _WEEK)
        return match is not None

    def _off(self) -> bool:
        """ "вс выходной": only right after days, for elsewhere "выходные" are days themselves."""
        if not self._waiting or self._take(_OFF) is None:
            return False
        self._named, self._waiting = [], ""
        return True

    def _days(self) -> bool:
        for pattern, days in _GROUPS:
            if (match := self._take(pattern)) is not None:
                self._name(days, match[0])
                return True
        match = self._take(_DAYS)
        if match is not None:
            first, last = WEEKDAYS[match[1]], WEEKDAYS[match[2] or match[1]]
            self._name(tuple((first + n) % 7 for n in range((last - first) % 7 + 1)), match[0])
        return match is not None

    def _name(self, days: tuple[int, ...], words: str) -> None:
        if not self._waiting:
            self._named = []
        self._named += days
        self._waiting = f"{self._waiting}, {words}" if self._waiting else words

    def _span(self) -> bool:
        match = self._take(SPAN)
        if match is None:
            return False
        start, end = clock_minutes(match[1], match[2], match[3]), clock_minutes(match[4], match[5], match[6])
        if start is None or end is None:
            raise HoursError("hours.unread", match[0])
        if end <= start:
            raise HoursError("hours.backwards", match[0])
        self._fill((start, end), match[0], _WORKDAYS)
        return True

    def _fill(self, span: Span, words: str, unless_named: tuple[int, ...]) -> None:
        self._named, self._waiting = self._named or list(unless_named), ""
        for day in dict.fromkeys(self._named):
            if any(span[0] < end and start < span[1] for start, end in self._spans[day]):
                raise HoursError("hours.overlap", words)
            self._spans[day].append(span)


def clock_minutes(hour: str, minute: str | None, half: str | None) -> int | None:
    """Minutes after midnight; None for a time that no clock shows."""
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + 12 * (half == "pm")
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= DAY else None
