"""Buttons of the company's own fields in the settings."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, home, marked, rows
from keyboards.data import Press
from keyboards.field_data import (
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
from keyboards.fields import MARKS
from keyboards.profile import ProfileCb
from keyboards.scoring import ScoreCb
from keyboards.setting_history import FieldHistoryCb, history_of
from keyboards.tongue import Tongue
from services.dto.fields import (
    CHOSEN,
    CopyChoice,
    DroppedField,
    FieldCard,
    FieldKind,
    FieldList,
    FieldSubject,
)
from services.fields.ready import find_ready


def subject_label(subject: FieldSubject, t: Tongue) -> str:
    """Whose fields they are."""
    return {
        FieldSubject.LEAD: t("📥 Leads"),
        FieldSubject.CONTACT: t("👤 Clients"),
        FieldSubject.FIRM: t("🏢 Companies"),
        FieldSubject.DEAL: t("💼 Deals"),
    }[subject]


def kind_label(kind: FieldKind, t: Tongue) -> str:
    """What a field holds."""
    words = {
        FieldKind.TEXT: t("Text"),
        FieldKind.NUMBER: t("A number"),
        FieldKind.MONEY: t("Money"),
        FieldKind.DATE: t("Date"),
        FieldKind.CHOICE: t("List"),
        FieldKind.CHOICES: t("Several choices"),
        FieldKind.FLAG: t("Yes or no"),
        FieldKind.PHONE: t("Phone"),
        FieldKind.LINK: t("Link"),
        FieldKind.FILE: t("File"),
        FieldKind.INVOICE: t("Invoice"),
    }
    return f"{MARKS[kind]} {words[kind]}"


def menu(t: Tongue) -> InlineKeyboardMarkup:
    """Whose fields?"""
    return rows(
        *grid(button(subject_label(one, t), FieldListCb(whose=one.value)) for one in FieldSubject),
        [button(t("🎲 Score and probability"), ScoreCb())],
        [button(t("◀️ Back"), ProfileCb()), home(t)],
    )


def fields(shown: FieldList, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each, a new one, and the ready ones."""
    whose = shown.subject.value
    ready = [(code, find_ready(shown.subject, code)) for code in shown.ready]
    return rows(
        *grid(button(f"{MARKS[one.kind]} {one.name}", FieldCb(field_id=one.id)) for one in shown.used),
        [button(t("➕ New field"), FieldNewCb(whose=whose), "primary")],
        *grid(
            button(f"➕ {one.wording(t.language).name}", FieldReadyCb(whose=whose, code=code))
            for code, one in ready
            if one is not None
        ),
        *grid(button(f"🗄 {one.name}", FieldCb(field_id=one.id)) for one in shown.hidden),
        *grid(button(f"🗑 {one.name}", FieldDroppedCb(field_id=one.id)) for one in shown.dropped),
        [button(t("◀️ Back"), FieldMenuCb()), home(t)],
    )


def kinds(subject: FieldSubject, t: Tongue) -> InlineKeyboardMarkup:
    """What shall it hold?"""
    return rows(
        *grid(button(kind_label(kind, t), FieldKindCb(kind=kind.value)) for kind in FieldKind),
        [button(t("◀️ Back"), FieldListCb(whose=subject.value)), cancel(t)],
    )


def field(card: FieldCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under one field."""
    one, own = {"field_id": card.field.id}, card.field
    back = [button(t("◀️ Back"), FieldListCb(whose=own.subject.value)), home(t)]
    drop = button(t("🗑 Delete"), FieldDropCb(**one))
    if own.archived:
        again = button(t("↩️ Use it again"), FieldHideCb(**one, on=0), "primary")
        return rows([again], [drop, history_of(FieldHistoryCb(**one), t)], back)
    finance = marked(t("💳 For finance, too"), chosen=own.finance)
    return rows(
        [
            button(t("✏️ Rename"), FieldNameCb(**one)),
            button(t("📝 Choices"), FieldOptionsCb(**one)) if own.kind in CHOSEN else None,
        ],
        [button(finance, FieldFinanceCb(**one, on=int(not own.finance)))]
        if own.subject is FieldSubject.DEAL
        else [],
        [button(t("➡️ Copy into the deal"), FieldCopyCb(**one))] if own.subject is FieldSubject.LEAD else [],
        [
            _shift(t("⬆️ Up"), card, later=0) if card.up else None,
            _shift(t("⬇️ Down"), card, later=1) if card.down else None,
        ],
        [button(t("🗄 Hide"), FieldHideCb(**one, on=1)), drop],
        [history_of(FieldHistoryCb(**one), t)],
        back,
    )


def copies(choice: CopyChoice, t: Tongue) -> InlineKeyboardMarkup:
    """Into which fields of the deal, and of the contact?"""
    own = choice.card.field
    lines: list[list[InlineKeyboardButton]] = []
    for subject, there in choice.there.items():
        now = own.to_deal if subject is FieldSubject.DEAL else own.to_contact
        place = {"field_id": own.id, "whose": subject.value}
        whose = subject_label(subject, t)
        picks = [
            button(
                marked(f"{whose}: {one.name}", chosen=one.id == now),
                FieldCopySetCb(**place, to_id=0 if one.id == now else one.id),
            )
            for one in there
        ]
        if now is None:
            picks.append(button(t("➕ {whose}: a new field", whose=whose), FieldCopyNewCb(**place)))
        lines += [[pick] for pick in picks]
    return rows(*lines, [button(t("◀️ Back"), FieldCb(field_id=own.id)), home(t)])


def drop(card: FieldCard, t: Tongue) -> InlineKeyboardMarkup:
    """Delete it?"""
    one = {"field_id": card.field.id}
    hide = button(t("🗄 Hide it instead"), FieldHideCb(**one, on=1), "primary")
    return rows(
        [hide] if card.filled and not card.field.archived else [],
        [button(t("🗑 Yes, delete it"), FieldDropSureCb(**one, filled=card.filled), "danger")],
        [button(t("◀️ Back"), FieldCb(**one))],
    )


def dropped(gone: DroppedField, t: Tongue) -> InlineKeyboardMarkup:
    """Under one that was deleted."""
    own = gone.field
    return rows(
        [button(t("↩️ Restore"), FieldBackCb(field_id=own.id), "primary")],
        [button(t("◀️ Back"), FieldListCb(whose=own.subject.value)), home(t)],
    )


def ask(back: Press, t: Tongue) -> InlineKeyboardMarkup:
    """While something about a field is being typed."""
    return rows([button(t("◀️ Back"), back), cancel(t)])


def _shift(label: str, card: FieldCard, *, later: int) -> InlineKeyboardButton:
    return button(label, FieldShiftCb(field_id=card.field.id, position=card.place, later=later))
