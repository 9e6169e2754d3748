"""Deals: cards, lists and moves."""

from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import deals as views
from keyboards.deals import DealBoardCb, DealCb, DealListCb, DealMoveCb, DealMovesCb, DealUndoCb
from services.access import Action


@registry.card("deal")
async def deal_card(viewer: Viewer, deal_id: int) -> Screen | None:
    """A deal as one reader sees it; team chats have no card of it yet."""
    if viewer.actor is None:
        return None
    return views.card(await viewer.services.deals.card(viewer.actor, deal_id), viewer.t)


@registry.command("deals", Action.DEAL_VIEW)
async def cmd_deals(turn: Turn, _args: str) -> None:
    """The stages with one's deals."""
    await turn.show(views.board(await turn.services.deals.board(turn.actor), turn.t))


@registry.press(DealBoardCb, Action.DEAL_VIEW)
async def on_deal_board(turn: Turn, _data: DealBoardCb) -> None:
    """Back to the stages."""
    await turn.show(views.board(await turn.services.deals.board(turn.actor), turn.t))


@registry.press(DealListCb, Action.DEAL_VIEW)
async def on_deal_list(turn: Turn, data: DealListCb) -> None:
    """Deals of a stage, page by page."""
    page = await turn.services.deals.page(turn.actor, data.stage_id or None, data.after or None)
    await turn.show(views.page(page, data.stage_id, turn.t))


@registry.press(DealCb, Action.DEAL_VIEW)
async def on_deal(turn: Turn, data: DealCb) -> None:
    """Open a deal."""
    await turn.show(views.card(await turn.services.deals.card(turn.actor, data.deal_id), turn.t))


@registry.press(DealMovesCb, Action.DEAL_VIEW)
async def on_deal_moves(turn: Turn, data: DealMovesCb) -> None:
    """Where may it move?"""
    await turn.show(views.moves(await turn.services.deals.card(turn.actor, data.deal_id), turn.t))


@registry.press(DealMoveCb, Action.DEAL_VIEW)
async def on_deal_move(turn: Turn, data: DealMoveCb) -> None:
    """Move it."""
    deal = await turn.services.deals.move(turn.actor, data.deal_id, data.stage_id, data.version)
    await turn.show(views.card(deal, turn.t))


@registry.press(DealUndoCb, Action.DEAL_VIEW)
async def on_deal_undo(turn: Turn, data: DealUndoCb) -> None:
    """Take the last move back."""
    deal = await turn.services.deals.undo(turn.actor, data.deal_id, data.event_id, data.version)
    await turn.show(views.card(deal, turn.t))
