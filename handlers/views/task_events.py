"""How what was done to a task reads in its history."""

from datetime import date, datetime

from handlers.views.recurrences import rule_words
from keyboards.tongue import Tongue
from services.dto.common import EventLine
from services.understanding.recurrence import Recurrence
from services.understanding.units import within


def task_deed(event: EventLine, t: Tongue, longest: int) -> str | None:
    """The deed, by what it has changed; who was given it is told as of anything that is given."""
    if event.owners and "due_at" not in event.changes:
        return None
    if "skipped" in event.changes:
        return t("left one time out")
    if found := _acceptance(event, t):
        return found
    if "done" in event.changes:
        return t("did it") if event.changes["done"][1] else t("not done after all")
    if "rule" in event.changes:
        return _rule(event, t)
    if "due_at" in event.changes:
        return _due(event, t)
    fields = {
        "text": rephrased(event, t, longest),
        "ahead": t("changed the reminder"),
        "remind_at": t("put the reminder off"),
        "high": t("marked it as important") if _new(event, "high") else t("not important any more"),
        "personal": t("hid it from others") if _new(event, "personal") else t("showed it to others"),
        "shift": t("changed what becomes of days off"),
        "missed": t("its next time has come, and it is still open"),
        "items": t("changed the checklist"),
        "item_text": t("changed the checklist"),
        "item": t("ticked an item") if _new(event, "item") else t("took a tick back"),
        "helper_id": _helper(event, t),
        "watcher_id": _watcher(event, t),
        "checks": t("wants to accept it") if _new(event, "checks") else t("does not need to accept it"),
    }
    return next((words for field, words in fields.items() if field in event.changes), None)


def rephrased(event: EventLine, t: Tongue, longest: int) -> str:
    """What it said, and what it says; not for readers who may not know it, nor after an erasure."""
    old, new = event.changes.get("text", [None, None])
    if not (isinstance(old, str) and isinstance(new, str)):
        return t("changed the words")
    return t("changed the words: “{old}” → “{new}”", old=within(old, longest), new=within(new, longest))


def _acceptance(event: EventLine, t: Tongue) -> str | None:
    deeds = {
        "handed_in": t("handed it in"),
        "accepted": t("accepted it"),
        "returned": t("returned it: {why}", why=" ".join(note.text for note in event.notes)),
    }
    return next((words for field, words in deeds.items() if field in event.changes), None)


def _rule(event: EventLine, t: Tongue) -> str:
    kept = _new(event, "rule")
    if not isinstance(kept, dict):
        return t("let it repeat no more")
    return t("lets it repeat: {rule}", rule=rule_words(Recurrence.of(kept), _anchor(event), t))


def _anchor(event: EventLine) -> date:
    due = event.changes.get("due_at", [None, None])[1]
    return datetime.fromisoformat(str(due)).date() if due else event.at.date()


def _due(event: EventLine, t: Tongue) -> str:
    old, new = event.changes["due_at"]
    if new is None:
        return t("deleted the task")
    when = t.when(datetime.fromisoformat(str(new)))
    if event.action == "task.create":
        return t("set it for {when}", when=when)
    if old is None:
        return t("the task is back, for {when}", when=when)
    before = t.when(datetime.fromisoformat(str(old)))
    return t("moved it from {before} to {when}", before=before, when=when)


def _watcher(event: EventLine, t: Tongue) -> str:
    was, now = event.hands or (None, None)
    if now is not None:
        return t("{name} watches it now", name=now)
    return t("{name} watches it no more", name=was) if was is not None else t("changed who watches it")


def _helper(event: EventLine, t: Tongue) -> str:
    was, now = event.hands or (None, None)
    if now is not None:
        return t("gave an item to {name}", name=now)
    return t("took an item from {name}", name=was) if was is not None else t("gave an item to somebody")


def _new(event: EventLine, field: str) -> object:
    return event.changes.get(field, [None, None])[1]
