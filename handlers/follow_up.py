"""So that no client is forgotten: whom to call today, and the rules of a pipeline."""

from typing import Any

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import follow_up as views
from keyboards.follow_up import (
    FollowUpAskCb,
    FollowUpCb,
    FollowUpNormCb,
    FollowUpNormsCb,
    FollowUpNormSetCb,
    FollowUpOffCb,
    FollowUpSetCb,
    norm_page,
)
from services.access import Action
from services.choices import choice
from services.dto.followup import FollowUpCard
from services.followup.rules import LONGEST, MOST, Rule
from services.followup.settings import days_of
from services.notices import NoticeKind

describe(
    {
        "follow_up.unread": "Please send a number of days from 1 to {most}, like 3.",
        "follow_up.too_long": "That is too long: at most {days} days.",
        "follow_up.not_found": "There is no such pipeline any more.",
    }
)


@registry.notice(NoticeKind.FOLLOW_UP)
async def follow_up(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """Whom to call today and whom to greet, as far as it is not done yet."""
    if viewer.actor is None:
        return None
    shown = await viewer.services.follow_ups.told(viewer.actor, params["tasks"], params["contacts"])
    if shown.empty:
        return None
    if len(shown.calls) == 1 and not shown.greetings:
        task = await viewer.services.tasks.card(viewer.actor, shown.calls[0].task_id)
        snoozes = viewer.services.times.snoozes(viewer.actor, task.due_at)
        return views.one_call(shown.calls[0], task, snoozes, viewer.t)
    return views.several(shown, viewer.t)


@registry.card("follow_up")
async def follow_up_card(viewer: Viewer, pipeline_id: int) -> Screen | None:
    """A pipeline's rules."""
    if viewer.actor is None:
        return None
    return views.rules(await viewer.services.follow_up_settings.card(viewer.actor, pipeline_id), viewer.t)


@registry.press(FollowUpCb, Action.PIPELINE_RULES)
async def on_follow_up(turn: Turn, data: FollowUpCb) -> None:
    """A pipeline's rules; an open question is given up."""
    await _done(turn, await turn.services.follow_up_settings.card(turn.actor, data.pipeline_id), data.page)


@registry.press(FollowUpAskCb, Action.PIPELINE_RULES)
async def on_follow_up_ask(turn: Turn, data: FollowUpAskCb) -> None:
    """After how many days?"""
    rule, here = choice(Rule, data.rule), data.pipeline_id
    card = await turn.services.follow_up_settings.card(turn.actor, here)
    await turn.form.wait("follow_up.days", pipeline_id=here, rule=rule.value, back=["follow_up", here])
    await turn.show(views.ask_days(card, rule, turn.t))


@registry.press(FollowUpSetCb, Action.PIPELINE_RULES)
async def on_follow_up_set(turn: Turn, data: FollowUpSetCb) -> None:
    """After so many."""
    rule, settings = choice(Rule, data.rule), turn.services.follow_up_settings
    await _done(turn, await settings.set(turn.actor, data.pipeline_id, rule, data.days))


@registry.press(FollowUpOffCb, Action.PIPELINE_RULES)
async def on_follow_up_off(turn: Turn, data: FollowUpOffCb) -> None:
    """Never."""
    rule, settings = choice(Rule, data.rule), turn.services.follow_up_settings
    await _done(turn, await settings.set(turn.actor, data.pipeline_id, rule, None))


@registry.step("follow_up.days", Action.PIPELINE_RULES)
async def got_follow_up_days(turn: Turn, message: Message) -> None:
    """The same in words."""
    data = await turn.form.data()
    rule, here = choice(Rule, str(data["rule"])), int(data["pipeline_id"])
    days = days_of(message.text or "", MOST[rule])
    await _done(turn, await turn.services.follow_up_settings.set(turn.actor, here, rule, days))


@registry.press(FollowUpNormsCb, Action.PIPELINE_RULES)
async def on_norms(turn: Turn, data: FollowUpNormsCb) -> None:
    """How long may a deal stand in each stage?"""
    await _norms(turn, await turn.services.follow_up_settings.card(turn.actor, data.pipeline_id), data.page)


@registry.press(FollowUpNormCb, Action.PIPELINE_RULES)
async def on_norm(turn: Turn, data: FollowUpNormCb) -> None:
    """How long in this one?"""
    card, stage = await turn.services.follow_up_settings.norm(turn.actor, data.stage_id)
    await turn.form.wait("follow_up.norm", stage_id=stage.id, back=["follow_up", card.pipeline.id])
    await turn.show(views.ask_norm(card, stage, turn.t))


@registry.press(FollowUpNormSetCb, Action.PIPELINE_RULES)
async def on_norm_set(turn: Turn, data: FollowUpNormSetCb) -> None:
    """So long."""
    await _set_norm(turn, data.stage_id, data.days)


@registry.step("follow_up.norm", Action.PIPELINE_RULES)
async def got_norm(turn: Turn, message: Message) -> None:
    """The same in words."""
    data, days = await turn.form.data(), days_of(message.text or "", LONGEST)
    await _set_norm(turn, int(data["stage_id"]), days)


async def _set_norm(turn: Turn, stage_id: int, days: int) -> None:
    card = await turn.services.follow_up_settings.set_norm(turn.actor, stage_id, days)
    await _norms(turn, card, norm_page(card, stage_id))


async def _done(turn: Turn, card: FollowUpCard, page: int = 0) -> None:
    await turn.form.close()
    await turn.show(views.rules(card, turn.t, page))


async def _norms(turn: Turn, card: FollowUpCard, page: int = 0) -> None:
    await turn.form.close()
    await turn.show(views.norms(card, turn.t, page))
