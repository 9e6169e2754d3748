"""Buttons of pipelines."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.chat_data import TeamChatCb
from keyboards.common import button, cancel, grid, home, marked, rows
from keyboards.follow_up import FollowUpCb
from keyboards.paging import leaf, leafed, place_of, turns
from keyboards.pipeline_data import (
    LossReasonsCb,
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
    StageCb,
    StageNewCb,
    StageRestoreCb,
    StageUndoCb,
)
from keyboards.profile import PipelinesCb, ProfileCb
from keyboards.setting_history import PipelineHistoryCb, history_of
from keyboards.stage_marks import named
from keyboards.tongue import Tongue
from services.access import Action
from services.dto.pipelines import PipelineCard, PipelineList, PipelinePlan
from services.pipeline_templates import TEMPLATES

STEPS = 15
"""So many stages with where their deals go stand on one screen, each in a line of text, too."""


def pipelines(shown: PipelineList, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each of this page, and a new one."""
    away = shown.away if Action.PIPELINE_ARCHIVE in shown.can else ()
    gone = shown.gone
    undo = PipelineUndoCb(pipeline_id=gone.pipeline.id, event_id=gone.event) if gone is not None else None
    return rows(
        [button(t("↩️ Undo"), undo) if undo is not None else None],
        *grid(button(f"🧭 {one.name}", PipelineCb(pipeline_id=one.id)) for one in shown.used),
        [button(t("➕ New pipeline"), PipelineNewCb(), "primary")],
        *grid(button(f"🗄 {one.name}", PipelineCb(pipeline_id=one.id)) for one in away),
        turns(shown.page, shown.more, PipelinesCb()),
        [button(t("◀️ Back"), ProfileCb()), home(t)],
    )


def templates(t: Tongue) -> InlineKeyboardMarkup:
    """What a new one may be made after."""
    return rows(
        *grid(
            button(one.wording(t.language).name, PipelineTemplateCb(template=one.code)) for one in TEMPLATES
        ),
        [button(t("✏️ My own stages"), PipelineOwnCb())],
        [button(t("◀️ Back"), PipelinesCb()), home(t)],
    )


def pipeline(card: PipelineCard, t: Tongue, page: int = 0) -> InlineKeyboardMarkup:
    """Its stages first and those that may come back, then what may be done with it."""
    one = {"pipeline_id": card.id}
    if card.archived:
        back = button(t("↩️ Use it again"), PipelineBackCb(**one), "primary")
        again = back if Action.PIPELINE_ARCHIVE in card.can else None
        shown = leaf(card.stages, page)
        return rows(
            [again],
            turns(shown.page, shown.more, PipelineCb(**one)),
            [history_of(PipelineHistoryCb(**one), t)],
            [_back(t), home(t)],
        )
    lead = PipelineLeadCb(**one, position=card.position) if card.position else None
    away = Action.PIPELINE_ARCHIVE in card.can and card.others
    undo = StageUndoCb(**one, event_id=card.gone.event) if card.gone is not None else None
    stages = [button(named(stage), StageCb(stage_id=stage.id)) for stage in card.stages]
    dropped = [
        button(t("↩️ Restore “{name}”", name=gone.name), StageRestoreCb(**one, event_id=gone.id))
        for gone in card.dropped
    ]
    return rows(
        [button(t("↩️ Undo"), undo) if undo is not None else None],
        *leafed(stages, page, PipelineCb(**one), dropped),
        [button(t("➕ Stage"), StageNewCb(**one)), button(t("✏️ Rename"), PipelineNameCb(**one))],
        [button(t("💔 Loss reasons"), LossReasonsCb(**one)), history_of(PipelineHistoryCb(**one), t)],
        [
            button(t("🔁 Follow-up"), FollowUpCb(**one)) if Action.PIPELINE_RULES in card.can else None,
            button(t("⬆️ Up in the list"), lead) if lead else None,
        ],
        [
            button(t("💬 Team chat"), TeamChatCb(kind="pipeline", holder_id=card.id))
            if Action.PIPELINE_RULES in card.can
            else None,
            button(t("🗄 Out of use"), PipelineAwayCb(**one)) if away else None,
        ],
        [_back(t), home(t)],
    )


def away(card: PipelineCard, t: Tongue, page: int = 0) -> InlineKeyboardMarkup:
    """Out of use, and where its deals go if there are any."""
    one = {"pipeline_id": card.id}
    if card.deals:
        choices = [button(f"🧭 {heir.name}", PipelineHeirCb(**one, heir_id=heir.id)) for heir in card.others]
    else:
        choices = [button(t("🗄 Yes, out of use"), PipelineAwaySureCb(**one), "primary")]
    return rows(*leafed(choices, page, PipelineAwayCb(**one)), [button(t("◀️ Back"), PipelineCb(**one))])


def plan(shown: PipelinePlan, t: Tongue, page: int = 0) -> InlineKeyboardMarkup:
    """Do it so, or let the deals of a stage go elsewhere."""
    one = {"pipeline_id": shown.pipeline.id}
    sure, steps = PipelineAwaySureCb(**one, heir_id=shown.heir.id), leaf(shown.steps, page, STEPS)
    return rows(
        [button(t("🗄 Yes, out of use"), sure, "primary")],
        *grid(
            button(f"{old.name} → {new.name}", PipelineMapCb(**one, stage_id=old.id))
            for old, _, new in steps.items
        ),
        turns(steps.page, steps.more, PipelineHeirCb(**one, heir_id=shown.heir.id)),
        [button(t("◀️ Back"), PipelineAwayCb(**one)), cancel(t)],
    )


def step_page(shown: PipelinePlan, stage_id: int) -> int:
    """The page of the plan on which this stage stands."""
    return place_of(stage_id, [old.id for old, _, _ in shown.steps], STEPS)


def plan_stage(shown: PipelinePlan, stage_id: int, t: Tongue, page: int = 0) -> InlineKeyboardMarkup:
    """Where the deals of a stage may go."""
    one = {"pipeline_id": shown.pipeline.id}
    now = next((new.id for old, _, new in shown.steps if old.id == stage_id), 0)
    choices = (
        button(
            marked(there.name, chosen=there.id == now),
            PipelineMapSetCb(**one, stage_id=stage_id, to_id=there.id),
        )
        for there in shown.choice
    )
    back = PipelineHeirCb(**one, heir_id=shown.heir.id, page=step_page(shown, stage_id))
    return rows(
        *leafed(choices, page, PipelineMapCb(**one, stage_id=stage_id)),
        [button(t("◀️ Back"), back), cancel(t)],
    )


def ask(pipeline_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """While something about a pipeline is being typed; 0: about a new one."""
    back = button(t("◀️ Back"), PipelineCb(pipeline_id=pipeline_id) if pipeline_id else PipelineNewCb())
    return rows([back, cancel(t)])


def _back(t: Tongue) -> InlineKeyboardButton:
    return button(t("◀️ Pipelines"), PipelinesCb())
