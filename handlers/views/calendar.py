"""How the calendar looks."""

from handlers.screen import Screen
from keyboards import calendar as keys
from keyboards.tongue import Tongue
from services.dto.tasks import Hours, Month


def month(shown: Month, t: Tongue, *, task_id: int, draft: int) -> Screen:
    """Which day?"""
    return Screen(t.html("📅 <b>Which day?</b>"), keys.month(shown, t, task_id=task_id, draft=draft))


def hours(shown: Hours, t: Tongue, *, task_id: int, draft: int) -> Screen:
    """At what time?"""
    asked = t.html(
        "📅 <b>{day}</b>\nAt what time? Choose, or type it: <i>14:30</i>", day=t.full_day(shown.day)
    )
    return Screen(asked, keys.hours(shown, t, task_id=task_id, draft=draft))
