"""Buttons of reminders of tasks, and of how early they come."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.clients import ClientCallsCb
from keyboards.common import button, grid, rows
from keyboards.data import Press
from keyboards.deal_data import DealCallsCb
from keyboards.lead_data import LeadCallsCb
from keyboards.task_data import TaskAheadCb, TaskCb, TaskSnoozeCb, WhenCb
from keyboards.tasks import MyDayCb, back, done, opener, quick_label
from keyboards.tongue import Tongue
from services.dto.tasks import TaskCard
from services.task_times import Quick


def reminder(task: TaskCard, snoozes: Sequence[Quick], t: Tongue) -> InlineKeyboardMarkup:
    """Under a reminder: done, again later by one tap, another time, or the task itself."""
    later = [
        button(quick_label(quick, t), TaskSnoozeCb(task_id=task.id, quick=quick.value)) for quick in snoozes
    ]
    return rows(
        [done(task, t), button(t("📌 Open"), TaskCb(task_id=task.id))],
        *grid([*later, button(t("🕒 Other time"), WhenCb(task_id=task.id))]),
        [opener(task.linked, t), _call(task, t)],
    )


def aheads(task: TaskCard, offered: Sequence[int], t: Tongue) -> InlineKeyboardMarkup:
    """How long before it is due? The choice of now is marked."""
    choices = [
        button(
            f"{'✔️ ' if minutes == task.ahead else ''}{label}", TaskAheadCb(task_id=task.id, minutes=minutes)
        )
        for minutes in offered
        for label in [ahead_label(minutes, t)]
    ]
    return rows(*grid(choices), [back(task.id, t)])


def ahead_label(minutes: int, t: Tongue) -> str:
    """How early, in words."""
    words = {
        0: t("At the time only"),
        15: t("15 minutes before"),
        60: t("An hour before"),
        24 * 60: t("A day before"),
    }
    return words[minutes]


def missed(t: Tongue) -> InlineKeyboardMarkup:
    """Under a list of what was missed."""
    return rows([button(t("☀️ My day"), MyDayCb(), "primary")])


def _call(task: TaskCard, t: Tongue) -> InlineKeyboardButton | None:
    """How did the call end that the task was about?"""
    if task.linked is None or not task.calls:
        return None
    link = task.linked.link
    calls: dict[str, Press] = {
        "deal": DealCallsCb(deal_id=link.id),
        "lead": LeadCallsCb(lead_id=link.id),
        "contact": ClientCallsCb(kind="contact", client_id=link.id),
        "firm": ClientCallsCb(kind="firm", client_id=link.id),
    }
    return button(t("📞 Call outcome"), calls[link.subject])


def _chosen(minutes: int, task: TaskCard, t: Tongue) -> str:
    return f"{'✔️ ' if minutes == task.ahead else ''}{ahead_label(minutes, t)}"
