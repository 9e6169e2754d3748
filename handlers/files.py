"""The files of deals, leads and clients: listed, and opened again; those of tasks are in `task_files`."""

from handlers.errors import describe
from handlers.paging import show_page
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import notes as views
from keyboards.clients import ClientFilesCb
from keyboards.deal_data import DealFilesCb
from keyboards.lead_data import LeadFilesCb
from keyboards.notes import FileCb
from services.access import Action
from services.choices import choice
from services.dto.clients import ClientKind
from services.errors import AppError

describe(
    {
        "file.not_found": "There is no such file, or it is not yours to see.",
        "file.gone": "Telegram does not give this file out any more.",
    }
)


@registry.press(DealFilesCb, Action.DEAL_TALK_VIEW)
async def on_files(turn: Turn, data: DealFilesCb) -> None:
    """The files of a deal, page by page."""
    found = await turn.services.files.of_deal(turn.actor, data.deal_id, data.after or None)
    await show_page(turn, views.files(found, turn.t), data)


@registry.press(LeadFilesCb, Action.LEAD_VIEW)
async def on_lead_files(turn: Turn, data: LeadFilesCb) -> None:
    """The files of a lead, page by page."""
    found = await turn.services.files.of_lead(turn.actor, data.lead_id, data.after or None)
    await show_page(turn, views.files(found, turn.t), data)


@registry.press(ClientFilesCb, Action.CLIENT_VIEW)
async def on_client_files(turn: Turn, data: ClientFilesCb) -> None:
    """The files of a contact or a company, page by page."""
    kind = choice(ClientKind, data.kind)
    found = await turn.services.files.of_client(turn.actor, kind, data.client_id, data.after or None)
    await show_page(turn, views.files(found, turn.t), data)


@registry.press(FileCb, Action.DEAL_TALK_VIEW)
async def on_file(turn: Turn, data: FileCb) -> None:
    """Open a file, in the presser's private chat."""
    file = await turn.services.files.open(turn.actor, data.file_id)
    if not await turn.send_file(file.kind, file.file_id, protect=file.protect):
        raise AppError("file.gone")
