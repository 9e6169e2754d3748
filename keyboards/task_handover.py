"""Buttons of tasks that change hands together."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import LABEL, button, cancel, grid, home, rows
from keyboards.data import Id, Press
from keyboards.task_data import TaskCb
from keyboards.task_labels import marks, placed
from keyboards.tasks import MyDayCb
from keyboards.tongue import Tongue
from services.dto.common import TaskLine
from services.dto.task_hands import Choosing, Heirs, TasksHandover

TICK = 3
"""So much of a label is taken by whether it is chosen."""


class HandoverPress(Press, prefix="-tg"):
    """A button on somebody's tasks."""

    person_id: Id


class TasksChooseCb(HandoverPress, prefix="tgp"):
    """Which of their tasks?"""

    page: Id = 0


class TaskChooseCb(HandoverPress, prefix="tgo"):
    """This one, or not after all."""

    task_id: Id
    page: Id


class TasksChooseAllCb(HandoverPress, prefix="tga"):
    """All of them (all), the overdue ones (late), or none (none)."""

    which: str


class TasksHeirsCb(HandoverPress, prefix="tgh"):
    """To whom?"""

    page: Id = 0


class TasksHeirCb(HandoverPress, prefix="tgi"):
    """To this colleague, too, or not after all."""

    heir_id: Id
    page: Id


class TasksPlanCb(HandoverPress, prefix="tgl"):
    """What would go to whom?"""


class TasksGiveCb(HandoverPress, prefix="tgg"):
    """Do it, unless the tasks have changed since the plan of this mark."""

    mark: Id


class TasksBackCb(HandoverPress, prefix="tgu"):
    """Take it back."""

    event_id: Id


def choosing(shown: Choosing, labels: list[str], t: Tongue) -> InlineKeyboardMarkup:
    """One line for each task, all of them by one tap, and the way on."""
    one = shown.person.id
    count = len(shown.chosen)
    return rows(
        [
            button(t("All"), TasksChooseAllCb(person_id=one, which="all")),
            button(t("Overdue"), TasksChooseAllCb(person_id=one, which="late")),
            button(t("None"), TasksChooseAllCb(person_id=one, which="none")),
        ],
        *[
            [
                button(
                    f"{'☑️' if line.id in shown.chosen else '◻️'} {label}",
                    TaskChooseCb(person_id=one, task_id=line.id, page=shown.page),
                )
            ]
            for line, label in zip(shown.tasks, labels, strict=True)
        ],
        [
            button("◀️", TasksChooseCb(person_id=one, page=shown.page - 1)) if shown.page else None,
            button("▶️", TasksChooseCb(person_id=one, page=shown.page + 1)) if shown.more else None,
        ],
        [
            cancel(t),
            button(t("To whom? ({n}) ▶️", n=count), TasksHeirsCb(person_id=one), "primary") if count else None,
        ],
    )


def heirs(shown: Heirs, t: Tongue) -> InlineKeyboardMarkup:
    """Colleagues, several if they like, and the way on."""
    one = shown.person.id
    people = [
        button(
            f"{'☑️' if person.id in shown.chosen else '◻️'} {person.name}",
            TasksHeirCb(person_id=one, heir_id=person.id, page=shown.page),
        )
        for person in shown.people
    ]
    return rows(
        *grid(people),
        [
            button("◀️", TasksHeirsCb(person_id=one, page=shown.page - 1)) if shown.page else None,
            button("▶️", TasksHeirsCb(person_id=one, page=shown.page + 1)) if shown.more else None,
        ],
        [
            button(t("◀️ Back"), TasksChooseCb(person_id=one)),
            button(t("Show the plan ▶️"), TasksPlanCb(person_id=one), "primary") if shown.chosen else None,
        ],
    )


def plan(shown: TasksHandover, t: Tongue) -> InlineKeyboardMarkup:
    """Do it?"""
    one, label = shown.person.id, t.many("🤝 Hand over {n} task", "🤝 Hand over {n} tasks", shown.count)
    along = t.many("👥 With {n} deal: work on it, too", "👥 With {n} deals: work on them, too", shown.joins)
    return rows(
        [button(along, TasksGiveCb(person_id=one, mark=shown.joining), "primary")] if shown.joins else [],
        [button(label, TasksGiveCb(person_id=one, mark=shown.mark), None if shown.joins else "primary")],
        [button(t("◀️ Back"), TasksHeirsCb(person_id=one)), cancel(t)],
    )


def done(shown: TasksHandover, t: Tongue) -> InlineKeyboardMarkup:
    """It is done; and back by one tap."""
    event = shown.event
    undo = button(t("↩️ Give them back"), TasksBackCb(person_id=shown.person.id, event_id=event or 0))
    return rows([undo if event else None, home(t)])


def told(tasks: Iterable[TaskLine], t: Tongue) -> InlineKeyboardMarkup:
    """One button for each task that somebody got."""
    return rows(
        *[
            [button(f"{marks(one)}{placed(one, LABEL - len(marks(one)))}", TaskCb(task_id=one.id))]
            for one in tasks
        ],
        [button(t("☀️ My day"), MyDayCb())],
    )
