"""Who changed what, when and by which door: the histories of leads, clients, tasks and settings."""

from handlers.paging import show_page
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import histories as views
from keyboards.histories import ClientHistoryCb, LeadHistoryCb, TaskHistoryCb
from keyboards.setting_history import (
    CompanyHistoryCb,
    DepartmentHistoryCb,
    FieldHistoryCb,
    PersonHistoryCb,
    PipelineHistoryCb,
    SourceHistoryCb,
)
from services.access import Action
from services.choices import choice
from services.dto.clients import ClientKind


@registry.press(LeadHistoryCb, Action.LEAD_VIEW)
async def on_lead_history(turn: Turn, data: LeadHistoryCb) -> None:
    """What happened to a lead, page by page."""
    shown = await turn.services.histories.of_lead(turn.actor, data.lead_id, data.after or None)
    await show_page(turn, views.history(shown, turn.t), data)


@registry.press(ClientHistoryCb, Action.CLIENT_VIEW)
async def on_client_history(turn: Turn, data: ClientHistoryCb) -> None:
    """What happened to a contact or a company, page by page."""
    kind = choice(ClientKind, data.kind)
    shown = await turn.services.histories.of_client(turn.actor, kind, data.client_id, data.after or None)
    await show_page(turn, views.history(shown, turn.t), data)


@registry.press(TaskHistoryCb, Action.TASK_VIEW)
async def on_task_history(turn: Turn, data: TaskHistoryCb) -> None:
    """What happened to a task, page by page."""
    shown = await turn.services.histories.of_task(turn.actor, data.task_id, data.after or None)
    await show_page(turn, views.history(shown, turn.t), data)


@registry.press(PersonHistoryCb, Action.PEOPLE_MANAGE)
async def on_person_history(turn: Turn, data: PersonHistoryCb) -> None:
    """What was done about somebody, page by page."""
    shown = await turn.services.histories.of_person(turn.actor, data.person_id, data.after or None)
    await show_page(turn, views.history(shown, turn.t), data)


@registry.press(DepartmentHistoryCb, Action.DEPARTMENT_RULES)
async def on_department_history(turn: Turn, data: DepartmentHistoryCb) -> None:
    """What was set of a department, page by page."""
    shown = await turn.services.histories.of_department(turn.actor, data.department_id, data.after or None)
    await show_page(turn, views.history(shown, turn.t), data)


@registry.press(PipelineHistoryCb, Action.PIPELINE_EDIT)
async def on_pipeline_history(turn: Turn, data: PipelineHistoryCb) -> None:
    """What was set of a pipeline and its stages, page by page."""
    shown = await turn.services.histories.of_pipeline(turn.actor, data.pipeline_id, data.after or None)
    await show_page(turn, views.history(shown, turn.t), data)


@registry.press(FieldHistoryCb, Action.FIELD_EDIT)
async def on_field_history(turn: Turn, data: FieldHistoryCb) -> None:
    """What was set of a field, page by page."""
    shown = await turn.services.histories.of_field(turn.actor, data.field_id, data.after or None)
    await show_page(turn, views.history(shown, turn.t), data)


@registry.press(SourceHistoryCb, Action.INTAKE_MANAGE)
async def on_source_history(turn: Turn, data: SourceHistoryCb) -> None:
    """What was set of a source of forms, page by page."""
    shown = await turn.services.histories.of_source(turn.actor, data.source_id, data.after or None)
    await show_page(turn, views.history(shown, turn.t), data)


@registry.press(CompanyHistoryCb, Action.COMPANY_EDIT)
async def on_company_history(turn: Turn, data: CompanyHistoryCb) -> None:
    """What was set of the company as a whole, page by page."""
    shown = await turn.services.histories.of_company(turn.actor, data.after or None)
    await show_page(turn, views.history(shown, turn.t), data)
