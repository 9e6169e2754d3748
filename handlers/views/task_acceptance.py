"""How acceptance looks, and what watchers are told."""

from handlers.screen import Screen
from handlers.views.tasks import text
from keyboards import task_acceptance as keys
from keyboards import tasks as task_keys
from keyboards.tongue import Html, Tongue, join
from services.dto.tasks import TaskCard


def ask_reason(task: TaskCard, t: Tongue) -> Screen:
    """Why is it not done?"""
    asked = t.html("<b>What is missing?</b> Write it, and the task goes back with it.")
    return Screen(join([text(task, t), Html(""), asked]), keys.reason_form(task.id, t))


def news(task: TaskCard, by: str, kind: str, now: object, t: Tongue) -> Screen:
    """Somebody has changed a task that the reader watches, or that waits for them."""
    told = join([_words(task, by, kind, now, t), text(task, t)])
    return Screen(told, task_keys.task_card(task, t), subject=("task", task.id))


def former(task: TaskCard, t: Tongue) -> Screen:
    """An older card: it says nothing that could become untrue."""
    lines = [t.html("<b>{text}</b>", text=task.text), t.html("⬇️ Its card is further down.")]
    return Screen(join(lines), keys.former(task.id, t))


def _words(task: TaskCard, by: str, kind: str, now: object, t: Tongue) -> Html:
    match kind:
        case "handed_in" if task.handed_in_at is None:
            return t.html("🔎 {by} had handed a task in", by=by)
        case "handed_in":
            return t.html("🔎 {by}: it is done. Do you accept it?", by=by)
        case "accepted":
            return t.html("✅ {by} accepted it", by=by)
        case "returned":
            return t.html("↩️ {by} returned it", by=by)
        case "done" if now:
            return t.html("👁 {by} has done a task", by=by)
        case "done":
            return t.html("👁 {by}: a task is not done after all", by=by)
        case "owner_id":
            return t.html("👁 {by} gave a task to somebody else", by=by)
        case "due_at":
            return t.html("👁 {by} moved a task", by=by)
    return t.html("👁 {by} changed a task", by=by)
