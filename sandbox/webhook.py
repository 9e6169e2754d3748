"""Delivery of updates to a bot's webhook: in order within a lane, again after a failure, a few at a time."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import aiohttp

from sandbox.updates import Update

if TYPE_CHECKING:
    from sandbox.bots import Bot
    from sandbox.world import Telegram

Json = dict[str, Any]

LONGEST_DELAY = 60.0
TIMEOUT = 60.0


class Webhook:
    """One webhook address; `call` runs the Bot API method that an answer may carry.

    `retry_unit` is the first delay between attempts in seconds; tests shorten it.
    """

    retry_unit = 1.0

    def __init__(
        self,
        world: "Telegram",
        bot: "Bot",
        url: str,
        *,
        secret: str,
        max_connections: int,
        call: Callable[[str, Json], Awaitable[Any]],
    ) -> None:
        self._world = world
        self._bot = bot
        self._call = call
        self.url = url
        self.max_connections = max_connections
        self.last_error: tuple[float, str] | None = None
        self.failed = asyncio.Event()  # set by the first attempt that was not accepted
        self._headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        self._connections = asyncio.Semaphore(max_connections)
        self._lanes: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def start(self) -> None:
        """Begins with what waits already."""
        timeout = aiohttp.ClientTimeout(total=TIMEOUT)
        self._session = aiohttp.ClientSession(timeout=timeout, headers=self._headers)
        self._bot.updates.on_push = self._take
        for update in self._bot.updates.pending():
            self._take(update)

    async def close(self) -> None:
        """Ends all deliveries; what was not accepted stays in the bot's queue."""
        self._bot.updates.on_push = None
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _take(self, update: Update) -> None:
        """Gives an update to its lane; a lane has one task at a time."""
        lane = self._lanes.get(update.lane)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.lane] = deque([update])
        task = asyncio.get_running_loop().create_task(self._run(update.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, lane: int) -> None:
        updates = self._lanes[lane]
        while updates:
            update = updates[0]
            await self._deliver(update)
            updates.popleft()
            self._bot.updates.forget(update)
        del self._lanes[lane]

    async def _deliver(self, update: Update) -> None:
        """Tries until it is accepted or expired: at once, at once again, then after 2, 4, 8, ... units."""
        delay, failures = self.retry_unit, 0
        while True:
            async with self._connections:
                retry_after = await self._attempt(update)
            if retry_after is None:
                return
            pause = retry_after
            if not retry_after and failures:
                delay = min(delay * 2, LONGEST_DELAY * self.retry_unit)
                pause = delay
            failures += 1
            if self._world.clock() + pause > update.expires:
                return
            await asyncio.sleep(pause)

    async def _attempt(self, update: Update) -> float | None:
        """One request: None if accepted, else how many seconds the answer asks to wait (or 0)."""
        assert self._session is not None
        try:
            async with self._session.post(self.url, json=update.body) as response:
                body = await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            self._fail(str(error) or type(error).__name__)
            return 0.0
        if 200 <= response.status < 300:
            await self._reply(response, body)
            return None
        self._fail(f"Wrong response from the webhook: {response.status} {response.reason}")
        wait = response.headers.get("Retry-After", "")
        return float(wait) if wait.isdigit() else 0.0

    def _fail(self, words: str) -> None:
        self.last_error = (self._world.clock(), words)
        self.failed.set()

    async def _reply(self, response: aiohttp.ClientResponse, body: bytes) -> None:
        """The answer to a webhook may itself be a call of the Bot API."""
        if not body.strip().startswith(b"{") or response.content_type != "application/json":
            return
        answer: Any = json.loads(body)
        name = str(answer.pop("method", "")).lower() if isinstance(answer, dict) else ""
        if (
            name
            and not name.startswith("get")
            and name not in ("setwebhook", "deletewebhook", "close", "logout")
        ):
            await self._call(name, answer)
