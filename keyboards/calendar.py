"""A calendar of buttons: a month, and the hours of a day. Days and hours that are over cannot be pressed."""

from calendar import Calendar
from datetime import date

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, grid, rows
from keyboards.task_data import AtCb, HoursCb, MonthCb, StillCb, WhenCb
from keyboards.tongue import Tongue
from services.dto.tasks import Hours, Month
from services.task_times import to_minutes

HOURS_IN_ROW = 4


def month(shown: Month, t: Tongue, *, task_id: int, draft: int) -> InlineKeyboardMarkup:
    """The days of a month, in weeks as the reader's language begins them."""
    week = t.weekdays()
    weeks = Calendar(week[0][0]).monthdatescalendar(shown.first.year, shown.first.month)
    ahead = [days for days in weeks if days[-1] >= shown.today]

    def turn(number: int, label: str, *, there: bool) -> InlineKeyboardButton:
        return button(label, MonthCb(task_id=task_id, draft=draft, month=number)) if there else _still(" ")

    def day(one: date) -> InlineKeyboardButton:
        if one.month != shown.first.month or one < shown.today:
            return _still(" " if one.month != shown.first.month else "·")
        label = f"[{one.day}]" if one == shown.today else str(one.day)
        return button(label, HoursCb(task_id=task_id, draft=draft, day=one.toordinal()))

    return rows(
        [
            turn(shown.number - 1, "◀️", there=shown.has_earlier),
            _still(t.month(shown.first)),
            turn(shown.number + 1, "▶️", there=shown.has_later),
        ],
        [_still(name) for _, name in week],
        *[[day(one) for one in days] for days in ahead],
        [button(t("◀️ Back"), WhenCb(task_id=task_id, draft=draft))],
    )


def hours(shown: Hours, t: Tongue, *, task_id: int, draft: int) -> InlineKeyboardMarkup:
    """The hours of a day."""
    number = shown.day.year * 12 + shown.day.month - 1
    slots = [
        button(t.clock(at), AtCb(task_id=task_id, draft=draft, at=to_minutes(at))) if at else _still("·")
        for at in shown.slots
    ]
    return rows(
        *grid(slots, HOURS_IN_ROW),
        [button(t("◀️ Back"), MonthCb(task_id=task_id, draft=draft, month=number))],
    )


def _still(label: str) -> InlineKeyboardButton:
    return button(label, StillCb())
