"""Buttons of the board of tasks."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.board_data import BoardCb, BoardColumnCb
from keyboards.common import LABEL, button, grid, home, rows
from keyboards.task_data import TaskCb
from keyboards.task_labels import marks, placed
from keyboards.team_tasks import TeamTasksCb
from keyboards.tongue import Tongue
from services.dto.task_board import Board, BoardColumn, Column
from services.dto.task_lists import LateTask

LEAST = 24
"""So much of a task is named after however long a name."""


def board(shown: Board, labels: dict[Column, str], t: Tongue) -> InlineKeyboardMarkup:
    """One button for each column that holds any, and the further departments."""
    one = shown.department.id
    return rows(
        *grid(
            [
                button(
                    f"{label}: {shown.count(column)}", BoardColumnCb(department_id=one, column=column.value)
                )
                for column, label in labels.items()
                if shown.count(column)
            ]
        ),
        *grid([button(f"🏢 {other.name}", BoardCb(department_id=other.id)) for other in shown.others]),
        [button(t("👤 By person"), TeamTasksCb()), home(t)],
    )


def column(shown: BoardColumn, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each task: its card is where something is done about it."""
    one, here = shown.department.id, shown.column.value
    return rows(
        *[[button(_named(each), TaskCb(task_id=each.task.id))] for each in shown.tasks],
        [
            button("◀️", BoardColumnCb(department_id=one, column=here, page=shown.page - 1))
            if shown.page
            else None,
            button("▶️", BoardColumnCb(department_id=one, column=here, page=shown.page + 1))
            if shown.more
            else None,
        ],
        [button(t("◀️ Back"), BoardCb(department_id=one))],
    )


def _named(each: LateTask) -> str:
    head = f"{marks(each.task)}{each.assignee}: "
    return head + placed(each.task, max(LABEL - len(head), LEAST))
