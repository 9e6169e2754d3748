"""Watchers of a task: oneself, and others."""

from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import task_watchers as views
from keyboards.task_watchers import TaskWatchCb, TaskWatchersCb, TaskWatchersMoreCb
from services.access import Action


@registry.press(TaskWatchersCb, Action.TASK_WATCH)
async def on_watchers(turn: Turn, data: TaskWatchersCb) -> None:
    """Who watches it?"""
    await turn.show(views.watchers(await turn.services.watchers.of(turn.actor, data.task_id), turn.t))


@registry.press(TaskWatchCb, Action.TASK_WATCH)
async def on_watch(turn: Turn, data: TaskWatchCb) -> None:
    """This one does, or no more."""
    person_id, watches = data.person_id or turn.actor.person_id, bool(data.on)
    shown = await turn.services.watchers.watch(turn.actor, data.task_id, person_id, watches=watches)
    await turn.show(views.watchers(shown, turn.t))


@registry.press(TaskWatchersMoreCb, Action.TASK_WATCH)
async def on_watchers_more(turn: Turn, data: TaskWatchersMoreCb) -> None:
    """Who could, too?"""
    shown = await turn.services.watchers.candidates(turn.actor, data.task_id, data.page)
    await turn.show(views.others(shown, turn.t))
