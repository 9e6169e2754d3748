"""What a task is marked with by one tap: important, personal, how early to remind; and reminders put off."""

from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import reminders as reminder_views
from handlers.views import tasks as views
from keyboards.task_data import TaskAheadCb, TaskAheadsCb, TaskHideCb, TaskHighCb, TaskSnoozeCb
from services.access import Action
from services.choices import choice
from services.errors import StaleError
from services.reminders import AHEAD
from services.task_times import Quick


@registry.press(TaskHighCb, Action.TASK_EDIT)
async def on_task_high(turn: Turn, data: TaskHighCb) -> None:
    """Important, or not."""
    task = await turn.services.marks.rank(turn.actor, data.task_id, high=bool(data.high))
    await turn.show(views.card(task, turn.t))


@registry.press(TaskHideCb, Action.TASK_HIDE)
async def on_task_hide(turn: Turn, data: TaskHideCb) -> None:
    """For oneself alone, or not."""
    task = await turn.services.marks.hide(turn.actor, data.task_id, personal=bool(data.personal))
    await turn.show(views.card(task, turn.t))


@registry.press(TaskAheadsCb, Action.TASK_DO)
async def on_task_aheads(turn: Turn, data: TaskAheadsCb) -> None:
    """How early?"""
    task = await turn.services.tasks.card(turn.actor, data.task_id)
    if task.done_at is not None:
        raise StaleError("task.done")
    await turn.show(reminder_views.ask_ahead(task, AHEAD, turn.t))


@registry.press(TaskAheadCb, Action.TASK_DO)
async def on_task_ahead(turn: Turn, data: TaskAheadCb) -> None:
    """So early."""
    task = await turn.services.marks.remind_ahead(turn.actor, data.task_id, data.minutes)
    await turn.show(views.card(task, turn.t))


@registry.press(TaskSnoozeCb, Action.TASK_DO)
async def on_task_snooze(turn: Turn, data: TaskSnoozeCb) -> None:
    """Remind me again then."""
    at = turn.services.times.moment(turn.actor, choice(Quick, data.quick))
    task = await turn.services.marks.snooze(turn.actor, data.task_id, at)
    await turn.show(views.moved(task, turn.t) if task.due_at == at else views.snoozed(task, at, turn.t))
