"""How a change of a setting reads: of a person, a department, a pipeline, a field, a source, the company."""

from typing import Any

from handlers.views.news_events import news_deed
from handlers.views.setting_words import NOTHING, labels, read
from keyboards.people import role_label
from keyboards.tongue import Tongue
from services.access import Action, Role
from services.dto.common import EventLine

SETTINGS = frozenset({"person", "department", "pipeline", "field", "source", "company"})


def setting_deed(event: EventLine, currency: str, t: Tongue) -> str | None:
    """What was set: what it was, and what it is; None of anything else, and where nothing more is known."""
    if event.subject not in SETTINGS:
        return None
    told = _of_person(event, t) or _of_department(event, currency, t) or _made(event, t) or _gone(event, t)
    told = told or news_deed(event, t) or _fields(event, currency, t)
    return " · ".join([*_where(event, t), told]) if told else None


def _where(event: EventLine, t: Tongue) -> list[str]:
    """Of which stage it is told, or of leads of which pipeline."""
    if event.subject == "pipeline" and "stage" in event.changes:
        stage = event.names.get(f"stage:{_new(event, 'stage')}")
        return [t("stage “{name}”", name=stage) if stage else t("a stage that is gone")]
    if event.subject == "department" and "pipeline_id" in event.changes:
        pipeline = event.names.get(f"pipeline:{_new(event, 'pipeline_id')}", NOTHING)
        return [f"🧭 {pipeline}"]
    return []


def _of_person(event: EventLine, t: Tongue) -> str | None:
    """Who came, went, or gave work over."""
    if event.subject != "person":
        return None
    heirs = _named(event, _value(event, "heirs", 1) or [_value(event, "heir_id", 1)])
    match event.action:
        case Action.JOIN:
            return t("joined: {role}", role=role_label(Role(str(_new(event, "role"))), t))
        case Action.PEOPLE_REMOVE:
            gone = t("removed from the company")
            return t("{told}, the work went to {names}", told=gone, names=heirs) if heirs else gone
        case "people.hand_over":
            return t("the work went to {names}", names=heirs or NOTHING)
        case Action.DEAL_HAND_OVER:
            undone = "undone" in event.changes
            back = t("took the handing over back")
            return back if undone else t("the deals went to {names}", names=heirs or NOTHING)
        case Action.TASK_GIVE:
            given = _named(event, list(_value(event, "tasks_given", 0) or {}))
            back = t("took the handing over back")
            return t("tasks went to {names}", names=given) if given else back
        case "person.block":
            return t("blocked the bot")
        case "person.unblock":
            return t("let the bot write again")
    return None


def _of_department(event: EventLine, currency: str, t: Tongue) -> str | None:
    """A share of the leads, a plan."""
    if event.subject != "department":
        return None
    for field, (old, new) in event.changes.items():
        if field.startswith("weight:"):
            who = event.names.get(f"person:{field.partition(':')[2]}", NOTHING)
            return t("share of {name}: ×{old} → ×{new}", name=who, old=old, new=new)
    if "plan" in event.changes:
        old, new = (read("plan", one, event.names, currency, t) for one in event.changes["plan"])
        month, whose = _value(event, "of", 1) or ("", None)
        name = event.names.get(f"person:{whose}", "") if whose else ""
        plan = " ".join(part for part in (t("🎯 plan"), str(month)[:7], name) if part)
        return f"{plan}: {old} → {new}"
    return None


def _made(event: EventLine, t: Tongue) -> str | None:
    """What is new."""
    if event.action in _FIRST:
        return {
            "company.found": t("founded the company"),
            "company.owner_link": t("printed a link for the owner"),
            "company.set_up": t("finished the first start"),
        }[event.action]
    if "opened" in event.changes:
        return t("opened “{name}”", name=_new(event, "opened"))
    if "added" in event.changes:
        return t("new stage “{name}”", name=_new(event, "name"))
    if "name" in event.changes and event.changes["name"][0] is None:
        kind = read("kind", _value(event, "kind", 1), event.names, "", t) if "kind" in event.changes else ""
        made = t("made “{name}”", name=_new(event, "name"))
        return f"{made} · {kind}" if kind else made
    return None


_FIRST = frozenset({"company.found", "company.owner_link", "company.set_up"})


def _gone(event: EventLine, t: Tongue) -> str | None:
    """What is there no more, or out of use."""
    if "closed" in event.changes:
        return t("closed “{name}”", name=_new(event, "closed"))
    if event.subject == "field" and "dropped" in event.changes:
        return t("brought it back") if _new(event, "dropped") else t("deleted it")
    if "archived" in event.changes:
        told = t("put it out of use") if _new(event, "archived") else t("took it into use again")
    elif "dropped" in event.changes:
        told = t("deleted the stage “{name}”", name=_value(event, "name", 0))
    else:
        return None
    kind = "stage" if "dropped" in event.changes else "pipeline"
    heir = event.names.get(f"{kind}:{_value(event, 'heir', 1)}")
    return t("{told}, its deals went to “{name}”", told=told, name=heir) if heir else told


def _fields(event: EventLine, currency: str, t: Tongue) -> str:
    """Each setting with what it was and what it is."""
    known = labels(event.subject, t)
    return "; ".join(
        f"{known[field]}: " + " → ".join(read(field, one, event.names, currency, t) for one in pair)
        for field, pair in event.changes.items()
        if field in known and not (field == "pipeline_id" and event.subject == "department")
    )


def _named(event: EventLine, people: list[Any]) -> str:
    return ", ".join(event.names[f"person:{one}"] for one in people if f"person:{one}" in event.names)


def _value(event: EventLine, field: str, side: int) -> Any:
    return event.changes[field][side] if field in event.changes else None


def _new(event: EventLine, field: str) -> object:
    return event.changes[field][1]
