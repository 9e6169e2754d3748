"""What somebody hears of what a colleague has done with many deals, leads or clients at once."""

from collections.abc import Collection, Sequence
from typing import Any

from handlers.screen import Screen
from handlers.views.bulk import some
from keyboards import bulk as keys
from keyboards.tongue import Tongue, join
from services.dto.common import Ref
from services.dto.fields import FieldSubject

NEWS = (
    *(
        "given",
        "leads",
        "clients_given",
        "firms_given",
        "clients",
        "moved_tasks",
        "won",
        "lost",
        "awaits",
        "tasks",
        "gone",
        "taken",
        "back",
        "returned",
    ),
    *("leads_gone", "leads_taken", "leads_back", "leads_rejected", "leads_returned"),
    *("clients_gone", "clients_taken", "clients_back", "firms_gone", "firms_taken", "firms_back"),
)
"""What may concern somebody, in the order in which it is told."""


def news(params: dict[str, Any], deals: Sequence[Ref], t: Tongue) -> Screen:
    """What somebody has done with many deals, as far as it concerns the reader; some of them by name."""
    to = str(params.get("to", ""))
    count = {name: int(n) for name, n in params.items() if name not in ("by", "to", "deals") and n}
    told = [_piece(name, count[name], to, t) for name in NEWS if name in count]
    subject, by = _of_what(count), params["by"]
    titles = {
        FieldSubject.DEAL: t.html("📦 <b>{by}</b>, with many deals at once:", by=by),
        FieldSubject.LEAD: t.html("📦 <b>{by}</b>, with many leads at once:", by=by),
        FieldSubject.CONTACT: t.html("📦 <b>{by}</b>, with many clients at once:", by=by),
        FieldSubject.FIRM: t.html("📦 <b>{by}</b>, with many companies at once:", by=by),
    }
    lines = [titles[subject], *(t.html("• {words}", words=words) for words in told)]
    lines += some(deals, max(count.get("returned", 0), count.get("back", 0)), FieldSubject.DEAL, t)
    return Screen(join(lines), keys.news(subject, t))


def _of_what(count: Collection[str]) -> FieldSubject:
    """With what it was done; news of deals are called as they were before there were others."""
    called = {"leads": FieldSubject.LEAD, "clients": FieldSubject.CONTACT, "firms": FieldSubject.FIRM}
    others = [subject for name, subject in called.items() if any(one.startswith(f"{name}_") for one in count)]
    return next(iter(others), FieldSubject.LEAD if "leads" in count else FieldSubject.DEAL)


def handed_on(params: dict[str, Any], t: Tongue) -> Screen:
    """A lead or a deal of the reader's is with a colleague now."""
    told, subject = {name: params[name] for name in ("id", "to", "by")}, FieldSubject(params["subject"])
    if subject is FieldSubject.LEAD:
        text = t.html("🤝 Lead #{id} is with {to} now. Handed over by {by}.", **told)
    else:
        text = t.html("🤝 Deal #{id} is with {to} now. Handed over by {by}.", **told)
    return Screen(text, keys.news(subject, t))


def _piece(name: str, n: int, to: str, t: Tongue) -> str:
    return {
        "given": t.many("you get {n} deal", "you get {n} deals", n),
        "leads": t.many("you get {n} lead", "you get {n} leads", n),
        "leads_taken": t.many("{n} lead goes back", "{n} leads go back", n),
        "leads_back": t.many("{n} lead is yours again", "{n} leads are yours again", n),
        "leads_rejected": t.many("{n} of your leads is closed", "{n} of your leads are closed", n),
        "leads_returned": t.many("{n} of your leads is open again", "{n} of your leads are open again", n),
        "clients_given": t.many("you get {n} client", "you get {n} clients", n),
        "clients_gone": t.many(
            "{n} of your clients is with {to} now", "{n} of your clients are with {to} now", n, to=to
        ),
        "clients_taken": t.many("{n} client goes back", "{n} clients go back", n),
        "clients_back": t.many("{n} client is yours again", "{n} clients are yours again", n),
        "firms_given": t.many("you get {n} company", "you get {n} companies", n),
        "firms_gone": t.many(
            "{n} of your companies is with {to} now", "{n} of your companies are with {to} now", n, to=to
        ),
        "firms_taken": t.many("{n} company goes back", "{n} companies go back", n),
        "firms_back": t.many("{n} company is yours again", "{n} companies are yours again", n),
        "clients": t.many("{n} client with them", "{n} clients with them", n),
        "moved_tasks": t.many("{n} task with them", "{n} tasks with them", n),
        "won": t.many("{n} of your deals is won 🎉", "{n} of your deals are won 🎉", n),
        "lost": t.many("{n} of your deals is lost", "{n} of your deals are lost", n),
        "awaits": t.many("{n} deal awaits payment", "{n} deals await payment", n),
        "tasks": t.many("{n} task is set for you", "{n} tasks are set for you", n),
        "gone": t.many("{n} of your deals is with {to} now", "{n} of your deals are with {to} now", n, to=to),
        "leads_gone": t.many(
            "{n} of your leads is with {to} now", "{n} of your leads are with {to} now", n, to=to
        ),
        "taken": t.many("{n} deal goes back", "{n} deals go back", n),
        "back": t.many("{n} deal is yours again", "{n} deals are yours again", n),
        "returned": t.many("{n} of your deals is where it was", "{n} of your deals are where they were", n),
    }[name]
