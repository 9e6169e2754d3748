"""Whether somebody works at a moment: by what they have said, else by the hours of their department."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

LUNCH = timedelta(hours=1)
BY_HAND = timedelta(hours=12)
"""So long a shift lasts that was begun by hand: nobody gets leads all night because they forgot to end it."""


class Shift(StrEnum):
    """What somebody has said about their work."""

    AUTO = "auto"
    """Nothing: they work when their department does."""
    ON = "on"
    OFF = "off"


class Presence(StrEnum):
    """What comes of it at a moment."""

    HERE = "here"
    LUNCH = "lunch"
    OFF = "off"
    """They have said so; a substitute gets their leads."""
    QUIET = "quiet"
    """It is their quiet time, in which they would not hear of a lead."""
    CLOSED = "closed"
    """Their department does not work now."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody has said, and until when it holds; none: until they say otherwise."""

    shift: Shift = Shift.AUTO
    until: datetime | None = None
    lunch_until: datetime | None = None

    def at(self, now: datetime) -> "Said":
        """The same without what is over."""
        over = self.until is not None and self.until <= now
        lunch = self.lunch_until if self.lunch_until and self.lunch_until > now else None
        return Said(Shift.AUTO, None, lunch) if over else Said(self.shift, self.until, lunch)

    def presence(self, now: datetime, *, is_open: bool) -> Presence:
        """Whether they are here; `is_open`: whether their department works now."""
        said = self.at(now)
        if said.shift is Shift.OFF:
            return Presence.OFF
        if said.lunch_until is not None:
            return Presence.LUNCH
        return Presence.HERE if said.shift is Shift.ON or is_open else Presence.CLOSED

    def changes(self, now: datetime) -> datetime | None:
        """When it changes by itself next."""
        said = self.at(now)
        return min(filter(None, (said.until, said.lunch_until)), default=None)


class Person(Protocol):
    """Somebody as the database knows them."""

    @property
    def shift(self) -> str:
        """A code of Shift."""
        ...

    @property
    def shift_until(self) -> datetime | None:
        """When it ends."""
        ...

    @property
    def lunch_until(self) -> datetime | None:
        """When they are back from lunch."""
        ...


def said_by(person: Person) -> Said:
    """What somebody has said about their work."""
    return Said(Shift(person.shift), person.shift_until, person.lunch_until)
