"""Buttons of a client's personal data: consent, its text, handing out, erasure."""

from enum import StrEnum

from aiogram.types import InlineKeyboardMarkup

from keyboards.clients import ClientListCb, ContactCb, ContactPress
from keyboards.common import button, cancel, grid, home, rows
from keyboards.data import Id, Press
from keyboards.deal_data import DealCb
from keyboards.lead_data import LeadCb
from keyboards.profile import CompanyCb
from keyboards.tongue import Tongue
from services.dto.clients import ClientKind
from services.dto.privacy import ConsentTextCard, ConsentWay, DossierFiles, ErasePreview, PrivacyCard


class DossierKind(StrEnum):
    """For whom all that is kept of a client is written out."""

    READ = "html"
    PROGRAM = "json"


class PrivacyCb(ContactPress, prefix="pv"):
    """What has this client agreed to?"""


class ConsentAskCb(ContactPress, prefix="pvw"):
    """How did they agree?"""


class ConsentGiveCb(ContactPress, prefix="pvg"):
    """Like this, to this version."""

    way: str
    number: Id


class ConsentDropCb(ContactPress, prefix="pvx"):
    """They have taken it back."""


class DossierCb(ContactPress, prefix="pvd"):
    """Hand out all that is kept of them."""

    form: str


class DossierFilesCb(ContactPress, prefix="pvf"):
    """Hand out the files, too, after so many that were sent before."""

    before: Id = 0


class EraseAskCb(ContactPress, prefix="pve"):
    """Erase all of it?"""


class EraseCb(ContactPress, prefix="pvy"):
    """Yes, for good."""

    version: Id


class ConsentTextCb(Press, prefix="pvt"):
    """The text that clients agree to."""


class ConsentWriteCb(Press, prefix="pvn"):
    """Write the next version of it; for a client's sake, whose card follows."""

    contact_id: Id = 0


def card(shown: PrivacyCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under what a client has agreed to."""
    contact_id, current = shown.contact.id, shown.current
    fresh = current is not None and current.number == shown.newest
    ask = button(t("✅ They have agreed"), ConsentAskCb(contact_id=contact_id), "primary")
    drop = button(t("↩️ They took it back"), ConsentDropCb(contact_id=contact_id))
    writes = button(t("✏️ Write the text"), ConsentWriteCb(contact_id=contact_id))
    text_ = button(t("📄 The text"), ConsentTextCb()) if shown.newest else None
    read = DossierCb(contact_id=contact_id, form=DossierKind.READ.value)
    erase_ = button(t("🧹 Erase everything…"), EraseAskCb(contact_id=contact_id))
    program = DossierCb(contact_id=contact_id, form=DossierKind.PROGRAM.value)
    return rows(
        [ask if shown.newest and not fresh else None, drop if current is not None else None],
        [text_ or (writes if shown.may_write else None)],
        [button(t("📤 Hand out: to read"), read), button(t("🗂 For programs"), program)]
        if shown.may_hand_out
        else [],
        [erase_ if shown.may_hand_out else None],
        [button(t("◀️ Back"), ContactCb(contact_id=contact_id)), home(t)],
    )


def files(sent: DossierFiles, t: Tongue) -> InlineKeyboardMarkup | None:
    """The way to the next files, if there are more."""
    if sent.upto >= sent.total:
        return None
    more = DossierFilesCb(contact_id=sent.contact_id, before=sent.upto)
    return rows([button(t("📎 Next files"), more, "primary")])


def ways(shown: PrivacyCard, t: Tongue) -> InlineKeyboardMarkup:
    """How did they agree?"""
    labels = {
        ConsentWay.PAPER: t("📝 On paper"),
        ConsentWay.CHAT: t("💬 In a messenger"),
        ConsentWay.SPOKEN: t("📞 By word of mouth"),
        ConsentWay.SITE: t("🌐 On the website"),
    }
    given = [
        button(label, ConsentGiveCb(contact_id=shown.contact.id, way=way.value, number=shown.newest or 0))
        for way, label in labels.items()
    ]
    return rows(*grid(given), [button(t("◀️ Back"), PrivacyCb(contact_id=shown.contact.id)), home(t)])


def text(shown: ConsentTextCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under the text."""
    write = t("✏️ Next version") if shown.number else t("✏️ Write the text")
    back = button(t("◀️ Company"), CompanyCb()) if shown.may_write else None
    return rows([button(write, ConsentWriteCb()) if shown.may_write else None], [back, home(t)])


def write(contact_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """Under the question for the text."""
    back = PrivacyCb(contact_id=contact_id) if contact_id else ConsentTextCb()
    return rows([button(t("◀️ Back"), back), cancel(t)])


def erase(shown: ErasePreview, t: Tongue) -> InlineKeyboardMarkup:
    """What stands in the way, or the last question."""
    back = [button(t("◀️ Back"), PrivacyCb(contact_id=shown.contact.id)), home(t)]
    if not shown.ready:
        leads = [button(f"📥 #{one.id} {one.name}", LeadCb(lead_id=one.id)) for one in shown.open_leads]
        deals = [button(f"💼 #{one.id} {one.name}", DealCb(deal_id=one.id)) for one in shown.open_deals]
        return rows(*grid([*leads, *deals], 1), back)
    sure = EraseCb(contact_id=shown.contact.id, version=shown.version)
    return rows([button(t("🧹 Erase for good"), sure, "danger")], back)


def erased(t: Tongue) -> InlineKeyboardMarkup:
    """When nothing is left."""
    return rows([button(t("◀️ Clients"), ClientListCb(kind=ClientKind.CONTACT.value)), home(t)])
