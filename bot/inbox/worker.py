"""Handles stored updates: in order within a lane, several lanes at once, none stopped by another."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from aiogram.types import Update
from pydantic import ValidationError

from bot.bindings import Drawing, bind
from bot.json_calls import lean
from bot.ledger import Ledger
from bot.metrics import Metrics
from bot.one_hand import OneHand, spot_before
from bot.sender.verdicts import Verdict, judge
from bot.trouble import PASSING, backoff, told
from db.leases import Holder
from db.repositories.cards import CardBinding
from db.repositories.inbox import Arrival
from db.uow import AlreadyAppliedError, Cause, Database
from services.clock import Clock

log = structlog.get_logger(__name__)

Handle = Callable[[Update, Cause], Awaitable[Sequence[CardBinding]]]
"""Handles an update and returns which messages show which cards now. May be called again for the same update:
its cause lets the effect happen once."""
GiveUp = Callable[[Update, int], Awaitable[None]]
"""Tells whoever sent an update that it failed for good; the number is a reference for the log."""

UNANSWERABLE = (Verdict.UNREACHABLE, Verdict.MOVED)
"""The effect stands, but there is no chat any more to answer in."""
LANES = 32
ROOM = 1000
TRIES = 5
PASSING_TROUBLE = timedelta(minutes=15)
"""How long trouble that passes by itself is not held against an update."""
PASSING_PAUSE = 2.0
GATHER = 0.25
"""Seconds in which finished updates gather to be marked together: one that a crash leaves unmarked is handled
again, and its cause keeps the effect from happening twice."""
LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class Turn:
    """An update that was handled, and the cards that it left behind."""

    arrival_id: int
    drawing: Drawing


class Worker:
    """Takes updates from the intake, and from the database what a crash, a flood or a replica left there."""

    def __init__(
        self,
        bot: Bot,
        db: Database,
        clock: Clock,
        name: str,
        handle: Handle,
        metrics: Metrics,
        give_up: GiveUp | None = None,
        one_hand: OneHand | None = None,
    ) -> None:
        self._bot = bot
        self._db = db
        self._clock = clock
        self._name = name
        self._handle = handle
        self._metrics = metrics
        self._give_up = give_up
        self._one_hand = one_hand or OneHand()
        self._lanes: dict[str, deque[Arrival]] = {}
        self._count = 0
        self._slots = asyncio.Semaphore(LANES)
        self._tasks: set[asyncio.Task[None]] = set()
        self._call = asyncio.Event()
        self._stopping = asyncio.Event()
        self._ledger = Ledger("inbox", self._record, self._without_cards, gather=GATHER)
        self.behind = True
        """Whether updates may wait in the database that nobody has taken; true at first, after a crash."""
        self.gate = asyncio.Lock()
        """Held while updates go from the database into lanes, so that no later one overtakes."""

    def room(self) -> int:
        """How many more updates fit into memory."""
        return max(0, ROOM - self._count)

    def take(self, arrivals: Sequence[Arrival]) -> None:
        """Handle these, which this instance holds; call with the gate held, in the order of arrival."""
        for arrival in arrivals:
            self._count += 1
            if arrival.lane in self._lanes:
                self._lanes[arrival.lane].append(arrival)
            else:
                self._lanes[arrival.lane] = deque([arrival])
                task = asyncio.create_task(self._drain(arrival.lane))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    def fall_behind(self) -> None:
        """Updates were left in the database, to be fetched as soon as there is room."""
        self.behind = True
        self._call.set()

    async def run(self) -> None:
        """Fetch what waits in the database, until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._ledger.run())
            while True:
                if self.behind or self._db.backend == "postgresql":
                    await self._fetch()
                self._call.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._call.wait(), 1)

    async def stop(self, grace: float) -> None:
        """Take nothing new; finish what is in hand within `grace` seconds and give back the rest."""
        self._stopping.set()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self.recorded()
        # What is being fetched is given back, too: nobody else would take it before its lease is over.
        async with self.gate, self._db.write() as uow:
            await uow.inbox.release(Holder(self._name, self._clock.now()))

    async def recorded(self) -> None:
        """Wait until what is handled is also marked as done."""
        await self._ledger.written()

    async def _fetch(self) -> None:
        room = self.room()
        if room == 0:
            return
        try:
            async with self.gate:
                if self._stopping.is_set():
                    return
                async with self._db.write() as uow:
                    found = await uow.inbox.claim(Holder(self._name, self._clock.now()), room)
                self.behind = len(found) == room
                self.take(found)
        except PASSING as error:
            log.warning("inbox_unreadable", error=told(error))

    async def _drain(self, lane: str) -> None:
        waiting = self._lanes[lane]
        while waiting and not self._stopping.is_set():
            pause = await self._turn(waiting[0])
            if pause is None:
                waiting.popleft()
                self._count -= 1
                if self.behind:
                    self._call.set()
            else:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), pause)
        del self._lanes[lane]

    async def _turn(self, arrival: Arrival) -> float | None:
        """Handle one update; returns in how many seconds to try it again, None when it is finished."""
        async with self._slots:
            try:
                update = Update.model_validate(lean(arrival.raw), context={"bot": self._bot})
            except ValidationError as error:
                where = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
                await self._quarantine(arrival, f"unreadable at {where}")
                return None
            began, cause = self._clock.now(), Cause(arrival.bot_id, arrival.update_id)
            try:
                async with self._one_hand.at(spot_before(update)):
                    bindings = await self._handle(update, cause)
                    self._one_hand.drew(bindings)
            except AlreadyAppliedError:
                bindings = ()
            except TelegramAPIError as error:
                if judge(error).verdict not in UNANSWERABLE:
                    return await self._failed(arrival, update, error)
                log.info("nobody_to_answer", update_id=arrival.update_id, error=told(error))
                bindings = ()
            except Exception as error:  # noqa: BLE001 - the outermost border: one update must not stop the others
                return await self._failed(arrival, update, error)
        self._metrics.turns.labels("done").inc()
        self._ledger.note(Turn(arrival.id, Drawing(bindings, began, cause)))
        return None

    async def _failed(self, arrival: Arrival, update: Update, error: Exception) -> float | None:
        age = self._clock.now() - arrival.received_at
        passing = isinstance(error, PASSING) and age < PASSING_TROUBLE
        tries = arrival.attempts + (0 if passing else 1)
        log.warning(
            "update_failed", update_id=arrival.update_id, tries=tries, error=told(error), exc_info=not passing
        )
        self._metrics.turns.labels("failed").inc()
        if tries >= TRIES:
            await self._quarantine(arrival, told(error), tries)
            await self._apologise(update, arrival.update_id)
            return None
        pause = backoff(max(1, tries), first=0.3, most=3)
        if isinstance(error, TelegramRetryAfter):
            pause = min(float(error.retry_after), LONGEST_PAUSE)
        elif passing:
            pause = PASSING_PAUSE
        self._lanes[arrival.lane][0] = replace(arrival, attempts=tries)
        with suppress(*PASSING):
            async with self._db.write() as uow:
                await uow.inbox.mark_failed(arrival.id, tries, told(error))
        return pause

    async def _quarantine(self, arrival: Arrival, error: str, tries: int = 1) -> None:
        log.error("update_quarantined", update_id=arrival.update_id, inbox_id=arrival.id, error=error)
        self._metrics.turns.labels("quarantined").inc()
        with suppress(*PASSING):
            async with self._db.write() as uow:
                await uow.inbox.quarantine(arrival.id, tries, error)

    async def _apologise(self, update: Update, reference: int) -> None:
        if self._give_up is None:
            return
        try:
            await self._give_up(update, reference)
        except Exception as error:  # noqa: BLE001 - it failed already; that even this fails is only told in the log
            log.warning("apology_failed", update_id=reference, error=told(error))

    async def _record(self, turns: list[Turn]) -> None:
        async with self._db.write() as uow:
            await uow.inbox.mark_done([turn.arrival_id for turn in turns])
            await bind(uow, [turn.drawing for turn in turns], self._clock.now())
        for turn in turns:
            self._one_hand.recorded(turn.drawing.bindings)

    def _without_cards(self, turn: Turn) -> Turn:
        self._one_hand.recorded(turn.drawing.bindings)
        return replace(turn, drawing=replace(turn.drawing, bindings=()))
