"""How tasks look that change hands together."""

from collections.abc import Sequence

from handlers.screen import Screen
from keyboards import task_deleting as day_keys
from keyboards import task_handover as keys
from keyboards.common import LABEL, cut
from keyboards.team_tasks import label
from keyboards.tongue import Html, Tongue, esc, join
from services.dto.common import TaskLine
from services.dto.task_hands import Choosing, Heirs, TasksHandover

FEW = 8
"""So many tasks of each part are named; the rest are counted."""
SHORT = 60
FIRST = 5
"""So many of the tasks that somebody got are named to them."""


def worded(line: TaskLine) -> str:
    """What is to be done, and for what."""
    text = cut(line.text, SHORT)
    return text if line.place is None else f"{text} · {cut(line.place)}"


def choosing(shown: Choosing, t: Tongue) -> Screen:
    """Which of their tasks?"""
    asked = join(
        [
            t.html("🤝 <b>Tasks of {name}</b>", name=shown.person.name),
            t.html("<b>Which shall others do?</b> Chosen: {n}", n=len(shown.chosen)),
        ]
    )
    labels = [label(line, shown.midnight, t, LABEL - keys.TICK) for line in shown.tasks]
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
    """What would go to whom, and who would not see what it is for?"""
    head = t.html("🤝 <b>From {name}</b>", name=shown.person.name)
    lines = [head, *_parts(shown, t), *_blind(shown, t)]
    if shown.joins:
        lines.append(t.html("<b>Shall they work on these deals, too?</b> One tap takes back both."))
    return Screen(join(lines), keys.plan(shown, t))


def done(shown: TasksHandover, t: Tongue) -> Screen:
    """It went to them."""
    head = t.html("✅ <b>Handed over from {name}</b>", name=shown.person.name)
    return Screen(join([head, *_parts(shown, t), *_blind(shown, t)]), keys.done(shown, t))


def back(shown: TasksHandover, t: Tongue) -> Screen:
    """It came back."""
    tasks = t.many("{n} task", "{n} tasks", shown.count)
    told = t.html("↩️ {tasks} went back to <b>{name}</b>.", tasks=tasks, name=shown.person.name)
    return Screen(told, keys.done(shown, t))


def told(tasks: Sequence[TaskLine], former: str | None, by: str, t: Tongue) -> Screen:
    """Told to whoever got tasks: which, from whom and by whom; `former` is None where they came back."""
    count = t.many("{n} task", "{n} tasks", len(tasks))
    if former is None:
        head = t.html("↩️ Yours again: {tasks}. By {by}.", tasks=count, by=by)
    else:
        head = t.html("🤝 {by} gave you {tasks} of <b>{name}</b>:", by=by, tasks=count, name=former)
    lines = [head, *(esc(f"· {t.when(one.due_at)} · {worded(one)}") for one in tasks[:FIRST])]
    if len(tasks) > FIRST:
        lines.append(Html(t.many("…and {n} more", "…and {n} more", len(tasks) - FIRST)))
    return Screen(join(lines), keys.told(tasks[:FIRST], t))


def gone(shown: TasksHandover, by: str, t: Tongue) -> Screen:
    """Told to whoever had tasks until now: which, by whom, and who has them."""
    count = t.many("{n} task", "{n} tasks", shown.count)
    head = t.html("🤝 {by} gave {tasks} of yours to others:", by=by, tasks=count)
    return Screen(join([head, *_parts(shown, t)]), day_keys.gone(t))


def _blind(shown: TasksHandover, t: Tongue) -> list[Html]:
    """What their new hands will miss."""
    said = t.html("🙈 Whoever gets it does not see its deal or lead: neither client nor phone.")
    return [said] if shown.blind else []


def _parts(shown: TasksHandover, t: Tongue) -> list[Html]:
    lines = []
    for heir, tasks in shown.parts:
        count = t.many("{n} task", "{n} tasks", len(tasks))
        lines.append(t.html("👤 <b>{name}</b>: {tasks}", name=heir.name, tasks=count))
        lines += [esc(f"{'🙈' if line.id in shown.blind else '·'} {worded(line)}") for line in tasks[:FEW]]
        if len(tasks) > FEW:
            lines.append(Html(t.many("…and {n} more", "…and {n} more", len(tasks) - FEW)))
    return lines
