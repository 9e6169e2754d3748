"""How the watchers of a task look."""

from handlers.screen import Screen
from keyboards import task_watchers as keys
from keyboards.tongue import Html, Tongue, join
from services.dto.task_hands import Watchers


def watchers(shown: Watchers, t: Tongue) -> Screen:
    """Who watches it."""
    return Screen(_text(shown, t), keys.watchers(shown, t), subject=("task", shown.task.id))


def others(shown: Watchers, t: Tongue) -> Screen:
    """Who could, too?"""
    asked = t.html("<b>Who shall watch it?</b> They will see the task and hear what becomes of it.")
    return Screen(join([_text(shown, t), asked]), keys.others(shown, t), subject=("task", shown.task.id))


def _text(shown: Watchers, t: Tongue) -> Html:
    lines = [t.html("📌 <b>{text}</b>", text=shown.task.text)]
    if shown.people:
        names = ", ".join(person.name for person in shown.people)
        lines.append(t.html("👁 Watched by: {names}", names=names))
    else:
        lines.append(t.html("👁 Nobody watches it."))
    return join(lines)
