"""Buttons of watchers."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, grid, rows
from keyboards.data import Id
from keyboards.task_data import TaskCb, TaskPress
from keyboards.tongue import Tongue
from services.dto.task_hands import Watchers


class TaskWatchersCb(TaskPress, prefix="tv"):
    """Who watches it?"""


class TaskWatchCb(TaskPress, prefix="tvw"):
    """Somebody watches it (1) or no more (0); 0 stands for whoever presses."""

    person_id: Id
    on: Id


class TaskWatchersMoreCb(TaskPress, prefix="tvm"):
    """Who could, too?"""

    page: Id = 0


def watchers(shown: Watchers, t: Tongue) -> InlineKeyboardMarkup:
    """Oneself; and for whoever may, the others."""
    one = {"task_id": shown.task.id}
    own = t("🙈 Do not watch") if shown.watches else t("👁 Watch it")
    return rows(
        [button(own, TaskWatchCb(**one, person_id=0, on=int(not shown.watches)))],
        *grid(
            [
                button(f"✖️ {person.name}", TaskWatchCb(**one, person_id=person.id, on=0))
                for person in shown.people
                if shown.manages
            ]
        ),
        [
            button(t("◀️ Back"), TaskCb(**one)),
            button(t("➕ Colleague"), TaskWatchersMoreCb(**one)) if shown.manages else None,
        ],
    )


def others(shown: Watchers, t: Tongue) -> InlineKeyboardMarkup:
    """Colleagues who could watch it."""
    one = {"task_id": shown.task.id}
    people = [button(person.name, TaskWatchCb(**one, person_id=person.id, on=1)) for person in shown.others]
    more = TaskWatchersMoreCb(**one, page=shown.page + 1) if shown.more else None
    back = button(t("◀️ Back"), TaskWatchersCb(**one))
    return rows(*grid(people), [back, button(t("More ▶️"), more) if more else None])
