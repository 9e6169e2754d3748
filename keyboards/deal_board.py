"""Buttons of the stages with their deals, and of the list of a stage."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import LABEL, button, cut, home, rows, titled
from keyboards.deal_data import (
    DealArchiveCb,
    DealBoardCb,
    DealCb,
    DealListCb,
    DealPeopleCb,
    DealPipelineCb,
)
from keyboards.list_data import FilterCb, FilterStageCb, ViewsCb
from keyboards.paging import leafed
from keyboards.stage_marks import named
from keyboards.tongue import Tongue
from services.dto.common import Page
from services.dto.deals import Board, DealLine, Recent

CLIENT = 16
"""So much of a button is kept for the client."""


def deal_board(board: Board, t: Tongue, *, people: bool, page: int = 0) -> InlineKeyboardMarkup:
    """One button for each of the latest deals and each stage that holds any; `people`: by colleague, too."""
    stages = [
        button(f"{named(row.stage)} · {row.count}", DealListCb(stage_id=row.stage.id))
        for row in board.stages
        if row.count
    ]
    others = [button(f"🧭 {one.name}", DealPipelineCb(pipeline_id=one.id)) for one in board.others]
    here = DealPipelineCb(pipeline_id=board.pipeline.id if board.pipeline is not None else 0)
    return rows(
        *[[button(_recent(deal, t), DealCb(deal_id=deal.id))] for deal in board.latest],
        *leafed(stages, page, here, others),
        [button(t("🔎 Filter"), FilterCb()), button(t("📌 Views"), ViewsCb())],
        [button(t("👥 By colleague"), DealPeopleCb()) if people else None],
        [button(t("🗄 Archive"), DealArchiveCb()), home(t)],
    )


def _recent(deal: Recent, t: Tongue) -> str:
    """Its title and its client, as far as there is room for both: equal titles are told apart by that."""
    title = f"💼 #{deal.id} {titled(deal.title, t)}"
    if deal.client is None:
        return title
    shown = cut(title, LABEL - CLIENT)
    return f"{shown} · {cut(deal.client, LABEL - len(shown) - 3)}"


def deal_list(page: Page[DealLine], stage_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each deal, and the way on."""
    more = DealListCb(stage_id=stage_id, after=page.next_after) if page.next_after else None
    return rows(
        *[[button(f"#{line.id} {titled(line.title, t)}", DealCb(deal_id=line.id))] for line in page.items],
        [
            button(t("🔎 Filter"), FilterStageCb(stage_id=stage_id)),
            button(t("More ▶️"), more) if more else None,
        ],
        [button(t("◀️ Stages"), DealBoardCb()), home(t)],
    )
