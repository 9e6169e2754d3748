"""What stands in the groups of clients that are theirs no more."""

from typing import Any

from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.views import client_chats as views
from services.dto.clients import ClientKind
from services.dto.team_chats import PARTED_CARDS
from services.notices import NoticeKind


@registry.card(PARTED_CARDS[ClientKind.CONTACT])
async def contact_parted_card(viewer: Viewer, _contact_id: int) -> Screen | None:
    """Here stood the card of a contact."""
    return views.parted(viewer.t) if viewer.actor is None else None


@registry.card(PARTED_CARDS[ClientKind.FIRM])
async def firm_parted_card(viewer: Viewer, _firm_id: int) -> Screen | None:
    """Here stood the card of a company."""
    return views.parted(viewer.t) if viewer.actor is None else None


@registry.notice(NoticeKind.CHAT_PARTED)
async def chat_parted(viewer: Viewer, _params: dict[str, Any]) -> Screen | None:
    """The client of this group was united with one who has another group."""
    return views.united_elsewhere(viewer.t) if viewer.actor is None else None
