"""Quiet hours as their owner sees them."""

from dataclasses import dataclass
from datetime import datetime

from services.quiet_hours import Quiet


@dataclass(frozen=True, slots=True)
class QuietCard:
    """When nothing makes a sound. `until`: the end of the quiet time that there is now."""

    person_id: int
    quiet: Quiet | None
    until: datetime | None
    waiting: int
    """How many messages are held."""


@dataclass(frozen=True, slots=True)
class WaitingThing:
    """A deal, a lead or a task of which there is news, by the kinds of its messages and their numbers."""

    subject: str
    id: int
    title: str
    news: tuple[tuple[str, int], ...]

    @property
    def sign(self) -> str:
        """By what it is known at a glance."""
        return {"deal": "💼", "lead": "📥"}.get(self.subject, "📌")
