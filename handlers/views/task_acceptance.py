"""How acceptance looks, and what watchers are told."""

from datetime import datetime

from handlers.screen import Screen
from handlers.views.recurrences import rule_words
from handlers.views.tasks import text
from keyboards import task_acceptance as keys
from keyboards import tasks as task_keys
from keyboards.tongue import Html, Tongue, join
from services.dto.tasks import TaskCard
from services.understanding.recurrence import Recurrence


def ask_reason(task: TaskCard, t: Tongue) -> Screen:
    """Why is it not done? The question stays when it is answered: it does not say how the task stands."""
    asked = t.html("<b>What is missing?</b> Write it, and the task goes back with it.")
    return Screen(join([t.html("📌 {text}", text=task.text), asked]), keys.reason_form(task.id, t))


WasNow = tuple[object, object]
"""What a field said before, and says now."""


def news(task: TaskCard, by: str, kind: str, was_now: WasNow, t: Tongue) -> Screen:
    """Somebody has changed a task that the reader watches, has set, or that waits for them."""
    told = join([_words(task, by, kind, was_now, t), text(task, t)])
    return Screen(told, task_keys.task_card(task, t), subject=("task", task.id))


def former(task: TaskCard, t: Tongue) -> Screen:
    """An older card: it says nothing that could become untrue."""
    lines = [t.html("<b>{text}</b>", text=task.text), t.html("⬇️ Its card is further down.")]
    return Screen(join(lines), keys.former(task.id, t))


def _words(task: TaskCard, by: str, kind: str, was_now: WasNow, t: Tongue) -> Html:
    now, said = was_now[1], _fields(task, by, kind, was_now, t)
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
            return t.html("✅ {by} has done a task", by=by)
        case "done":
            return t.html("👁 {by}: a task is not done after all", by=by)
        case "watcher_id":
            return t.html("👁 {by} wants you to watch a task", by=by)
        case "owner_id":
            return t.html("👁 {by} gave a task to somebody else", by=by)
    return t.html("👁 {by} changed a task", by=by) if said is None else said


def _rule(task: TaskCard, rule: object, t: Tongue) -> str:
    return rule_words(Recurrence.of(rule), task.due_at.date(), t) if isinstance(rule, dict) else t("once")


def _fields(task: TaskCard, by: str, kind: str, was_now: WasNow, t: Tongue) -> Html | None:
    """What it says now, and before as far as that is kept: the words are not."""
    was, now = was_now
    match kind:
        case "due_at" if was is not None and now is not None:
            old, new = (t.when(datetime.fromisoformat(str(at))) for at in was_now)
            return t.html("👁 {by} moved a task: {old} → {new}", by=by, old=old, new=new)
        case "due_at":
            return t.html("👁 {by} moved a task", by=by)
        case "rule":
            old, new = (_rule(task, rule, t) for rule in was_now)
            return t.html("👁 {by} changed how often a task comes: {old} → {new}", by=by, old=old, new=new)
        case "text":
            return t.html("👁 {by} changed the words of a task; now it says:", by=by)
        case "high" if now:
            return t.html("👁 {by} marked a task as important", by=by)
        case "high":
            return t.html("👁 {by}: a task is not important any more", by=by)
    return None
