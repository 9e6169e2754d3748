"""Whether this instance is fit to work, and why not, in plain words."""

import asyncio
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.metrics import Metrics
from bot.trouble import told
from db.schema import at_head
from db.uow import Database
from services.clock import Clock

LAST_POLL = 60.0
OUTBOX_AGE = 300.0
TIMER_LAG = 30.0
DISK = 200 * 1024 * 1024
DATABASE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Check:
    """One condition and what was found."""

    ok: bool
    found: str


class Health:
    """What the parts of the program report about themselves."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._last_poll = monotonic()
        self._refusal: tuple[str, float] | None = None  # in which words, and from when on it counts
        self.polls = False
        self.stopping = False

    def polled(self) -> None:
        """Telegram answered a poll."""
        self._last_poll = self._monotonic()
        self._refusal = None

    def follows(self) -> None:
        """Another replica polls."""
        self.polled()

    def poll_refused(self, words: str, *, borne: float = 0.0) -> bool:
        """Telegram refuses to answer polls, which is borne for some seconds; True if this is news."""
        if self._refusal is not None and self._refusal[0] == words:
            return False
        self._refusal = (words, self._monotonic() + borne)
        return True

    def polling(self) -> Check:
        """Whether updates arrive."""
        if self._refusal is not None:
            words, from_when = self._refusal
            return Check(ok=self._monotonic() < from_when, found=words)
        if not self.polls:
            return Check(ok=True, found="updates come by webhook")
        age = self._monotonic() - self._last_poll
        return Check(ok=age < LAST_POLL, found=f"last poll {age:.0f} s ago")


class Readiness:
    """Asks the database and the disk; the figures of `/metrics` are brought up to date on the way."""

    def __init__(self, health: Health, db: Database, clock: Clock, metrics: Metrics, data_dir: Path) -> None:
        self._health = health
        self._db = db
        self._clock = clock
        self._metrics = metrics
        self._data_dir = data_dir

    async def check(self) -> dict[str, Check]:
        """All conditions by name."""
        checks = {
            "running": Check(
                ok=not self._health.stopping, found="stops" if self._health.stopping else "runs"
            ),
            "polling": self._health.polling(),
            "disk": self._disk(),
        }
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                checks |= await self._database()
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            checks["database"] = Check(ok=False, found=told(error))
        return checks

    async def _database(self) -> dict[str, Check]:
        now = self._clock.now()
        async with self._db.write() as uow:
            await uow.beats.beat("readiness", now)
        outbox_age, timer_lag = await self.measure()
        schema = await at_head(self._db.engine)
        return {
            "database": Check(ok=True, found="writes"),
            "schema": Check(ok=schema, found="as needed" if schema else "another one: run `./run migrate`"),
            "outbox": Check(ok=outbox_age < OUTBOX_AGE, found=f"oldest waits {outbox_age:.0f} s"),
            "timers": Check(ok=timer_lag < TIMER_LAG, found=f"oldest is {timer_lag:.0f} s late"),
        }

    async def measure(self) -> tuple[float, float]:
        """Bring the figures up to date; returns the age of the oldest message and the lag of the timers."""
        now = self._clock.now()
        async with self._db.read() as uow:
            inbox, inbox_since = await uow.inbox.waiting()
            outbox, outbox_since = await uow.outbox.waiting(now)
            outbox_age, timer_lag = _age(outbox_since, now), _age(await uow.timers.oldest_due(now), now)
            self._metrics.inbox.set(inbox)
            self._metrics.inbox_age.set(_age(inbox_since, now))
            self._metrics.quarantined.set(await uow.inbox.quarantined())
            self._metrics.outbox.set(outbox)
            self._metrics.outbox_age.set(outbox_age)
            self._metrics.timer_lag.set(timer_lag)
            backup = await uow.beats.last("backup")
            self._metrics.last_backup.set(backup.timestamp() if backup else 0)
        return outbox_age, timer_lag

    def _disk(self) -> Check:
        free = shutil.disk_usage(self._data_dir).free
        return Check(ok=free > DISK, found=f"{free // 1024 // 1024} MB free")


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
