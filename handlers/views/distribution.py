"""How it looks who gets the leads."""

from handlers.screen import Screen
from handlers.views.leads import text
from keyboards import distribution as keys
from keyboards import leads as lead_keys
from keyboards.common import cut
from keyboards.paging import leaf
from keyboards.tongue import Html, Tongue, join
from services.distribution.presence import Presence
from services.distribution.rules import Mode, Order
from services.distribution.settings import Setting
from services.dto.distribution import DistributionCard, TakerLine, Waiters
from services.dto.leads import LeadCard

NAMES = 600
"""So much is told of the pipelines for which it is set otherwise; each is marked on its button."""


def distribution(card: DistributionCard, t: Tongue, page: int = 0) -> Screen:
    """How a department gives out its leads."""
    shown = leaf([*card.people, *([] if card.pipeline else card.pipelines)], page).items
    lines = [
        _title(card, t),
        *_of_pipelines(card, t),
        _way(card, t),
        Html(""),
        *(_taker(one, t) for one in shown if isinstance(one, TakerLine)),
    ]
    if not card.people:
        lines.append(t.html("Nobody sells here yet."))
    if not card.open and card.rules.mode is not Mode.ALL:
        lines.append(t.html("⚪ Closed now: leads wait until it opens."))
    if card.waiting:
        lines.append(Html("📥 " + t.many("{n} free lead waits", "{n} free leads wait", card.waiting)))
    return Screen(join(lines), keys.distribution(card, t, page), subject=("distribution", card.department.id))


def ask_number(card: DistributionCard, setting: Setting, t: Tongue) -> Screen:
    """How many?"""
    lines = [_title(card, t)]
    if setting is Setting.MINUTES:
        lines.append(t.html("How many minutes does an offer hold? Choose or send a number."))
    else:
        lines.append(
            t.html("Whoever has so many leads in hand gets no more by turn. Choose or send a number.")
        )
    return Screen(join(lines), keys.ask_number(card, setting, t))


def taker(card: DistributionCard, one: TakerLine, t: Tongue) -> Screen:
    """Somebody's share."""
    lines = [
        _taker(one, t),
        t.html("How many leads for one of a colleague with ×1? With ×0 none come by turn."),
    ]
    return Screen(join(lines), keys.taker(card, one, t), subject=("distribution", card.department.id))


def assigned(lead: LeadCard, instead_of: str | None, t: Tongue) -> Screen:
    """It was your turn."""
    told = t.html("🎯 <b>For you</b>")
    if instead_of:
        told = t.html("🎯 <b>For you</b>, in place of {name}", name=instead_of)
    said = join([told, Html(""), text(lead, t)])
    return Screen(said, lead_keys.lead_card(lead, t), subject=("lead", lead.id))


def waiters(card: Waiters, t: Tongue) -> Screen:
    """To the head: nobody is free."""
    leads = t.many("{n} free lead waits", "{n} free leads wait", card.waiting)
    lines = [
        t.html("📥 <b>Nobody is free · {name}</b>", name=card.department.name),
        t.html("{leads}. Whoever comes on shift gets them in order.", leads=leads),
    ]
    return Screen(join(lines), keys.waiters(card, t))


def _title(card: DistributionCard, t: Tongue) -> Html:
    name = f"{card.department.name} · {card.pipeline.name}" if card.pipeline else card.department.name
    return t.html("🎯 <b>Distribution · {name}</b>", name=name)


def _of_pipelines(card: DistributionCard, t: Tongue) -> list[Html]:
    """Which leads it is about, where that is not plain."""
    if card.pipeline is not None:
        return [] if card.own else [t.html("Leads of this pipeline go as the department's others do.")]
    own = ", ".join(one.name for one, has in card.pipelines if has)
    return [t.html("Otherwise set for: {names}", names=cut(own, NAMES))] if own else []


def _way(card: DistributionCard, t: Tongue) -> Html:
    order = {
        Order.TURN: t("in turn, by weight"),
        Order.LEAST: t("to whoever has the fewest in hand"),
    }[card.rules.order]
    if card.rules.mode is Mode.ALL:
        return t.html("A new lead is shown to all, the first tap wins.")
    if card.rules.mode is Mode.OFFER:
        minutes = t.many("{n} minute", "{n} minutes", card.rules.minutes)
        return t.html(
            "A new lead is offered for {minutes}, then it goes on: {order}.", minutes=minutes, order=order
        )
    return t.html("A new lead is somebody's at once: {order}.", order=order)


def _taker(one: TakerLine, t: Tongue) -> Html:
    state = {
        Presence.HERE: t("on shift"),
        Presence.LUNCH: t("at lunch"),
        Presence.OFF: t("off shift"),
        Presence.QUIET: t("in quiet hours"),
        Presence.CLOSED: t("closed now"),
    }[one.presence]
    if one.presence is Presence.OFF and one.substitute:
        state = t("off shift, {name} stands in", name=one.substitute)
    mark = keys.MARKS[one.presence]
    return t.html(
        "{mark} {name} ×{weight} · {state} · in hand: {n}",
        mark=mark, name=one.name, weight=one.weight, state=state, n=one.load,
    )  # fmt: skip
