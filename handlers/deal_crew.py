"""Colleagues who work on a deal besides its owner."""

from typing import Any

from handlers.errors import describe
from handlers.menu import home
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import deal_crew as views
from handlers.views import deals as deal_views
from keyboards.deal_data import DealCrewAddCb, DealCrewCb, DealCrewDropCb
from keyboards.links import message_link
from services.access import Action
from services.notices import NoticeKind

describe({"crew.full": "{limit} colleagues work on this deal already; that is the most."})


@registry.notice(NoticeKind.DEAL_SHARED)
async def deal_shared(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """You work on this deal, too."""
    if viewer.actor is None:
        return None
    deal = await viewer.services.deals.card(viewer.actor, int(params["id"]))
    named_at = params.get("named_at")
    link = message_link(*named_at) if named_at is not None else None
    return views.shared(deal, str(params["by"]), link, viewer.t)


@registry.press(DealCrewCb, Action.DEAL_SHARE)
async def on_crew(turn: Turn, data: DealCrewCb) -> None:
    """Who works on it?"""
    await turn.show(views.crew(await turn.services.crews.look(turn.actor, data.deal_id, data.page), turn.t))


@registry.press(DealCrewAddCb, Action.DEAL_SHARE)
async def on_crew_add(turn: Turn, data: DealCrewAddCb) -> None:
    """This colleague, too."""
    deal = await turn.services.crews.add(turn.actor, data.deal_id, data.person_id, data.version)
    await turn.show(deal_views.card(deal, turn.t))


@registry.press(DealCrewDropCb, Action.DEAL_SHARE)
async def on_crew_drop(turn: Turn, data: DealCrewDropCb) -> None:
    """This colleague no longer; whoever leaves themselves sees it no more."""
    deal = await turn.services.crews.remove(turn.actor, data.deal_id, data.person_id, data.version)
    await turn.show(deal_views.card(deal, turn.t) if deal is not None else await home(turn))
