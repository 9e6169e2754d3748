"""The company's own fields, as owner and heads make and change them."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import field_settings as views
from keyboards.field_data import (
    SUBJECTS,
    FieldBackCb,
    FieldCb,
    FieldCopyCb,
    FieldCopyNewCb,
    FieldCopySetCb,
    FieldDropCb,
    FieldDroppedCb,
    FieldDropSureCb,
    FieldFinanceCb,
    FieldHideCb,
    FieldKindCb,
    FieldListCb,
    FieldMenuCb,
    FieldNameCb,
    FieldNewCb,
    FieldOptionsCb,
    FieldReadyCb,
    FieldShiftCb,
)
from services.access import Action
from services.choices import choice
from services.dto.fields import CHOSEN, FieldCard, FieldKind, FieldList, FieldSubject
from services.errors import StaleError

describe(
    {
        "field.name_empty": "Please send a name with at least one letter.",
        "field.name_long": "This name is too long: {most} characters at most.",
        "field.name_taken": "“{name}” is there already. Please send another name.",
        "field.many": "There are {most} fields already, and that is the most.",
        "field.no_options": "Please send the choices, each on its own line.",
        "field.one_option": "With a single choice there is nothing to choose. Please send at least two,"
        " each on its own line.",
        "field.many_options": "That is too many: at most {most} choices, with those chosen before.",
        "field.not_listed": "This field is not chosen from a list.",
    }
)


@registry.card("fields")
async def fields_card(viewer: Viewer, number: int) -> Screen | None:
    """The fields of one kind of subject by its number from 1 on; 0: whose?"""
    if viewer.actor is None or not viewer.actor.may(Action.FIELD_EDIT):
        return None
    if not 0 < number <= len(SUBJECTS):
        return views.menu(viewer.t)
    return views.fields(await viewer.services.fields.all(viewer.actor, SUBJECTS[number - 1]), viewer.t)


@registry.card("field")
async def field_card(viewer: Viewer, field_id: int) -> Screen | None:
    """A field."""
    if viewer.actor is None or not viewer.actor.may(Action.FIELD_EDIT):
        return None
    return views.field(await viewer.services.fields.card(viewer.actor, field_id), viewer.t)


@registry.press(FieldMenuCb, Action.FIELD_EDIT)
async def on_menu(turn: Turn, _data: FieldMenuCb) -> None:
    """Whose?"""
    await turn.form.close()
    await turn.show(views.menu(turn.t))


@registry.press(FieldListCb, Action.FIELD_EDIT)
async def on_list(turn: Turn, data: FieldListCb) -> None:
    """Theirs; an open question is given up."""
    subject = choice(FieldSubject, data.whose)
    await _list(turn, await turn.services.fields.all(turn.actor, subject))


@registry.press(FieldNewCb, Action.FIELD_EDIT)
async def on_new(turn: Turn, data: FieldNewCb) -> None:
    """What is the new one called?"""
    subject = choice(FieldSubject, data.whose)
    await turn.form.wait("field.name", whose=subject.value, field_id=0, back=_back(subject))
    await turn.show(views.ask_name(subject, None, turn.t))


@registry.press(FieldNameCb, Action.FIELD_EDIT)
async def on_name(turn: Turn, data: FieldNameCb) -> None:
    """What shall it be called?"""
    card = await turn.services.fields.card(turn.actor, data.field_id)
    whose = card.field.subject
    await turn.form.wait(
        "field.name", whose=whose.value, field_id=card.field.id, back=["field", card.field.id]
    )
    await turn.show(views.ask_name(whose, card, turn.t))


@registry.step("field.name", Action.FIELD_EDIT)
async def got_name(turn: Turn, message: Message) -> None:
    """This; and what does a new one hold?"""
    data, fields, typed = await turn.form.data(), turn.services.fields, message.text or ""
    if data["field_id"]:
        await _show(turn, await fields.rename(turn.actor, int(data["field_id"]), typed))
        return
    subject = FieldSubject(data["whose"])
    name = await fields.check_name(turn.actor, subject, typed)
    await turn.form.wait("field.kind", name=name)
    await turn.show(views.ask_kind(subject, name, turn.t))


@registry.step("field.kind", Action.FIELD_EDIT)
async def got_kind(turn: Turn, message: Message) -> None:
    """Another name, after all; the kind is chosen by a button."""
    await got_name(turn, message)


@registry.press(FieldKindCb, Action.FIELD_EDIT)
async def on_kind(turn: Turn, data: FieldKindCb) -> None:
    """It holds this; and what may be chosen, if it is a list?"""
    kind, held = choice(FieldKind, data.kind), await turn.form.data()
    if await turn.form.state() not in ("field.kind", "field.options"):
        raise StaleError
    subject, name = FieldSubject(held["whose"]), str(held["name"])
    if kind in CHOSEN:
        await turn.form.wait("field.options", kind=kind.value)
        await turn.show(views.ask_options(subject, name, None, turn.t))
    else:
        await _show(turn, await turn.services.fields.add(turn.actor, subject, name, kind))


@registry.press(FieldOptionsCb, Action.FIELD_EDIT)
async def on_options(turn: Turn, data: FieldOptionsCb) -> None:
    """What may be chosen from now on?"""
    card = await turn.services.fields.card(turn.actor, data.field_id)
    own = card.field
    await turn.form.wait("field.options", field_id=own.id, back=["field", own.id])
    await turn.show(views.ask_options(own.subject, own.name, card, turn.t))


@registry.step("field.options", Action.FIELD_EDIT)
async def got_options(turn: Turn, message: Message) -> None:
    """This, one on each line."""
    data, fields, typed = await turn.form.data(), turn.services.fields, message.text or ""
    if data["field_id"]:
        await _show(turn, await fields.list_options(turn.actor, int(data["field_id"]), typed))
        return
    subject, kind = FieldSubject(data["whose"]), FieldKind(data["kind"])
    await _show(turn, await fields.add(turn.actor, subject, str(data["name"]), kind, typed))


@registry.press(FieldReadyCb, Action.FIELD_EDIT)
async def on_ready(turn: Turn, data: FieldReadyCb) -> None:
    """This ready one."""
    subject = choice(FieldSubject, data.whose)
    await _show(turn, await turn.services.fields.take_ready(turn.actor, subject, data.code))


@registry.press(FieldCb, Action.FIELD_EDIT)
async def on_field(turn: Turn, data: FieldCb) -> None:
    """One of them; an open question is given up."""
    await _show(turn, await turn.services.fields.card(turn.actor, data.field_id))


@registry.press(FieldShiftCb, Action.FIELD_EDIT)
async def on_shift(turn: Turn, data: FieldShiftCb) -> None:
    """One place on or back."""
    fields, later = turn.services.fields, bool(data.later)
    await _show(turn, await fields.shift(turn.actor, data.field_id, data.position, later=later))


@registry.press(FieldFinanceCb, Action.FIELD_EDIT)
async def on_finance(turn: Turn, data: FieldFinanceCb) -> None:
    """Also for finance, or not."""
    await _show(turn, await turn.services.fields.show_to_finance(turn.actor, data.field_id, on=bool(data.on)))


@registry.press(FieldHideCb, Action.FIELD_EDIT)
async def on_hide(turn: Turn, data: FieldHideCb) -> None:
    """Out of use, or into use again."""
    await _show(turn, await turn.services.fields.hide(turn.actor, data.field_id, on=bool(data.on)))


@registry.press(FieldCopyCb, Action.FIELD_EDIT)
async def on_copy(turn: Turn, data: FieldCopyCb) -> None:
    """Into what is it copied?"""
    await turn.show(views.copies(await turn.services.field_rules.choices(turn.actor, data.field_id), turn.t))


@registry.press(FieldCopySetCb, Action.FIELD_EDIT)
async def on_copy_set(turn: Turn, data: FieldCopySetCb) -> None:
    """Into this one, or into none."""
    rules, subject = turn.services.field_rules, choice(FieldSubject, data.whose)
    await turn.show(views.copies(await rules.copy(turn.actor, data.field_id, subject, data.to_id), turn.t))


@registry.press(FieldCopyNewCb, Action.FIELD_EDIT)
async def on_copy_new(turn: Turn, data: FieldCopyNewCb) -> None:
    """Into a new one that is made for it."""
    rules, subject = turn.services.field_rules, choice(FieldSubject, data.whose)
    await turn.show(views.copies(await rules.copy_to_new(turn.actor, data.field_id, subject), turn.t))


@registry.press(FieldDropCb, Action.FIELD_EDIT)
async def on_drop(turn: Turn, data: FieldDropCb) -> None:
    """Delete it?"""
    await turn.show(views.drop(await turn.services.fields.card(turn.actor, data.field_id), turn.t))


@registry.press(FieldDropSureCb, Action.FIELD_EDIT)
async def on_drop_sure(turn: Turn, data: FieldDropSureCb) -> None:
    """Delete it, with all that it says."""
    await _list(turn, await turn.services.fields.drop(turn.actor, data.field_id, data.filled))


@registry.press(FieldDroppedCb, Action.FIELD_EDIT)
async def on_dropped(turn: Turn, data: FieldDroppedCb) -> None:
    """One that was deleted."""
    await turn.form.close()
    await turn.show(views.dropped(await turn.services.dropped_fields.card(turn.actor, data.field_id), turn.t))


@registry.press(FieldBackCb, Action.FIELD_EDIT)
async def on_back(turn: Turn, data: FieldBackCb) -> None:
    """It is there again."""
    await _show(turn, await turn.services.dropped_fields.bring_back(turn.actor, data.field_id))


def _back(subject: FieldSubject) -> list[object]:
    return ["fields", SUBJECTS.index(subject) + 1]


async def _show(turn: Turn, card: FieldCard) -> None:
    await turn.form.close()
    await turn.show(views.field(card, turn.t))


async def _list(turn: Turn, shown: FieldList) -> None:
    await turn.form.close()
    await turn.show(views.fields(shown, turn.t))
