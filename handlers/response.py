"""Leads that are not answered: a department's rules, the messages that follow, and the head's deeds."""

from typing import Any

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import leads as lead_views
from handlers.views import response as views
from keyboards.response import LeadMineCb, ResponseCb, ResponseSetCb, ResponseStepCb
from services.access import Action
from services.choices import choice
from services.dto.leads import LeadCard
from services.dto.response import ResponseCard
from services.notices import NoticeKind
from services.response.rules import Step
from services.response.settings import minutes_of

describe(
    {
        "response.unread": "Please send a number of minutes, like 20, or 1 h.",
        "response.too_long": "That is too long: at most {hours} hours.",
    }
)


@registry.card("response")
async def response_card(viewer: Viewer, department_id: int) -> Screen | None:
    """A department's rules."""
    if viewer.actor is None:
        return None
    return views.response(await viewer.services.response.card(viewer.actor, department_id), viewer.t)


@registry.notice(NoticeKind.LEAD_LATE)
async def lead_late(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """Answer this lead, or take it; nothing once that is done."""
    lead = await _waiting(viewer, params)
    if lead is None or not (lead.owner is None or _is_mine(lead, viewer)):
        return None
    return views.late(lead, viewer.t)


@registry.notice(NoticeKind.LEADS_LATE)
async def leads_late(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """Answer these."""
    if viewer.actor is None:
        return None
    leads = await viewer.services.leads.late(viewer.actor, [int(one) for one in params["ids"]])
    return views.several_late(leads, viewer.t) if leads else None


@registry.notice(NoticeKind.LEAD_PASSED)
async def lead_passed(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """A colleague did not answer: it is yours."""
    lead = await _waiting(viewer, params)
    if lead is None or not _is_mine(lead, viewer):
        return None
    return views.passed(lead, str(params["from"]), viewer.t)


@registry.notice(NoticeKind.LEAD_ALARM)
async def lead_alarm(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """Nobody answers this lead."""
    minutes, before = int(params["minutes"]), params["from"]
    if viewer.actor is None:
        face = await viewer.services.leads.alarm(int(params["id"]))
        return views.public_alarm(face, minutes, before, viewer.t) if face else None
    lead = await _waiting(viewer, params)
    if lead is None or Action.LEAD_HAND_OVER not in lead.can:
        return None
    return views.alarm(lead, minutes, before, viewer.t)


@registry.press(LeadMineCb, Action.LEAD_HAND_OVER)
async def on_lead_mine(turn: Turn, data: LeadMineCb) -> None:
    """I answer it myself."""
    await turn.show(lead_views.card(await turn.services.handover.take_over(turn.actor, data.lead_id), turn.t))


@registry.press(ResponseCb, Action.DEPARTMENT_RULES)
async def on_response(turn: Turn, data: ResponseCb) -> None:
    """A department's rules; an open question is given up."""
    await _done(turn, await turn.services.response.card(turn.actor, data.department_id))


@registry.press(ResponseStepCb, Action.DEPARTMENT_RULES)
async def on_response_step(turn: Turn, data: ResponseStepCb) -> None:
    """After how long?"""
    step, place = choice(Step, data.step), data.department_id
    card = await turn.services.response.card(turn.actor, place)
    await turn.form.wait("response.minutes", department_id=place, step=step.value, back=["response", place])
    await turn.show(views.ask_step(card, step, turn.t))


@registry.press(ResponseSetCb, Action.DEPARTMENT_RULES)
async def on_response_set(turn: Turn, data: ResponseSetCb) -> None:
    """After so long."""
    step = choice(Step, data.step)
    await _done(turn, await turn.services.response.set(turn.actor, data.department_id, step, data.minutes))


@registry.step("response.minutes", Action.DEPARTMENT_RULES)
async def got_response_minutes(turn: Turn, message: Message) -> None:
    """The same in words."""
    data, minutes = await turn.form.data(), minutes_of(message.text or "")
    place, step = int(data["department_id"]), choice(Step, str(data["step"]))
    await _done(turn, await turn.services.response.set(turn.actor, place, step, minutes))


async def _waiting(viewer: Viewer, params: dict[str, Any]) -> LeadCard | None:
    """The lead, if it still waits for an answer."""
    if viewer.actor is None:
        return None
    lead = await viewer.services.leads.card(viewer.actor, int(params["id"]))
    return lead if lead.waits else None


def _is_mine(lead: LeadCard, viewer: Viewer) -> bool:
    return lead.owner is not None and viewer.actor is not None and lead.owner.id == viewer.actor.person_id


async def _done(turn: Turn, card: ResponseCard) -> None:
    await turn.form.close()
    await turn.show(views.response(card, turn.t))
