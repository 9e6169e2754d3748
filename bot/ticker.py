"""The clock that makes timers fire and keeps the house. APScheduler only ticks; what is due are rows."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import structlog
from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import SQLAlchemyError

from bot.health import Readiness
from bot.limits import Limits
from bot.metrics import Metrics
from bot.presence import Presence
from bot.trouble import PASSING, backoff, told
from db.leases import Holder
from db.maintenance import SnapshotError
from db.models import Timer
from db.uow import Database
from services.bin.days import empty
from services.clock import Clock
from services.seals import seal

log = structlog.get_logger(__name__)

Fire = Callable[[Timer], Awaitable[None]]
"""Does what a timer is for, in one transaction that begins with `uow.timers.mark_fired`."""

BackUp = Callable[[], Awaitable[object]]
"""Makes a backup if one is due. Raises SnapshotError, SQLAlchemyError, OSError."""

BATCH = 200
AT_ONCE = 8
TRIES = 10
JUMP = 60.0
AWAY = timedelta(seconds=60)
HEARTBEAT_SECONDS = 10
HOUSEKEEPING_SECONDS = 600
STALLED = 5.0
KEEP_INBOX = timedelta(days=7)
KEEP_OUTBOX = timedelta(days=30)
KEEP_TIMERS = timedelta(days=30)
KEEP_FORMS = timedelta(days=7)
KEEP_MERGED = timedelta(days=2)
KEEP_BEATS = timedelta(days=1)


class UndeclaredTimerError(Exception):
    """There are timers of a kind that nothing fires."""


class JumpWatch:
    """Compares the machine's clock with the one that cannot be set."""

    def __init__(self) -> None:
        self._last: tuple[datetime, float] | None = None

    def jumped(self, now: datetime, monotonic: float) -> float:
        """Seconds by which the clock was moved since the last call; 0 if it was not."""
        last, self._last = self._last, (now, monotonic)
        if last is None:
            return 0.0
        moved = (now - last[0]).total_seconds() - (monotonic - last[1])
        return moved if abs(moved) > JUMP else 0.0


class Ticker:
    """Fires due timers each second, beats each ten, each ten minutes tidies up and looks for a backup due."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        name: str,
        timers: Mapping[str, Fire],
        presence: Presence,
        limits: Limits,
        readiness: Readiness,
        metrics: Metrics,
        fired: Callable[[], None],
        back_up: BackUp | None = None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._name = name
        self._timers = timers
        self._presence = presence
        self._limits = limits
        self._readiness = readiness
        self._metrics = metrics
        self._fired = fired
        self._back_up = back_up
        self._jumps = JumpWatch()
        self._ticked = time.monotonic()
        self._looked: datetime | None = None
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopping = False
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    async def run(self) -> None:
        """Tick until cancelled. Raises UndeclaredTimerError if a waiting timer would never fire."""
        async with self._db.read() as uow:
            undeclared = await uow.timers.waiting_kinds() - self._timers.keys()
        if undeclared:
            raise UndeclaredTimerError(f"nothing fires timers of the kinds {', '.join(sorted(undeclared))}")
        for job, seconds in ((self.tick, 1), (self._presence.beat, HEARTBEAT_SECONDS)):
            self._scheduler.add_job(job, "interval", seconds=seconds, id=job.__qualname__)
        self._scheduler.add_job(self.tidy, "interval", seconds=HOUSEKEEPING_SECONDS, id="tidy")
        if self._back_up is not None:
            self._scheduler.add_job(self.back_up, "interval", seconds=HOUSEKEEPING_SECONDS, id="backup")
        self._scheduler.start()
        try:
            while True:
                await asyncio.sleep(STALLED)
                self._wake_if_stalled()
        finally:
            self._scheduler.shutdown(wait=False)

    async def stop(self, grace: float) -> None:
        """Fire nothing new, wait for what is firing, give back the rest."""
        self._stopping = True
        async with asyncio.timeout(grace):
            await self._idle.wait()
        async with self._db.write() as uow:
            await uow.timers.release(Holder(self._name, self._clock.now()))

    async def tick(self) -> None:
        """Fire everything that is due."""
        self._ticked = time.monotonic()
        if moved := self._jumps.jumped(self._clock.now(), self._ticked):
            # What seems due now was perhaps due by the wrong clock only; the next tick knows better.
            log.warning("clock_jumped", seconds=round(moved))
            self._metrics.clock_jumps.inc()
            return
        self._idle.clear()
        try:
            await self._look_back()
            while not self._stopping and await self._fire_batch() == BATCH:
                self._ticked = time.monotonic()
            self._looked = self._clock.now()
        except PASSING as error:
            log.warning("timers_unreadable", error=told(error))
        finally:
            self._idle.set()

    async def tidy(self) -> None:
        """Delete what is long done, empty the bin, bring the figures up to date, and seal the history."""
        now = self._clock.now()
        self._limits.forget()
        try:
            async with self._db.write() as uow:
                await uow.outbox.prune(now - KEEP_OUTBOX)
                await uow.mails.prune(now - KEEP_OUTBOX)
                await uow.timers.prune(now - KEEP_TIMERS)
                await uow.merges.forget(now - KEEP_MERGED)
                await uow.forms.prune(now - KEEP_FORMS)
                await uow.beats.prune(now, KEEP_BEATS)
            deleted = 1
            while deleted:  # in small bites, since nobody can write meanwhile
                async with self._db.write() as uow:
                    deleted = await uow.inbox.prune(now, KEEP_INBOX)
            await self._readiness.measure()
            if self._presence.leads():
                await empty(self._db, now)
                await seal(self._db, now)
        except PASSING as error:
            log.warning("not_tidied", error=told(error))

    async def back_up(self) -> None:
        """Make the backup that may be due; of several instances the one that leads does it."""
        if self._back_up is None or self._stopping or not self._presence.leads():
            return
        try:
            await self._back_up()
        except (SnapshotError, SQLAlchemyError, OSError) as error:
            log.warning("not_backed_up", error=told(error))

    def jobs(self) -> list[Job]:
        """What ticks."""
        return list(self._scheduler.get_jobs())

    def _wake_if_stalled(self) -> None:
        """APScheduler waits by the machine's clock: set back an hour, it would sleep that hour."""
        if time.monotonic() - self._ticked > STALLED and self._idle.is_set():
            log.warning("ticks_resumed")
            for job in self.jobs():
                job.modify(next_run_time=datetime.now(self._scheduler.timezone))

    async def _look_back(self) -> None:
        """After a sleep of the machine or a database that was away, that is told before anything fires."""
        if self._looked is not None and self._clock.now() - self._looked > AWAY:
            await self._presence.beat()

    async def _fire_batch(self) -> int:
        holder = Holder(self._name, self._clock.now())
        async with self._db.read() as uow:
            if not await uow.timers.any_due(holder.now):
                return 0
        async with self._db.write() as uow:
            due = await uow.timers.claim(holder, BATCH)
        at_once = asyncio.Semaphore(AT_ONCE)

        async def fire(timer: Timer) -> bool:
            async with at_once:
                return await self._fire(timer)

        fired = await asyncio.gather(*(fire(timer) for timer in due))
        await self._check_marked([timer for timer, ok in zip(due, fired, strict=True) if ok])
        if due:
            self._fired()
        return len(due)

    async def _fire(self, timer: Timer) -> bool:
        try:
            await self._timers[timer.kind](timer)
        except Exception as error:  # noqa: BLE001 - the outermost border: one timer must not stop the others
            await self._failed(timer, error)
            return False
        self._metrics.timers.labels("fired").inc()
        return True

    async def _check_marked(self, timers: list[Timer]) -> None:
        """A timer that was not marked would fire again each second."""
        if not timers:
            return
        async with self._db.read() as uow:
            forgotten = await uow.timers.still_waiting([timer.id for timer in timers])
        for timer in timers:
            if timer.id in forgotten:
                await self._failed(timer, RuntimeError("it did not call mark_fired"))

    async def _failed(self, timer: Timer, error: Exception) -> None:
        tries = timer.attempts + 1
        passing = isinstance(error, PASSING)
        log.warning(
            "timer_failed", timer_id=timer.id, kind=timer.kind, tries=tries, error=told(error), exc_info=error
        )
        self._metrics.timers.labels("failed" if tries < TRIES else "dead").inc()
        pause = timedelta(seconds=backoff(tries, first=2, most=600))
        retry_at = self._clock.now() + pause if passing or tries < TRIES else None
        try:
            async with self._db.write() as uow:
                await uow.timers.mark_failed(timer.id, tries, told(error), retry_at)
        except PASSING as trouble:
            log.warning("timer_not_marked", timer_id=timer.id, error=told(trouble))
