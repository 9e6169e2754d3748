"""Buttons of the histories of leads, clients and tasks."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.clients import ContactCb, FirmCb
from keyboards.common import button, rows
from keyboards.data import Id, Press
from keyboards.lead_data import LeadCb, LeadPress
from keyboards.task_data import TaskCb, TaskPress
from keyboards.tongue import Tongue
from services.dto.common import History


class LeadHistoryCb(LeadPress, prefix="hl"):
    """What happened to a lead, after a key (0: from the newest)."""

    after: Id = 0


class TaskHistoryCb(TaskPress, prefix="ht"):
    """What happened to a task."""

    after: Id = 0


class ClientHistoryCb(Press, prefix="hk"):
    """What happened to a contact or a company."""

    kind: str
    client_id: Id
    after: Id = 0

    def subject(self) -> tuple[str, int]:
        """The client's card."""
        return (self.kind, self.client_id)


def open_history(subject: str, subject_id: int, t: Tongue) -> InlineKeyboardButton:
    """The way to a history."""
    return button(t("🕓 History"), _data(subject, subject_id))


def history(shown: History, t: Tongue) -> InlineKeyboardMarkup:
    """Older events, and back to the card."""
    cards: dict[str, Press] = {
        "lead": LeadCb(lead_id=shown.id),
        "task": TaskCb(task_id=shown.id),
        "contact": ContactCb(contact_id=shown.id),
        "firm": FirmCb(firm_id=shown.id),
    }
    after = shown.page.next_after
    older = button(t("Older ▶️"), _data(shown.subject, shown.id, after)) if after else None
    return rows([button(t("◀️ Back"), cards[shown.subject]), older])


def _data(subject: str, subject_id: int, after: int = 0) -> CallbackData:
    if subject == "lead":
        return LeadHistoryCb(lead_id=subject_id, after=after)
    if subject == "task":
        return TaskHistoryCb(task_id=subject_id, after=after)
    return ClientHistoryCb(kind=subject, client_id=subject_id, after=after)
