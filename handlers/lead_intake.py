"""New leads: from a command, a button, a contact or plain words to a draft, and from a draft to a lead."""

from dataclasses import asdict
from typing import Any

from aiogram.types import Contact, Message

from handlers.registry import Content, registry
from handlers.turn import Turn
from handlers.views import lead_drafts as views
from handlers.views import leads as lead_views
from keyboards.lead_drafts import (
    DraftCb,
    DraftFieldCb,
    DraftFieldsCb,
    DraftPress,
    DraftSaveCb,
    DraftSourceCb,
    DraftTouchCb,
)
from keyboards.leads import LeadNewCb
from services.access import Action
from services.choices import choice
from services.dto.leads import LeadCard, LeadDraft, LeadField, LeadInput
from services.errors import AppError, StaleError
from services.lead_making import PhoneKnownError
from services.understanding.lead_line import looks_like_lead, looks_like_search

DRAFT = "lead.draft"
FIELD = "lead.draft.field"


@registry.command("lead", Action.LEAD_CREATE)
async def cmd_lead(turn: Turn, args: str) -> None:
    """A new lead, perhaps told at once."""
    await begin(turn, await turn.services.intake.understand(turn.actor, args))


@registry.press(LeadNewCb, Action.LEAD_CREATE)
async def on_lead_new(turn: Turn, _data: LeadNewCb) -> None:
    """The same by button."""
    await begin(turn, LeadInput())


@registry.content(Content.CONTACT, Action.LEAD_CREATE)
async def on_contact(turn: Turn, message: Message) -> bool:
    """A sent or forwarded contact."""
    if message.contact is None:
        return False
    await begin(turn, await _from_contact(turn, message.contact))
    return True


@registry.content(Content.TEXT, Action.LEAD_CREATE)
async def on_lead_text(turn: Turn, message: Message) -> bool:
    """A request in plain words. A bare phone or address is looked up first."""
    text = message.text or ""
    if not looks_like_lead(text) or looks_like_search(text):
        return False
    await begin(turn, await turn.services.intake.understand(turn.actor, text))
    return True


async def begin(turn: Turn, given: LeadInput) -> None:
    """Save a request, or show what is still missing."""
    answer = await turn.services.intake.receive(turn.actor, given)
    if isinstance(answer, LeadCard):
        await turn.show(lead_views.saved(answer, turn.t))
        await turn.form.close()
        return
    key = turn.message.message_id if turn.message else 0
    await turn.form.close()
    await _keep(turn, answer, key)
    empty = given == LeadInput()
    await turn.show(views.empty(key, answer, turn.t) if empty else views.draft(answer, key, turn.t))


@registry.step(DRAFT, Action.LEAD_CREATE)
async def got_draft(turn: Turn, message: Message) -> None:
    """More about the request, in any order."""
    before, key = await _draft(turn)
    if message.contact is not None:
        given = await _from_contact(turn, message.contact)
    elif message.text:
        given = await turn.services.intake.understand(turn.actor, message.text, before)
    else:
        raise AppError("lead.bad_text")
    answer = await turn.services.intake.receive(turn.actor, given)
    if isinstance(answer, LeadCard):
        await turn.show(lead_views.saved(answer, turn.t))
        await turn.form.close()
        return
    await _keep(turn, answer, key)
    await turn.show(views.draft(answer, key, turn.t))


@registry.step(FIELD, Action.LEAD_CREATE)
async def got_draft_field(turn: Turn, message: Message) -> None:
    """One field of the draft."""
    field = choice(LeadField, str((await turn.form.data()).get("field")))
    text = message.contact.phone_number if message.contact else message.text or ""
    await _amend(turn, field, text)


@registry.press(DraftCb, Action.LEAD_CREATE)
async def on_draft(turn: Turn, data: DraftCb) -> None:
    """Back to the draft; or to the places to save it, though its phone is known."""
    given, key = await _draft(turn, data)
    answer = await turn.services.intake.draft(turn.actor, given)
    await _keep(turn, answer, key)
    await turn.show(views.draft(answer, key, turn.t, again=bool(data.again)))


@registry.press(DraftSaveCb, Action.LEAD_CREATE)
async def on_draft_save(turn: Turn, data: DraftSaveCb) -> None:
    """Save it there. If its phone has become known meanwhile, that is shown first."""
    given, key = await _draft(turn, data)
    place = {"department_id": data.department_id, "mine": bool(data.mine), "again": bool(data.again)}
    try:
        lead = await turn.services.leads.create(turn.actor, LeadInput(**{**asdict(given), **place}))
    except PhoneKnownError:
        answer = await turn.services.intake.draft(turn.actor, given)
        await turn.show(views.draft(answer, key, turn.t))
        return
    await turn.show(lead_views.saved(lead, turn.t))
    await turn.form.close()


@registry.press(DraftFieldsCb, Action.LEAD_CREATE)
async def on_draft_fields(turn: Turn, data: DraftFieldsCb) -> None:
    """What shall be changed?"""
    _, key = await _draft(turn, data)
    await turn.show(views.fields(key, turn.t))


@registry.press(DraftFieldCb, Action.LEAD_CREATE)
async def on_draft_field(turn: Turn, data: DraftFieldCb) -> None:
    """What instead?"""
    field = choice(LeadField, data.field)
    _, key = await _draft(turn, data)
    await turn.form.wait(FIELD, field=field.value)
    await turn.show(views.ask(key, field, turn.t))


@registry.press(DraftSourceCb, Action.LEAD_CREATE)
async def on_draft_source(turn: Turn, data: DraftSourceCb) -> None:
    """From there."""
    await _draft(turn, data)
    await _amend(turn, LeadField.SOURCE, data.source)


@registry.press(DraftTouchCb, Action.LEAD_CREATE)
async def on_draft_touch(turn: Turn, data: DraftTouchCb) -> None:
    """Not a second lead, but a note with the older record."""
    given, _ = await _draft(turn, data)
    touch = await turn.services.intake.touch(turn.actor, given)
    await turn.show(views.touched(touch, turn.t))
    await turn.form.close()


async def _from_contact(turn: Turn, contact: Contact) -> LeadInput:
    name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
    return await turn.services.intake.understand_contact(
        turn.actor, name, contact.phone_number, contact.vcard
    )


async def _draft(turn: Turn, data: DraftPress | None = None) -> tuple[LeadInput, int]:
    """The open draft and its key. Raises `lead.draft_gone` if there is none or the button is another's."""
    kept: dict[str, Any] = await turn.form.data()
    if "given" not in kept or (data is not None and data.draft != kept["draft"]):
        raise StaleError("lead.draft_gone")
    return LeadInput(**kept["given"]), int(kept["draft"])


async def _amend(turn: Turn, field: LeadField, text: str) -> None:
    given, key = await _draft(turn)
    answer = await turn.services.intake.amend(turn.actor, given, field, text)
    await _keep(turn, answer, key)
    await turn.show(views.draft(answer, key, turn.t))


async def _keep(turn: Turn, draft: LeadDraft, key: int) -> None:
    await turn.form.wait(DRAFT, draft=key, given=asdict(draft.given))
