"""Tasks set for somebody else that are late by a day: their author hears of it once."""

from datetime import datetime, timedelta

from db.models import Task, Timer
from db.uow import Database, UnitOfWork
from services import notices
from services.clock import Clock
from services.notices import NoticeKind, Priority
from services.timers import TimerKind

LATE = timedelta(days=1)


async def watch(uow: UnitOfWork, task: Task, now: datetime) -> None:
    """Look again a day after a task is due, if its author is not who does it."""
    if task.author_id in (None, task.assignee_id):
        return
    await uow.timers.set_once(
        kind=TimerKind.TASK_LATE,
        subject="task",
        subject_id=task.id,
        dedupe=f"{TimerKind.TASK_LATE}:{task.id}:{task.due_at.isoformat()}",
        params={"due": task.due_at.isoformat()},
        due_at=task.due_at + LATE,
        created_at=now,
    )


class LateTasks:
    """Fires timers of the kind `task_late`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def fire(self, timer: Timer) -> None:
        """Tell the author, unless the task is done, due at another moment or the author's own by now."""
        now = self._clock.now()
        async with self._db.write() as uow:
            if not await uow.timers.mark_fired(timer.id, now):
                return
            task = await uow.tasks.due(timer.subject_id, datetime.fromisoformat(timer.params["due"]))
            if task is None or task.author_id in (None, task.assignee_id):
                return
            author = await uow.people.get(task.author_id)
            if author is not None:
                places, kind, params = [notices.private(author)], NoticeKind.TASK_LATE, {"id": task.id}
                priority = Priority.REMINDER
                await notices.send(uow, now, places, kind, timer.dedupe, dict(params), priority=priority)
