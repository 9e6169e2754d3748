"""Buttons of what is put to a record: where it goes, and the files that lie there."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.clients import ClientFilesCb, ContactCb, FirmCb
from keyboards.common import button, cancel, home, rows
from keyboards.data import Id, Press
from keyboards.deal_data import DealCb, DealFilesCb
from keyboards.lead_data import LeadCb, LeadFilesCb
from keyboards.tongue import Tongue
from services.dto.common import Ref
from services.dto.talk import FileKind, FileLine, FileList

MARKS = {
    FileKind.PHOTO: "🖼",
    FileKind.VOICE: "🎤",
    FileKind.VIDEO_NOTE: "📹",
    FileKind.VIDEO: "🎬",
    FileKind.AUDIO: "🎵",
    FileKind.DOCUMENT: "📎",
}


class PutCb(Press, prefix="np"):
    """Put what was sent to a deal; `key` tells the newest question from older ones."""

    key: Id
    deal_id: Id


class PutLeadCb(Press, prefix="npl"):
    """Make a lead of what was sent."""

    key: Id


class FileCb(Press, prefix="fo"):
    """Open a file."""

    file_id: Id


def places(deals: tuple[Ref, ...], key: int, t: Tongue, *, lead: bool) -> InlineKeyboardMarkup:
    """Deals to put it to; `lead`: and the way to make a lead of it."""
    return rows(
        *[[button(f"💼 #{deal.id} {deal.name}", PutCb(key=key, deal_id=deal.id))] for deal in deals],
        [button(t("📥 New lead"), PutLeadCb(key=key)) if lead else None, cancel(t)],
    )


def files(found: FileList, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each file, and the way on."""
    card, more = _places(found)
    return rows(
        *[[button(file_label(line, t), FileCb(file_id=line.id))] for line in found.files.items],
        [button(t("◀️ Back"), card), button(t("Older ▶️"), more) if found.files.next_after else home(t)],
    )


def _places(found: FileList) -> tuple[Press, Press]:
    """The card of what they lie with, and their next page."""
    after = found.files.next_after or 0
    if found.subject == "deal":
        return DealCb(deal_id=found.id), DealFilesCb(deal_id=found.id, after=after)
    if found.subject == "lead":
        return LeadCb(lead_id=found.id), LeadFilesCb(lead_id=found.id, after=after)
    card = ContactCb(contact_id=found.id) if found.subject == "contact" else FirmCb(firm_id=found.id)
    return card, ClientFilesCb(kind=found.subject, client_id=found.id, after=after)


def file_label(line: FileLine, t: Tongue) -> str:
    """A file in the words of a button."""
    return f"{MARKS[line.kind]} {line.name or t.when(line.at)}"
