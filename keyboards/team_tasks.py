"""Buttons of others' tasks."""

from datetime import datetime

from aiogram.types import InlineKeyboardMarkup

from keyboards.board_data import BoardCb
from keyboards.common import LABEL, button, rows
from keyboards.data import Id, Press
from keyboards.task_data import TaskCb
from keyboards.task_handover import TasksChooseCb
from keyboards.task_labels import marks, placed
from keyboards.tasks import MyDayCb
from keyboards.tongue import Tongue
from services.dto.common import TaskLine
from services.dto.task_lists import TaskLoad, TasksOf, TeamTasksPage


class TeamTasksCb(Press, prefix="tkl"):
    """Who has how much to do?"""

    page: Id = 0


class TasksOfCb(Press, prefix="tku"):
    """The open tasks of somebody."""

    person_id: Id
    page: Id = 0


def people(shown: TeamTasksPage, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each person, with what they have to do."""
    return rows(
        *[
            [button(f"{load.name} · {counts(load)}", TasksOfCb(person_id=load.person_id))]
            for load in shown.loads
        ],
        [
            button("◀️", TeamTasksCb(page=shown.page - 1)) if shown.page else None,
            button("▶️", TeamTasksCb(page=shown.page + 1)) if shown.more else None,
        ],
        [button(t("🗂 Board"), BoardCb()), button(t("☀️ My day"), MyDayCb())],
    )


def of_person(shown: TasksOf, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each task; its card is where it is given to somebody else."""
    one = shown.load.person_id
    return rows(
        *[[button(label(line, shown.midnight, t), TaskCb(task_id=line.id))] for line in shown.tasks],
        [
            button("◀️", TasksOfCb(person_id=one, page=shown.page - 1)) if shown.page else None,
            button("▶️", TasksOfCb(person_id=one, page=shown.page + 1)) if shown.more else None,
        ],
        [button(t("🤝 Hand several over"), TasksChooseCb(person_id=one))] if shown.tasks else [],
        [button(t("◀️ Back"), TeamTasksCb()), button(t("☀️ My day"), MyDayCb())],
    )


def counts(load: TaskLoad) -> str:
    """What somebody has to do, in figures; what there is none of is left out."""
    marked = (("🔴", load.overdue), ("📌", load.today), ("🗓", load.later))
    return "  ".join(f"{mark} {count}" for mark, count in marked if count)


def label(line: TaskLine, midnight: datetime, t: Tongue, limit: int = LABEL) -> str:
    """A task of today or of another day on a button, with what it is for."""
    when = "🔴" if line.overdue else t.clock(line.due_at)
    if line.due_at >= midnight:
        when = t.when(line.due_at)
    head = f"{marks(line)}{when} "
    return f"{head}{placed(line, limit - len(head))}"
