"""Who gets the leads of a department, and what they are told."""

from typing import Any

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import distribution as views
from handlers.views import leads as lead_views
from keyboards.distribution import (
    DistributionAskCb,
    DistributionCb,
    DistributionOwnCb,
    DistributionSetCb,
    TakerCb,
    WeightCb,
)
from keyboards.lead_data import LeadPassCb
from services.access import Action
from services.choices import choice
from services.distribution.settings import Setting
from services.dto.distribution import DistributionCard
from services.errors import NotFoundError
from services.notices import NoticeKind

NUMBER = "distribution.number"

describe(
    {
        "lead.offered": "It is offered to a colleague first.",
        "distribution.bad_number": "Please send a number from {least} to {most}.",
    }
)


@registry.card("distribution")
async def distribution_card(viewer: Viewer, department_id: int) -> Screen | None:
    """How a department gives out its leads."""
    if viewer.actor is None:
        return None
    return views.distribution(await viewer.services.distribution.card(viewer.actor, department_id), viewer.t)


@registry.notice(NoticeKind.LEAD_ASSIGNED)
async def lead_assigned(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """It was your turn; nothing is said when it has gone on meanwhile."""
    if viewer.actor is None:
        return None
    lead = await viewer.services.leads.card(viewer.actor, int(params["id"]))
    if lead.waits is None or lead.owner is None or lead.owner.id != viewer.actor.person_id:
        return None
    before = params["instead_of"]
    name = await viewer.services.people.name(int(before)) if before else None
    return views.assigned(lead, name, viewer.t)


@registry.notice(NoticeKind.LEAD_OFFER)
async def lead_offer(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """It is your turn to take it; nothing is said when it has gone on meanwhile."""
    if viewer.actor is None:
        return None
    lead = await viewer.services.leads.card(viewer.actor, int(params["id"]))
    return lead_views.card(lead, viewer.t) if lead.offer and lead.offer.mine else None


@registry.press(LeadPassCb, Action.LEAD_TAKE)
async def on_lead_pass(turn: Turn, data: LeadPassCb) -> None:
    """Not for me."""
    await turn.show(lead_views.stub(await turn.services.offers.let_pass(turn.actor, data.lead_id), turn.t))


@registry.notice(NoticeKind.LEADS_WAIT)
async def leads_wait(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """Nobody is free; nothing is said when somebody is by now."""
    if viewer.actor is None:
        return None
    card = await viewer.services.distribution.waiters(viewer.actor, int(params["department"]))
    return views.waiters(card, viewer.t) if card.waiting else None


@registry.press(DistributionCb, Action.DEPARTMENT_RULES)
async def on_distribution(turn: Turn, data: DistributionCb) -> None:
    """How does it give out its leads, or those of a pipeline?"""
    service = turn.services.distribution
    await _show(turn, await service.card(turn.actor, data.department_id, data.pipeline_id), data.page)


@registry.press(DistributionAskCb, Action.DEPARTMENT_RULES)
async def on_distribution_ask(turn: Turn, data: DistributionAskCb) -> None:
    """How many?"""
    setting = choice(Setting, data.setting)
    if setting in (Setting.MODE, Setting.ORDER):
        raise NotFoundError("choice")
    place, pipeline = data.department_id, data.pipeline_id
    card = await turn.services.distribution.card(turn.actor, place, pipeline)
    kept = {"department_id": place, "pipeline_id": pipeline, "setting": setting.value}
    await turn.form.wait(NUMBER, **kept, back=["distribution", place])
    await turn.show(views.ask_number(card, setting, turn.t))


@registry.step(NUMBER, Action.DEPARTMENT_RULES)
async def got_number(turn: Turn, message: Message) -> None:
    """So many."""
    data, service = await turn.form.data(), turn.services.distribution
    place, pipeline, setting = int(data["department_id"]), int(data["pipeline_id"]), Setting(data["setting"])
    await _show(turn, await service.set(turn.actor, place, setting, message.text or "", pipeline))


@registry.press(DistributionSetCb, Action.DEPARTMENT_RULES)
async def on_distribution_set(turn: Turn, data: DistributionSetCb) -> None:
    """Like this."""
    setting, service = choice(Setting, data.setting), turn.services.distribution
    place, pipeline = data.department_id, data.pipeline_id
    await _show(turn, await service.set(turn.actor, place, setting, data.value, pipeline))


@registry.press(DistributionOwnCb, Action.DEPARTMENT_RULES)
async def on_distribution_own(turn: Turn, data: DistributionOwnCb) -> None:
    """Ways of its own for a pipeline, or the department's again."""
    service, place = turn.services.distribution, data.department_id
    await _show(turn, await service.part(turn.actor, place, data.pipeline_id, own=bool(data.own)))


@registry.press(TakerCb, Action.DEPARTMENT_RULES)
async def on_taker(turn: Turn, data: TakerCb) -> None:
    """Somebody's share."""
    service = turn.services.distribution
    card = await service.card(turn.actor, data.department_id, data.pipeline_id)
    await _taker(turn, card, data.person_id)


@registry.press(WeightCb, Action.DEPARTMENT_RULES)
async def on_weight(turn: Turn, data: WeightCb) -> None:
    """So much of it."""
    service, place, one = turn.services.distribution, data.department_id, data.person_id
    await _taker(turn, await service.weigh(turn.actor, place, one, data.weight, data.pipeline_id), one)


async def _taker(turn: Turn, card: DistributionCard, person_id: int) -> None:
    one = next((row for row in card.people if row.id == person_id), None)
    if one is None:
        raise NotFoundError("employee")
    await turn.show(views.taker(card, one, turn.t))


async def _show(turn: Turn, card: DistributionCard, page: int = 0) -> None:
    await turn.form.close()
    await turn.show(views.distribution(card, turn.t, page))
