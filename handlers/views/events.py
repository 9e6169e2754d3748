"""How one event of a history reads."""

from handlers.views.words import outcome_name
from keyboards.tongue import Html, Tongue
from services.dto.common import EventLine, Sum

NOTE = 200
"""A longer note is cut in a line of a card."""


def event_line(event: EventLine, currency: str, t: Tongue) -> Html:
    """Who did what, when."""
    return t.html(
        "<i>{when}</i> {who}: {what}",
        when=t.when(event.at),
        who=event.actor or t("Sdelka"),
        what=_what(event, currency, t),
    )


def _what(event: EventLine, currency: str, t: Tongue) -> str:
    if "undone" in event.changes:
        return t("took back: {old} → {new}", old=_old(event, "stage"), new=_new(event, "stage"))
    if "stage" in event.changes:
        return t("{old} → {new}", old=_old(event, "stage"), new=_new(event, "stage"))
    if event.note is not None:
        return event.note if len(event.note) <= NOTE else event.note[: NOTE - 1] + "…"
    if "outcome" in event.changes:
        return t("call: {outcome}", outcome=outcome_name(str(_new(event, "outcome")), t))
    if event.owners:
        return t("gave to {name}", name=event.owners[-1] or t("nobody"))
    if "paid" in event.changes:
        return t("payment {amount}", amount=_money(_new(event, "paid"), currency, t))
    if "amount" in event.changes:
        return t("sum {amount}", amount=_money(_new(event, "amount"), currency, t))
    if "title" in event.changes:
        return t("title “{title}”", title=_new(event, "title"))
    return _deed(event.action, t)


def _deed(action: str, t: Tongue) -> str:
    deeds = {
        "deal.create": t("opened the deal"),
        "lead.create": t("registered the lead"),
        "lead.edit": t("changed the lead"),
        "lead.take": t("took the lead"),
        "lead.qualify": t("made a deal of it"),
        "lead.reject": t("rejected the lead"),
        "task.create": t("set a task"),
        "task.do": t("did a task"),
    }
    return deeds.get(action, t("changed something"))


def _old(event: EventLine, field: str) -> object:
    return event.changes[field][0]


def _new(event: EventLine, field: str) -> object:
    return event.changes[field][1]


def _money(value: object, currency: str, t: Tongue) -> str:
    return t.money(Sum(value, currency)) if isinstance(value, int) else t("none")
