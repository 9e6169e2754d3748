"""Telegram's flood limits: how often a bot may send, per chat, per group and in all."""

import math
from collections import deque
from dataclasses import dataclass, field

_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """The rates that Telegram names in its FAQ; take None instead of an instance to switch them all off."""

    per_chat: float = 1.0  # messages a second in one chat
    burst: int = 3  # messages above that rate which are still let through at once
    overall: float = 30.0  # messages a second to all chats together
    group_minute: int = 20  # messages a minute to one group
    group_edits_minute: int = 20  # edits a minute in one group


@dataclass(slots=True)
class _Bucket:
    """A token bucket: `rate` tokens a second, at most `size` kept."""

    rate: float
    size: float
    tokens: float
    updated: float

    def wait(self, now: float) -> float:
        """Seconds until a token is there; 0 if one is."""
        self.tokens = min(self.size, self.tokens + (now - self.updated) * self.rate)
        self.updated = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate


@dataclass(slots=True)
class Limiter:
    """Counts what one bot sends; a refused call costs nothing."""

    limits: Limits
    _chats: dict[int, _Bucket] = field(default_factory=dict)
    _overall: _Bucket | None = None
    _sent: dict[int, deque[float]] = field(default_factory=dict)
    _edited: dict[int, deque[float]] = field(default_factory=dict)

    def send(self, chat_id: int, now: float, *, count: int = 1) -> int:
        """Takes the right to send `count` messages, or says in how many seconds to come again (0: sent)."""
        limits = self.limits
        if self._overall is None:
            self._overall = _Bucket(limits.overall, limits.overall, limits.overall, now)
        chat = self._chats.get(chat_id)
        if chat is None:
            size = limits.burst + 1.0
            chat = self._chats[chat_id] = _Bucket(limits.per_chat, size, size, now)
        waits = [self._overall.wait(now), chat.wait(now)]
        window = self._window(self._sent, chat_id, now)
        if window is not None and len(window) >= limits.group_minute:
            waits.append(window[0] + _MINUTE - now)
        if (wait := max(waits)) > 0:
            return math.ceil(wait)
        self._overall.tokens -= count
        chat.tokens -= count
        if window is not None:
            window.extend([now] * count)
        return 0

    def edit(self, chat_id: int, now: float) -> int:
        """As `send`, for an edit: only groups are counted."""
        window = self._window(self._edited, chat_id, now)
        if window is None:
            return 0
        if len(window) >= self.limits.group_edits_minute:
            return math.ceil(window[0] + _MINUTE - now)
        window.append(now)
        return 0

    @staticmethod
    def _window(windows: dict[int, deque[float]], chat_id: int, now: float) -> deque[float] | None:
        if chat_id > 0:
            return None
        window = windows.setdefault(chat_id, deque())
        while window and window[0] <= now - _MINUTE:
            window.popleft()
        return window
