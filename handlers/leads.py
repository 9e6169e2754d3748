"""Leads: cards, lists, the race for a free one, and what is done to one by buttons."""

from dataclasses import replace
from typing import Any

from handlers.calls import AGAIN
from handlers.errors import describe
from handlers.paging import show_page
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.task_forms import ask_moment
from handlers.turn import Turn
from handlers.views import leads as views
from keyboards.lead_data import (
    LeadCallCb,
    LeadCallsCb,
    LeadCb,
    LeadEditCb,
    LeadGiveCb,
    LeadHeirsCb,
    LeadListCb,
    LeadRejectsCb,
    LeadReleaseCb,
    LeadRestoreCb,
    LeadSourceCb,
    LeadTakeCb,
)
from keyboards.tongue import join
from services.access import Action
from services.choices import choice
from services.dto.leads import CallOutcome, LeadCard, LeadField, LeadStub, Shelf
from services.dto.tasks import Link
from services.notices import NoticeKind

describe(
    {
        "lead.not_found": "There is no such lead, or it is not yours to see.",
        "lead.taken": "Already taken by {owner}.",
        "lead.phone_known": "This phone is known already.",
        "lead.unreachable": "A lead needs a phone, an e-mail, a @username or at least a name.",
        "lead.department_missing": "Please say for which department it is.",
        "lead.touch_impossible": "There is nothing open to note this with. Make a new lead of it.",
        "lead.reason_missing": "Please say in a few words why it is not a lead.",
        "lead.bad_text": "Please send it as a text.",
        "lead.bad_phone": "I see no phone, e-mail or @username here. Like this: +7 916 123-45-67.",
        "lead.bad_amount": "I could not read this sum. Like this: 150000 or 150k.",
        "lead.draft_gone": "This draft is not there any more. Please write the lead again.",
        "department.not_found": "There is no such department any more.",
        "pipeline.not_found": "There is no pipeline yet. Ask the owner to set one up.",
        "choice.not_found": "There is no such choice any more.",
        "workspace.not_found": "The company is not set up yet.",
    }
)


@registry.card("lead")
async def lead_card(viewer: Viewer, lead_id: int) -> Screen | None:
    """A lead as its reader may see it now; a team chat sees neither names nor phones."""
    return views.face(await viewer.services.leads.face(viewer.actor, lead_id), viewer.t)


@registry.notice(NoticeKind.LEAD_GIVEN)
async def lead_given(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """You got a lead; nothing is said when it has gone on to somebody else meanwhile."""
    if viewer.actor is None:
        return None
    lead = await viewer.services.leads.card(viewer.actor, int(params["id"]))
    return views.given(lead, str(params["by"]), viewer.t)


@registry.notice(NoticeKind.CLIENT_TOUCHED)
async def client_touched(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """A colleague has noted a new request of your client."""
    card = await registry.cards[str(params["subject"])](viewer, int(params["id"]))
    if card is None or card.subject is None:
        return None
    told = viewer.t.html("📣 {by} has noted a new request of your client:\n", by=str(params["by"]))
    return replace(card, text=join([told, card.text]))


@registry.command("leads", Action.LEAD_VIEW)
async def cmd_leads(turn: Turn, _args: str) -> None:
    """The free leads."""
    await turn.show(views.shelf(await turn.services.leads.shelf(turn.actor, Shelf.FREE), turn.t))


@registry.press(LeadListCb, Action.LEAD_VIEW)
async def on_lead_list(turn: Turn, data: LeadListCb) -> None:
    """A shelf, page by page."""
    await turn.form.close()
    shelf = choice(Shelf, data.shelf)
    found = await turn.services.leads.shelf(turn.actor, shelf, data.after or None)
    await show_page(turn, views.shelf(found, turn.t), data)


@registry.press(LeadCb, Action.LEAD_CREATE)
async def on_lead(turn: Turn, data: LeadCb) -> None:
    """Open a lead, or come back to it from a form; also for those who only bring leads."""
    await turn.form.close()
    await turn.show(views.card(await turn.services.leads.open(turn.actor, data.lead_id), turn.t))


@registry.press(LeadTakeCb, Action.LEAD_TAKE)
async def on_lead_take(turn: Turn, data: LeadTakeCb) -> None:
    """Mine!"""
    await turn.show(views.card(await turn.services.leads.take(turn.actor, data.lead_id), turn.t))


@registry.press(LeadCallsCb, Action.CALL_LOG)
async def on_lead_calls(turn: Turn, data: LeadCallsCb) -> None:
    """How did the call end?"""
    await turn.show(views.calls(await turn.services.leads.card(turn.actor, data.lead_id), turn.t))


@registry.press(LeadCallCb, Action.CALL_LOG)
async def on_lead_call(turn: Turn, data: LeadCallCb) -> None:
    """Like this; and when shall one call again?"""
    outcome = choice(CallOutcome, data.outcome)
    lead = await turn.services.leads.log_call(turn.actor, data.lead_id, outcome)
    if outcome in AGAIN and Action.TASK_CREATE in lead.can:
        deed = turn.t("Call back: {name}", name=lead.name or lead.title)
        await ask_moment(turn, deed, Link("lead", lead.id))
    else:
        await turn.show(views.called(lead, outcome, turn.t))


@registry.press(LeadEditCb, Action.LEAD_EDIT)
async def on_lead_edit(turn: Turn, data: LeadEditCb) -> None:
    """What shall be changed?"""
    await turn.form.close()
    await turn.show(views.fields(await turn.services.leads.card_to_edit(turn.actor, data.lead_id), turn.t))


@registry.press(LeadSourceCb, Action.LEAD_EDIT)
async def on_lead_source(turn: Turn, data: LeadSourceCb) -> None:
    """From there."""
    lead = await turn.services.leads.edit(turn.actor, data.lead_id, LeadField.SOURCE, data.source)
    await turn.show(views.card(lead, turn.t))


@registry.press(LeadRejectsCb, Action.LEAD_REJECT)
async def on_lead_rejects(turn: Turn, data: LeadRejectsCb) -> None:
    """Why not?"""
    await turn.show(views.reasons(await turn.services.leads.card_to_edit(turn.actor, data.lead_id), turn.t))


@registry.press(LeadRestoreCb, Action.LEAD_REJECT)
async def on_lead_restore(turn: Turn, data: LeadRestoreCb) -> None:
    """It is a lead after all."""
    lead = await turn.services.outcomes.restore(turn.actor, data.lead_id, data.version)
    await turn.show(views.card(lead, turn.t))


@registry.press(LeadHeirsCb, Action.LEAD_HAND_OVER)
async def on_lead_heirs(turn: Turn, data: LeadHeirsCb) -> None:
    """To whom?"""
    people = await turn.services.handover.colleagues(turn.actor, data.lead_id)
    lead = await turn.services.leads.card(turn.actor, data.lead_id)
    await turn.show(views.heirs(lead, people, turn.t))


@registry.press(LeadGiveCb, Action.LEAD_HAND_OVER)
async def on_lead_give(turn: Turn, data: LeadGiveCb) -> None:
    """To this colleague."""
    left = await turn.services.handover.hand_over(turn.actor, data.lead_id, data.person_id, data.version)
    await show_left(turn, left)


@registry.press(LeadReleaseCb, Action.LEAD_HAND_OVER)
async def on_lead_release(turn: Turn, data: LeadReleaseCb) -> None:
    """To the department."""
    await show_left(turn, await turn.services.handover.release(turn.actor, data.lead_id, data.version))


async def show_left(turn: Turn, left: LeadCard | LeadStub) -> None:
    """What is left of a lead that changed hands."""
    screen = views.face(left, turn.t)
    if screen is not None:
        await turn.show(screen)


async def show_deal(turn: Turn, lead: LeadCard) -> None:
    """The deal that a lead became, in place of the lead."""
    deal = await registry.cards["deal"](turn.viewer, lead.deal_id or 0)
    await turn.show(deal or views.card(lead, turn.t))
