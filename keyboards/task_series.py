"""Buttons of tasks that repeat."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, rows
from keyboards.task_data import TaskCb, TaskRepeatCb, TaskShiftCb, TaskSkipCb, TaskStopCb
from keyboards.tasks import task_card
from keyboards.tongue import Tongue
from services.dto.tasks import TaskCard
from services.task_times import Often


def series(task: TaskCard, t: Tongue) -> InlineKeyboardMarkup:
    """How often? And for one that repeats: not this time, no more, and what of days off."""
    series, one = task.series, {"task_id": task.id}
    labels = {
        Often.DAY: t("Every day"),
        Often.WORKDAY: t("Working days"),
        Often.WEEK: t("Every week"),
        Often.MONTH: t("Every month"),
    }
    shift = series is not None and series.shift
    days_off = t("📅 Days off: as they fall") if shift else t("📅 Days off: next working day")
    return rows(
        [
            button(t("⏭ Not this time"), TaskSkipCb(**one)),
            button(t("⏹ No more"), TaskStopCb(**one)),
        ]
        if series
        else [],
        [button(days_off, TaskShiftCb(**one, shift=int(not shift)))] if series else [],
        *grid([button(label, TaskRepeatCb(**one, often=often.value)) for often, label in labels.items()]),
        [button(t("◀️ Back"), TaskCb(**one)), cancel(t)],
    )


def or_every_other_day(task: TaskCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under the card of a task that was set for once: let it come every other day instead."""
    often = TaskRepeatCb(task_id=task.id, often=Often.OTHER_DAY.value)
    return rows([button(t("🔁 Every other day"), often)], *task_card(task, t).inline_keyboard)
