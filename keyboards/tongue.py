"""What keyboards and views need of a language; the catalogues behind it live with the program."""

import re
from datetime import date, datetime
from html import escape
from typing import Protocol

from services.dto.common import Sum

_UNSEEN = re.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]")
"""Control characters, and marks that turn the direction of all that follows, also of what is ours."""


class Html(str):
    """Text that is safe to send as Telegram HTML: markup of ours, user data escaped."""

    __slots__ = ()


def esc(value: object) -> Html:
    """User data as HTML, without characters that cannot be seen but change how the rest looks."""
    return value if isinstance(value, Html) else Html(escape(_UNSEEN.sub("", str(value)), quote=False))


def join(parts: list[Html], between: str = "\n") -> Html:
    """HTML from parts."""
    return Html(between.join(parts))


class Tongue(Protocol):
    """One person's language, time zone and ways of writing money and dates."""

    language: str

    def __call__(self, message: str, /, **params: object) -> str:
        """A plain text, for buttons and toasts. `{name}` stands for a parameter."""
        ...

    def html(self, message: str, /, **params: object) -> Html:
        """The same for a message: its own markup is kept, parameters are escaped unless they are Html."""
        ...

    def many(self, one: str, many: str, n: int, /, **params: object) -> str:
        """The form that the number takes; `{n}` is the number."""
        ...

    def money(self, amount: Sum) -> str:
        """A sum, short: without minor units when there are none."""
        ...

    def about(self, amount: Sum) -> str:
        """A sum that was counted, not paid: in whole units, unless it is of a few."""
        ...

    def day(self, day: date) -> str:
        """A day; without the year when it is this year's."""
        ...

    def day_of_year(self, day: date) -> str:
        """A day that comes every year, a birthday."""
        ...

    def when(self, moment: datetime) -> str:
        """A moment in the reader's zone, the nearest days by name."""
        ...

    def clock(self, moment: datetime) -> str:
        """The hour and minute in the reader's zone."""
        ...

    def in_full(self, moment: datetime) -> str:
        """A moment that must not be misread: weekday, day, hour and minute, in the reader's zone."""
        ...

    def dated(self, moment: datetime) -> str:
        """A moment for a document that is read elsewhere and later: with its year and its zone."""
        ...

    def full_day(self, day: date) -> str:
        """Weekday and day; the year when it is not this one."""
        ...

    def month(self, first: date) -> str:
        """A month with its year, as a heading."""
        ...

    def weekdays(self) -> tuple[tuple[int, str], ...]:
        """The days of a week (Monday is 0) with their short names, from the reader's first one."""
        ...

    def ago(self, moment: datetime) -> str:
        """How long it is since a moment, roughly."""
        ...
