"""A call that was made by hand: kept with what it was about, and the task to make it is ticked off."""

from datetime import datetime, timedelta

from db.models import Task
from db.uow import UnitOfWork
from services import history, notices, reminders, task_turns
from services.access import Action, Actor
from services.rows import task_deeds
from services.talk import COLUMNS
from services.task_news import spread
from services.understanding.calls import is_call
from services.workspace import day_end

SAME = timedelta(minutes=1)
"""Within this time the same outcome of the same person is the same call, pressed by an impatient finger."""


async def log(
    uow: UnitOfWork, actor: Actor, now: datetime, subject: str, subject_id: int, outcome: str
) -> None:
    """Keep a call about a deal or a client with its event; the cards follow. The right has been asked for."""
    if kept := await keep(uow, actor, now, subject, subject_id, outcome):
        changes, ticked = kept
        event = await history.record(uow, actor, now, Action.CALL_LOG, subject, subject_id, changes)
        await follow(uow, now, ticked, event)
        await notices.refresh_cards(uow, now, subject, subject_id, event, but=actor.telegram_id)


async def keep(
    uow: UnitOfWork, actor: Actor, now: datetime, subject: str, subject_id: int, outcome: str
) -> tuple[history.Changes, int | None] | None:
    """Keep a call's outcome; what the history tells of it, and the task that was to call, done by it.

    None if this very call was kept already. The caller has asked for the right, records the event and then
    calls `follow`.
    """
    place = {COLUMNS[subject]: subject_id}
    if await uow.talk.has_call(outcome, actor.person_id, now - SAME, **place):
        return None
    await uow.talk.add_call(outcome=outcome, author_id=actor.person_id, now=now, **place)
    ticked = await _tick_off(uow, actor, now, subject, subject_id)
    changes: history.Changes = {"outcome": (None, outcome)}
    return (changes, None) if ticked is None else ({**changes, "ticked": (None, ticked)}, ticked)


async def follow(uow: UnitOfWork, now: datetime, ticked: int | None, event: int) -> None:
    """Bring the cards and reminders of the task that was done by it up to date."""
    if ticked is not None:
        await notices.refresh_cards(uow, now, "task", ticked, event)


async def _tick_off(
    uow: UnitOfWork, actor: Actor, now: datetime, subject: str, subject_id: int
) -> int | None:
    """Of the tasks to call that the actor may do the one that is due first, if it is due today or late.

    A call that is planned for another day is still to be made, and so is what stands on its checklist.
    """
    due = [
        task
        for task in await uow.tasks.open_for(subject, subject_id)
        if task.due_at < day_end(now, actor) and is_call(task.text) and _is_simple(task)
    ]
    for task in sorted(due, key=lambda task: (task.due_at, task.id)):
        if await _done(uow, actor, now, task):
            return task.id
    return None


def _is_simple(task: Task) -> bool:
    """Whether the call alone does it: nothing on its checklist is open, and nobody has to accept it."""
    return task.items == task.items_done and not task.checks


async def _done(uow: UnitOfWork, actor: Actor, now: datetime, task: Task) -> bool:
    """Do it as far as the actor may; False also if somebody was faster."""
    facts = await uow.task_facts.get(task.id)
    if facts is None or Action.TASK_DO not in task_deeds(actor, facts):
        return False
    if not await uow.tasks.change(task.id, task.version, done_at=now, done_by=actor.person_id):
        return False
    await reminders.disarm(uow, task.id, now)
    changes: history.Changes = {"done": (False, True)}
    await history.consequences(uow, actor, now, Action.TASK_DO, "task", {task.id: changes})
    await spread(uow, actor, now, Action.TASK_DO, facts, changes, f"call {task.version}")
    await task_turns.go_on(uow, actor, now, task)
    return True
