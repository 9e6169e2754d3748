"""Buttons under a task about whoever does it: who was meant, and the deal that they do not see."""

from aiogram.types import InlineKeyboardButton

from keyboards.common import button
from keyboards.deal_data import DealCrewAddCb
from keyboards.task_data import TaskGiveCb
from keyboards.tongue import Tongue
from services.dto.common import Ref
from services.dto.tasks import TaskCard


def assign(task: TaskCard, meant: Ref, t: Tongue) -> InlineKeyboardButton:
    """The colleague with whose name it begins gets it."""
    give = TaskGiveCb(task_id=task.id, person_id=meant.id, version=task.version)
    return button(t("👤 Assign to {name}", name=meant.name), give, "primary")


def joining(task: TaskCard, t: Tongue) -> InlineKeyboardButton | None:
    """Whoever is to do it comes to work on its deal, too."""
    if task.joining is None or task.linked is None:
        return None
    who, deal = task.assignee, task.linked.link.id
    add = DealCrewAddCb(deal_id=deal, person_id=who.id, version=task.joining)
    return button(t("👥 Bring {name} into the deal", name=who.name), add)
