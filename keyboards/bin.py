"""Buttons of deletion, and of the bin."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.clients import ContactCb, FirmCb
from keyboards.common import button, home, rows, titled
from keyboards.data import Id, Press
from keyboards.deal_data import DealArchiveCb, DealCb
from keyboards.lead_data import LeadCb
from keyboards.task_bin import to_tasks
from keyboards.tongue import Tongue
from services.dto.bin import BinLine, BinPlan
from services.dto.common import Page

MARKS = {"deal": "💼", "lead": "📥", "contact": "👤", "firm": "🏢"}


class DeletePress(Press, prefix="-bn"):
    """A button that deletes a deal, a lead, a contact or a company."""

    kind: str
    id: Id

    def subject(self) -> tuple[str, int]:
        """Its card."""
        return (self.kind, self.id)


class DeleteCb(DeletePress, prefix="bn"):
    """Shall it be deleted?"""


class DeleteSureCb(DeletePress, prefix="bny"):
    """Delete it; refused if it has changed since `version`."""

    version: Id


class BinCb(Press, prefix="bnl"):
    """What lies in the bin, after a key (0: from the newest)."""

    after: Id = 0


class BinnedPress(Press, prefix="-bi"):
    """A button on something in the bin."""

    bin_id: Id


class BinnedCb(BinnedPress, prefix="bno"):
    """Look at it."""


class RestoreCb(BinnedPress, prefix="bnr"):
    """Bring it back."""


class DestroyCb(BinnedPress, prefix="bnx"):
    """Shall it be destroyed for good?"""


class DestroySureCb(BinnedPress, prefix="bnz"):
    """Destroy it for good."""


def delete(kind: str, subject_id: int, t: Tongue) -> InlineKeyboardButton:
    """Under a card."""
    return button(t("🗑 Delete"), DeleteCb(kind=kind, id=subject_id))


def to_bin(t: Tongue) -> InlineKeyboardButton:
    """The way to the bin."""
    return button(t("🗑 Bin"), BinCb())


def sure(plan: BinPlan, t: Tongue) -> InlineKeyboardMarkup:
    """Shall it be deleted?"""
    data = DeleteSureCb(kind=plan.kind, id=plan.id, version=plan.version)
    return rows([button(t("🗑 Yes, delete"), data, "danger"), _back(plan.kind, plan.id, t)])


def only_back(kind: str, subject_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """Back to the card."""
    return rows([_back(kind, subject_id, t)])


def deleted(line: BinLine, t: Tongue) -> InlineKeyboardMarkup:
    """Right after the deletion."""
    undo = button(t("↩️ Undo"), RestoreCb(bin_id=line.id), "primary") if line.may_restore else None
    return rows([undo], [to_bin(t), home(t)])


def binned(line: BinLine, t: Tongue) -> InlineKeyboardMarkup:
    """Under what lies in the bin."""
    restore = button(t("↩️ Restore"), RestoreCb(bin_id=line.id), "primary") if line.may_restore else None
    destroy = button(t("🔥 Delete for good"), DestroyCb(bin_id=line.id)) if line.may_destroy else None
    return rows([restore, destroy], [to_bin(t) if line.may_restore else None, home(t)])


def really(line: BinLine, t: Tongue) -> InlineKeyboardMarkup:
    """Shall it be destroyed?"""
    yes = button(t("🔥 Yes, for good"), DestroySureCb(bin_id=line.id), "danger")
    return rows([yes, button(t("◀️ Back"), BinnedCb(bin_id=line.id))])


def shelf(page: Page[BinLine], t: Tongue) -> InlineKeyboardMarkup:
    """One button for each, and the way on."""
    more = BinCb(after=page.next_after) if page.next_after else None
    return rows(
        *[
            [button(f"{MARKS[one.kind]} #{one.subject_id} {titled(one.title, t)}", BinnedCb(bin_id=one.id))]
            for one in page.items
        ],
        [button(t("More ▶️"), more) if more else None],
        [to_tasks(t), button(t("🗄 Archive of deals"), DealArchiveCb())],
        [home(t)],
    )


def destroyed(t: Tongue) -> InlineKeyboardMarkup:
    """Back to the bin."""
    return rows([to_bin(t), home(t)])


def _back(kind: str, subject_id: int, t: Tongue) -> InlineKeyboardButton:
    cards: dict[str, Press] = {
        "deal": DealCb(deal_id=subject_id),
        "lead": LeadCb(lead_id=subject_id),
        "contact": ContactCb(contact_id=subject_id),
        "firm": FirmCb(firm_id=subject_id),
    }
    return button(t("◀️ Back"), cards[kind])
