"""Where in a list deals stand, and where the next page begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Where in a shelf a deal stands; greater ones come first."""

    closed_on: date
    deal_id: int


@dataclass(frozen=True, slots=True)
class Mark:
    """The last deal that was looked at, and whether among those closed: it may be elsewhere by then."""

    deal_id: int
    closed: bool

    @classmethod
    def of(cls, number: int) -> "Mark":
        """From a button."""
        return cls(number // 2, bool(number % 2))

    @property
    def number(self) -> int:
        """For a button."""
        return self.deal_id * 2 + self.closed


@dataclass(frozen=True, slots=True)
class Found:
    """The deals of a page, in order, and where the list goes on."""

    ids: Sequence[int]
    next_after: int | None
    """Where the next page begins, if there may be one: a `Mark` as a number."""
