"""How it looks that a lead is not answered: the rules, the reminders, the alarm."""

from dataclasses import replace

from handlers.screen import Screen
from handlers.views.leads import text
from keyboards import leads as lead_keys
from keyboards import response as keys
from keyboards.common import cut
from keyboards.tongue import Html, Tongue, join
from services.dto.leads import LeadAlarm, LeadCard, LeadLine
from services.dto.response import ResponseCard
from services.response.rules import Step

SHOWN = 10
SHORT = 80


def response(card: ResponseCard, t: Tongue) -> Screen:
    """The rules of a department."""
    lines = [
        t.html("⏱ <b>Unanswered leads · {name}</b>", name=card.department.name),
        t.html("A logged call, a deal or “not a lead” is an answer. Only working time counts."),
        Html(""),
    ]
    order = list(Step)
    steps = sorted(card.rules.minutes.items(), key=lambda pair: (pair[1], order.index(pair[0])))
    lines += [
        t.html("After {time}: {deed}", time=keys.minutes_label(minutes, t), deed=_deed(step, card, t))
        for step, minutes in steps
    ]
    if not steps:
        lines.append(t.html("Nothing follows."))
    return Screen(join(lines), keys.response(card, t), subject=("response", card.department.id))


def ask_step(card: ResponseCard, step: Step, t: Tongue) -> Screen:
    """After how long?"""
    lines = [
        t.html("<b>{step} · {name}</b>", step=keys.step_label(step, t), name=card.department.name),
        t.html("After how many minutes of working time? Choose or send a number."),
    ]
    return Screen(join(lines), keys.ask_step(card, step, t))


def late(lead: LeadCard, t: Tongue) -> Screen:
    """It is your turn, and time passes."""
    told = (
        t.html("⏰ <b>The client waits for your answer</b>")
        if lead.owner
        else t.html("⏰ <b>Nobody has taken this lead yet</b>")
    )
    return _told(told, lead, t)


def several_late(leads: tuple[LeadLine, ...], t: Tongue) -> Screen:
    """Several at once, in one message."""
    lines = [t.html("⏰ <b>Clients wait for your answer</b>")]
    lines += [
        t.html("• {title} · {ago}", title=cut(f"#{lead.id} {lead.title}", SHORT), ago=t.ago(lead.created_at))
        for lead in leads[:SHOWN]
    ]
    if len(leads) > SHOWN:
        lines.append(Html(t.many("…and {n} more", "…and {n} more", len(leads) - SHOWN)))
    return Screen(join(lines), keys.late(t))


def passed(lead: LeadCard, before: str, t: Tongue) -> Screen:
    """Somebody else has not answered: it is yours now."""
    return _told(t.html("🔁 <b>Passed on to you:</b> {name} did not answer in time", name=before), lead, t)


def alarm(lead: LeadCard, minutes: int, before: str | None, t: Tongue) -> Screen:
    """To the head: nobody answers."""
    lines = [_alarmed(minutes, t)]
    if before and lead.owner:
        lines.append(t.html("🔁 {name} let it pass, {owner} has it now", name=before, owner=lead.owner.name))
    keyboard = keys.alarm(lead.id, t, opens=True)
    rest = replace(lead, waits=replace(lead.waits, alarmed=False)) if lead.waits else lead
    return Screen(join([*lines, Html(""), text(rest, t)]), keyboard, subject=("lead", lead.id))


def public_alarm(lead: LeadAlarm, minutes: int, before: str | None, t: Tongue) -> Screen:
    """The same for a team chat, which hears neither names nor phones of clients."""
    lines = [
        _alarmed(minutes, t),
        t.html("#{id} {title}", id=lead.id, title=lead.title or t("New request")),
    ]
    if before and lead.owner:
        lines.append(t.html("🔁 {name} let it pass, {owner} has it now", name=before, owner=lead.owner))
    elif lead.owner:
        lines.append(t.html("👔 {owner}", owner=lead.owner))
    else:
        lines.append(t.html("🆕 Nobody has taken it"))
    return Screen(join(lines), keys.alarm(lead.id, t, opens=False), public=True)


def _alarmed(minutes: int, t: Tongue) -> Html:
    return t.html("🚨 <b>Not answered for {time}</b>", time=keys.minutes_label(minutes, t))


def _told(told: Html, lead: LeadCard, t: Tongue) -> Screen:
    said = join([told, Html(""), text(lead, t)])
    return Screen(said, lead_keys.lead_card(lead, t), subject=("lead", lead.id))


def _deed(step: Step, card: ResponseCard, t: Tongue) -> str:
    heads = t("the head and the team chat are told") if card.has_chat else t("the head is told")
    return {
        Step.REMIND: t("the manager is reminded"),
        Step.TASK: t("the manager gets a task to call"),
        Step.PASS_ON: t("another manager gets it"),
        Step.ALARM: heads,
    }[step]
