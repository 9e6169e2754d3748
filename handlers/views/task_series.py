"""How the question looks how often a task comes."""

from handlers.screen import Screen
from handlers.views.tasks import text
from keyboards import task_series as keys
from keyboards.tongue import Html, Tongue, join
from services.dto.tasks import TaskCard


def ask_often(task: TaskCard, t: Tongue) -> Screen:
    """How often?"""
    asked = t.html("<b>How often shall it come?</b> Choose, or type it: <i>every Monday at 9</i>")
    lines = [text(task, t), Html(""), asked]
    if task.series is not None:
        lines.append(t.html("When this one is done, the next one is set by itself, never a second one."))
    return Screen(join(lines), keys.series(task, t), subject=("task", task.id))
