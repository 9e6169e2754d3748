"""Tasks: cards, done and not, words, whose they are."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.task_items import ask_left
from handlers.turn import Turn
from handlers.views import task_deleting as deleting
from handlers.views import tasks as views
from keyboards.task_data import (
    TaskCb,
    TaskDoneCb,
    TaskDoneSureCb,
    TaskDropCb,
    TaskDropSureCb,
    TaskGiveCb,
    TaskHeirsCb,
    TaskNextCb,
    TaskReopenCb,
    TaskTextCb,
    TaskThenCb,
)
from keyboards.task_deleting import TaskUndropCb
from services.access import Action
from services.choices import choice
from services.dto.tasks import TaskCard
from services.errors import StaleError
from services.task_times import Quick
from services.tasks import OpenItemsError

TEXT = "task.text"

describe(
    {
        "task.not_found": "There is no such task, or it is not yours to see.",
        "task.done": "This task is done already.",
        "task.give_heads": "In your company only heads give tasks to others. The owner may change this.",
        "task.give_below": "You may give tasks to colleagues of your department who do not head it.",
        "task.followed": "The next step is set already.",
        "task.past": "This moment is over already. Please choose a later one.",
        "task.bad_time": "Nobody plans that far ahead. Please choose another moment.",
        "task.empty": "Please write what is to be done.",
        "task.too_long": "A task may have {limit} characters at most. Please shorten it.",
        "task.when_unclear": "I could not read a time in this. Like this: tomorrow at 15, in 2 hours.",
        "task.no_such_day": "There is no {day} in the calendar.",
        "task.only_time": "I expected only a time here. Like this: tomorrow at 15.",
        "task.draft_gone": (
            "This question is answered already: the task is saved, or was left. My day shows your tasks."
        ),
    }
)


@registry.card("task")
async def task_card(viewer: Viewer, task_id: int) -> Screen | None:
    """A task as one reader sees it; team chats have none."""
    if viewer.actor is None:
        return None
    return views.card(await viewer.services.tasks.card(viewer.actor, task_id), viewer.t)


@registry.press(TaskCb, Action.TASK_VIEW)
async def on_task(turn: Turn, data: TaskCb) -> None:
    """Open a task, or come back to it from a form."""
    await turn.form.close()
    await turn.show(views.card(await turn.services.tasks.card(turn.actor, data.task_id), turn.t))


@registry.press(TaskDoneCb, Action.TASK_DO)
async def on_task_done(turn: Turn, data: TaskDoneCb) -> None:
    """Done; for a deal or lead it is asked at once what comes next."""
    try:
        task = await turn.services.tasks.done(turn.actor, data.task_id)
    except OpenItemsError as lack:
        await ask_left(turn, data.task_id, lack.left)
    else:
        await _after(turn, task)


@registry.press(TaskDoneSureCb, Action.TASK_DO)
async def on_task_done_sure(turn: Turn, data: TaskDoneSureCb) -> None:
    """Done, whatever stands on its checklist."""
    await _after(turn, await turn.services.tasks.done(turn.actor, data.task_id, sure=True))


async def _after(turn: Turn, task: TaskCard) -> None:
    """One that repeats has its next step already."""
    if task.leads_on and task.series is None:
        await turn.show(views.next_step(task, turn.services.times.offered(turn.actor), turn.t))
    else:
        await turn.show(views.card(task, turn.t))


@registry.press(TaskThenCb, Action.TASK_CREATE)
async def on_task_then(turn: Turn, data: TaskThenCb) -> None:
    """What comes next, after it was done in a list?"""
    task = await turn.services.tasks.card(turn.actor, data.task_id)
    if task.done_at is None or not task.leads_on:
        raise StaleError
    await turn.show(views.next_step(task, turn.services.times.offered(turn.actor), turn.t))


@registry.press(TaskNextCb, Action.TASK_CREATE)
async def on_task_next(turn: Turn, data: TaskNextCb) -> None:
    """The same once more."""
    at = turn.services.times.moment(turn.actor, choice(Quick, data.quick))
    await turn.show(views.created(await turn.services.tasks.follow_up(turn.actor, data.task_id, at), turn.t))


@registry.press(TaskReopenCb, Action.TASK_DO)
async def on_task_reopen(turn: Turn, data: TaskReopenCb) -> None:
    """Not done after all."""
    await turn.show(views.card(await turn.services.tasks.reopen(turn.actor, data.task_id), turn.t))


@registry.press(TaskTextCb, Action.TASK_EDIT)
async def on_task_text(turn: Turn, data: TaskTextCb) -> None:
    """Which words?"""
    task = await turn.services.tasks.card(turn.actor, data.task_id)
    if Action.TASK_EDIT not in task.can:
        raise StaleError("task.done")
    await turn.form.close()
    await turn.form.wait(TEXT, back=["task", task.id])
    await turn.show(views.ask_text(task, turn.t))


@registry.step(TEXT, Action.TASK_EDIT)
async def got_task_text(turn: Turn, message: Message) -> None:
    """These."""
    task_id = int((await turn.form.data())["back"][1])
    task = await turn.services.tasks.rephrase(turn.actor, task_id, message.text or message.caption or "")
    await turn.form.close()
    await turn.show(views.card(task, turn.t))


@registry.press(TaskDropCb, Action.TASK_DELETE)
async def on_task_drop(turn: Turn, data: TaskDropCb) -> None:
    """Sure?"""
    await turn.show(deleting.ask_drop(await turn.services.tasks.card(turn.actor, data.task_id), turn.t))


@registry.press(TaskDropSureCb, Action.TASK_DELETE)
async def on_task_drop_sure(turn: Turn, data: TaskDropSureCb) -> None:
    """Deleted; in place of its card stands the way back."""
    dropped = await turn.services.task_deleting.drop(turn.actor, data.task_id)
    await turn.toast(turn.t("Deleted."))
    await turn.show(deleting.dropped(dropped, turn.t))


@registry.press(TaskUndropCb, Action.TASK_DELETE)
async def on_task_undrop(turn: Turn, data: TaskUndropCb) -> None:
    """It was a slip of the finger: the task is back."""
    task = await turn.services.task_deleting.bring_back(turn.actor, data.task_id, data.event_id)
    await turn.toast(turn.t("It is back."))
    await turn.show(views.card(task, turn.t))


@registry.press(TaskHeirsCb, Action.TASK_GIVE)
async def on_task_heirs(turn: Turn, data: TaskHeirsCb) -> None:
    """To whom?"""
    await turn.show(views.heirs(await turn.services.tasks.heirs(turn.actor, data.task_id, data.page), turn.t))


@registry.press(TaskGiveCb, Action.TASK_GIVE)
async def on_task_give(turn: Turn, data: TaskGiveCb) -> None:
    """To this colleague."""
    task = await turn.services.tasks.assign(turn.actor, data.task_id, data.person_id, data.version)
    await turn.show(views.card(task, turn.t))
