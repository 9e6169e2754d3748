"""How it looks who works now."""

from handlers.screen import Screen
from keyboards import shifts as keys
from keyboards.tongue import Html, Tongue, join
from services.distribution.presence import Presence, Said, Shift
from services.dto.common import Ref
from services.dto.distribution import ShiftCard

MARKS = {
    Presence.HERE: "🟢",
    Presence.LUNCH: "🍽",
    Presence.OFF: "🌙",
    Presence.QUIET: "🔕",
    Presence.CLOSED: "⚪",
}


def shift(card: ShiftCard, t: Tongue) -> Screen:
    """Whether somebody works, until when, and who stands in for them."""
    whose = (
        t.html("🕘 <b>My shift</b>")
        if card.own
        else t.html("🕘 <b>Shift · {name}</b>", name=card.person.name)
    )
    lines = [whose, _state(card, t)]
    if card.substitute:
        lines.append(t.html("👤 Substitute while off: {name}", name=card.substitute.name))
    subject = ("shift", 0 if card.own else card.person.id)
    return Screen(join(lines), keys.shift(card, t), subject=subject)


def ask_day(card: ShiftCard, t: Tongue) -> Screen:
    """When are they back?"""
    told = t.html("🌴 On which day back at work? For example <code>25.11</code> or <code>tomorrow</code>.")
    return Screen(told, keys.ask_day(card, t))


def substitutes(card: ShiftCard, people: tuple[Ref, ...], t: Tongue) -> Screen:
    """Who gets the leads?"""
    told = t.html("👤 Who gets new leads in place of {name} while off?", name=card.person.name)
    if not people:
        told = t.html("There is no colleague in the department yet.")
    return Screen(told, keys.substitutes(card, people, t))


def away(said: Said, t: Tongue) -> Html:
    """In one's day: why no leads come."""
    if said.shift is Shift.OFF:
        if said.until:
            return t.html("🌙 You are off until {when}: no leads come to you", when=t.when(said.until))
        return t.html("🌙 You are off: no leads come to you")
    until = said.lunch_until
    return t.html("🍽 At lunch until {time}", time=t.clock(until)) if until else Html("")


def _state(card: ShiftCard, t: Tongue) -> Html:
    mark, until = MARKS[card.presence], card.until
    told = {
        Presence.HERE: t("On shift"),
        Presence.LUNCH: t("At lunch"),
        Presence.OFF: t("Off, no new leads"),
        Presence.QUIET: t("Quiet hours, no new leads"),
        Presence.CLOSED: t("The department is closed, no new leads"),
    }[card.presence]
    if until is None:
        return t.html("{mark} {state}", mark=mark, state=told)
    return t.html("{mark} {state} · until {when}", mark=mark, state=told, when=t.when(until))
