"""What somebody who has left the company still reads: that they have, and nothing of it else."""

from typing import Any

from handlers.registry import Viewer, registry
from handlers.screen import Screen
from services.notices import NoticeKind


@registry.notice(NoticeKind.ACCESS_ENDED)
async def access_ended(viewer: Viewer, _params: dict[str, Any]) -> Screen | None:
    """You are no longer part of the company."""
    told = viewer.t.html("🚪 Your access to this company has ended. Thank you for working with us!")
    return Screen(told)


@registry.notice(NoticeKind.CARD_WITHDRAWN)
async def card_withdrawn(viewer: Viewer, _params: dict[str, Any]) -> Screen | None:
    """Here stood a card."""
    return Screen(viewer.t.html("🔒 You have no access to this any more."))
