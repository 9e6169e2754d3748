"""The tasks of a deal: what is to be done for it, and what was."""

from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import deal_tasks as views
from keyboards.deal_data import DealTasksCb
from services.access import Action


@registry.press(DealTasksCb, Action.DEAL_TALK_VIEW)
async def on_deal_tasks(turn: Turn, data: DealTasksCb) -> None:
    """Which?"""
    shown = await turn.services.deal_tasks.page(turn.actor, data.deal_id, data.page)
    await turn.show(views.tasks(shown, turn.t))
