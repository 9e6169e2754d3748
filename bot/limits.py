"""How fast Telegram may be written to: its known rates for what is queued, and obedience to every 429."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass
from math import ceil

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.metrics import Metrics

PATIENCE = 5.0
"""Seconds that a direct answer waits for a paused chat; whoever pressed would not wait longer."""
STORM_CHATS = 3
STORM_SECONDS = 5.0
MINUTE = 60.0

queued: ContextVar[bool] = ContextVar("queued", default=False)
"""Set while the sender calls: it has waited for its turn already."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages a second, and a minute in groups; below what Telegram's FAQ names, except `overall`."""

    overall: float = 30.0
    queue: float = 25.0
    chat: float = 1.0
    chat_burst: int = 3
    group_minute: int = 18


class Bucket:
    """Tokens that come at a rate, at most `size` of them; whoever does not wait takes them on credit."""

    def __init__(self, rate: float, size: float, now: float) -> None:
        self.rate = rate
        self._size = size
        self._tokens = size
        self._at = now

    def wait(self, now: float) -> float:
        """Seconds until there is a token."""
        self._fill(now)
        # A token short by a rounding error would be waited for in steps too small to move the clock.
        return max(0.0, (1 - self._tokens) / self.rate) if self._tokens < 1 - 1e-9 else 0.0

    def take(self, now: float) -> None:
        """Take a token, or owe it."""
        self._fill(now)
        self._tokens -= 1

    def full(self, now: float) -> bool:
        """Whether nothing was taken lately."""
        self._fill(now)
        return self._tokens >= self._size

    def _fill(self, now: float) -> None:
        self._tokens = min(self._size, self._tokens + (now - self._at) * self.rate)
        self._at = now


class Limits:
    """What may leave now. All times are seconds by a monotonic clock."""

    def __init__(self, rates: Rates | None = None, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._rates = rates or Rates()
        self._monotonic = monotonic
        now = monotonic()
        self._overall = Bucket(self._rates.overall, 5, now)
        self._queue = Bucket(self._rates.queue, 5, now)
        self._direct = Bucket(self._rates.overall, self._rates.overall, now)
        self._chats: dict[Hashable, Bucket] = {}
        self._groups: dict[Hashable, deque[float]] = {}
        self._paused: dict[Hashable, float] = {}
        self._all_paused = 0.0
        self._storm: deque[tuple[float, Hashable, float]] = deque()

    def share(self, replicas: int) -> None:
        """Divide the rates among so many instances of the same bot."""
        self._overall.rate = self._rates.overall / max(1, replicas)
        self._queue.rate = self._rates.queue / max(1, replicas)

    def queue_wait(self) -> float:
        """Seconds until any queued message may leave."""
        now = self._monotonic()
        return max(self._queue.wait(now), self._overall.wait(now), self._all_paused - now, 0.0)

    def chat_wait(self, chat_id: int) -> float:
        """Seconds until a queued message may leave to this chat."""
        now = self._monotonic()
        waits = [0.0, self._paused.get(chat_id, 0.0) - now]
        if (bucket := self._chats.get(chat_id)) is not None:
            waits.append(bucket.wait(now))
        sent = self._groups.get(chat_id)
        if sent is not None and len(sent) >= self._rates.group_minute:
            waits.append(sent[0] + MINUTE - now)
        return max(waits)

    def took(self, chat_id: Hashable) -> None:
        """A queued message leaves."""
        self._queue.take(self._monotonic())
        self._count(chat_id)

    def answered(self, chat_id: Hashable) -> None:
        """A direct answer leaves: it waits for no rate, but what is queued waits for it."""
        self._direct.take(self._monotonic())
        self._count(chat_id)

    def answer_wait(self) -> float:
        """Seconds until a direct answer may leave; what is queued does not count."""
        return self._direct.wait(self._monotonic())

    def paused(self, chat_id: Hashable) -> float:
        """Seconds for which Telegram wants to hear nothing for this chat."""
        now = self._monotonic()
        return max(self._paused.get(chat_id, 0.0) - now, self._all_paused - now, 0.0)

    def pause(self, chat_id: Hashable, seconds: float) -> None:
        """Telegram said so. Where three chats are told within five seconds, everything pauses."""
        now = self._monotonic()
        self._paused[chat_id] = max(self._paused.get(chat_id, 0.0), now + seconds)
        self._storm.append((now, chat_id, seconds))
        while self._storm[0][0] < now - STORM_SECONDS:
            self._storm.popleft()
        if len({chat for _, chat, _ in self._storm}) >= STORM_CHATS:
            self._all_paused = max(self._all_paused, now + min(wait for _, _, wait in self._storm))

    def hold(self, chat_id: Hashable, seconds: float) -> None:
        """Leave a chat alone for a while, for a reason of our own."""
        self._paused[chat_id] = max(self._paused.get(chat_id, 0.0), self._monotonic() + seconds)

    def forget(self) -> None:
        """Drop what no longer limits anything, so that memory does not grow with the number of chats."""
        now = self._monotonic()
        self._chats = {chat: bucket for chat, bucket in self._chats.items() if not bucket.full(now)}
        self._groups = {chat: sent for chat, sent in self._groups.items() if sent[-1] > now - MINUTE}
        self._paused = {chat: until for chat, until in self._paused.items() if until > now}

    def _count(self, chat_id: Hashable) -> None:
        now = self._monotonic()
        self._overall.take(now)
        if chat_id not in self._chats:
            self._chats[chat_id] = Bucket(self._rates.chat, self._rates.chat_burst, now)
        self._chats[chat_id].take(now)
        if isinstance(chat_id, int) and chat_id < 0:
            self._groups.setdefault(chat_id, deque(maxlen=self._rates.group_minute)).append(now)


class Pacing(BaseRequestMiddleware):
    """Makes direct answers obey 429: a short pause is waited for, a long one becomes an error at once."""

    def __init__(self, limits: Limits, metrics: Metrics) -> None:
        self._limits = limits
        self._metrics = metrics

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Let a call through when its chat may be written to."""
        chat_id = getattr(method, "chat_id", None)
        if chat_id is None or queued.get():
            return await make_request(bot, method)
        await self._wait(chat_id, method)
        try:
            return await self._call(make_request, bot, method, chat_id)
        except TelegramRetryAfter as error:
            if error.retry_after > PATIENCE:
                raise
        await self._wait(chat_id, method)
        return await self._call(make_request, bot, method, chat_id)

    async def _wait(self, chat_id: Hashable, method: TelegramMethod[TelegramType]) -> None:
        pause = self._limits.paused(chat_id)
        if pause > PATIENCE:
            raise TelegramRetryAfter(method=method, message="the chat is paused", retry_after=ceil(pause))
        # Telegram's rates count messages; an edit in place may follow a press at once.
        if method.__api_method__.startswith("send"):
            pause = max(pause, self._limits.answer_wait())
        if pause > 0:
            await asyncio.sleep(pause)

    async def _call(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
        chat_id: Hashable,
    ) -> Response[TelegramType]:
        if method.__api_method__.startswith("send"):
            self._limits.answered(chat_id)
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as error:
            self._metrics.throttled.labels("answer").inc()
            self._limits.pause(chat_id, error.retry_after)
            raise
