"""This instance among others: its name, sign of life and leases, and whether it is the one that polls."""

import os
import secrets
import socket
import time
from datetime import timedelta

import structlog

from bot.limits import Limits
from bot.trouble import PASSING, told
from db.leases import LEASE, Holder
from db.repositories.beats import REPLICA
from db.uow import Database
from services.clock import Clock

log = structlog.get_logger(__name__)

HEARTBEAT = "heartbeat"
POLLER = "poller"
SURE = LEASE.total_seconds() - 10
"""A leader that could not renew for so long stops leading before anyone else can begin."""


def instance_name() -> str:
    """A name that no other instance has, nor this one after its next start."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


class Presence:
    """With SQLite there is one instance and it leads; with PostgreSQL the database decides."""

    def __init__(self, db: Database, clock: Clock, name: str, limits: Limits) -> None:
        self._db = db
        self._clock = clock
        self._name = name
        self._limits = limits
        self._shared = db.backend == "postgresql"
        self._led_at: float | None = None

    def leads(self) -> bool:
        """Whether this instance polls."""
        if not self._shared:
            return True
        return self._led_at is not None and time.monotonic() - self._led_at < SURE

    async def arrive(self) -> timedelta | None:
        """Begin: returns for how long no instance was alive, None at the very first start."""
        now = self._clock.now()
        async with self._db.write() as uow:
            last = await uow.beats.last(HEARTBEAT)
            if (
                not self._shared
            ):  # nobody else can be at work: what is held was held by an instance that is gone
                await uow.inbox.release(None)
                await uow.outbox.release(None)
                await uow.timers.release(None)
        await self.beat()
        return now - last if last else None

    async def beat(self) -> None:
        """Every ten seconds: show a sign of life and keep what is held."""
        holder = Holder(self._name, self._clock.now())
        try:
            started = time.monotonic()
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
