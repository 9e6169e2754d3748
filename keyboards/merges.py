"""Buttons with which clients are united and taken apart."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.client_cards import back, contact_card, firm_card
from keyboards.clients import MergeAskCb, MergeShowCb, MergeSureCb, MergeUndoCb
from keyboards.common import button, cancel, rows
from keyboards.tongue import Tongue
from services.dto.clients import ClientCard, ClientKind, ContactCard, FirmCard
from services.dto.merges import MergeChoice, Merged, MergeField, MergePreview
from services.understanding import phones


def choice(offer: MergeChoice, t: Tongue) -> InlineKeyboardMarkup:
    """With whom?"""
    mark = "👤" if offer.kind is ClientKind.CONTACT else "🏢"
    one = {"kind": offer.kind.value, "client_id": offer.client.id}
    undo = None
    if offer.undo is not None:
        label = t("↩️ Take apart: {name}", name=offer.undo.name)
        undo = button(label, MergeUndoCb(**one, merge_id=offer.undo.id))
    return rows(
        *[
            [button(f"{mark} {line.name}{_hint(line.hint)}", MergeShowCb(**one, other_id=line.id))]
            for line in offer.found
        ],
        [undo],
        [back(offer.kind, offer.client.id, t), cancel(t)],
    )


def preview(shown: MergePreview, names: dict[int, str], t: Tongue) -> InlineKeyboardMarkup:
    """What is taken from which, the other way round, and the deed; `names` are those of the fields."""
    one = {"kind": shown.kind.value, "client_id": shown.kept.id}
    both = {**one, "other_id": shown.gone.id}
    sure = MergeSureCb(**both, seen=shown.seen)
    turned = MergeShowCb(kind=shown.kind.value, client_id=shown.gone.id, other_id=shown.kept.id)
    return rows(
        *[
            [button(f"{names[field.bit]}: {_other(field)}", _pick(both, shown.picks, field))]
            for field in shown.fields
        ],
        [button(t("✅ Yes, unite"), sure, "primary"), button(t("🔁 The other way round"), turned)],
        [button(t("◀️ Back"), MergeAskCb(**one))],
    )


def done(merged: Merged, t: Tongue) -> InlineKeyboardMarkup:
    """The card's own keyboard, with the way back above it."""
    client = merged.client
    undo = MergeUndoCb(kind=client.kind.value, client_id=client.id, merge_id=merged.merge_id)
    own = _card(client, t)
    return rows([button(t("↩️ Undo"), undo)], *own.inline_keyboard)


def _card(client: ClientCard, t: Tongue) -> InlineKeyboardMarkup:
    if isinstance(client, ContactCard):
        return contact_card(client, t)
    assert isinstance(client, FirmCard)
    return firm_card(client, t)


def _pick(both: dict[str, int | str], picks: int, field: MergeField) -> MergeShowCb:
    return MergeShowCb(**both, picks=picks ^ field.bit)


def _other(field: MergeField) -> str:
    """What it would be instead."""
    return field.kept if field.picked else field.gone


def _hint(hint: str | None) -> str:
    if not hint:
        return ""
    return f" · {phones.show(hint) if hint.startswith('+') else hint}"
