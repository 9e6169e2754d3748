"""Buttons of the histories of leads, clients, tasks and settings."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.clients import ContactCb, FirmCb
from keyboards.common import button, rows
from keyboards.data import Id, Press
from keyboards.field_data import FieldCb
from keyboards.inflow import SourceCb
from keyboards.lead_data import LeadCb, LeadPress
from keyboards.people_data import DepartmentCb, PersonCb
from keyboards.pipeline_data import PipelineCb
from keyboards.profile import CompanyCb
from keyboards.setting_history import (
    CompanyHistoryCb,
    DepartmentHistoryCb,
    FieldHistoryCb,
    PersonHistoryCb,
    PipelineHistoryCb,
    SourceHistoryCb,
)
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
        "person": PersonCb(person_id=shown.id),
        "department": DepartmentCb(department_id=shown.id),
        "pipeline": PipelineCb(pipeline_id=shown.id),
        "field": FieldCb(field_id=shown.id),
        "source": SourceCb(source_id=shown.id),
        "company": CompanyCb(),
    }
    after = shown.page.next_after
    older = button(t("Older ▶️"), _data(shown.subject, shown.id, after)) if after else None
    return rows([button(t("◀️ Back"), cards[shown.subject]), older])


def _data(subject: str, subject_id: int, after: int = 0) -> CallbackData:
    made: dict[str, CallbackData] = {
        "lead": LeadHistoryCb(lead_id=subject_id, after=after),
        "task": TaskHistoryCb(task_id=subject_id, after=after),
        "person": PersonHistoryCb(person_id=subject_id, after=after),
        "department": DepartmentHistoryCb(department_id=subject_id, after=after),
        "pipeline": PipelineHistoryCb(pipeline_id=subject_id, after=after),
        "field": FieldHistoryCb(field_id=subject_id, after=after),
        "source": SourceHistoryCb(source_id=subject_id, after=after),
        "company": CompanyHistoryCb(after=after),
    }
    client = ClientHistoryCb(kind=subject, client_id=subject_id, after=after)
    return made.get(subject, client)
