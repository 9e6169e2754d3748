"""The stages of a pipeline, as owner and heads change them."""

from aiogram.types import Message

from handlers.errors import describe, words
from handlers.pipelines import show as show_pipeline
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import pipelines as pipeline_views
from handlers.views import stages as views
from keyboards.pipeline_data import (
    StageAskCb,
    StageCb,
    StageDropCb,
    StageDropSureCb,
    StageNewCb,
    StageRestoreCb,
    StageSetCb,
    StageShiftCb,
    StageUndoCb,
)
from services.access import Action
from services.choices import choice
from services.dto.pipelines import StageCard
from services.errors import AppError
from services.pipelines.shape import TOGGLED, StageField

describe(
    {
        "stage.last_open": "A pipeline needs a stage in which its deals are in work.",
        "stage.last_won": "A pipeline needs a stage for deals that are won.",
        "stage.last_lost": "A pipeline needs a stage for deals that are lost.",
        "stage.used": "Deals stand in this stage. Please choose where they go.",
        "stage.kind_used": "Deals stand in this stage, so its kind stays. Move them first.",
        "stage.closed": "This cannot be said of a stage where deals are closed.",
        "stage.bad_percent": "Please send a number from 0 to 100.",
        "stage.circle": "So a silent deal would go round in a circle. Choose one that does not lead here.",
        "message.empty": "Please send the message; a dash is none.",
        "message.too_long": "That is too long: at most {most} characters.",
        "message.unknown_gap": (
            "I cannot fill in “{gap}”. There are client, name, company, deal, sum, due, manager and us."
        ),
        "stage.result_empty": "Please send a line of text; a dash is none.",
    }
)


@registry.card("stage")
async def stage_card(viewer: Viewer, stage_id: int) -> Screen | None:
    """A stage."""
    if viewer.actor is None or not viewer.actor.may(Action.PIPELINE_EDIT):
        return None
    return views.stage(await viewer.services.stages.card(viewer.actor, stage_id), viewer.t)


@registry.press(StageCb, Action.PIPELINE_EDIT)
async def on_stage(turn: Turn, data: StageCb) -> None:
    """A stage; an open question is given up."""
    await _show(turn, await turn.services.stages.card(turn.actor, data.stage_id))


@registry.press(StageNewCb, Action.PIPELINE_EDIT)
async def on_new(turn: Turn, data: StageNewCb) -> None:
    """What is the new one called?"""
    card = await turn.services.pipelines.card(turn.actor, data.pipeline_id)
    await turn.form.wait("stage.new", pipeline_id=card.id, back=["pipeline", card.id])
    await turn.show(views.ask_stage(card, turn.t))


@registry.step("stage.new", Action.PIPELINE_EDIT)
async def got_new(turn: Turn, message: Message) -> None:
    """This."""
    here = int((await turn.form.data())["pipeline_id"])
    await _show(turn, await turn.services.stages.add(turn.actor, here, message.text or ""))


@registry.press(StageAskCb, Action.PIPELINE_EDIT)
async def on_ask(turn: Turn, data: StageAskCb) -> None:
    """One of the questions."""
    field, card = choice(StageField, data.field), await turn.services.stages.card(turn.actor, data.stage_id)
    await turn.form.wait("stage.answer", stage_id=card.id, field=field.value, back=["stage", card.id])
    await turn.show(views.ask_field(card, field, turn.t))


@registry.press(StageSetCb, Action.PIPELINE_EDIT)
async def on_set(turn: Turn, data: StageSetCb) -> None:
    """Its answer by a button; where there may be several, it is asked on."""
    field = choice(StageField, data.field)
    card = await turn.services.stages.set(turn.actor, data.stage_id, field, data.value)
    if field in TOGGLED:
        await turn.show(views.ask_field(card, field, turn.t))
    else:
        await _show(turn, card)


@registry.step("stage.answer", Action.PIPELINE_EDIT)
async def got_answer(turn: Turn, message: Message) -> None:
    """Its answer in words."""
    data = await turn.form.data()
    field, typed = choice(StageField, str(data["field"])), message.text or ""
    await _show(turn, await turn.services.stages.set(turn.actor, int(data["stage_id"]), field, typed))


@registry.press(StageShiftCb, Action.PIPELINE_EDIT)
async def on_shift(turn: Turn, data: StageShiftCb) -> None:
    """One place on or back."""
    stages, later = turn.services.stages, bool(data.later)
    await _show(turn, await stages.shift(turn.actor, data.stage_id, data.position, later=later))


@registry.press(StageDropCb, Action.PIPELINE_EDIT)
async def on_drop(turn: Turn, data: StageDropCb) -> None:
    """Delete it? And where do its deals go?"""
    shown = await turn.services.stages.plan_drop(turn.actor, data.stage_id, data.heir_id)
    why = words(AppError(shown.needed), turn.t) if shown.needed is not None else None
    await turn.show(views.drop(shown, why, turn.t, data.page))


@registry.press(StageDropSureCb, Action.PIPELINE_EDIT)
async def on_drop_sure(turn: Turn, data: StageDropSureCb) -> None:
    """Delete it."""
    await show_pipeline(turn, await turn.services.stages.drop(turn.actor, data.stage_id, data.heir_id))


@registry.press(StageUndoCb, Action.PIPELINE_EDIT)
async def on_undo(turn: Turn, data: StageUndoCb) -> None:
    """As if it had never been deleted."""
    back = await turn.services.stages.undo(turn.actor, data.event_id)
    await turn.show(pipeline_views.returned(back, turn.t))


@registry.press(StageRestoreCb, Action.PIPELINE_EDIT)
async def on_restore(turn: Turn, data: StageRestoreCb) -> None:
    """There again, days after it was deleted."""
    card = await turn.services.stages.restore(turn.actor, data.event_id)
    await turn.show(pipeline_views.restored(card, turn.t))


async def _show(turn: Turn, card: StageCard) -> None:
    await turn.form.close()
    await turn.show(views.stage(card, turn.t))
