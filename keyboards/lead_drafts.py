"""Buttons of a request that is not saved yet. `draft` tells one's newest draft from older ones."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.clients import ContactCb
from keyboards.common import button, grid, home, rows
from keyboards.data import CancelCb, Id, Press
from keyboards.lead_data import LeadCb
from keyboards.leads import field_label
from keyboards.tongue import Tongue
from services.dto.lead_intake import KnownPhone, LeadDraft, Touch
from services.dto.leads import LeadField
from services.understanding.lead_words import Source


class DraftPress(Press, prefix="-ld"):
    """A button on a draft."""

    draft: Id


class DraftCb(DraftPress, prefix="ld"):
    """Back to the draft; `again` 1: make a lead though the phone is known."""

    again: Id = 0


class DraftSaveCb(DraftPress, prefix="lds"):
    """Save it: for oneself (`mine` 1) or for the department; `again` as above."""

    department_id: Id
    mine: Id
    again: Id


class DraftFieldsCb(DraftPress, prefix="ldf"):
    """What shall be changed?"""


class DraftFieldCb(DraftPress, prefix="lde"):
    """Ask for a field."""

    field: str


class DraftSourceCb(DraftPress, prefix="ldo"):
    """It came from here."""

    source: str


class DraftTouchCb(DraftPress, prefix="ldt"):
    """Note it with the older record of its phone."""


def draft_card(draft: LeadDraft, key: int, t: Tongue, *, again: bool) -> InlineKeyboardMarkup:
    """Under a draft: where to save it, or what to do about a known phone."""
    edit = [button(t("✏️ Edit"), DraftFieldsCb(draft=key)), button(t("✖️ Cancel"), CancelCb())]
    if not draft.given.reachable:
        return rows(edit if draft.given.title else edit[1:])
    if draft.known is not None and not again:
        return rows(*_about_known(draft.known, key, t), edit)
    return rows(*grid(_places(draft, key, again, t)), edit)


def beside(keyboard: InlineKeyboardMarkup | None, key: int, name: str) -> InlineKeyboardMarkup:
    """Other buttons, and the way back to a draft that was left."""
    before = keyboard.inline_keyboard if keyboard is not None else []
    return rows(*before, [button(f"📝 {name}", DraftCb(draft=key))])


def draft_fields(key: int, t: Tongue) -> InlineKeyboardMarkup:
    """What may be changed."""
    fields = [
        button(field_label(field, t), DraftFieldCb(draft=key, field=field.value)) for field in LeadField
    ]
    return rows(*grid(fields), [_back(key, t)])


def draft_sources(key: int, names: Iterable[tuple[Source, str]], t: Tongue) -> InlineKeyboardMarkup:
    """Where it may have come from."""
    sources = [button(name, DraftSourceCb(draft=key, source=source.value)) for source, name in names]
    return rows(*grid(sources, 3), [_back(key, t)])


def draft_form(key: int, t: Tongue) -> InlineKeyboardMarkup:
    """While a field is being typed."""
    return rows([_back(key, t), button(t("✖️ Cancel"), CancelCb())])


def touched(touch: Touch, t: Tongue) -> InlineKeyboardMarkup:
    """The way to what was noted, if one may see it."""
    return rows([button(t("👀 Open"), _card(touch.subject, touch.id)) if touch.id else None, home(t)])


def _places(draft: LeadDraft, key: int, again: bool, t: Tongue) -> Iterable[InlineKeyboardButton]:
    alone = len(draft.departments) == 1
    for row in draft.departments:
        if row.id in draft.keeping:
            data = DraftSaveCb(draft=key, department_id=row.id, mine=1, again=int(again))
            label = t("🙋 Mine") if alone else t("🙋 Mine · {department}", department=row.name)
            yield button(label, data, "primary")
        data = DraftSaveCb(draft=key, department_id=row.id, mine=0, again=int(again))
        yield button(t("👥 To the department") if alone else f"👥 {row.name}", data)


def _about_known(known: KnownPhone, key: int, t: Tongue) -> Iterable[list[InlineKeyboardButton | None]]:
    if known.id is not None:
        yield [button(t("👀 Open"), _card(known.subject, known.id), "primary")]
    if known.touchable:
        yield [button(t("➕ Add as a new touch"), DraftTouchCb(draft=key))]
    yield [button(t("🆕 New lead anyway"), DraftCb(draft=key, again=1))]


def _card(subject: str, record_id: int) -> Press:
    return LeadCb(lead_id=record_id) if subject == "lead" else ContactCb(contact_id=record_id)


def _back(key: int, t: Tongue) -> InlineKeyboardButton:
    return button(t("◀️ Back"), DraftCb(draft=key))
