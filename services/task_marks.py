"""What a task is marked with: important or not, for oneself alone or not, and when it is reminded of."""

from datetime import datetime

from db.uow import Database
from services import history, reminders
from services.access import Action, Actor
from services.clock import Clock
from services.dto.tasks import TaskCard
from services.errors import NotFoundError
from services.task_cards import build_task_card
from services.task_changes import change, hold_open
from services.task_times import check_ahead


class TaskMarks:
    """The service of marks; each method returns the task's fresh card."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def rank(self, actor: Actor, task_id: int, *, high: bool) -> TaskCard:
        """Make an open task important, or no more than the others.

        Raises `task.not_found`, `not_allowed`, `task.done` (stale).
        """
        return await self._mark(actor, task_id, Action.TASK_EDIT, "high", high)

    async def hide(self, actor: Actor, task_id: int, *, personal: bool) -> TaskCard:
        """Keep an open task from everybody else, or no longer; its only assignee's and author's right.

        Raises `task.not_found`, `not_allowed` also for a task of a deal or client, `task.done` (stale).
        """
        return await self._mark(actor, task_id, Action.TASK_HIDE, "personal", personal)

    async def remind_ahead(self, actor: Actor, task_id: int, minutes: int) -> TaskCard:
        """Remind of an open task so many minutes before it is due, too, or only at the time (0).

        Raises `task.not_found`, `not_allowed`, `choice.not_found`, `task.done` (stale).
        """
        if minutes not in reminders.AHEAD:
            raise NotFoundError("choice")
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await hold_open(uow, actor, task_id, Action.TASK_DO)
            task = facts.task
            if task.ahead != minutes:
                changes: history.Changes = {"ahead": (task.ahead, minutes)}
                await change(uow, actor, now, Action.TASK_DO, facts, changes, {"ahead": minutes})
                if task.due_at > now:
                    await reminders.disarm(uow, task_id, now)
                    await reminders.arm(uow, task_id, task.version, task.due_at, now, ahead=minutes)
            return await build_task_card(uow, actor, task_id, now)

    async def snooze(self, actor: Actor, task_id: int, at: datetime) -> TaskCard:
        """Remind of an open task again at a moment; where that is later than it is due, it moves there.

        Raises `task.not_found`, `not_allowed`, `task.past`, `task.bad_time`, `task.done` (stale).
        """
        now = self._clock.now()
        check_ahead(at, now)
        async with self._db.write(actor.cause) as uow:
            facts = await hold_open(uow, actor, task_id, Action.TASK_DO)
            task = facts.task
            due_at = max(task.due_at, at)
            changes: history.Changes = {"remind_at": (None, at.isoformat())}
            if due_at != task.due_at:
                changes = {"due_at": (task.due_at.isoformat(), due_at.isoformat())}
            await change(uow, actor, now, Action.TASK_DO, facts, changes, {"due_at": due_at})
            await reminders.disarm(uow, task_id, now)
            await reminders.arm(uow, task_id, task.version, due_at, now, at=at)
            return await build_task_card(uow, actor, task_id, now)

    async def _mark(self, actor: Actor, task_id: int, action: Action, field: str, value: bool) -> TaskCard:
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await hold_open(uow, actor, task_id, action)
            old = bool(getattr(facts.task, field))
            if old != value:
                await change(uow, actor, now, action, facts, {field: (old, value)}, {field: value})
            return await build_task_card(uow, actor, task_id, now)
