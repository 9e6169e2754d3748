"""What is typed about leads: notes, fields, a reason of one's own."""

from collections.abc import Awaitable

from aiogram.types import Message

from handlers.registry import registry
from handlers.sent import sent_as
from handlers.turn import Turn
from handlers.views import lead_questions as questions
from handlers.views import leads as views
from keyboards.lead_data import LeadFieldCb, LeadNoteCb, LeadRejectCb
from services.access import Action
from services.choices import choice
from services.dto.leads import LeadCard, LeadField, RejectReason
from services.errors import ForbiddenError, NotFoundError, StaleError


@registry.press(LeadNoteCb, Action.NOTE_ADD)
async def on_lead_note(turn: Turn, data: LeadNoteCb) -> None:
    """Which note?"""
    await turn.services.leads.card(turn.actor, data.lead_id)
    await turn.form.wait("lead.note", back=["lead", data.lead_id])
    await turn.show(questions.ask(data.lead_id, questions.ask_note(turn.t), turn.t))


@registry.press(LeadFieldCb, Action.LEAD_EDIT)
async def on_lead_field(turn: Turn, data: LeadFieldCb) -> None:
    """What instead? Sources are chosen by buttons, all else is typed."""
    field = choice(LeadField, data.field)
    await turn.services.leads.card_to_edit(turn.actor, data.lead_id)
    if field is LeadField.SOURCE:
        await turn.show(questions.ask_source(data.lead_id, turn.t))
        return
    await turn.form.wait("lead.field", back=["lead", data.lead_id], field=field.value)
    await turn.show(questions.ask(data.lead_id, questions.question(field, turn.t), turn.t))


@registry.press(LeadRejectCb, Action.LEAD_REJECT)
async def on_lead_reject(turn: Turn, data: LeadRejectCb) -> None:
    """No lead, for this reason; another reason is typed."""
    reason = choice(RejectReason, data.reason)
    if reason is RejectReason.OTHER:
        await turn.services.leads.card_to_edit(turn.actor, data.lead_id)
        await turn.form.wait("lead.reason", back=["lead", data.lead_id], version=data.version)
        await turn.show(questions.ask(data.lead_id, questions.ask_reason(turn.t), turn.t))
        return
    lead = await turn.services.outcomes.reject(turn.actor, data.lead_id, data.version, reason)
    await turn.show(views.card(lead, turn.t))


@registry.step("lead.note", Action.NOTE_ADD)
async def got_lead_note(turn: Turn, message: Message) -> None:
    """A note."""
    text = message.text or message.caption or ""
    await _finish(turn, turn.services.leads.add_note(turn.actor, await _lead(turn), text, sent_as(message)))


@registry.step("lead.field", Action.LEAD_EDIT)
async def got_lead_field(turn: Turn, message: Message) -> None:
    """A new value."""
    field = choice(LeadField, str((await turn.form.data()).get("field")))
    text = message.contact.phone_number if message.contact else message.text or ""
    await _finish(turn, turn.services.leads.edit(turn.actor, await _lead(turn), field, text))


@registry.step("lead.reason", Action.LEAD_REJECT)
async def got_lead_reason(turn: Turn, message: Message) -> None:
    """No lead, for a reason of one's own."""
    version = int((await turn.form.data())["version"])
    work = turn.services.outcomes.reject(
        turn.actor, await _lead(turn), version, RejectReason.OTHER, message.text
    )
    await _finish(turn, work)


async def _lead(turn: Turn) -> int:
    return int((await turn.form.data())["back"][1])


async def _finish(turn: Turn, work: Awaitable[LeadCard]) -> None:
    """Do it, show the card, and only then forget the form: an answer that got lost is given again.

    What was typed wrongly leaves the form open; a lead that is closed or gone does not.
    """
    try:
        lead = await work
    except (StaleError, NotFoundError, ForbiddenError):
        await turn.form.close()
        raise
    await turn.show(views.card(lead, turn.t))
    await turn.form.close()
