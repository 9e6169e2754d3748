"""How tasks look that change hands together."""

from handlers.screen import Screen
from keyboards import task_handover as keys
from keyboards.common import cut
from keyboards.team_tasks import label
from keyboards.tongue import Html, Tongue, join
from services.dto.task_hands import Choosing, Heirs, TasksHandover

FEW = 8
"""So many tasks of each part are named; the rest are counted."""
SHORT = 60


def choosing(shown: Choosing, t: Tongue) -> Screen:
    """Which of their tasks?"""
    asked = join(
        [
            t.html("🤝 <b>Tasks of {name}</b>", name=shown.person.name),
            t.html("<b>Which shall others do?</b> Chosen: {n}", n=len(shown.chosen)),
        ]
    )
    labels = [label(line, shown.midnight, t) for line in shown.tasks]
    return Screen(asked, keys.choosing(shown, labels, t))


def heirs(shown: Heirs, t: Tongue) -> Screen:
    """To whom?"""
    asked = t.html("<b>Who shall do them?</b> Among several they are divided evenly.")
    if not shown.people:
        asked = t.html("There is nobody else to do them.")
    tasks = t.many("{n} task", "{n} tasks", shown.tasks)
    head = t.html("🤝 <b>{name}</b>: {tasks}", name=shown.person.name, tasks=tasks)
    return Screen(join([head, asked]), keys.heirs(shown, t))


def plan(shown: TasksHandover, t: Tongue) -> Screen:
    """What would go to whom?"""
    head = t.html("🤝 <b>From {name}</b>", name=shown.person.name)
    return Screen(join([head, *_parts(shown, t)]), keys.plan(shown, t))


def done(shown: TasksHandover, t: Tongue) -> Screen:
    """It went to them."""
    head = t.html("✅ <b>Handed over from {name}</b>", name=shown.person.name)
    return Screen(join([head, *_parts(shown, t)]), keys.done(shown, t))


def back(shown: TasksHandover, t: Tongue) -> Screen:
    """It came back."""
    tasks = t.many("{n} task", "{n} tasks", shown.count)
    told = t.html("↩️ {tasks} went back to <b>{name}</b>.", tasks=tasks, name=shown.person.name)
    return Screen(told, keys.done(shown, t))


def _parts(shown: TasksHandover, t: Tongue) -> list[Html]:
    lines = []
    for heir, tasks in shown.parts:
        count = t.many("{n} task", "{n} tasks", len(tasks))
        lines.append(t.html("👤 <b>{name}</b>: {tasks}", name=heir.name, tasks=count))
        lines += [t.html("· {text}", text=cut(line.text, SHORT)) for line in tasks[:FEW]]
        if len(tasks) > FEW:
            lines.append(Html(t.many("…and {n} more", "…and {n} more", len(tasks) - FEW)))
    return lines
