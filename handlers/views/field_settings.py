"""How the company's own fields look to those who make them."""

from handlers.screen import Screen
from keyboards import field_settings as keys
from keyboards.common import cut
from keyboards.field_data import FieldCb, FieldListCb
from keyboards.field_settings import kind_label, subject_label
from keyboards.tongue import Html, Tongue, esc, join
from services.dto.fields import CHOSEN, CopyChoice, DroppedField, FieldCard, FieldList, FieldSubject
from services.fields.ready import find_ready
from services.fields.shape import NAME_LIMIT

NAMES = 600
"""So much is told of the stages that ask for a field."""


def menu(t: Tongue) -> Screen:
    """Whose fields?"""
    lines = [
        t.html("🗂 <b>Fields</b>"),
        t.html("What else is to be known of leads, clients, companies and deals? Whose fields?"),
    ]
    return Screen(join(lines), keys.menu(t), subject=("fields", 0))


def fields(shown: FieldList, t: Tongue) -> Screen:
    """Those of one kind of subject."""
    lines = [t.html("🗂 <b>Fields</b> · {whose}", whose=subject_label(shown.subject, t))]
    lines += [
        t.html("{n}. {name} · {kind}", n=place, name=one.name, kind=kind_label(one.kind, t))
        for place, one in enumerate(shown.used, 1)
    ]
    if not shown.used:
        lines.append(t.html("None yet. Make your own, or take a ready one."))
    if shown.hidden:
        lines.append(t.html("🗄 Hidden: {names}", names=", ".join(one.name for one in shown.hidden)))
    if shown.dropped:
        lines.append(t.html("🗑 Deleted: {names}", names=", ".join(one.name for one in shown.dropped)))
    if names := _ready_names(shown, t):
        lines.append(t.html("Ready ones: {names}", names=names))
    return Screen(join(lines), keys.fields(shown, t))


def field(card: FieldCard, t: Tongue) -> Screen:
    """One of them."""
    own = card.field
    lines = [
        t.html("🗂 <b>{name}</b> · {whose}", name=own.name, whose=subject_label(own.subject, t)),
        esc(kind_label(own.kind, t)),
    ]
    if own.kind in CHOSEN:
        lines.append(t.html("📝 {choices}", choices=", ".join(one.name for one in own.offered)))
        if gone := [one.name for one in own.options if one.gone]:
            lines.append(t.html("🗄 Chosen before: {choices}", choices=", ".join(gone)))
    lines += [copy_line(subject, name, t) for subject, name in card.copies]
    lines.append(t.html("Filled in: <b>{n}</b>", n=card.filled))
    lines.append(t.html("Key for the API and files: <code>{key}</code>", key=own.key))
    if own.archived:
        lines.append(t.html("🗄 Hidden. What it says is kept."))
    return Screen(join(lines), keys.field(card, t), subject=("field", own.id))


def ask_name(subject: FieldSubject, card: FieldCard | None, t: Tongue) -> Screen:
    """What shall it be called?"""
    if card is not None:
        text = t.html("What shall <b>{name}</b> be called? Send the new name.", name=card.field.name)
        return Screen(text, keys.ask(FieldCb(field_id=card.field.id), t))
    text = t.html("What is the new field called? Send its name: <i>Budget</i>, <i>Floor</i>.")
    return Screen(text, keys.ask(FieldListCb(whose=subject.value), t))


def ask_kind(subject: FieldSubject, name: str, t: Tongue) -> Screen:
    """What shall it hold?"""
    text = t.html("🗂 <b>{name}</b>\nWhat does it hold?", name=name)
    return Screen(text, keys.kinds(subject, t))


def ask_options(subject: FieldSubject, name: str, card: FieldCard | None, t: Tongue) -> Screen:
    """What may be chosen?"""
    lines = [t.html("🗂 <b>{name}</b>", name=name)]
    if card is None:
        asked = t.html(
            "Send at least two choices, one on each line, {most} characters each at most.", most=NAME_LIMIT
        )
        lines.append(asked)
        return Screen(join(lines), keys.ask(FieldListCb(whose=subject.value), t))
    lines += [
        t.html("<code>{choices}</code>", choices="\n".join(one.name for one in card.field.offered)),
        t.html("Send the whole list anew, one on each line. What you leave out is offered no more."),
        t.html("What was chosen before stays chosen."),
    ]
    return Screen(join(lines), keys.ask(FieldCb(field_id=card.field.id), t))


def copies(choice: CopyChoice, t: Tongue) -> Screen:
    """Into what is it copied when a lead becomes a deal?"""
    card = choice.card
    lines = [
        t.html("➡️ <b>{name}</b>: when a lead becomes a deal", name=card.field.name),
        t.html("Into which field is it copied? Those of the same kind fit."),
        *(copy_line(subject, name, t) for subject, name in card.copies),
    ]
    return Screen(join(lines), keys.copies(choice, t), subject=("field", card.field.id))


def copy_line(subject: FieldSubject, name: str, t: Tongue) -> Html:
    """A rule of copying."""
    return t.html("➡️ {whose}: {name}", whose=subject_label(subject, t), name=name)


def drop(card: FieldCard, t: Tongue) -> Screen:
    """Delete it?"""
    lines = [t.html("🗑 <b>Delete “{name}”?</b>", name=card.field.name)]
    if card.filled:
        lost = t.many(
            "It is filled in {n} place, and that goes with it.",
            "It is filled in {n} places, and all of that goes with it.",
            card.filled,
        )
        lines.append(esc(lost))
    if card.stages:
        names = cut(", ".join(card.stages), NAMES)
        lines.append(t.html("⚠️ These stages ask for it, and would no longer: {names}.", names=names))
    lines.append(t.html("For 30 days it can be brought back with what it says."))
    return Screen(join(lines), keys.drop(card, t), subject=("field", card.field.id))


def dropped(gone: DroppedField, t: Tongue) -> Screen:
    """One that was deleted, and may come back."""
    own = gone.field
    left = t.many("{n} more day", "{n} more days", gone.days_left)
    last = t.html("Can be brought back today for the last time")
    lines = [
        t.html("🗑 <b>{name}</b> · {whose}", name=own.name, whose=subject_label(own.subject, t)),
        esc(kind_label(own.kind, t)),
        t.html("Filled in: <b>{n}</b>", n=gone.filled),
        t.html("Deleted {when}", when=t.when(gone.deleted_at)),
        t.html("Can be brought back for {left}", left=left) if gone.days_left else last,
    ]
    return Screen(join(lines), keys.dropped(gone, t))


def _ready_names(shown: FieldList, t: Tongue) -> str:
    found = (find_ready(shown.subject, code) for code in shown.ready)
    return "; ".join(
        f"{words.name} ({', '.join(words.options)})"
        for words in (one.wording(t.language) for one in found if one is not None)
    )
