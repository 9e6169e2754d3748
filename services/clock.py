"""Time, as a seam: tests bring their own clock."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the moment."""

    def now(self) -> datetime:
        """The current moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The current moment, aware, in UTC."""
        return datetime.now(UTC)
