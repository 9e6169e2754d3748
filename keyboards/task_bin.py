"""Buttons of deleted tasks."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cut, home, rows
from keyboards.data import Id, Press
from keyboards.task_data import TaskPress
from keyboards.tongue import Tongue
from services.dto.bin import BinLine, TaskShelf

MARK = "📌"


class TaskBinCb(Press, prefix="tj"):
    """Deleted tasks, page by page."""

    page: Id = 0


class TaskBinnedCb(TaskPress, prefix="tjo"):
    """One of them."""


class TaskRestoreCb(TaskPress, prefix="tjr"):
    """Bring it back."""


def to_tasks(t: Tongue) -> InlineKeyboardButton:
    """The way to them."""
    return button(t("🗑 Deleted tasks"), TaskBinCb())


def binned(line: BinLine, t: Tongue) -> InlineKeyboardMarkup:
    """Under one of them, also in place of its card."""
    if not line.may_restore:
        return rows([home(t)])
    restore = button(t("↩️ Restore"), TaskRestoreCb(task_id=line.id), "primary")
    return rows([restore], [to_tasks(t), home(t)])


def shelf(shown: TaskShelf, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each, and the way on and back."""
    here = shown.page
    return rows(
        *[[button(f"{MARK} {cut(one.title)}", TaskBinnedCb(task_id=one.id))] for one in shown.items],
        [
            button(t("◀️ Newer"), TaskBinCb(page=here - 1)) if here else None,
            button(t("Older ▶️"), TaskBinCb(page=here + 1)) if shown.more else None,
        ],
        [home(t)],
    )
