"""Why deals of a pipeline are lost, as owner and heads change it."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import loss_reasons as views
from keyboards.pipeline_data import (
    LossReasonCb,
    LossReasonLeadCb,
    LossReasonNameCb,
    LossReasonOfferCb,
    LossReasonRetireCb,
    LossReasonsCb,
    LossReasonsPartCb,
)
from services.access import Action
from services.dto.pipelines import LossReasonCard, LossReasons

SUBJECT = "loss_reasons"

describe(
    {
        "loss_reason.last": "It is the only one left, so it stays: a deal is never lost without a reason.",
        "loss_reason.many": "There are {most} reasons already, and that is the most.",
    }
)


@registry.card(SUBJECT)
async def loss_reasons_card(viewer: Viewer, pipeline_id: int) -> Screen | None:
    """Those of a pipeline."""
    if viewer.actor is None or not viewer.actor.may(Action.PIPELINE_EDIT):
        return None
    return views.reasons(await viewer.services.loss_reasons.all(viewer.actor, pipeline_id), viewer.t)


@registry.press(LossReasonsCb, Action.PIPELINE_EDIT)
async def on_loss_reasons(turn: Turn, data: LossReasonsCb) -> None:
    """Which are there, and which else?"""
    await _show(turn, await turn.services.loss_reasons.all(turn.actor, data.pipeline_id))


@registry.step("loss_reason.new", Action.PIPELINE_EDIT)
async def got_loss_reason(turn: Turn, message: Message) -> None:
    """One more."""
    here = int((await turn.form.data())["pipeline_id"])
    await _show(turn, await turn.services.loss_reasons.add(turn.actor, here, message.text or ""))


@registry.press(LossReasonsPartCb, Action.PIPELINE_EDIT)
async def on_part(turn: Turn, data: LossReasonsPartCb) -> None:
    """Reasons of its own."""
    await _show(turn, await turn.services.loss_reasons.part(turn.actor, data.pipeline_id))


@registry.press(LossReasonCb, Action.PIPELINE_EDIT)
async def on_loss_reason(turn: Turn, data: LossReasonCb) -> None:
    """One of them; an open question is given up."""
    await _open(turn, await turn.services.loss_reasons.card(turn.actor, data.pipeline_id, data.reason_id))


@registry.press(LossReasonNameCb, Action.PIPELINE_EDIT)
async def on_name(turn: Turn, data: LossReasonNameCb) -> None:
    """In which other words?"""
    card = await turn.services.loss_reasons.card(turn.actor, data.pipeline_id, data.reason_id)
    here = card.reasons.pipeline.id
    await turn.form.wait("loss_reason.name", pipeline_id=here, reason_id=card.reason.id, back=[SUBJECT, here])
    await turn.show(views.ask_name(card, turn.t))


@registry.step("loss_reason.name", Action.PIPELINE_EDIT)
async def got_name(turn: Turn, message: Message) -> None:
    """In these."""
    data, typed = await turn.form.data(), message.text or ""
    here, reason = int(data["pipeline_id"]), int(data["reason_id"])
    await _open(turn, await turn.services.loss_reasons.rename(turn.actor, here, reason, typed))


@registry.press(LossReasonLeadCb, Action.PIPELINE_EDIT)
async def on_lead(turn: Turn, data: LossReasonLeadCb) -> None:
    """One place up."""
    here, reason, place = data.pipeline_id, data.reason_id, data.position
    await _open(turn, await turn.services.loss_reasons.lead(turn.actor, here, reason, place))


@registry.press(LossReasonRetireCb, Action.PIPELINE_EDIT)
async def on_retire(turn: Turn, data: LossReasonRetireCb) -> None:
    """Offered no more."""
    await _show(turn, await turn.services.loss_reasons.retire(turn.actor, data.pipeline_id, data.reason_id))


@registry.press(LossReasonOfferCb, Action.PIPELINE_EDIT)
async def on_offer(turn: Turn, data: LossReasonOfferCb) -> None:
    """Offered again."""
    await _show(turn, await turn.services.loss_reasons.offer(turn.actor, data.pipeline_id, data.reason_id))


async def _open(turn: Turn, card: LossReasonCard) -> None:
    await turn.form.close()
    await turn.show(views.reason(card, turn.t))


async def _show(turn: Turn, shown: LossReasons) -> None:
    here = shown.pipeline.id
    await turn.form.wait("loss_reason.new", pipeline_id=here, back=["pipeline", here])
    await turn.show(views.reasons(shown, turn.t))
