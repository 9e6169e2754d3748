"""Buttons of acceptance."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cancel, rows
from keyboards.data import Id
from keyboards.task_data import TaskCb, TaskPress, TaskReopenCb
from keyboards.tongue import Tongue
from services.access import Action
from services.dto.tasks import TaskCard


class TaskChecksCb(TaskPress, prefix="tq"):
    """It has to be accepted (1) or not (0)."""

    checks: Id


class TaskAcceptCb(TaskPress, prefix="tqa"):
    """It is done indeed."""


class TaskReturnCb(TaskPress, prefix="tqr"):
    """It is not: ask why."""


def decision(task: TaskCard, t: Tongue) -> list[InlineKeyboardButton | None]:
    """While it waits: accept it or not; for whoever did it, the way back."""
    if Action.TASK_ACCEPT in task.can:
        return [
            button(t("✅ Accept"), TaskAcceptCb(task_id=task.id), "success"),
            button(t("↩️ Return"), TaskReturnCb(task_id=task.id)),
        ]
    if Action.TASK_DO in task.can:
        return [button(t("↩️ Not done yet"), TaskReopenCb(task_id=task.id))]
    return []


def checks(task: TaskCard, t: Tongue) -> InlineKeyboardButton:
    """Whether its author accepts it."""
    label = t("🔎 Without acceptance") if task.checks else t("🔎 I will accept it")
    return button(label, TaskChecksCb(task_id=task.id, checks=int(not task.checks)))


def former(task_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """Under an older card: the task as it stands now."""
    return rows([button(t("📌 Open"), TaskCb(task_id=task_id))])


def reason_form(task_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """While the reason is being typed."""
    return rows([button(t("◀️ Back"), TaskCb(task_id=task_id)), cancel(t)])
