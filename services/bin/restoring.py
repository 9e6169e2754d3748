"""Bringing back what lies in the bin, looking at it, and destroying it for good."""

from datetime import datetime
from typing import Any

from db.models import Binned
from db.repositories.bin import Lying
from db.repositories.bundles import Bundle
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor, require, scope
from services.bin import rights
from services.bin.days import days_left, destroy, zone_of
from services.bin.deleting import refresh_around, tell_tasks
from services.bin.mending import mend
from services.bin.rights import DELETE
from services.clock import Clock
from services.dto.bin import BinLine
from services.dto.common import Page
from services.errors import AppError, ForbiddenError, StaleError
from services.response import clock as response_clock
from services.timers import TimerKind

PAGE = 8


class Bin:
    """The service of the bin."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def page(self, actor: Actor, after: int | None = None) -> Page[BinLine]:
        """What was deleted within the actor's reach, or by them, newest first; `after` is a page's key."""
        require(actor, Action.LEAD_DELETE)
        async with self._db.read() as uow:
            reach = scope(actor, Action.LEAD_DELETE)
            rows = await uow.bin.page(reach, actor.person_id, after, PAGE + 1)
            lines = [await self._line(uow, actor, row) for row in rows[:PAGE]]
            return Page(tuple(lines), lines[-1].id if len(rows) > PAGE else None)

    async def line(self, actor: Actor, bin_id: int) -> BinLine:
        """One of them. Raises `bin.gone` (stale) for what is not there, or not theirs to know of."""
        async with self._db.read() as uow:
            return await self._line(uow, actor, await _access(uow, actor, bin_id))

    async def of(self, actor: Actor, kind: str, subject_id: int) -> BinLine | None:
        """What was deleted under this number, for whoever saw it; of a task that with which it went."""
        async with self._db.read() as uow:
            place = await _place_of_task(uow, subject_id) if kind == "task" else (kind, subject_id)
            row = await uow.bin.of(*place) if place is not None else None
            if row is None or not rights.may_see(actor, row):
                return None
            return await self._line(uow, actor, row)

    async def holds(self, kind: str, subject_id: int) -> bool:
        """Whether a subject lies there; for team chats, which are told no more than that."""
        async with self._db.read() as uow:
            return await uow.bin.of(kind, subject_id) is not None

    async def restore(self, actor: Actor, bin_id: int) -> tuple[str, int]:
        """Bring it back with all that had gone along, under the same numbers; which subject it is.

        Raises `bin.gone` (stale), `not_allowed`, and `bin.taken` where a restored backup has given out its
        number anew.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            _require(rights.may_restore(actor, await _access(uow, actor, bin_id)))
            row = await uow.bin.take_out(bin_id)
            if row is None:
                raise StaleError("bin.gone")
            bundle = Bundle({table: list(rows) for table, rows in row.rows.items()}, list(row.links))
            await self._check_numbers(uow, bundle)
            await mend(uow, actor, bundle)
            await _put_back(uow, row, bundle, now)
            changes: history.Changes = {"deleted": (True, False)}
            event = await history.record(uow, actor, now, DELETE[row.kind], row.kind, row.subject_id, changes)
            await tell_tasks(uow, actor, now, row.kind, row.subject_id, bundle, changes)
            await refresh_around(uow, actor, now, row.kind, row.subject_id, bundle, event)
            return row.kind, row.subject_id

    async def destroy(self, actor: Actor, bin_id: int) -> None:
        """Destroy it for good. Raises `bin.gone` (stale), `not_allowed`."""
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            row = await _access(uow, actor, bin_id)
            _require(actor.may(Action.BIN_DESTROY))
            event = (await destroy(uow, actor, now, [bin_id])).get(row.subject_id)
            if event is None:
                raise StaleError("bin.gone")
            await notices.refresh_cards(uow, now, row.kind, row.subject_id, event, but=actor.telegram_id)

    async def _check_numbers(self, uow: UnitOfWork, bundle: Bundle) -> None:
        for table in bundle.rows.keys() - {"timer"}:
            ids = [row["id"] for row in bundle.rows[table] if "id" in row]
            if ids and await uow.bundles.existing(table, ids):
                raise AppError("bin.taken")

    async def _line(self, uow: UnitOfWork, actor: Actor, row: Lying) -> BinLine:
        return BinLine(
            id=row.id,
            kind=row.kind,
            subject_id=row.subject_id,
            title=row.title,
            deleted_at=row.deleted_at,
            deleted_by=row.deleter,
            days_left=days_left(row.deleted_at, self._clock.now(), await zone_of(uow)),
            may_restore=rights.may_restore(actor, row),
            may_destroy=actor.may(Action.BIN_DESTROY),
        )


async def _access(uow: UnitOfWork, actor: Actor, bin_id: int) -> Lying:
    row = await uow.bin.get(bin_id)
    if row is None or not rights.may_see(actor, row):
        raise StaleError("bin.gone")
    return row


async def _place_of_task(uow: UnitOfWork, task_id: int) -> tuple[str, int] | None:
    """With what a task was deleted, as the newest line of its history tells."""
    for event, _ in await uow.history.last_of("task", task_id, 1):
        if event.changes.get("deleted") == [False, True]:
            return str(event.changes["kind"][1]), int(event.changes["along"][1])
    return None


def _require(allowed: bool) -> None:
    if not allowed:
        raise ForbiddenError


async def _put_back(uow: UnitOfWork, row: Binned, bundle: Bundle, now: datetime) -> None:
    """Insert it, with the timers. A lead's answer is not owed for the time in which nobody saw it."""
    steps = [one for one in bundle.rows.get("timer", []) if one["kind"] == TimerKind.LEAD_STEP]
    for step in steps:
        bundle.rows["timer"].remove(step)
    await uow.bundles.put_back(bundle)
    for step in steps:
        await _resume(uow, step, row.deleted_at, now)
    if row.kind == "deal":
        await notices.follow_topic(uow, now, row.subject_id, f"back {row.id}")


async def _resume(uow: UnitOfWork, step: dict[str, Any], since: datetime, now: datetime) -> None:
    lead = await uow.leads.get(step["subject_id"])
    if lead is None:
        return
    await response_clock.go_on(uow, lead, step["params"]["done"], since, now)
