"""Kinds of timers, and what is done when one of them fires."""

from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum

from db.models import Timer

Fire = Callable[[Timer], Awaitable[None]]
"""In one transaction: marks the timer fired, checks again what it is for, and does it."""


class TimerKind(StrEnum):
    """What a timer was set for."""

    TASK_REMIND = "task_remind"
    TASK_LATE = "task_late"
    """A task that somebody has set for somebody else may be late by a day."""
    TASK_TURN = "task_turn"
    """The next turn of a task that repeats has come."""
    LEAD_STEP = "lead_step"
    """Nobody has answered a lead until now."""
    DIGEST_ROUND = "digest_round"
    """Time to look whose digest is due."""
    FOLLOW_UP_ROUND = "follow_up_round"
    """Time to look whose working day has begun."""
    FOLLOW_UP = "follow_up"
    """Somebody's working day has begun: whom are they to call?"""
    LEAD_OFFER = "lead_offer"
    """The time is over in which somebody could take a lead alone."""
    LEAD_QUEUE = "lead_queue"
    """A department's free leads may find somebody."""
    DEAL_SILENT = "deal_silent"
    """Nothing may have happened with a deal's client for as long as its stage lets it stand."""
    QUIET_END = "quiet_end"
    """Somebody's quiet time ends, in which a message was held."""


class UndeclaredTimerError(LookupError):
    """There is a kind of timer that nothing fires."""


class Timers:
    """Finds what a timer is for. Raises UndeclaredTimerError unless every kind has its deed."""

    def __init__(self, deeds: Mapping[TimerKind, Fire]) -> None:
        missing = set(TimerKind) - deeds.keys()
        if missing:
            raise UndeclaredTimerError(f"nothing fires timers of the kinds {', '.join(sorted(missing))}")
        self._deeds = deeds

    @property
    def by_kind(self) -> Mapping[str, Fire]:
        """The deeds by the kind that stands in a timer's row."""
        return {kind.value: deed for kind, deed in self._deeds.items()}

    async def fire(self, timer: Timer) -> None:
        """Do what a timer is for, once. Raises UndeclaredTimerError for a kind that nobody knows."""
        deed = self.by_kind.get(timer.kind)
        if deed is None:
            raise UndeclaredTimerError(f"nothing fires timers of the kind {timer.kind}")
        await deed(timer)
