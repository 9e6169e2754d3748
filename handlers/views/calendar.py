"""How the calendar looks."""

from handlers.screen import Screen
from keyboards import calendar as keys
from keyboards.common import cut
from keyboards.tongue import Html, Tongue, join
from services.dto.tasks import Hours, Month

DEED = 200
"""Longer words of a task are cut above its calendar."""


def month(shown: Month, deed: str, t: Tongue, *, task_id: int, draft: int) -> Screen:
    """Which day?"""
    asked = join([_deed(deed, t), t.html("📅 <b>Which day?</b>")])
    return Screen(asked, keys.month(shown, t, task_id=task_id, draft=draft))


def hours(shown: Hours, deed: str, t: Tongue, *, task_id: int, draft: int) -> Screen:
    """At what time?"""
    asked = t.html(
        "📅 <b>{day}</b>\nAt what time? Choose, or type it: <i>14:30</i>", day=t.full_day(shown.day)
    )
    return Screen(join([_deed(deed, t), asked]), keys.hours(shown, t, task_id=task_id, draft=draft))


def _deed(text: str, t: Tongue) -> Html:
    return t.html("📌 {text}", text=cut(text, DEED))
