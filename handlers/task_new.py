"""Where a new task begins: at a command, a button, a deal, a lead, a client, a task that is done."""

from handlers.registry import registry
from handlers.task_forms import ask_line, begin
from handlers.task_replies import card_answered
from handlers.turn import Turn
from keyboards.task_data import ClientTaskCb, DealTaskCb, LeadTaskCb, TaskNewCb, TaskNextLineCb
from services.access import Action
from services.choices import choice
from services.dto.clients import ClientKind
from services.dto.tasks import Link
from services.errors import StaleError


@registry.command("task", Action.TASK_CREATE, groups=True)
async def cmd_task(turn: Turn, args: str) -> None:
    """A new task, perhaps told at once, or made of the message that is answered."""
    await begin(turn, args, await card_answered(turn))


@registry.press(TaskNewCb, Action.TASK_CREATE)
async def on_task_new(turn: Turn, _data: TaskNewCb) -> None:
    """The same by button."""
    await ask_line(turn, None, ["day", 0])


@registry.press(DealTaskCb, Action.TASK_CREATE)
async def on_deal_task(turn: Turn, data: DealTaskCb) -> None:
    """A task for a deal."""
    await ask_line(turn, Link("deal", data.deal_id))


@registry.press(LeadTaskCb, Action.TASK_CREATE)
async def on_lead_task(turn: Turn, data: LeadTaskCb) -> None:
    """A task for a lead."""
    await ask_line(turn, Link("lead", data.lead_id))


@registry.press(ClientTaskCb, Action.TASK_CREATE)
async def on_client_task(turn: Turn, data: ClientTaskCb) -> None:
    """A task for a contact or a company."""
    contact = choice(ClientKind, data.kind) is ClientKind.CONTACT
    await ask_line(turn, Link("contact" if contact else "firm", data.client_id))


@registry.press(TaskNextLineCb, Action.TASK_CREATE)
async def on_task_next_line(turn: Turn, data: TaskNextLineCb) -> None:
    """Another task for what one that is done belongs to."""
    task = await turn.services.tasks.card(turn.actor, data.task_id)
    if task.linked is None or not task.leads_on:
        raise StaleError
    await ask_line(turn, task.linked.link)
