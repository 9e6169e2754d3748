"""Tasks that were deleted by hand: found for thirty days and brought back by whoever may delete them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from db.repositories.history import PastBy
from db.repositories.task_facts import TaskFacts
from db.uow import Database, UnitOfWork
from services.access import Action, Actor, require, scope
from services.bin.days import days_left, first_moment, zone_of
from services.clock import Clock
from services.dto.bin import BinLine, TaskShelf
from services.dto.tasks import TaskCard
from services.errors import StaleError
from services.rows import task_deeds
from services.task_cards import build_task_card
from services.task_deleting import is_deletion, put_back

PAGE = 8


class TaskBin:
    """The service of deleted tasks."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def page(self, actor: Actor, page: int = 0) -> TaskShelf:
        """What the actor may bring back, the newest first."""
        require(actor, Action.TASK_DELETE)
        now = self._clock.now()
        async with self._db.read() as uow:
            zone = await zone_of(uow)
            rows = await uow.dropped_tasks.page(
                actor.person_id,
                scope(actor, Action.TASK_DELETE),
                first_moment(now, zone),
                page * PAGE,
                PAGE + 1,
            )
            shown = rows[:PAGE]
            gone = await _deletions(uow, [task.id for task in shown])
            lines = [
                _line(task.id, task.text, event.at, name, now, zone)
                for task in shown
                for event, name in [gone[task.id]]
            ]
            return TaskShelf(tuple(lines), page, len(rows) > PAGE)

    async def line(self, actor: Actor, task_id: int) -> BinLine:
        """One of them. Raises `bin.gone` (stale) for what is not there, or not theirs to bring back."""
        line = await self.of(actor, task_id)
        if line is None or not line.may_restore:
            raise StaleError("bin.gone")
        return line

    async def of(self, actor: Actor, task_id: int) -> BinLine | None:
        """What was deleted under this number, for whoever saw it; None where nothing was."""
        now = self._clock.now()
        async with self._db.read() as uow:
            zone = await zone_of(uow)
            facts = await _found(uow, actor, task_id, now, zone, Action.TASK_VIEW)
            if facts is None:
                return None
            event, name = (await _deletions(uow, [task_id]))[task_id]
            line = _line(task_id, facts.task.text, event.at, name, now, zone)
            return replace(line, may_restore=Action.TASK_DELETE in task_deeds(actor, facts))

    async def restore(self, actor: Actor, task_id: int) -> TaskCard:
        """Bring it back as it was. Raises `bin.gone` (stale), `stale`, `deal.archived` if its deal is."""
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await _found(uow, actor, task_id, now, await zone_of(uow))
            if facts is None:
                raise StaleError("bin.gone")
            event, _ = (await _deletions(uow, [task_id]))[task_id]
            await put_back(uow, actor, now, facts, event)
            return await build_task_card(uow, actor, task_id, now)


async def _found(
    uow: UnitOfWork,
    actor: Actor,
    task_id: int,
    now: datetime,
    zone: ZoneInfo,
    action: Action = Action.TASK_DELETE,
) -> TaskFacts | None:
    """A deleted task that the actor might do this with, while it can be brought back."""
    facts = await uow.task_facts.get(task_id, dropped=True)
    if facts is None or action not in task_deeds(actor, facts):
        return None
    at = facts.task.dropped_at
    return facts if at is not None and at >= first_moment(now, zone) else None


async def _deletions(uow: UnitOfWork, ids: Collection[int]) -> dict[int, PastBy]:
    """Of each the event by which it was deleted last, and who did that."""
    events = await uow.history.of_action("task", ids, Action.TASK_DELETE)
    return {event.subject_id: (event, name) for event, name in events if is_deletion(event, event.subject_id)}


def _line(task_id: int, text: str, at: datetime, by: str | None, now: datetime, zone: ZoneInfo) -> BinLine:
    return BinLine(
        id=task_id,
        kind="task",
        subject_id=task_id,
        title=text,
        deleted_at=at,
        deleted_by=by,
        days_left=days_left(at, now, zone),
        may_restore=True,
        may_destroy=False,
    )
