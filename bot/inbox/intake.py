"""Stores raw updates; polling and webhook both come here before anything is acknowledged."""

from typing import Any

import structlog

from bot.inbox.worker import Worker
from bot.metrics import Metrics
from db.leases import Holder
from db.uow import Database
from services.clock import Clock

log = structlog.get_logger(__name__)
Raw = dict[str, Any]
LARGEST_ID = 2**63 - 1


class _Group:
    """What is stored in one transaction."""

    def __init__(self) -> None:
        self.updates: list[tuple[int, int, str, Raw]] = []
        self.stored = False


class Intake:
    """One transaction for all updates that come while the last one was under way."""

    def __init__(self, db: Database, clock: Clock, name: str, worker: Worker, metrics: Metrics) -> None:
        self._db = db
        self._clock = clock
        self._name = name
        self._worker = worker
        self._metrics = metrics
        self._group = _Group()

    async def store(self, bot_id: int, raw_updates: list[Raw]) -> None:
        """Return when these are durable, and hand the new ones to the worker; known ones change nothing.

        Raises the database's error if they could not be stored: then they must not be acknowledged.
        """
        group = self._group
        for raw in raw_updates:
            number = raw.get("update_id")
            if type(number) is int and 0 <= number <= LARGEST_ID:
                group.updates.append((bot_id, number, lane(raw), raw))
            else:
                log.error("update_without_id", keys=sorted(map(str, raw))[:5])
        async with self._worker.gate:
            if not group.stored:
                if self._group is group:
                    self._group = _Group()
                await self._write(group)

    async def _write(self, group: _Group) -> None:
        if group.updates:
            replicas, room = self._db.backend == "postgresql", self._worker.room()
            shared = self._worker.behind or replicas
            # Alone here and with room for all of them, what is stored is one statement.
            at_once = replicas or (not shared and len(group.updates) <= room)
            holder = Holder(self._name, self._clock.now())
            async with self._db.write_at_once() if at_once else self._db.write() as uow:
                fresh, left = await uow.inbox.store(group.updates, holder, room, shared=shared)
            self._metrics.updates.labels("stored").inc(len(fresh))
            self._worker.take(fresh)
            if left:
                self._worker.fall_behind()
        group.stored = True


def lane(raw: Raw) -> str:
    """Chat and user of an update: what belongs to one lane is handled in order."""
    body = next((value for key, value in raw.items() if key != "update_id" and isinstance(value, dict)), {})
    message = body.get("message")
    chat = body.get("chat") or (message.get("chat") if isinstance(message, dict) else None)
    user = body.get("from") or body.get("user")
    return f"{_id(chat)}:{_id(user)}"


def _id(thing: object) -> int:
    number = thing.get("id") if isinstance(thing, dict) else None
    return number if type(number) is int and abs(number) <= LARGEST_ID else 0
