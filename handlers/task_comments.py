"""Comments on tasks: asked for by a button, and typed."""

from aiogram.types import Message

from handlers.registry import registry
from handlers.sent import sent_as
from handlers.turn import Turn
from handlers.views import tasks as views
from keyboards.task_data import TaskCommentCb
from services.access import Action

COMMENT = "task.comment"


@registry.press(TaskCommentCb, Action.TASK_COMMENT)
async def on_task_comment(turn: Turn, data: TaskCommentCb) -> None:
    """Which comment?"""
    task = await turn.services.tasks.card(turn.actor, data.task_id)
    await turn.form.close()
    await turn.form.wait(COMMENT, back=["task", task.id])
    await turn.show(views.ask_comment(task, turn.t))


@registry.step(COMMENT, Action.TASK_COMMENT)
async def got_task_comment(turn: Turn, message: Message) -> None:
    """This one."""
    task_id = int((await turn.form.data())["back"][1])
    said = message.text or message.caption or ""
    task = await turn.services.comments.add(turn.actor, task_id, said, sent_as(message))
    await turn.form.close()
    await turn.show(views.card(task, turn.t))
