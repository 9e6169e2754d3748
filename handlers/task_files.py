"""The files of a task: listed, and sent by button; replies to its card are in `handlers.notes`."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.paging import show_page
from handlers.registry import registry
from handlers.sent import read_said
from handlers.turn import Turn
from handlers.views import task_files as views
from handlers.views import tasks as task_views
from keyboards.task_files import TaskFileAddCb, TaskFilesCb
from services.access import Action

FILE = "task.file"

describe({"task.no_file": "Please send a file, a picture or a voice message."})


@registry.press(TaskFilesCb, Action.TASK_VIEW)
async def on_task_files(turn: Turn, data: TaskFilesCb) -> None:
    """Its files, page by page."""
    task = await turn.services.tasks.card(turn.actor, data.task_id)
    found = await turn.services.files.of_task(turn.actor, data.task_id, data.after or None)
    await turn.form.close()
    await show_page(turn, views.files(task, found, turn.t), data)


@registry.press(TaskFileAddCb, Action.TASK_COMMENT)
async def on_task_file_add(turn: Turn, data: TaskFileAddCb) -> None:
    """Which file?"""
    task = await turn.services.tasks.card(turn.actor, data.task_id)
    await turn.form.close()
    await turn.form.wait(FILE, back=["task", task.id])
    await turn.show(views.ask_file(task, turn.t))


@registry.step(FILE, Action.TASK_COMMENT)
async def got_task_file(turn: Turn, message: Message) -> None:
    """This one."""
    task_id = int((await turn.form.data())["back"][1])
    await turn.services.task_files.keep(turn.actor, task_id, read_said(message))
    await turn.form.close()
    await turn.show(task_views.card(await turn.services.tasks.card(turn.actor, task_id), turn.t))
