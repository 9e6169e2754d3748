"""Acceptance: what somebody set for another is done when they say so, or comes back with a reason."""

from datetime import datetime

from db.repositories.task_facts import TaskFacts
from db.uow import Database, UnitOfWork
from services import history, reminders, task_turns
from services.access import Action, Actor
from services.clock import Clock
from services.dto.tasks import TaskCard
from services.errors import AppError, StaleError
from services.rows import task_deeds
from services.task_cards import build_task_card
from services.task_changes import change, hold_open
from services.task_comments import LIMIT
from services.understanding.fold import clean


class Acceptance:
    """The service of acceptance; for its author, and for heads of where it lies."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def ask(self, actor: Actor, task_id: int, *, checks: bool) -> TaskCard:
        """Whether an open task has to be accepted. Without that, one that waits is to be done again.

        Raises `task.not_found`, `not_allowed` also for a task that its author does, `task.done` (stale).
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await hold_open(uow, actor, task_id, Action.TASK_ACCEPT)
            if facts.task.checks != checks:
                changes: history.Changes = {"checks": (not checks, checks)}
                values = {"checks": checks, "handed_in_at": facts.task.handed_in_at if checks else None}
                await change(uow, actor, now, Action.TASK_ACCEPT, facts, changes, values)
            return await build_task_card(uow, actor, task_id, now)

    async def accept(self, actor: Actor, task_id: int) -> TaskCard:
        """It is done; whoever did it is told. One that repeats is set for its next turn.

        Raises `task.not_found`, `not_allowed`, `task.done` and `task.waits_not` (stale).
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await _hold_waiting(uow, actor, task_id)
            task = facts.task
            changes: history.Changes = {"accepted": (False, True), "done": (False, True)}
            values = {"done_at": now, "done_by": task.assignee_id, "handed_in_at": None}
            await change(uow, actor, now, Action.TASK_ACCEPT, facts, changes, values)
            await reminders.disarm(uow, task_id, now)
            await task_turns.go_on(uow, actor, now, task)
            return await build_task_card(uow, actor, task_id, now)

    async def give_back(self, actor: Actor, task_id: int, reason: str) -> TaskCard:
        """It is to be done again; the reason stays with it as a comment, and whoever does it is told.

        Raises `task.not_found`, `not_allowed`, `task.done` and `task.waits_not` (stale), `note.empty`,
        `note.too_long`.
        """
        if len(reason) > LIMIT:
            raise AppError("note.too_long", limit=LIMIT)
        reason = clean(reason, LIMIT)
        if not reason:
            raise AppError("note.empty")
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            facts = await _hold_waiting(uow, actor, task_id)
            task = facts.task
            note = await uow.tasks.add_comment(task_id, actor.person_id, reason, now)
            changes: history.Changes = {"returned": (False, True), "note": (None, note)}
            await change(uow, actor, now, Action.TASK_ACCEPT, facts, changes, {"handed_in_at": None})
            if task.due_at > now:
                await reminders.arm(uow, task_id, task.version, task.due_at, now, ahead=task.ahead)
            return await build_task_card(uow, actor, task_id, now)


def waits_for_author(actor: Actor, facts: TaskFacts) -> bool:
    """Whether it is not done by the actor's word alone."""
    task = facts.task
    return (
        task.checks
        and task.author_id not in (None, task.assignee_id)
        and Action.TASK_ACCEPT not in task_deeds(actor, facts)
    )


async def hand_in(
    uow: UnitOfWork, actor: Actor, now: datetime, facts: TaskFacts, left: int, shown: str | None = "task"
) -> TaskCard:
    """Let it wait for its author, who is asked; it is late no more, and nobody is reminded of it."""
    task = facts.task
    changes: history.Changes = {"handed_in": (False, True)}
    if left:
        changes["items_left"] = (None, left)
    await change(uow, actor, now, Action.TASK_DO, facts, changes, {"handed_in_at": now}, shown=shown)
    await reminders.disarm(uow, task.id, now)
    return await build_task_card(uow, actor, task.id, now)


async def _hold_waiting(uow: UnitOfWork, actor: Actor, task_id: int) -> TaskFacts:
    facts = await hold_open(uow, actor, task_id, Action.TASK_ACCEPT)
    if facts.task.handed_in_at is None:
        raise StaleError("task.waits_not")
    return facts
