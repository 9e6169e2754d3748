"""Buttons of pipelines."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.chat_data import TeamChatCb
from keyboards.common import button, cancel, grid, home, rows
from keyboards.follow_up import FollowUpCb
from keyboards.pipeline_data import (
    PipelineAwayCb,
    PipelineAwaySureCb,
    PipelineBackCb,
    PipelineCb,
    PipelineLeadCb,
    PipelineNameCb,
    PipelineNewCb,
    PipelineOwnCb,
    PipelineTemplateCb,
    StageCb,
    StageNewCb,
)
from keyboards.profile import PipelinesCb, ProfileCb
from keyboards.stage_marks import mark
from keyboards.tongue import Tongue
from services.access import Action
from services.dto.pipelines import PipelineCard, PipelineList
from services.pipeline_templates import TEMPLATES


def pipelines(shown: PipelineList, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each, and a new one."""
    away = shown.away if Action.PIPELINE_ARCHIVE in shown.can else ()
    return rows(
        *grid(button(f"🧭 {one.name}", PipelineCb(pipeline_id=one.id)) for one in shown.used),
        [button(t("➕ New pipeline"), PipelineNewCb(), "primary")],
        *grid(button(f"🗄 {one.name}", PipelineCb(pipeline_id=one.id)) for one in away),
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


def pipeline(card: PipelineCard, t: Tongue) -> InlineKeyboardMarkup:
    """Its stages first, then what may be done with it."""
    one = {"pipeline_id": card.id}
    if card.archived:
        back = button(t("↩️ Use it again"), PipelineBackCb(**one), "primary")
        return rows([back if Action.PIPELINE_ARCHIVE in card.can else None], [_back(t), home(t)])
    lead = PipelineLeadCb(**one, position=card.position) if card.position else None
    away = Action.PIPELINE_ARCHIVE in card.can and card.others
    return rows(
        *grid(button(f"{mark(stage)} {stage.name}", StageCb(stage_id=stage.id)) for stage in card.stages),
        [button(t("➕ Stage"), StageNewCb(**one)), button(t("✏️ Rename"), PipelineNameCb(**one))],
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


def away(card: PipelineCard, t: Tongue) -> InlineKeyboardMarkup:
    """Out of use, and where its deals go if there are any."""
    one = {"pipeline_id": card.id}
    if card.deals:
        choices = [
            button(f"🧭 {heir.name}", PipelineAwaySureCb(**one, heir_id=heir.id)) for heir in card.others
        ]
    else:
        choices = [button(t("🗄 Yes, out of use"), PipelineAwaySureCb(**one), "primary")]
    return rows(*grid(choices), [button(t("◀️ Back"), PipelineCb(**one))])


def ask(pipeline_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """While something about a pipeline is being typed; 0: about a new one."""
    back = button(t("◀️ Back"), PipelineCb(pipeline_id=pipeline_id) if pipeline_id else PipelineNewCb())
    return rows([back, cancel(t)])


def _back(t: Tongue) -> InlineKeyboardButton:
    return button(t("◀️ Pipelines"), PipelinesCb())
