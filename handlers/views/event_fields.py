"""How a change of the fields of a client, a lead or a task reads in its history."""

from collections.abc import Callable

from handlers.views.client_words import type_name
from handlers.views.task_events import task_deed
from handlers.views.words import source_name
from keyboards.client_forms import field_label as client_label
from keyboards.common import cut
from keyboards.leads import field_label as lead_label
from keyboards.tongue import Tongue
from services.dto.clients import ClientField, ClientType
from services.dto.common import EventLine
from services.dto.leads import LeadField
from services.understanding import phones


def subject_deed(event: EventLine, t: Tongue, longest: int) -> str | None:
    """What was done to a client or to a task, where that is told by what was done and not by the fields."""
    if "destroyed" in event.changes:
        return t("destroyed it for good")
    if "deleted" in event.changes:
        return t("put it into the bin") if event.changes["deleted"][1] else t("brought it back from the bin")
    if event.action == "client.create":
        return _made(event, t)
    if event.action == "client.merge":
        return _merge(event, t)
    if "consent" in event.changes:
        old, new = event.changes["consent"]
        taken = t("consent to text no. {number} taken back", number=old)
        return taken if new is None else t("consent to text no. {number}", number=new)
    if event.action == "client.hand_out":
        return t("handed out all that is kept")
    if event.action.startswith("task."):
        return task_deed(event, t, longest)
    return None


def named_change(event: EventLine, t: Tongue) -> str | None:
    """Tags, the company of a deal, and what a deal is called: what it was, and what it is."""
    if "tags" in event.changes:
        return tag_words(event, t)
    if "company" in event.changes:
        old, firm = event.changes["company"]
        if old and firm:
            return t("company “{old}” → “{new}”", old=old, new=firm)
        return t("company “{name}”", name=firm) if firm else t("took the company off: “{name}”", name=old)
    if "title" in event.changes:
        old, title = event.changes["title"]
        return t("title “{old}” → “{new}”", old=old, new=title) if old else t("title “{title}”", title=title)
    return None


def changed_fields(event: EventLine, t: Tongue) -> str:
    """Each field with what it was and what it is; where the history does not tell that, only its name."""
    told: list[str] = []
    names, changes = _names(t), {**event.changes}
    if event.firms:
        changes["company_id"] = [*event.firms]
    for field, (old, new) in changes.items():
        if field in names:
            told.append(_field(names[field], old, new, _reader(field, t)))
    return "; ".join(told)


def _field(name: str, old: object, new: object, read: Callable[[object], str]) -> str:
    if not {type(old), type(new)} <= {str, type(None)}:
        return name
    return f"{name}: {read(old)} → {read(new)}"


def _reader(field: str, t: Tongue) -> Callable[[object], str]:
    """From the value of a field to words."""

    def read(value: object) -> str:
        if value is None or value == "":
            return "—"
        if field == "client_type" and value in set(ClientType):
            return type_name(ClientType(str(value)), t)
        if field == "source":
            return source_name(str(value), t)
        if field == "phone":
            return cut(", ".join(phones.show(one) for one in str(value).split(", ")))
        return cut(str(value))

    return read


def _names(t: Tongue) -> dict[str, str]:
    leads = {field.value: lead_label(field, t) for field in LeadField}
    clients = {field.value: client_label(field, t) for field in ClientField}
    return leads | clients | {"email": t("e-mail"), "company_id": t("🏢 Employer")}


def _made(event: EventLine, t: Tongue) -> str:
    """From what a client has come into being."""
    if "lead" in event.changes:
        return t("created from lead #{id}", id=event.changes["lead"][1])
    if "deal" in event.changes:
        return t("created from deal #{id}", id=event.changes["deal"][1])
    firm = event.changes.get("company", [None, None])[1]
    return t("company “{name}”", name=firm) if firm else t("wrote the client down")


def _merge(event: EventLine, t: Tongue) -> str:
    """With whom; an erasure leaves no name."""
    parted = (event.changes.get("merged") or event.changes.get("merged_into") or [None, None])[1] is None
    name = next((one for one in event.changes.get("called", []) if one), None)
    if parted:
        return t("taken apart again: “{name}”", name=name) if name else t("taken apart again")
    return t("united with “{name}”", name=name) if name else t("united with another client")


def tag_words(event: EventLine, t: Tongue) -> str:
    """Which tags it has by what was done."""
    old, words = (
        ", ".join(map(str, names)) if isinstance(names, list) else "" for names in event.changes["tags"]
    )
    if old and words:
        return t("tags: {old} → {new}", old=old, new=words)
    if words:
        return t("tags: {names}", names=words)
    return t("took the tags off: {names}", names=old) if old else t("took the tags off")
