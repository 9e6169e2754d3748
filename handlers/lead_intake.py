"""New leads: from a command, a button, a contact or plain words to a draft, and from a draft to a lead."""

from dataclasses import asdict, replace
from typing import Any

from aiogram.types import Contact, Message

from handlers import draft_shelf
from handlers.registry import Content, registry
from handlers.turn import Turn
from handlers.views import lead_drafts as views
from handlers.views import leads as lead_views
from keyboards.lead_data import LeadNewCb
from keyboards.lead_drafts import (
    DraftCb,
    DraftFieldCb,
    DraftFieldsCb,
    DraftPress,
    DraftSaveCb,
    DraftSourceCb,
    DraftTouchCb,
)
from services.access import Action
from services.choices import choice
from services.dto.lead_intake import LeadDraft, LeadInput
from services.dto.leads import LeadCard, LeadField
from services.errors import AppError, StaleError
from services.lead_intake import known_of
from services.lead_making import PhoneKnownError
from services.task_times import TEXT_LIMIT
from services.understanding.lead_more import More, more_about
from services.understanding.lead_signs import looks_like_lead, looks_like_search

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
    key = turn.key
    if isinstance(answer, LeadCard):
        await _show_saved(turn, answer, key)
        return
    await turn.form.close()
    await _keep(turn, answer, key)
    if given == LeadInput():
        await turn.show(views.empty(key, answer, turn.t))
    else:
        left = await draft_shelf.newest(turn.form, key)
        await turn.show(views.beside(views.draft(answer, key, turn.t), left, turn.t))


@registry.step(DRAFT, Action.LEAD_CREATE, numbers=True)
async def got_draft(turn: Turn, message: Message) -> bool:
    """More about the request, in any order; False for what is none: another request, a search, a task."""
    before, key = await _draft(turn)
    if message.contact is not None:
        if before.phone:
            return False
        given = _over(before, await _from_contact(turn, message.contact))
    elif message.text:
        if not await _is_more(turn, before, message.text):
            return False
        given = await turn.services.intake.understand(turn.actor, message.text, before)
    else:
        raise AppError("lead.bad_text")
    async with draft_shelf.spending(turn.form, key):
        answer = await turn.services.intake.receive(turn.actor, given)
    if isinstance(answer, LeadCard):
        await _show_saved(turn, answer, key)
    else:
        await _keep(turn, answer, key)
        await turn.show(views.draft(answer, key, turn.t))
    return True


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
        async with draft_shelf.spending(turn.form, key):
            lead = await turn.services.leads.create(turn.actor, LeadInput(**{**asdict(given), **place}))
    except PhoneKnownError:
        answer = await turn.services.intake.draft(turn.actor, given)
        await turn.show(views.draft(answer, key, turn.t))
        return
    await _show_saved(turn, lead, key)


@registry.press(DraftFieldsCb, Action.LEAD_CREATE)
async def on_draft_fields(turn: Turn, data: DraftFieldsCb) -> None:
    """What shall be changed?"""
    _, key = await _draft(turn, data)
    await turn.show(views.fields(key, turn.t))


@registry.press(DraftFieldCb, Action.LEAD_CREATE)
async def on_draft_field(turn: Turn, data: DraftFieldCb) -> None:
    """What instead?"""
    field = choice(LeadField, data.field)
    given, key = await _draft(turn, data)
    await turn.form.wait(FIELD, field=field.value, draft=key, given=asdict(given))
    await turn.show(views.ask(key, field, turn.t))


@registry.press(DraftSourceCb, Action.LEAD_CREATE)
async def on_draft_source(turn: Turn, data: DraftSourceCb) -> None:
    """From there."""
    await _amend(turn, LeadField.SOURCE, data.source, data)


@registry.press(DraftTouchCb, Action.LEAD_CREATE)
async def on_draft_touch(turn: Turn, data: DraftTouchCb) -> None:
    """Not a second lead, but a note with the older record."""
    given, key = await _draft(turn, data)
    async with draft_shelf.spending(turn.form, key):
        touch = await turn.services.intake.touch(turn.actor, given)
    await turn.show(views.touched(touch, turn.t))
    await draft_shelf.drop(turn.form, key)


async def _from_contact(turn: Turn, contact: Contact) -> LeadInput:
    name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
    return await turn.services.intake.understand_contact(
        turn.actor, name, contact.phone_number, contact.vcard
    )


async def _is_more(turn: Turn, before: LeadInput, text: str) -> bool:
    """Whether a line belongs to the open request; a task, a number and a name that is known do not."""
    if not looks_like_lead(text) and turn.actor.may(Action.TASK_CREATE):
        planned = turn.services.times.understand(turn.actor, text[:TEXT_LIMIT])
        if planned.text and planned.timed:
            return False
    more = more_about(known_of(before), text)
    if more is not More.WORDS:
        return more is More.FITS
    found = await turn.services.search.find(turn.actor, text)
    return found.nothing or found.near


def _over(before: LeadInput, contact: LeadInput) -> LeadInput:
    """A request with the contact that was sent for it; what was said before stays."""
    comment = "\n".join(part for part in (before.comment, contact.comment) if part) or None
    return replace(
        before,
        name=before.name or contact.name,
        phone=contact.phone,
        email=before.email or contact.email,
        comment=comment,
    )


async def _show_saved(turn: Turn, lead: LeadCard, key: int) -> None:
    """Show it, then forget its draft: an answer that got lost is given again."""
    left = await draft_shelf.newest(turn.form, key)
    await turn.show(views.beside(lead_views.saved(lead, turn.t), left, turn.t))
    await draft_shelf.drop(turn.form, key)


async def _draft(turn: Turn, data: DraftPress | None = None) -> tuple[LeadInput, int]:
    """The open draft, or that of the button, and its key. Raises `lead.draft_gone` if there is none."""
    kept: dict[str, Any] = await turn.form.data()
    if "given" in kept and (data is None or data.draft == kept["draft"]):
        return LeadInput(**kept["given"]), int(kept["draft"])
    shelved = await draft_shelf.find(turn.form, data.draft) if data else None
    if data is None or shelved is None:
        raise StaleError("lead.draft_gone")
    return shelved, data.draft


async def _amend(turn: Turn, field: LeadField, text: str, data: DraftPress | None = None) -> None:
    given, key = await _draft(turn, data)
    answer = await turn.services.intake.amend(turn.actor, given, field, text)
    await _keep(turn, answer, key)
    await turn.show(views.draft(answer, key, turn.t))


async def _keep(turn: Turn, draft: LeadDraft, key: int) -> None:
    await turn.form.wait(DRAFT, draft=key, given=asdict(draft.given))
    await draft_shelf.put(turn.form, key, draft.given)
