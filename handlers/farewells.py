"""What is read in place of a card that is out of reach by now, and by somebody who has left the company."""

from typing import Any

from handlers.registry import Viewer, registry
from handlers.screen import Screen
from keyboards.tongue import Tongue
from services.notices import NoticeKind


def withdrawn(t: Tongue) -> Screen:
    """What takes the place of a card whose subject has gone out of its reader's reach."""
    return Screen(t.html("🔒 You have no access to this any more."))


@registry.notice(NoticeKind.ACCESS_ENDED)
async def access_ended(viewer: Viewer, _params: dict[str, Any]) -> Screen | None:
    """You are no longer part of the company."""
    told = viewer.t.html("🚪 Your access to this company has ended. Thank you for working with us!")
    return Screen(told)


@registry.notice(NoticeKind.CARD_WITHDRAWN)
async def card_withdrawn(viewer: Viewer, _params: dict[str, Any]) -> Screen | None:
    """Here stood a card."""
    return withdrawn(viewer.t)
