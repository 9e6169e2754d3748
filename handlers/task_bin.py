"""Deleted tasks, found and brought back for thirty days."""

from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import task_bin as views
from handlers.views import tasks as task_views
from keyboards.task_bin import TaskBinCb, TaskBinnedCb, TaskRestoreCb
from services.access import Action


@registry.press(TaskBinCb, Action.TASK_DELETE)
async def on_task_bin(turn: Turn, data: TaskBinCb) -> None:
    """What may be brought back, page by page."""
    await turn.form.close()
    await turn.show(views.shelf(await turn.services.task_bin.page(turn.actor, data.page), turn.t))


@registry.press(TaskBinnedCb, Action.TASK_DELETE)
async def on_task_binned(turn: Turn, data: TaskBinnedCb) -> None:
    """Look at one of them."""
    await turn.show(views.binned(await turn.services.task_bin.line(turn.actor, data.task_id), turn.t))


@registry.press(TaskRestoreCb, Action.TASK_DELETE)
async def on_task_restore(turn: Turn, data: TaskRestoreCb) -> None:
    """Bring it back, and open its card."""
    task = await turn.services.task_bin.restore(turn.actor, data.task_id)
    await turn.toast(turn.t("It is back."))
    await turn.show(task_views.card(task, turn.t))
