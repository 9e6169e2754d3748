"""Acceptance: asked for, given, or refused with a reason."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import task_acceptance as views
from handlers.views import tasks as task_views
from keyboards.task_acceptance import TaskAcceptCb, TaskChecksCb, TaskReturnCb
from services.access import Action
from services.errors import StaleError

REASON = "task.return"

describe(
    {
        "task.handed_in": "This task waits to be accepted.",
        "task.waits_not": "This task does not wait to be accepted any more.",
    }
)


@registry.press(TaskChecksCb, Action.TASK_ACCEPT)
async def on_task_checks(turn: Turn, data: TaskChecksCb) -> None:
    """To be accepted, or not."""
    task = await turn.services.acceptance.ask(turn.actor, data.task_id, checks=bool(data.checks))
    await turn.show(task_views.card(task, turn.t))


@registry.press(TaskAcceptCb, Action.TASK_ACCEPT)
async def on_task_accept(turn: Turn, data: TaskAcceptCb) -> None:
    """Done indeed."""
    await turn.show(task_views.card(await turn.services.acceptance.accept(turn.actor, data.task_id), turn.t))


@registry.press(TaskReturnCb, Action.TASK_ACCEPT)
async def on_task_return(turn: Turn, data: TaskReturnCb) -> None:
    """Why not?"""
    task = await turn.services.tasks.card(turn.actor, data.task_id)
    if task.handed_in_at is None or Action.TASK_ACCEPT not in task.can:
        raise StaleError("task.waits_not")
    await turn.form.close()
    await turn.form.wait(REASON, back=["task", task.id])
    await turn.show(views.ask_reason(task, turn.t))


@registry.step(REASON, Action.TASK_ACCEPT)
async def got_reason(turn: Turn, message: Message) -> None:
    """This is why."""
    task_id, reason = int((await turn.form.data())["back"][1]), message.text or message.caption or ""
    task = await turn.services.acceptance.give_back(turn.actor, task_id, reason)
    await turn.form.close()
    await turn.show(task_views.card(task, turn.t))
