"""This instance among others: its name, sign of life and leases, and whether it is the one that polls."""

import secrets
import socket
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import structlog

from bot.limits import Limits
from bot.trouble import PASSING, told
from db.leases import LEASE, Holder
from db.repositories.beats import HEARTBEAT, REPLICA
from db.uow import Database
from services.clock import Clock

log = structlog.get_logger(__name__)

POLLER = "poller"
SURE = LEASE.total_seconds() - 10
"""A leader that could not renew for so long stops leading before anyone else can begin."""


def instance_name(data_dir: Path) -> str:
    """A name that no other instance has, and that this one has again after its next start.

    The data directory's lock lets only one process use it: what is held by this name when it starts was held
    by a process that is gone, so a crash is recovered from at once and not only when its leases end.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    file = data_dir / "instance"
    if not file.exists():
        file.write_text(secrets.token_hex(8))
    return f"{socket.gethostname()[:40]}:{file.read_text().strip()[:16]}"


class Presence:
    """With SQLite there is one instance and it leads; with PostgreSQL the database decides.

    `back` is called before each sign of life: it may find that for long there was none.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        name: str,
        limits: Limits,
        back: Callable[[], Awaitable[object]] | None = None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._name = name
        self._limits = limits
        self._back = back
        self._shared = db.backend == "postgresql"
        self._led_at: float | None = None

    def leads(self) -> bool:
        """Whether this instance polls."""
        if not self._shared:
            return True
        return self._led_at is not None and time.monotonic() - self._led_at < SURE

    async def arrive(self) -> timedelta | None:
        """Begin: returns for how long no instance was alive, None at the very first start.

        What this instance held before it died is free at once; with SQLite, what any did.
        """
        now = self._clock.now()
        async with self._db.write() as uow:
            last = await uow.beats.last(HEARTBEAT)
            gone = Holder(self._name, now) if self._shared else None
            await uow.inbox.release(gone)
            await uow.outbox.release(gone)
            await uow.timers.release(gone)
        await self.beat()
        return now - last if last else None

    async def beat(self) -> None:
        """Every ten seconds: show a sign of life and keep what is held."""
        holder = Holder(self._name, self._clock.now())
        try:
            started = time.monotonic()
            if self._back is not None:
                await self._back()
            async with self._db.write() as uow:
                await uow.beats.beat(HEARTBEAT, holder.now)
                if not self._shared:
                    return
                await uow.beats.beat(REPLICA + self._name, holder.now)
                await uow.inbox.renew(holder)
                await uow.outbox.renew(holder)
                leads = await uow.beats.lead(POLLER, holder)
                replicas = await uow.beats.replicas(holder.now)
        except PASSING as error:
            log.warning("no_heartbeat", error=told(error))
            return
        if leads != (self._led_at is not None):
            log.info("leads" if leads else "follows", instance=self._name)
        self._led_at = started if leads else None
        self._limits.share(replicas)

    async def leave(self) -> None:
        """End: another instance may lead at once."""
        holder = Holder(self._name, self._clock.now())
        async with self._db.write() as uow:
            await uow.beats.beat(HEARTBEAT, holder.now)
            await uow.beats.resign(POLLER, holder)
            await uow.beats.leave(holder)
