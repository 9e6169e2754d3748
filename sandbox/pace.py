"""How the server slows down a bot that asks too eagerly; times are the event loop's, in seconds."""

from dataclasses import dataclass

_SAME_POLL = 3.0
_HASTY_POLL = 0.5


@dataclass(slots=True)
class Pace:
    """One bot's recent getUpdates, conflicts and setWebhook calls."""

    _offset: int | None = None
    _polled: float = -1e9
    _quiet_until: float = -1e9
    _webhook_from: float = -1e9

    def slowed(self, offset: int, limit: int, timeout: int, now: float) -> tuple[int, int]:
        """Limit and timeout of a poll: repeating one at once waits longer and gets a single update."""
        if offset == self._offset and now < self._polled + _SAME_POLL:
            timeout = max(timeout, int(_SAME_POLL))
        if offset == self._offset and now < self._polled + _HASTY_POLL:
            limit = 1
        self._offset, self._polled = offset, now
        return limit, timeout

    def conflict_pause(self, now: float, pause: float) -> float:
        """How long a 409 is held back: the first one comes at once, the next ones after `pause`."""
        if now >= self._quiet_until:
            self._quiet_until = now + pause
            return 0.0
        return pause

    def may_set_webhook(self, now: float) -> bool:
        """setWebhook is possible once a second."""
        if now < self._webhook_from:
            return False
        self._webhook_from = now + 1
        return True
