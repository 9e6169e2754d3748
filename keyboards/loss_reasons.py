"""Buttons of the reasons for which deals are lost."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, home, rows
from keyboards.pipeline_data import (
    LossReasonCb,
    LossReasonLeadCb,
    LossReasonNameCb,
    LossReasonOfferCb,
    LossReasonRetireCb,
    LossReasonsCb,
    LossReasonsPartCb,
    PipelineCb,
)
from keyboards.tongue import Tongue
from services.dto.pipelines import LossReasonCard, LossReasons


def reasons(shown: LossReasons, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each; while a new one may be typed."""
    here = shown.pipeline.id
    part = button(t("✂️ Reasons of its own"), LossReasonsPartCb(pipeline_id=here))
    return rows(
        *grid(button(one.name, LossReasonCb(pipeline_id=here, reason_id=one.id)) for one in shown.offered),
        *grid(
            button(f"🗄 {one.name}", LossReasonCb(pipeline_id=here, reason_id=one.id)) for one in shown.retired
        ),
        [part if shown.shared else None],
        [button(t("◀️ Back"), PipelineCb(pipeline_id=here)), cancel(t)],
    )


def reason(card: LossReasonCard, t: Tongue) -> InlineKeyboardMarkup:
    """What may be done with one of them."""
    here = {"pipeline_id": card.reasons.pipeline.id}
    one = {**here, "reason_id": card.reason.id}
    back = [button(t("◀️ Back"), LossReasonsCb(**here)), home(t)]
    if card.retired:
        return rows([button(t("↩️ Offer it again"), LossReasonOfferCb(**one), "primary")], back)
    last = len(card.reasons.offered) == 1
    return rows(
        [
            button(t("✏️ Rename"), LossReasonNameCb(**one)),
            button(t("⬆️ Up"), LossReasonLeadCb(**one, position=card.position)) if card.position else None,
        ],
        [None if last else button(t("🗄 Offer it no more"), LossReasonRetireCb(**one))],
        back,
    )


def ask_name(card: LossReasonCard, t: Tongue) -> InlineKeyboardMarkup:
    """While other words for it are being typed."""
    back = LossReasonCb(pipeline_id=card.reasons.pipeline.id, reason_id=card.reason.id)
    return rows([button(t("◀️ Back"), back), cancel(t)])
