"""Buttons under the fields of one subject, and while one of them is filled."""

from collections.abc import Callable, Collection, Iterable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.clients import ContactCb, FirmCb
from keyboards.common import button, cancel, grid, home, marked, rows
from keyboards.data import Press
from keyboards.deal_data import DealCb, EntryNextCb, EntryPickCb
from keyboards.field_data import (
    FieldAskCb,
    FieldClearCb,
    FieldDoneCb,
    FieldFileCb,
    FieldPickCb,
    FieldsCb,
    place_of,
)
from keyboards.lead_data import LeadCb, LeadEntryNextCb, LeadEntryPickCb
from keyboards.tongue import Tongue
from services.dto.fields import Field, FieldKind, FieldLine, FieldSheet, FieldSubject, Invoice
from services.dto.talk import SentFile

MARKS = {
    FieldKind.TEXT: "🔤",
    FieldKind.NUMBER: "🔢",
    FieldKind.MONEY: "💰",
    FieldKind.DATE: "📅",
    FieldKind.CHOICE: "🔘",
    FieldKind.CHOICES: "☑️",
    FieldKind.FLAG: "✅",
    FieldKind.PHONE: "📞",
    FieldKind.LINK: "🔗",
    FieldKind.FILE: "📎",
    FieldKind.INVOICE: "🧾",
}


def card_press(subject: FieldSubject, subject_id: int) -> Press:
    """To the card of a subject."""
    match subject:
        case FieldSubject.LEAD:
            return LeadCb(lead_id=subject_id)
        case FieldSubject.CONTACT:
            return ContactCb(contact_id=subject_id)
        case FieldSubject.FIRM:
            return FirmCb(firm_id=subject_id)
    return DealCb(deal_id=subject_id)


def fields_button(
    subject: FieldSubject, subject_id: int, lines: tuple[FieldLine, ...], t: Tongue
) -> InlineKeyboardButton | None:
    """To all fields, with how many say something; none where there are no fields."""
    if not lines:
        return None
    filled = sum(line.value is not None for line in lines)
    label = t("📋 Fields · {filled} of {all}", filled=filled, all=len(lines))
    return button(label, FieldsCb(place=place_of(subject, subject_id)))


def sheet(shown: FieldSheet, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each field that may be filled, and for each file."""
    place = place_of(shown.subject, shown.id)
    asks = (
        button(f"{MARKS[line.field.kind]} {line.field.name}", FieldAskCb(place=place, field_id=line.field.id))
        for line in (shown.lines if shown.edits else ())
    )
    files = (
        button(f"⬇️ {line.field.name}", FieldFileCb(place=place, field_id=line.field.id))
        for line in shown.lines
        if has_file(line)
    )
    back = button(t("◀️ Back"), card_press(shown.subject, shown.id))
    return rows(*grid(asks), *grid(files), [back, home(t)])


def ask(shown: FieldSheet, line: FieldLine, ids: Collection[int], t: Tongue) -> InlineKeyboardMarkup:
    """The likely answers, and nothing; `ids`: what is ticked of several."""
    place, field = place_of(shown.subject, shown.id), line.field
    several = field.kind is FieldKind.CHOICES
    done = FieldDoneCb(place=place, field_id=field.id, version=shown.version)
    clear = FieldClearCb(place=place, field_id=field.id, version=shown.version)
    back = button(t("◀️ Back"), FieldsCb(place=place))
    return rows(
        *grid(_choices(shown, line, ids, t)),
        [button(t("✅ Save"), done, "primary") if several else None],
        [button(t("🧹 Clear"), clear) if line.value is not None else None],
        [back, cancel(t)],
    )


def ask_entry(deal_id: int, field: Field, ids: Collection[int], t: Tongue) -> InlineKeyboardMarkup:
    """The likely answers while a stage asks for a field; `ids`: what is ticked."""
    several = int(field.kind is FieldKind.CHOICES)
    return _entry(
        lambda choice: EntryPickCb(deal_id=deal_id, choice=choice, several=several),
        EntryNextCb(deal_id=deal_id),
        DealCb(deal_id=deal_id),
        (field, ids, t),
    )


def ask_lead_entry(lead_id: int, field: Field, ids: Collection[int], t: Tongue) -> InlineKeyboardMarkup:
    """The same while a lead becomes a deal."""
    several = int(field.kind is FieldKind.CHOICES)
    return _entry(
        lambda choice: LeadEntryPickCb(lead_id=lead_id, choice=choice, several=several),
        LeadEntryNextCb(lead_id=lead_id),
        LeadCb(lead_id=lead_id),
        (field, ids, t),
    )


def _entry(
    pick: Callable[[int], Press], go_on: Press, back: Press, asked: tuple[Field, Collection[int], Tongue]
) -> InlineKeyboardMarkup:
    field, ids, t = asked

    def answer(label: str, choice: int) -> InlineKeyboardButton:
        return button(marked(label, chosen=choice in ids), pick(choice))

    several = field.kind is FieldKind.CHOICES
    return rows(
        [answer(t("Yes"), 1), answer(t("No"), 0)] if field.kind is FieldKind.FLAG else [],
        *grid(answer(one.name, one.id) for one in field.offered),
        [button(t("▶️ Go on"), go_on, "primary") if several and ids else None],
        [button(t("◀️ Back"), back), cancel(t)],
    )


def has_file(line: FieldLine) -> bool:
    """Whether it holds a file."""
    value = line.value
    return isinstance(value, SentFile) or (isinstance(value, Invoice) and value.file is not None)


def _choices(
    shown: FieldSheet, line: FieldLine, ids: Collection[int], t: Tongue
) -> Iterable[InlineKeyboardButton]:
    field, value = line.field, line.value

    def pick(label: str, choice: int, *, on: bool) -> InlineKeyboardButton:
        place = place_of(shown.subject, shown.id)
        data = FieldPickCb(place=place, field_id=field.id, choice=choice, version=shown.version)
        return button(marked(label, chosen=on), data)

    if field.kind is FieldKind.FLAG:
        return [pick(t("Yes"), 1, on=value is True), pick(t("No"), 0, on=value is False)]
    return [pick(one.name, one.id, on=one.id in ids) for one in field.offered]
