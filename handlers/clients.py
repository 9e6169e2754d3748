"""Clients: the cards of contacts."""

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import clients as views
from keyboards.clients import ContactCb
from services.access import Action
from services.errors import NotFoundError

describe({"contact.not_found": "There is no such client, or they are not yours to see."})


@registry.card("contact")
async def contact_card(viewer: Viewer, contact_id: int) -> Screen | None:
    """A contact as one reader sees it; team chats have none."""
    if viewer.actor is None:
        return None
    try:
        return views.card(await viewer.services.clients.card(viewer.actor, contact_id), viewer.t)
    except NotFoundError:
        return None


@registry.press(ContactCb, Action.CLIENT_VIEW)
async def on_contact(turn: Turn, data: ContactCb) -> None:
    """Open a contact."""
    await turn.show(views.card(await turn.services.clients.card(turn.actor, data.contact_id), turn.t))
