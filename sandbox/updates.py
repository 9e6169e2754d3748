"""A bot's queue of updates: kept 24 hours, confirmed by the next offset, filtered by type."""

import asyncio
import math
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.errors import OTHER_POLLER, conflict

Json = dict[str, Any]

DAY = 86_400
PRESS_LIFETIME = 150
HISTORY = 10_000

TYPES = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "message_reaction",
    "message_reaction_count",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
)
# Telegram sends these only to a bot that asks for them by name.
ON_DEMAND = frozenset({"message_reaction", "message_reaction_count", "chat_member"})
BY_DEFAULT = frozenset(TYPES) - ON_DEMAND


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """One update as the bot will read it; updates of one lane stay in order when they go to a webhook."""

    id: int
    body: Json
    expires: float
    lane: int


class UpdateQueue:
    """What happened and was not yet confirmed by the bot; one long poll at a time, the newer one wins."""

    def __init__(self, clock: Callable[[], float], first_id: int) -> None:
        self._clock = clock
        self._next_id = first_id
        self._queue: deque[Update] = deque()
        self._again: deque[Update] = deque()
        self._earliest_expiry = math.inf
        self._poller: asyncio.Future[bool] | None = None
        self._idle: list[asyncio.Future[None]] = []
        self._waiting_for_poll: list[asyncio.Future[None]] = []
        self.allowed: frozenset[str] = BY_DEFAULT
        self.history: deque[Update] = deque(maxlen=HISTORY)
        self.on_push: Callable[[Update], None] | None = None

    def __len__(self) -> int:
        self._expire()
        return len(self._queue) + len(self._again)

    def push(self, kind: str, payload: Json, *, lane: int, lifetime: float = DAY) -> None:
        """Queues an update of type `kind`, unless the bot did not ask for it; `lifetime` in seconds."""
        if kind not in self.allowed:
            return
        body = {"update_id": self._next_id, kind: payload}
        update = Update(self._next_id, body, self._clock() + lifetime, lane)
        self._next_id += 1
        self._earliest_expiry = min(self._earliest_expiry, update.expires)
        self._queue.append(update)
        self.history.append(update)
        self._announce(update)

    def push_again(self, update: Update) -> None:
        """Delivers an update once more, whatever was confirmed, as Telegram does after a lost answer."""
        self._again.append(update)
        self._announce(update)

    def allow(self, kinds: Iterable[str] | None) -> None:
        """`allowed_updates`: None keeps what was set before, an empty list means the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) & frozenset(TYPES) or BY_DEFAULT

    def confirm(self, offset: int) -> None:
        """Forgets every update below `offset`; a negative one keeps only the last `-offset` updates."""
        if offset < 0:
            while len(self._queue) > -offset:
                self._queue.popleft()
        elif self._queue and offset <= self._queue[-1].id + 1:
            while self._queue and self._queue[0].id < offset:
                self._queue.popleft()
        self._settle()

    def forget(self, update: Update) -> None:
        """Removes one update that a webhook has accepted."""
        for queue in (self._again, self._queue):
            if update in queue:
                queue.remove(update)
                break
        self._settle()

    def clear(self) -> None:
        """Drops everything that waits (`drop_pending_updates`)."""
        self._queue.clear()
        self._again.clear()
        self._settle()

    def pending(self) -> list[Update]:
        """Everything that waits, the oldest first."""
        self._expire()
        return [*self._again, *self._queue]

    def head(self, limit: int) -> list[Update]:
        """Up to `limit` updates for one getUpdates; those sent again are handed out once."""
        self._expire()
        head = [self._again.popleft() for _ in range(min(limit, len(self._again)))]
        for update in self._queue:
            if len(head) >= limit:
                break
            head.append(update)
        if head and not self._queue:
            self._settle()
        return head

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Update]:  # noqa: ASYNC109 - the API's own
        """getUpdates: confirms, then waits up to `timeout` seconds for something to hand out."""
        self.interrupt(OTHER_POLLER)
        self.confirm(offset)
        found = self.head(limit)
        if found or timeout <= 0:
            return found
        self._poller = poller = asyncio.get_running_loop().create_future()
        _wake(self._waiting_for_poll)
        try:
            await asyncio.wait_for(poller, timeout)
        except TimeoutError:
            return []
        finally:
            if self._poller is poller:
                self._poller = None
        return self.head(limit)

    def interrupt(self, reason: str) -> None:
        """Ends a long poll that waits with 409 and `reason`."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(conflict(reason))
            self._poller = None

    async def polled(self) -> None:
        """Waits until a long poll of the bot hangs, that is, until the bot is up and has nothing to do."""
        if self._poller is None:
            waiter = asyncio.get_running_loop().create_future()
            self._waiting_for_poll.append(waiter)
            await waiter

    async def drained(self) -> None:
        """Waits until nothing is left to confirm."""
        while len(self):
            waiter = asyncio.get_running_loop().create_future()
            self._idle.append(waiter)
            await waiter

    def _announce(self, update: Update) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(True)
        if self.on_push is not None:
            self.on_push(update)

    def _expire(self) -> None:
        # Presses live shorter than messages, so an expired update may stand behind a living one. Looking at
        # all of them is dear, and only worth it once the first of them is due.
        now = self._clock()
        if now <= self._earliest_expiry:
            return
        self._queue = deque(update for update in self._queue if update.expires >= now)
        self._earliest_expiry = min((update.expires for update in self._queue), default=math.inf)
        self._settle()

    def _settle(self) -> None:
        if self._queue or self._again:
            return
        _wake(self._idle)


def _wake(waiters: list[asyncio.Future[None]]) -> None:
    for waiter in waiters:
        if not waiter.done():
            waiter.set_result(None)
    waiters.clear()
