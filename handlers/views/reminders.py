"""How reminders of tasks look."""

from collections.abc import Sequence

from handlers.screen import Screen
from handlers.views.tasks import text
from keyboards import reminders as keys
from keyboards.common import cut
from keyboards.tongue import Html, Tongue, join
from services.dto.common import TaskLine
from services.dto.tasks import TaskCard
from services.task_times import Quick

MISSED = 10
"""So many missed tasks are listed; the rest are counted."""
SHORT = 120


def due(task: TaskCard, snoozes: Sequence[Quick], t: Tongue) -> Screen:
    """It is time."""
    return _reminder(t.html("⏰ <b>It is time</b>"), task, snoozes, t)


def ahead(task: TaskCard, snoozes: Sequence[Quick], t: Tongue) -> Screen:
    """It will be time soon."""
    return _reminder(t.html("🔔 <b>Coming up</b>"), task, snoozes, t)


def ask_ahead(task: TaskCard, offered: Sequence[int], t: Tongue) -> Screen:
    """How early?"""
    asked = join([text(task, t), Html(""), t.html("<b>When shall I remind you?</b>")])
    return Screen(asked, keys.aheads(task, offered, t), subject=("task", task.id))


def missed(tasks: tuple[TaskLine, ...], t: Tongue) -> Screen:
    """Several reminders that were late, in one message."""
    lines = [t.html("⏰ <b>While I was away</b>"), t.html("These tasks came due:")]
    lines += [
        t.html(
            "{mark} {when} · {text}",
            mark="🔴❗" if task.high else "🔴",
            when=t.when(task.due_at),
            text=cut(task.text, SHORT),
        )
        for task in tasks[:MISSED]
    ]
    if len(tasks) > MISSED:
        lines.append(Html(t.many("…and {n} more", "…and {n} more", len(tasks) - MISSED)))
    return Screen(join(lines), keys.missed(t))


def _reminder(told: Html, task: TaskCard, snoozes: Sequence[Quick], t: Tongue) -> Screen:
    said = join([told, text(task, t)])
    return Screen(said, keys.reminder(task, snoozes, t), subject=("task", task.id))
