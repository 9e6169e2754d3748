"""Buttons of deleting a task."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, home, rows
from keyboards.data import Id
from keyboards.task_bin import to_tasks
from keyboards.task_data import TaskCb, TaskDropSureCb, TaskPress
from keyboards.tasks import MyDayCb, back, opener
from keyboards.tongue import Tongue
from services.dto.task_hands import DroppedTask


class TaskUndropCb(TaskPress, prefix="tkz"):
    """Bring back what one has deleted by this event."""

    event_id: Id


def drop(task_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """Delete it?"""
    return rows([button(t("🗑 Yes, delete"), TaskDropSureCb(task_id=task_id), "danger"), back(task_id, t)])


def dropped(one: DroppedTask, t: Tongue) -> InlineKeyboardMarkup:
    """In place of a task that was deleted: the way back, and where it lay."""
    undo = TaskUndropCb(task_id=one.task.id, event_id=one.event)
    return rows(
        [button(t("↩️ Undo"), undo)],
        [opener(one.task.linked, t), to_tasks(t)],
        [button(t("☀️ My day"), MyDayCb()), home(t)],
    )


def gone(t: Tongue) -> InlineKeyboardMarkup:
    """Under the news that a task is somebody else's now, or nobody's."""
    return rows([button(t("☀️ My day"), MyDayCb())])


def returned(task_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """Under the news that a task is back."""
    return rows([button(t("📌 Open"), TaskCb(task_id=task_id))], [button(t("☀️ My day"), MyDayCb())])
