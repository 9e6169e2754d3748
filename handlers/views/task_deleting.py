"""How deleting a task looks, and what those read whom it was taken from."""

from handlers.screen import Screen
from handlers.views.tasks import text
from keyboards import task_deleting as keys
from keyboards.common import cut
from keyboards.tongue import Html, Tongue, join
from services.dto.task_hands import DroppedTask
from services.dto.tasks import TaskCard

SHORT = 300


def ask_drop(task: TaskCard, t: Tongue) -> Screen:
    """Delete it?"""
    asked = join([text(task, t), Html(""), t.html("<b>Delete this task?</b>")])
    return Screen(asked, keys.drop(task.id, t), subject=("task", task.id))


def dropped(one: DroppedTask, t: Tongue) -> Screen:
    """It is deleted; for a slip of the finger there is a way back."""
    lines = [t.html("🗑 <b>Deleted:</b> {text}", text=cut(one.task.text, SHORT))]
    if one.task.series is not None:
        lines.append(t.html("It does not come again."))
    return Screen(join(lines), keys.dropped(one, t))


def gone(task_id: int, words: str, by: str, news: object, t: Tongue) -> Screen:
    """Somebody has deleted a task of the reader's, given it to somebody else, or brought it back."""
    words = cut(words, SHORT)
    if news == "owner_id":
        told = t.html("🤝 {by} gave your task to somebody else: {text}", by=by, text=words)
    elif news is None:
        told = t.html("🗑 {by} deleted a task: {text}", by=by, text=words)
    else:
        told = t.html("↩️ {by} brought a task back: {text}", by=by, text=words)
        return Screen(told, keys.returned(task_id, t))
    return Screen(told, keys.gone(t))
