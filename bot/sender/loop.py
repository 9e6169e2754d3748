"""Takes messages from the outbox and lets them go at Telegram's pace."""

import asyncio
import time
from contextlib import suppress
from datetime import timedelta

import structlog
from aiogram import Bot

from bot.limits import Limits
from bot.metrics import Metrics
from bot.one_hand import OneHand
from bot.sender.courier import KEPT_IN_HAND, Courier, Render
from bot.sender.hand import Hand
from bot.sender.journal import Journal
from bot.trouble import PASSING, told
from db.leases import Holder
from db.models import Outbox
from db.repositories.outbox import Outcome
from db.uow import Database
from services.clock import Clock

log = structlog.get_logger(__name__)

FLIGHTS = 24
BROKEN = 5
"""After so many failures in a row only one message at a time is tried."""
LOOK_SECONDS = 1.0


class Sender:
    """One for each instance; several share the outbox, never a chat at the same time."""

    def __init__(
        self,
        bot: Bot,
        db: Database,
        clock: Clock,
        name: str,
        render: Render,
        limits: Limits,
        metrics: Metrics,
        one_hand: OneHand,
    ) -> None:
        self._db = db
        self._clock = clock
        self._name = name
        self._limits = limits
        self._metrics = metrics
        self._hand = Hand()
        self._tasks: set[asyncio.Task[None]] = set()
        self._journal = Journal(db, clock, metrics, self._landed)
        self._courier = Courier(bot, db, clock, render, limits, metrics, one_hand, self._hand, self._journal)
        self._call = asyncio.Event()
        self._asked = True
        self._looked = 0.0
        self._stopping = False
        self._taking = asyncio.Lock()

    def wake(self) -> None:
        """Messages were queued."""
        self._asked = True
        self._call.set()

    async def run(self) -> None:
        """Send until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._journal.run())
            while True:
                self._call.clear()
                async with self._taking:
                    await self._refill()
                pause = self._launch()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._call.wait(), pause)

    async def stop(self, grace: float) -> None:
        """Start nothing new, finish what is on the wire within `grace` seconds, give back the rest."""
        self._stopping = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._journal.written()
        # What is being taken in hand is given back, too: it would wait until its lease is over.
        async with self._taking, self._db.write() as uow:
            self._hand.drop_all()
            await uow.outbox.release(self._holder())

    def _holder(self) -> Holder:
        return Holder(self._name, self._clock.now())

    async def _refill(self) -> None:
        """Take messages in hand, if there may be any and there is room."""
        due = time.monotonic() - self._looked >= LOOK_SECONDS
        if self._stopping or not (self._asked or due) or self._limits.queue_wait() > LOOK_SECONDS:
            return
        try:
            if not self._asked:
                async with self._db.read() as uow:
                    self._asked = await uow.outbox.any_due(self._clock.now())
            self._looked = time.monotonic()
            room = self._hand.room()
            if not self._asked or not room:
                return
            self._asked = False
            async with self._db.write() as uow:
                taken, useless = await uow.outbox.claim(self._holder(), room)
        except PASSING as error:
            log.warning("outbox_unreadable", error=told(error))
            return
        if useless:
            self._metrics.sends.labels("cancelled").inc(useless)
            self.wake()
        self._hand.fill(room, [row for row in taken if not self._must_wait(row)])

    def _must_wait(self, row: Outbox) -> bool:
        """Put back what cannot leave for long, so that it does not take the place of others."""
        pause = self._limits.chat_wait(row.chat_id)
        if pause <= KEPT_IN_HAND:
            return False
        until = self._clock.now() + timedelta(seconds=pause)
        self._journal.note(row, Outcome(row.id, "new", row.attempts, until, error=row.error))
        return True

    def _launch(self) -> float:
        """Let go what may leave now; returns the seconds until more may."""
        while len(self._tasks) < FLIGHTS and not self._stopping:
            if self._courier.failures >= BROKEN:
                pause = self._courier.probe_at - time.monotonic()
                if self._tasks or pause > 0:
                    return max(pause, 0.1)
            pause = self._limits.queue_wait()
            if pause > 0:
                return min(pause, LOOK_SECONDS)
            found = self._hand.pick(self._limits.chat_wait)
            if not isinstance(found, Outbox):
                return found
            self._limits.took(found.chat_id)
            task = asyncio.create_task(self._courier.carry(found))
            self._tasks.add(task)
            task.add_done_callback(self._returned)
        return LOOK_SECONDS

    def _returned(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._call.set()

    def _landed(self, chats: list[int]) -> None:
        for chat in chats:
            self._hand.landed(chat)
        if self._hand.runs_low():
            self.wake()
        self._call.set()
