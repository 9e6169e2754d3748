"""The rules by which the deals of a stage move on by themselves."""

from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import stage_autos as views
from keyboards.pipeline_data import StageAutoAskCb, StageAutosCb, StageAutoSetCb, StageAutoWayCb
from services.access import Action
from services.choices import choice
from services.pipelines.auto_rules import Happening


@registry.press(StageAutosCb, Action.PIPELINE_EDIT)
async def on_autos(turn: Turn, data: StageAutosCb) -> None:
    """All of a stage."""
    await turn.show(views.autos(await turn.services.stages.card(turn.actor, data.stage_id), turn.t))


@registry.press(StageAutoAskCb, Action.PIPELINE_EDIT)
async def on_auto_ask(turn: Turn, data: StageAutoAskCb) -> None:
    """When, and where to?"""
    what, card = choice(Happening, data.what), await turn.services.stages.card(turn.actor, data.stage_id)
    await turn.show(views.ask(card, what, data.days, turn.t, data.page))


@registry.press(StageAutoWayCb, Action.PIPELINE_EDIT)
async def on_auto_way(turn: Turn, data: StageAutoWayCb) -> None:
    """Where to in another pipeline?"""
    what, autos = choice(Happening, data.what), turn.services.stage_autos
    shown = await autos.places(turn.actor, data.stage_id, what, data.pipeline_id)
    await turn.show(views.places(shown, what, data.days, turn.t, data.page))


@registry.press(StageAutoSetCb, Action.PIPELINE_EDIT)
async def on_auto_set(turn: Turn, data: StageAutoSetCb) -> None:
    """There."""
    what, autos = choice(Happening, data.what), turn.services.stage_autos
    await turn.show(
        views.autos(await autos.set(turn.actor, data.stage_id, what, data.to_id, data.days), turn.t)
    )
