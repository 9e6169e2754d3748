"""Reminders of tasks: one timer beside each open task, and what it says when the moment comes."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from db.models import Task, Timer
from db.uow import Database, UnitOfWork
from services import notices, task_lateness
from services.clock import Clock
from services.notices import NoticeKind, Priority
from services.timers import TimerKind

LATE = timedelta(minutes=10)
"""Later reminders were due while nobody was there to fire them; several for one person become one message."""


AHEAD = (0, 15, 60, 24 * 60)
"""So many minutes before a task is due one may be reminded of it, besides at the time."""


async def arm(
    uow: UnitOfWork,
    task_id: int,
    version: int,
    due_at: datetime,
    now: datetime,
    *,
    ahead: int = 0,
    at: datetime | None = None,
) -> None:
    """Remind of a task: at a moment, else `ahead` minutes before it is due, else when it is due.

    `version` is the task's own since it is due then. A reminder that comes before the task is due sets
    the next one itself.
    """
    early = due_at - timedelta(minutes=ahead)
    moment = at or (early if early > now else due_at)
    await uow.timers.set(
        kind=TimerKind.TASK_REMIND,
        subject="task",
        subject_id=task_id,
        dedupe=f"{TimerKind.TASK_REMIND}:{task_id}:{version}:{moment.isoformat()}",
        params={"due": due_at.isoformat()},
        due_at=moment,
        created_at=now,
    )


async def arm_new(uow: UnitOfWork, dues: Mapping[int, datetime], now: datetime) -> None:
    """The same for many tasks that were just made, when each is due."""
    await uow.timers.set_many(
        [
            {
                "kind": TimerKind.TASK_REMIND,
                "subject": "task",
                "subject_id": task_id,
                "dedupe": f"{TimerKind.TASK_REMIND}:{task_id}:1:{due_at.isoformat()}",
                "params": {"due": due_at.isoformat()},
                "due_at": due_at,
                "created_at": now,
            }
            for task_id, due_at in dues.items()
        ]
    )


async def disarm_all(uow: UnitOfWork, tasks: Collection[int], now: datetime) -> None:
    """Remind of none of them any more."""
    await uow.timers.cancel_all(TimerKind.TASK_REMIND, "task", tasks, now)


async def disarm(uow: UnitOfWork, task_id: int, now: datetime) -> None:
    """Remind of it no more."""
    await uow.timers.cancel(TimerKind.TASK_REMIND, "task", task_id, now)


class Reminders:
    """Fires timers of the kind `task_remind`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def fire(self, timer: Timer) -> None:
        """Tell the assignee, unless the task is done or due at another moment by now."""
        now = self._clock.now()
        late = now - timer.due_at > LATE
        async with self._db.write() as uow:
            if late:
                await uow.tasks.fold_in_turn()
            if not await uow.timers.mark_fired(timer.id, now):
                return
            task = await uow.tasks.due(timer.subject_id, datetime.fromisoformat(timer.params["due"]))
            if task is None:
                return
            await task_lateness.watch(uow, task, now)
            if task.due_at > now:
                await arm(uow, task.id, task.version, task.due_at, now)
                await self._tell(uow, timer, task, NoticeKind.TASK_AHEAD, {"id": task.id}, now)
            elif late and (more := await self._gather(uow, task, now)):
                missed: dict[str, object] = {"ids": [task.id, *more]}
                await self._tell(uow, timer, task, NoticeKind.TASKS_MISSED, missed, now)
            else:
                await self._tell(uow, timer, task, NoticeKind.TASK_DUE, {"id": task.id}, now)

    async def _gather(self, uow: UnitOfWork, task: Task, now: datetime) -> list[int]:
        """The same person's other tasks whose reminders are late, too; those timers fire herewith."""
        waiting = await uow.tasks.reminders(TimerKind.TASK_REMIND, task.assignee_id, now - LATE, now)
        found = [task_id for timer_id, task_id in waiting if await uow.timers.mark_fired(timer_id, now)]
        for other in await uow.tasks.open_of(task.assignee_id, found):
            await task_lateness.watch(uow, other, now)
        return found

    async def _tell(
        self,
        uow: UnitOfWork,
        timer: Timer,
        task: Task,
        kind: NoticeKind,
        params: dict[str, object],
        now: datetime,
    ) -> None:
        person = await uow.people.get(task.assignee_id)
        if person is None:
            return
        places = [notices.private(person)]
        await notices.send(uow, now, places, kind, timer.dedupe, params, priority=Priority.REMINDER)
