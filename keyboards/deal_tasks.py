"""Buttons of the tasks of a deal."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import LABEL, button, rows
from keyboards.deal_data import DealTasksCb
from keyboards.deals import deal_back
from keyboards.task_data import DealTaskCb, TaskCb
from keyboards.task_labels import marks, named
from keyboards.tongue import Tongue
from services.dto.task_lists import DealTask, DealTasks


def tasks(shown: DealTasks, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each task, and the way to set another."""
    one, page = shown.deal_id, shown.page
    return rows(
        *[[button(_label(row, t), TaskCb(task_id=row.task.id))] for row in shown.tasks],
        [
            button("◀️", DealTasksCb(deal_id=one, page=page - 1)) if page else None,
            button("▶️", DealTasksCb(deal_id=one, page=page + 1)) if shown.more else None,
        ],
        [button(t("➕ Task"), DealTaskCb(deal_id=one)) if shown.may_add else None],
        [deal_back(one, t)],
    )


def _label(row: DealTask, t: Tongue) -> str:
    head = f"{marks(row.task)}{'🔴' if row.task.overdue else t.when(row.task.due_at)} "
    return head + named(row.task, LABEL - len(head))
