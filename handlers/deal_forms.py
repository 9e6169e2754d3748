"""What is typed about deals: titles, notes and the client that a stage asks for."""

from dataclasses import asdict
from typing import Any

from aiogram.types import Message

from handlers.deal_closing import ask_unpaid
from handlers.deals import ask_entry_field, ask_missing, entry_state
from handlers.errors import describe
from handlers.inputs import typed_amount, typed_contact
from handlers.registry import registry
from handlers.sent import read_said, sent_as
from handlers.turn import Turn
from handlers.views import deals as views
from keyboards.deal_data import (
    DealNoteCb,
    DealPress,
    DealTitleCb,
    EntryNextCb,
    EntryPickCb,
)
from services.access import Action
from services.deal_closing import UnpaidError
from services.deal_entry import DealFields, MissingFieldsError
from services.errors import StaleError
from services.fields.entry import field_in

describe(
    {
        "note.empty": "There is nothing to keep in this note.",
        "note.too_long": "A note may have {limit} characters at most. Please split it.",
    }
)


@registry.press(DealTitleCb, Action.DEAL_EDIT)
async def on_deal_title(turn: Turn, data: DealTitleCb) -> None:
    """Which title?"""
    await _ask(turn, data, "title")


@registry.press(DealNoteCb, Action.NOTE_ADD)
async def on_deal_note(turn: Turn, data: DealNoteCb) -> None:
    """Which note?"""
    await _ask(turn, data, "note")


@registry.step("deal.title", Action.DEAL_EDIT)
async def got_deal_title(turn: Turn, message: Message) -> None:
    """A new title."""
    deal = await turn.services.deals.rename(turn.actor, await _deal(turn), message.text or "")
    await turn.form.close()
    await turn.show(views.card(deal, turn.t))


@registry.step("deal.note", Action.NOTE_ADD)
async def got_deal_note(turn: Turn, message: Message) -> None:
    """A note."""
    text = message.text or message.caption or ""
    deal = await turn.services.deals.add_note(turn.actor, await _deal(turn), text, sent_as(message))
    await turn.form.close()
    await turn.show(views.card(deal, turn.t))


@registry.step("deal.enter.amount", Action.DEAL_VIEW)
async def got_entry_amount(turn: Turn, message: Message) -> None:
    """The sum that a stage asked for."""
    await _enter(turn, DealFields(amount=typed_amount(message)))


@registry.step("deal.enter.contact", Action.DEAL_VIEW)
async def got_entry_contact(turn: Turn, message: Message) -> None:
    """The client that a stage asked for."""
    name, phone = typed_contact(message)
    await _enter(turn, DealFields(contact_name=name, contact_phone=phone))


@registry.step("deal.enter.field", Action.DEAL_VIEW)
async def got_entry_field(turn: Turn, message: Message) -> None:
    """One of the company's own fields that a stage asked for."""
    said, field = read_said(message), str((await turn.form.data())["field"])
    answer = {"text": said.text, "file": asdict(said.file) if said.file else None}
    await _enter(turn, DealFields(fields={field: answer}))


@registry.press(EntryPickCb, Action.DEAL_VIEW)
async def on_entry_pick(turn: Turn, data: EntryPickCb) -> None:
    """The same by a button; of several choices they are ticked until one goes on."""
    kept = await _entry(turn, data.deal_id)
    field = str(kept["field"])
    ids = kept.get("typed", {}).get("fields", {}).get(field, {}).get("ids", [])
    if not data.several:
        await _enter(turn, DealFields(fields={field: {"ids": [data.choice]}}))
        return
    now = sorted({*ids} ^ {data.choice})
    ticked = DealFields(fields={field: {"ids": now}}).over(DealFields(**kept.get("typed", {})))
    await turn.form.wait("deal.enter.field", typed=ticked.typed())
    await ask_entry_field(turn, data.deal_id, field_in(field) or 0)


@registry.press(EntryNextCb, Action.DEAL_VIEW)
async def on_entry_next(turn: Turn, data: EntryNextCb) -> None:
    """All that hold are ticked."""
    await _entry(turn, data.deal_id)
    await _enter(turn, DealFields())


async def _entry(turn: Turn, deal_id: int) -> dict[str, Any]:
    """The form in which a field of this deal is asked for. Raises `stale`."""
    data = await turn.form.data()
    if await turn.form.state() != "deal.enter.field" or data["back"] != ["deal", deal_id]:
        raise StaleError
    return data


async def _enter(turn: Turn, fields: DealFields) -> None:
    """Move on with what was typed; the form keeps an answer until the stage asks for nothing more."""
    data = await turn.form.data()
    deal_id, version = data["back"][1], data["version"]
    fields = fields.over(DealFields(**data.get("typed", {})))
    try:
        deal = await turn.services.moves.move(turn.actor, deal_id, data["stage_id"], version, fields)
    except MissingFieldsError as missing:
        await turn.form.wait(entry_state(missing.fields[0]), typed=fields.typed())
        await ask_missing(turn, deal_id, version, missing)
    except UnpaidError as lack:
        await ask_unpaid(turn, deal_id, lack, fields)
    else:
        await turn.form.close()
        await turn.show(views.card(deal, turn.t))


async def _ask(turn: Turn, data: DealPress, field: str) -> None:
    deal = await turn.services.deals.card(turn.actor, data.deal_id)
    await turn.form.wait(f"deal.{field}", back=["deal", deal.id])
    await turn.show(views.ask(deal, field, turn.t))


async def _deal(turn: Turn) -> int:
    return int((await turn.form.data())["back"][1])
