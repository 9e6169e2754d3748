"""How checklists look."""

from handlers.screen import Screen
from handlers.views.tasks import counter, text
from keyboards import task_items as keys
from keyboards.tongue import Html, Tongue, join
from services.dto.task_hands import ItemHeirs
from services.dto.tasks import Checklist, Item, TaskCard


def checklist(shown: Checklist, t: Tongue) -> Screen:
    """All items; a tap ticks one."""
    task = shown.task
    lines = [t.html("📌 <b>{text}</b>", text=task.text)]
    if shown.items:
        lines.append(Html(counter(task.items_done, task.items)))
    else:
        lines.append(t.html("There is nothing on its checklist yet."))
    return Screen(join(lines), keys.checklist(shown, t), subject=("checklist", task.id))


def item(shown: Checklist, one: Item, t: Tongue) -> Screen:
    """An item, to be changed."""
    lines = [t.html("📌 {text}", text=shown.task.text), t.html("<b>{text}</b>", text=one.text)]
    if one.assignee is not None:
        lines.append(t.html("👤 {name}", name=one.assignee.name))
    return Screen(join(lines), keys.item(shown.task, one, t))


def ask_items(shown: Checklist, t: Tongue) -> Screen:
    """What shall stand on it?"""
    asked = t.html("<b>What shall stand on the checklist?</b> One item on each line.")
    said = join([t.html("📌 {text}", text=shown.task.text), asked])
    return Screen(said, keys.ask_items(shown, t))


def ask_text(task: TaskCard, one: Item, t: Tongue) -> Screen:
    """Which words?"""
    lines = [t.html("📌 {text}", text=task.text), t.html("◻️ {text}", text=one.text)]
    return Screen(join([*lines, t.html("<b>What shall it say?</b>")]), keys.form(task.id, t))


def heirs(choice: ItemHeirs, t: Tongue) -> Screen:
    """Who?"""
    lines = [t.html("◻️ <b>{text}</b>", text=choice.item.name), t.html("<b>Who shall do it?</b>")]
    return Screen(join(lines), keys.heirs(choice, t))


def ask_left(task: TaskCard, left: int, t: Tongue) -> Screen:
    """Done with items that are open?"""
    open_ = t.many("{n} item of the checklist is open.", "{n} items of the checklist are open.", left)
    asked = [text(task, t), Html(""), t.html("⚠️ {open} <b>Close it all the same?</b>", open=open_)]
    return Screen(join(asked), keys.left(task.id, t), subject=("task", task.id))
