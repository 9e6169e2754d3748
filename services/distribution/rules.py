"""How a department gives out its leads: to all, or to one person in turn."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

MOST_MINUTES = 60
MOST_LEADS = 500
MOST_WEIGHT = 10


class Mode(StrEnum):
    """Whose a new lead is."""

    ALL = "all"
    """It is shown to the department, and the first tap wins."""
    OFFER = "offer"
    """It is offered to one person after the other, each for some minutes."""
    ASSIGN = "assign"
    """It is somebody's at once."""


class Order(StrEnum):
    """Who is next."""

    TURN = "turn"
    """In turn, by weight."""
    LEAST = "least"
    """Whoever has the fewest leads in hand."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A department's ways."""

    mode: Mode = Mode.ALL
    order: Order = Order.TURN
    minutes: int = 5
    """So long an offer holds."""
    limit: int = 0
    """Nobody gets another lead while they have so many in hand; 0: no limit."""

    @classmethod
    def of(cls, data: dict[str, Any] | None) -> "Rules":
        """From what is kept; of what nothing is kept it is as by default."""
        usual, kept = cls(), data or {}
        return cls(
            Mode(kept.get("mode", usual.mode)),
            Order(kept.get("order", usual.order)),
            int(kept.get("minutes", usual.minutes)),
            int(kept.get("limit", usual.limit)),
        )

    @property
    def data(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "mode": self.mode.value,
            "order": self.order.value,
            "minutes": self.minutes,
            "limit": self.limit,
        }

    def with_(self, **values: Any) -> "Rules":
        """The same with other values."""
        return replace(self, **values)
