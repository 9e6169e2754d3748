"""Pipelines, as owner and heads make and change them."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import pipelines as views
from keyboards.pipeline_data import (
    PipelineAwayCb,
    PipelineAwaySureCb,
    PipelineBackCb,
    PipelineCb,
    PipelineHeirCb,
    PipelineLeadCb,
    PipelineMapCb,
    PipelineMapSetCb,
    PipelineNameCb,
    PipelineNewCb,
    PipelineOwnCb,
    PipelineTemplateCb,
    PipelineUndoCb,
)
from keyboards.pipelines import step_page
from keyboards.profile import PipelinesCb
from services.access import Action
from services.dto.pipelines import PipelineCard

MAP = "pipeline.map"
"""Open while it is chosen which stage leads to which."""

describe(
    {
        "pipelines.not_found": "There is no such pipeline any more.",
        "pipeline.name_empty": "Please send a name with at least one letter.",
        "pipeline.name_taken": "“{name}” is there already. Please send another name.",
        "pipeline.no_stages": "Please send at least one stage.",
        "pipeline.many_stages": "That is too many: at most {most} stages.",
        "pipeline.too_many": "There are {most} pipelines already, and that is the most.",
        "pipeline.last": "It is the only one in use, so it stays.",
        "pipeline.in_work": "There are deals in work in it. Please choose where they go.",
    }
)


@registry.card("pipeline")
async def pipeline_card(viewer: Viewer, pipeline_id: int) -> Screen | None:
    """A pipeline; 0: all of them."""
    if viewer.actor is None or not viewer.actor.may(Action.PIPELINE_EDIT):
        return None
    if not pipeline_id:
        return views.pipelines(await viewer.services.pipelines.all(viewer.actor), viewer.t)
    return views.pipeline(await viewer.services.pipelines.card(viewer.actor, pipeline_id), viewer.t)


@registry.press(PipelinesCb, Action.PIPELINE_EDIT)
async def on_pipelines(turn: Turn, data: PipelinesCb) -> None:
    """All of them, page by page."""
    await turn.form.close()
    await turn.show(views.pipelines(await turn.services.pipelines.all(turn.actor, data.page), turn.t))


@registry.press(PipelineCb, Action.PIPELINE_EDIT)
async def on_pipeline(turn: Turn, data: PipelineCb) -> None:
    """One with its stages; an open question is given up."""
    await show(turn, await turn.services.pipelines.card(turn.actor, data.pipeline_id), data.page)


@registry.press(PipelineNewCb, Action.PIPELINE_EDIT)
async def on_new(turn: Turn, _data: PipelineNewCb) -> None:
    """After which template?"""
    await turn.form.close()
    await turn.show(views.templates(turn.t))


@registry.press(PipelineTemplateCb, Action.PIPELINE_EDIT)
async def on_template(turn: Turn, data: PipelineTemplateCb) -> None:
    """After this one."""
    await show(turn, await turn.services.pipelines.from_template(turn.actor, data.template))


@registry.press(PipelineOwnCb, Action.PIPELINE_EDIT)
async def on_own(turn: Turn, _data: PipelineOwnCb) -> None:
    """After none: what is it called?"""
    await turn.form.wait("pipeline.new", back=["pipeline", 0])
    await turn.show(views.ask_name(None, turn.t))


@registry.step("pipeline.new", Action.PIPELINE_EDIT)
async def got_new_name(turn: Turn, message: Message) -> None:
    """Its name; and its stages?"""
    name = await turn.services.pipelines.check_name(turn.actor, message.text or "")
    await turn.form.wait("pipeline.stages", name=name)
    await turn.show(views.ask_stages(name, turn.t))


@registry.step("pipeline.stages", Action.PIPELINE_EDIT)
async def got_stages(turn: Turn, message: Message) -> None:
    """Its stages."""
    name = str((await turn.form.data())["name"])
    await show(turn, await turn.services.pipelines.from_words(turn.actor, name, message.text or ""))


@registry.press(PipelineNameCb, Action.PIPELINE_EDIT)
async def on_name(turn: Turn, data: PipelineNameCb) -> None:
    """What shall it be called?"""
    card = await turn.services.pipelines.card(turn.actor, data.pipeline_id)
    await turn.form.wait("pipeline.name", pipeline_id=card.id, back=["pipeline", card.id])
    await turn.show(views.ask_name(card, turn.t))


@registry.step("pipeline.name", Action.PIPELINE_EDIT)
async def got_name(turn: Turn, message: Message) -> None:
    """This."""
    here = int((await turn.form.data())["pipeline_id"])
    await show(turn, await turn.services.pipelines.rename(turn.actor, here, message.text or ""))


@registry.press(PipelineLeadCb, Action.PIPELINE_EDIT)
async def on_lead(turn: Turn, data: PipelineLeadCb) -> None:
    """One place up in the list."""
    await show(turn, await turn.services.pipelines.lead(turn.actor, data.pipeline_id, data.position))


@registry.press(PipelineAwayCb, Action.PIPELINE_ARCHIVE)
async def on_away(turn: Turn, data: PipelineAwayCb) -> None:
    """Out of use? And where do its deals go?"""
    card = await turn.services.pipelines.card(turn.actor, data.pipeline_id)
    await turn.show(views.away(card, turn.t, data.page))


@registry.press(PipelineHeirCb, Action.PIPELINE_ARCHIVE)
async def on_heir(turn: Turn, data: PipelineHeirCb) -> None:
    """Its deals go to this one: which stage to which?"""
    chosen = await _chosen(turn, data.pipeline_id, data.heir_id)
    shown = await turn.services.pipelines.plan(turn.actor, data.pipeline_id, data.heir_id, chosen)
    await _keep(turn, data.pipeline_id, data.heir_id, chosen)
    await turn.show(views.plan(shown, turn.t, data.page))


@registry.press(PipelineMapCb, Action.PIPELINE_ARCHIVE)
async def on_map(turn: Turn, data: PipelineMapCb) -> None:
    """Where do those of one stage go?"""
    heir = int((await turn.form.data()).get("heir_id", 0))
    chosen = await _chosen(turn, data.pipeline_id, heir)
    shown = await turn.services.pipelines.plan(turn.actor, data.pipeline_id, heir, chosen)
    await turn.show(views.plan_stage(shown, data.stage_id, turn.t, data.page))


@registry.press(PipelineMapSetCb, Action.PIPELINE_ARCHIVE)
async def on_map_set(turn: Turn, data: PipelineMapSetCb) -> None:
    """There."""
    heir = int((await turn.form.data()).get("heir_id", 0))
    chosen = {**await _chosen(turn, data.pipeline_id, heir), data.stage_id: data.to_id}
    shown = await turn.services.pipelines.plan(turn.actor, data.pipeline_id, heir, chosen)
    await _keep(turn, data.pipeline_id, heir, chosen)
    await turn.show(views.plan(shown, turn.t, step_page(shown, data.stage_id)))


@registry.press(PipelineAwaySureCb, Action.PIPELINE_ARCHIVE)
async def on_away_sure(turn: Turn, data: PipelineAwaySureCb) -> None:
    """Out of use."""
    chosen, pipelines = await _chosen(turn, data.pipeline_id, data.heir_id), turn.services.pipelines
    shown = await pipelines.put_away(turn.actor, data.pipeline_id, data.heir_id, chosen)
    await turn.form.close()
    await turn.show(views.pipelines(shown, turn.t))


@registry.press(PipelineUndoCb, Action.PIPELINE_ARCHIVE)
async def on_undo(turn: Turn, data: PipelineUndoCb) -> None:
    """As if it had never been put out of use."""
    await turn.show(views.returned(await turn.services.pipelines.undo(turn.actor, data.event_id), turn.t))


@registry.press(PipelineBackCb, Action.PIPELINE_ARCHIVE)
async def on_back(turn: Turn, data: PipelineBackCb) -> None:
    """In use again."""
    await show(turn, await turn.services.pipelines.take_back(turn.actor, data.pipeline_id))


async def _chosen(turn: Turn, pipeline_id: int, heir_id: int) -> dict[int, int]:
    """By stage another one than usual, as far as it was said for these two pipelines."""
    data = await turn.form.data() if await turn.form.state() == MAP else {}
    if (data.get("pipeline_id"), data.get("heir_id")) != (pipeline_id, heir_id):
        return {}
    return {int(old): int(new) for old, new in data["map"]}


async def _keep(turn: Turn, pipeline_id: int, heir_id: int, chosen: dict[int, int]) -> None:
    pairs, back = [list(pair) for pair in chosen.items()], ["pipeline", pipeline_id]
    await turn.form.wait(MAP, pipeline_id=pipeline_id, heir_id=heir_id, map=pairs, back=back)


async def show(turn: Turn, card: PipelineCard, page: int = 0) -> None:
    """A pipeline; whatever was asked is answered."""
    await turn.form.close()
    await turn.show(views.pipeline(card, turn.t, page))
