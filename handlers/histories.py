"""Who changed what, when and by which door: the histories of leads, clients and tasks."""

from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import histories as views
from keyboards.histories import ClientHistoryCb, LeadHistoryCb, TaskHistoryCb
from services.access import Action
from services.choices import choice
from services.dto.clients import ClientKind


@registry.press(LeadHistoryCb, Action.LEAD_VIEW)
async def on_lead_history(turn: Turn, data: LeadHistoryCb) -> None:
    """What happened to a lead, page by page."""
    shown = await turn.services.histories.of_lead(turn.actor, data.lead_id, data.after or None)
    await turn.show(views.history(shown, turn.t))


@registry.press(ClientHistoryCb, Action.CLIENT_VIEW)
async def on_client_history(turn: Turn, data: ClientHistoryCb) -> None:
    """What happened to a contact or a company, page by page."""
    kind = choice(ClientKind, data.kind)
    shown = await turn.services.histories.of_client(turn.actor, kind, data.client_id, data.after or None)
    await turn.show(views.history(shown, turn.t))


@registry.press(TaskHistoryCb, Action.TASK_VIEW)
async def on_task_history(turn: Turn, data: TaskHistoryCb) -> None:
    """What happened to a task, page by page."""
    shown = await turn.services.histories.of_task(turn.actor, data.task_id, data.after or None)
    await turn.show(views.history(shown, turn.t))
