"""The company's own fields of a lead, a contact, a company or a deal: seen and filled."""

from collections.abc import Collection

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import registry
from handlers.sent import read_said
from handlers.turn import Turn
from handlers.views import fields as views
from keyboards.field_data import (
    FieldAskCb,
    FieldClearCb,
    FieldDoneCb,
    FieldFileCb,
    FieldPickCb,
    FieldPlacePress,
    FieldsCb,
)
from services.access import Action
from services.dto.fields import FieldKind, FieldLine, FieldSheet, FieldSubject
from services.errors import AppError, NotFoundError, StaleError

describe(
    {
        "field.not_found": "There is no such field any more.",
        "field.empty": "Please send what the field is to say; a dash clears it.",
        "field.too_long": "That is too long: at most {most} characters.",
        "field.bad_number": "I could not read a number. Write it like 12 or 3.5, a trillion at most.",
        "field.bad_money": "I could not read a sum. Write it like 150000, 150k or 99.50, up to a trillion.",
        "field.bad_date": "I could not read a day. Write it like tomorrow, 12.05 or 12.05.2027.",
        "field.far_day": "More than {years} years away? If that is right, send it once more.",
        "field.bad_days": "I could not read a day. Write it like 12.05, from 12.05 or 12.05 - 31.05.",
        "field.bad_flag": "Please answer yes or no.",
        "field.bad_choice": "“{name}” is not in the list. Please press one of the buttons.",
        "field.near_choices": "“{name}” may be any of these: {near}. Please press the one that you mean.",
        "field.bad_phone": "I could not read a phone. Write it like +7 916 123-45-67.",
        "field.bad_link": "I could not read a link. Write it like example.com/page.",
        "field.bad_invoice": "Send its number, its sum and perhaps its day: 17, 150000, 12.05.",
        "field.wants_file": "Please send a file or a picture here.",
        "field.only_filled": "Of a file I know whether there is one. Please press one of the buttons.",
    }
)


@registry.press(FieldsCb, Action.FIELD_FILL)
async def on_fields(turn: Turn, data: FieldsCb) -> None:
    """All of them; an open question is given up."""
    await _show(turn, await turn.services.filling.sheet(turn.actor, data.whose, data.of_id))


@registry.press(FieldAskCb, Action.FIELD_FILL)
async def on_field_ask(turn: Turn, data: FieldAskCb) -> None:
    """What shall this one say?"""
    sheet = await turn.services.filling.sheet(turn.actor, data.whose, data.of_id)
    await _ask(turn, data, sheet, data.field_id)


@registry.step("field.value", Action.FIELD_FILL)
async def got_field_value(turn: Turn, message: Message) -> None:
    """This, in words or by a file; a day that is far away is asked about, and taken when it comes again."""
    data = await turn.form.data()
    subject, subject_id = data["back"]
    said, whose = read_said(message), FieldSubject(subject)
    filling, field_id = turn.services.filling, int(data["field_id"])
    sure = data.get("far") == said.text
    try:
        sheet = await filling.write(turn.actor, whose, subject_id, field_id, said.text, said.file, sure=sure)
    except AppError as error:
        if error.code == "field.far_day":
            await turn.form.wait("field.value", field_id=field_id, back=[subject, subject_id], far=said.text)
        raise
    await turn.form.close()
    await turn.show(views.written(sheet, field_id, said.text, turn.t))


@registry.press(FieldPickCb, Action.FIELD_FILL)
async def on_field_pick(turn: Turn, data: FieldPickCb) -> None:
    """This, by a button; of several it is ticked, or not any more, and it is asked on."""
    filling = turn.services.filling
    sheet = await filling.sheet(turn.actor, data.whose, data.of_id)
    line = views.found_line(sheet, data.field_id)
    if line is None or line.field.kind is not FieldKind.CHOICES:
        where = (data.whose, data.of_id, data.field_id)
        await _show(turn, await filling.choose(turn.actor, *where, data.choice, data.version))
    elif data.version != sheet.version:
        raise StaleError
    else:
        await _ask(turn, data, sheet, data.field_id, await _ticked(turn, data, line) ^ {data.choice})


@registry.press(FieldDoneCb, Action.FIELD_FILL)
async def on_field_done(turn: Turn, data: FieldDoneCb) -> None:
    """All that is ticked, at once; an old button, whose question is not open any more, saves nothing."""
    kept = await turn.form.data()
    if not await _asks(turn, data):
        raise StaleError
    where = (data.whose, data.of_id, data.field_id)
    await _show(turn, await turn.services.filling.tick(turn.actor, *where, kept["ids"], data.version))


@registry.press(FieldClearCb, Action.FIELD_FILL)
async def on_field_clear(turn: Turn, data: FieldClearCb) -> None:
    """Nothing."""
    filling = turn.services.filling
    await _show(turn, await filling.clear(turn.actor, data.whose, data.of_id, data.field_id, data.version))


@registry.press(FieldFileCb, Action.FIELD_FILL)
async def on_field_file(turn: Turn, data: FieldFileCb) -> None:
    """Its file once more."""
    file = await turn.services.filling.file(turn.actor, data.whose, data.of_id, data.field_id)
    if not await turn.send_file(file.kind, file.file_id, protect=file.protect):
        raise NotFoundError("file")


async def _ask(
    turn: Turn, data: FieldPlacePress, sheet: FieldSheet, field_id: int, ids: Collection[int] | None = None
) -> None:
    """`ids`: what is ticked of several; at first what the field says."""
    line = views.found_line(sheet, field_id)
    if line is None or not sheet.edits:
        raise NotFoundError("field")
    ids = views.ids_of(line) if ids is None else ids
    await turn.form.wait("field.value", field_id=field_id, back=list(data.subject()), ids=sorted(ids))
    await turn.show(views.ask(sheet, line, ids, turn.t))


async def _asks(turn: Turn, data: FieldDoneCb | FieldPickCb) -> bool:
    """Whether the open question is of this very field."""
    kept = await turn.form.data()
    here = await turn.form.state() == "field.value" and kept.get("back") == list(data.subject())
    return here and kept.get("field_id") == data.field_id and "ids" in kept


async def _ticked(turn: Turn, data: FieldPickCb, line: FieldLine) -> frozenset[int]:
    """What is ticked in the open question; else what the field says."""
    return frozenset((await turn.form.data())["ids"]) if await _asks(turn, data) else views.ids_of(line)


async def _show(turn: Turn, sheet: FieldSheet) -> None:
    await turn.form.close()
    await turn.show(views.sheet(sheet, turn.t))
