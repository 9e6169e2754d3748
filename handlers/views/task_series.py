"""How the question looks how often a task comes."""

from dataclasses import replace

from handlers.screen import Screen
from handlers.views.tasks import text
from keyboards import task_series as keys
from keyboards.tongue import Html, Tongue, join
from services.access import Action
from services.dto.tasks import TaskCard


def ask_often(task: TaskCard, t: Tongue) -> Screen:
    """How often?"""
    asked = t.html("<b>How often shall it come?</b> Choose, or type it: <i>every Monday at 9</i>")
    lines = [text(task, t), Html(""), asked]
    if task.series is not None:
        lines.append(t.html("When this one is done, the next one is set by itself, never a second one."))
    return Screen(join(lines), keys.series(task, t), subject=("task", task.id))


def or_every_other_day(shown: Screen, task: TaskCard, t: Tongue) -> Screen:
    """The card of a task that was set for once, where its words may as well say every other day."""
    if task.series is not None or Action.TASK_EDIT not in task.can:
        return shown
    asked = t.html(
        "🤔 Understood as once, {when}. Or is it every other day from then on?", when=t.when(task.due_at)
    )
    return replace(shown, text=join([asked, shown.text]), keyboard=keys.or_every_other_day(task, t))
