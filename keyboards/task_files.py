"""Buttons of a task's files."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, cancel, rows
from keyboards.data import Id
from keyboards.notes import FileCb, file_label
from keyboards.task_data import TaskCb, TaskPress
from keyboards.tongue import Tongue
from services.access import Action
from services.dto.talk import FileList


class TaskFilesCb(TaskPress, prefix="tf"):
    """The files of a task, after a key (0: from the start)."""

    after: Id = 0


class TaskFileAddCb(TaskPress, prefix="tfa"):
    """Ask for a file."""


def files(found: FileList, can: frozenset[Action], t: Tongue) -> InlineKeyboardMarkup:
    """One button for each file, and the way to add one."""
    one, after = {"task_id": found.id}, found.files.next_after
    return rows(
        *[[button(file_label(line, t), FileCb(file_id=line.id))] for line in found.files.items],
        [
            button(t("➕ File"), TaskFileAddCb(**one)) if Action.TASK_COMMENT in can else None,
            button(t("Older ▶️"), TaskFilesCb(**one, after=after)) if after else None,
        ],
        [button(t("◀️ Back"), TaskCb(**one))],
    )


def form(task_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """While a file is waited for."""
    return rows([button(t("◀️ Back"), TaskCb(task_id=task_id)), cancel(t)])
