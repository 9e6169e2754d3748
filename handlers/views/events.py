"""How one event of a history reads."""

from handlers.views.chat_events import chat_deed
from handlers.views.doors import sign
from handlers.views.event_fields import changed_fields, named_change, subject_deed, tag_words
from handlers.views.event_money import money_deed, paid_up, priced
from handlers.views.fields import told
from handlers.views.setting_events import setting_deed
from handlers.views.task_events import rephrased
from handlers.views.words import file_words, outcome_name
from keyboards.tongue import Html, Tongue
from services.dto.common import EventLine, NoteLine
from services.history import FIELDS, MESSAGE
from services.understanding.units import within

NOTE = 200
"""A longer note is cut in a line of a card."""


def event_line(event: EventLine, currency: str, t: Tongue, *, whole: bool = False) -> Html:
    """Who did what, when; `whole`: with all that was said, after the sign of the door by which it came."""
    line = t.html(
        "<i>{when}</i> {who}: {what}",
        when=t.when(event.at),
        who=event.actor or t("Sdelka"),
        what=deed_words(event, currency, t, MESSAGE if whole else NOTE),
    )
    door = sign(event) if whole else ""
    return Html(f"{door} {line}") if door else line


def deed_words(event: EventLine, currency: str, t: Tongue, longest: int = NOTE) -> str:
    """What was done, with what happened to the tasks by it."""
    dropped, back = (len(_ids(event, "tasks", side)) for side in (0, 1))
    made = len(_ids(event, "robots", 1))
    parts = [
        _deed(event, currency, t, longest),
        _why(event, t, longest),
        paid_up(event, currency, t),
        priced(event, currency, t),
        _archive(event, t) or "" if "stage" in event.changes else "",
        _rule(event, t),
        *_filled(event, t),
        rephrased(event, t, longest) if {"owner_id", "text"} <= event.changes.keys() else "",
        t("the task to call is done") if "ticked" in event.changes else "",
        t.many("{n} task dropped", "{n} tasks dropped", dropped) if dropped else "",
        t.many("{n} task set", "{n} tasks set", made) if made else "",
        t.many("{n} task is back", "{n} tasks are back", back) if back else "",
    ]
    return " · ".join(part for part in parts if part)


def _deed(event: EventLine, currency: str, t: Tongue, longest: int) -> str:
    readers = (
        setting_deed(event, currency, t),
        _move(event, t),
        _archive(event, t),
        _begun(event, t),
        _said(event, t, longest),
        _lead(event, t),
        _field(event, t),
        chat_deed(event, t),
        subject_deed(event, t, longest),
        money_deed(event, currency, t),
    )
    found = next((words for words in readers if words is not None), None)
    if found is not None:
        return found
    if event.owners:
        return _given(event, t)
    if event.crew:
        gone, come = event.crew
        return t("brought in {name}", name=come) if come else t("let {name} go", name=gone or "")
    if event.erased:
        return t("changed what has been erased since")
    told = named_change(event, t) or changed_fields(event, t)
    # Several fields that were changed at once are told beside it.
    return told or ("" if event.action in _EDITS and "fields" in event.changes else _named(event.action, t))


def _given(event: EventLine, t: Tongue) -> str:
    """Whose it was, and whose it is."""
    old, name = (one or t("nobody") for one in event.owners)
    if "with_client" in event.changes:
        told = t("gave to {name}, and the client with it", name=name)
    else:
        told = t("gave to {name}", name=name)
    return t("{told} (from {old})", told=told, old=old) if event.owners[0] else told


def _move(event: EventLine, t: Tongue) -> str | None:
    if "stage" not in event.changes:
        return None
    old, new = _old(event, "stage"), _new(event, "stage")
    if event.changes.keys() >= {"stage", "pipeline"}:
        new = t("{pipeline}: {stage}", pipeline=_new(event, "pipeline"), stage=new)
    if "undone" in event.changes:
        return t("took back: {old} → {new}", old=old, new=new)
    return t("{old} → {new}", old=old, new=new)


def _begun(event: EventLine, t: Tongue) -> str | None:
    """A deal that has begun after a closed one."""
    if "begun" in event.changes:
        return t("by the rule a new deal has begun: #{id}", id=_new(event, "begun"))
    return t("begun by the rule, after #{id}", id=_new(event, "after")) if "after" in event.changes else None


def _why(event: EventLine, t: Tongue, longest: int) -> str:
    """What was said with a move."""
    return (
        " · ".join(note_words(note, t, longest) for note in event.notes) if "stage" in event.changes else ""
    )


def _rule(event: EventLine, t: Tongue) -> str:
    """The rule of the stage that has moved it."""
    if not {"stage", "rule"} <= event.changes.keys():
        return ""
    return {
        "paid": t("by the rule: paid in full"),
        "first_paid": t("by the rule: the first payment"),
        "answered": t("by the rule: the client was reached"),
        "silent": t("by the rule: the client is silent"),
    }.get(str(_new(event, "rule")), "")


def _archive(event: EventLine, t: Tongue) -> str | None:
    if "archived" not in event.changes:
        return None
    return t("put it into the archive") if _new(event, "archived") else t("took it out of the archive")


def _said(event: EventLine, t: Tongue, longest: int) -> str | None:
    if event.notes and "returned" not in event.changes:
        return " · ".join(note_words(note, t, longest) for note in event.notes)
    if event.was is not None:
        return t("edited a note; it said “{text}”", text=within(event.was, longest))
    if "outcome" in event.changes:
        return t("call: {outcome}", outcome=outcome_name(str(_new(event, "outcome")), t))
    return None


def note_words(note: NoteLine, t: Tongue, longest: int) -> str:
    """What was said or sent, and by whom first."""
    files = file_words(note.kind, note.files, t, note.name) if note.kind else ""
    source = [note.origin, t.when(note.origin_at) if note.origin_at else None]
    whose = f"↪️ {', '.join(part for part in source if part)}:" if note.origin else ""
    told = " ".join(part for part in (files, whose, within(note.text, longest)) if part)
    return t("{text} (edited)", text=told) if note.edited else told


def _lead(event: EventLine, t: Tongue) -> str | None:
    """What is told of a lead by what was done, whatever has changed by it."""
    if event.action in ("lead.create", "lead.take", "lead.qualify"):
        marks = _new(event, "utm") if "utm" in event.changes else None
        told = [_named(event.action, t), *(marks.values() if isinstance(marks, dict) else ())]
        told += [tag_words(event, t)] if "tags" in event.changes else []
        told += [within(event.request, MESSAGE)] if event.request else []
        return " · ".join(map(str, told))
    if event.action == "lead.reject" and "reject_reason" in event.changes:
        rejected = _new(event, "reject_reason") is not None
        return t("rejected the lead") if rejected else t("took the lead up again")
    if event.action == "lead.pass_on":
        return t("no answer in time, passed on to {name}", name=event.owners[-1] or t("nobody"))
    if event.action == "lead.assign":
        return t("it was the turn of {name}", name=event.owners[-1] or t("nobody"))
    if event.action in _OFFERS:
        return _offer(event, t)
    if event.action == "lead.queue":
        return t("told the head that nobody is free")
    if event.action == "lead.alarm":
        return t("told the head that nobody answers")
    if event.action == "lead.hand_over" and "undone" in event.changes:
        return t("took the handing over back")
    if event.action == "lead.hand_over" and event.owners and _new(event, "owner_id") is None:
        return t("left it to the department")
    return None


_EDITS = ("lead.edit", "client.edit", "deal.edit")
_OFFERS = ("lead.offer", "lead.pass", "lead.run_out", "lead.offer_longer")


def _offer(event: EventLine, t: Tongue) -> str:
    return {
        "lead.offer": t("offered the lead"),
        "lead.pass": t("let the offer pass"),
        "lead.run_out": t("the offer has run out"),
        "lead.offer_longer": t("the offer holds longer, after an outage"),
    }[event.action]


def _field(event: EventLine, t: Tongue) -> str | None:
    """What a field of the company's own said, and says now."""
    if not {"field", "value"} <= event.changes.keys():
        return None
    name, kind = _new(event, "field"), _new(event, "kind")
    old, new = (told(kind, value, t) for value in event.changes["value"])
    return t("{name}: {old} → {new}", name=name, old=old, new=new)


def _filled(event: EventLine, t: Tongue) -> list[str]:
    """The fields that were filled on the way, or copied."""
    found = _new(event, "fields") if "fields" in event.changes else []
    lines = found if isinstance(found, list) else []
    shown = [
        t("{name}: {value}", name=name, value=told(kind, new, t)) for name, kind, _, new in lines[:FIELDS]
    ]
    return [*shown, t("and {n} more", n=len(lines) - FIELDS)] if len(lines) > FIELDS else shown


def _named(action: str, t: Tongue) -> str:
    deeds = {
        "deal.create": t("opened the deal"),
        "deal.topic": t("opened a topic"),
        "deal.follow_up": t("set a task to call the client"),
        "lead.follow_up": t("set a task to call the client"),
        "lead.task": t("set a task to call the client"),
        "import.run": t("brought it in"),
        "lead.create": t("registered the lead"),
        "lead.edit": t("changed the lead"),
        "lead.take": t("took the lead"),
        "lead.qualify": t("made a deal of it"),
        "task.create": t("set a task"),
        "task.do": t("did a task"),
        "task.delete": "",  # What happened to the tasks is told beside it.
    }
    return deeds.get(action, t("changed something"))


def _ids(event: EventLine, field: str, side: int) -> list[object]:
    """The tasks that an ending dropped (0) or that came back by its undoing (1), or that a stage has set."""
    ids = event.changes[field][side] if field in event.changes else []
    return ids if isinstance(ids, list) else []


def _old(event: EventLine, field: str) -> object:
    return event.changes[field][0]


def _new(event: EventLine, field: str) -> object:
    return event.changes[field][1]
