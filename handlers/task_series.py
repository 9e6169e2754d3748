"""Tasks that repeat: how often, not this time, no more."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import task_series as views
from handlers.views import tasks as task_views
from keyboards.task_data import TaskRepeatCb, TaskSeriesCb, TaskShiftCb, TaskSkipCb, TaskStopCb
from services.access import Action
from services.choices import choice
from services.errors import AppError, StaleError
from services.task_times import EVERY_OTHER_DAY, Often

RULE = "task.rule"

describe(
    {
        "task.rule_unclear": "I could not read how often. Like this: every Monday at 9.",
        "task.repeats_not": "This task does not repeat any more.",
        "task.next_open": "The next time is open already, and somebody has changed it.",
    }
)


@registry.press(TaskSeriesCb, Action.TASK_EDIT)
async def on_task_series(turn: Turn, data: TaskSeriesCb) -> None:
    """How often?"""
    task = await turn.services.tasks.card(turn.actor, data.task_id)
    if Action.TASK_EDIT not in task.can:
        raise StaleError("task.done")
    await turn.form.close()
    await turn.form.wait(RULE, back=["task", task.id])
    await turn.show(views.ask_often(task, turn.t))


@registry.step(RULE, Action.TASK_EDIT)
async def got_rule(turn: Turn, message: Message) -> None:
    """So often."""
    task_id = int((await turn.form.data())["back"][1])
    said = turn.services.times.understand(turn.actor, message.text or "")
    rule = EVERY_OTHER_DAY if said.or_every_other else said.rule
    if rule is None or said.at is None or said.text:
        raise AppError("task.rule_unclear")
    task = await turn.services.series.repeat(turn.actor, task_id, rule, said.at)
    await turn.form.close()
    await turn.show(task_views.card(task, turn.t))


@registry.press(TaskRepeatCb, Action.TASK_EDIT)
async def on_task_repeat(turn: Turn, data: TaskRepeatCb) -> None:
    """So often, by when it is due."""
    task = await turn.services.tasks.card(turn.actor, data.task_id)
    rule, at = turn.services.times.often(turn.actor, choice(Often, data.often), task.due_at)
    task = await turn.services.series.repeat(turn.actor, task.id, rule, at)
    await turn.form.close()
    await turn.show(task_views.card(task, turn.t))


@registry.press(TaskShiftCb, Action.TASK_EDIT)
async def on_task_shift(turn: Turn, data: TaskShiftCb) -> None:
    """On days off, or not."""
    task = await turn.services.series.shift(turn.actor, data.task_id, shift=bool(data.shift))
    await turn.show(views.ask_often(task, turn.t))


@registry.press(TaskSkipCb, Action.TASK_DO)
async def on_task_skip(turn: Turn, data: TaskSkipCb) -> None:
    """Not this time; the card is the next one's from now on."""
    task = await turn.services.series.skip(turn.actor, data.task_id)
    await turn.form.close()
    await turn.show(task_views.skipped(task, turn.t))


@registry.press(TaskStopCb, Action.TASK_EDIT)
async def on_task_stop(turn: Turn, data: TaskStopCb) -> None:
    """No more."""
    task = await turn.services.series.stop(turn.actor, data.task_id)
    await turn.form.close()
    await turn.show(task_views.card(task, turn.t))
