"""The stream of what changes on the screens, which the page follows."""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sandbox.chats import Chat
    from sandbox.messages import Message

EventKind = Literal["message", "edit", "delete", "chat", "read"]
KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Event:
    """Something changed in `chat`; `person` narrows it to one viewer (None: everyone who sees the chat)."""

    id: int
    kind: EventKind
    chat: "Chat"
    message: "Message | None" = None
    person: int | None = None


class Feed:
    """The last events, for any number of followers; a follower far behind has to reload."""

    def __init__(self) -> None:
        self._events: deque[Event] = deque(maxlen=KEPT)
        self._last_id = 0
        self._waiters: list[asyncio.Future[None]] = []

    @property
    def last_id(self) -> int:
        """The number of the newest event."""
        return self._last_id

    def publish(
        self, kind: EventKind, chat: "Chat", message: "Message | None" = None, *, person: int | None = None
    ) -> None:
        """Tells the followers."""
        self._last_id += 1
        self._events.append(Event(self._last_id, kind, chat, message, person))
        if self._waiters:
            for waiter in self._waiters:
                if not waiter.done():
                    waiter.set_result(None)
            self._waiters.clear()

    def after(self, event_id: int) -> list[Event] | None:
        """The events after `event_id`, or None if some of them are forgotten already."""
        if event_id > self._last_id or (self._events and event_id < self._events[0].id - 1):
            return None
        missed = self._last_id - event_id
        return list(self._events)[-missed:] if missed else []

    async def wait(self, event_id: int, seconds: float) -> None:
        """Until there is an event after `event_id`, or `seconds` have gone by."""
        if self._last_id > event_id:
            return
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        await asyncio.wait([waiter], timeout=seconds)
        if not waiter.done():
            self._waiters.remove(waiter)
