"""Buttons for closed deals: back to work, into the archive and its list."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.bin import to_bin
from keyboards.common import button, home, rows, titled
from keyboards.data import CancelCb
from keyboards.deal_data import (
    DealArchiveCb,
    DealAwaySureCb,
    DealBoardCb,
    DealCb,
    DealReturnsCb,
)
from keyboards.deal_moves import arrivals, ways
from keyboards.deals import deal_back
from keyboards.paging import leafed
from keyboards.tongue import Tongue
from services.dto.common import Page
from services.dto.deals import DealCard, DealLine, MoveChoice


def returning(choice: MoveChoice, t: Tongue, page: int = 0) -> InlineKeyboardMarkup:
    """The stage that it was closed from first, then the others; a wrong end is corrected here, too."""
    deal = choice.deal
    first, others = arrivals(deal, deal.moves, choice.origin)
    return rows(
        first,
        *leafed(others, page, DealReturnsCb(deal_id=deal.id), ways(choice)),
        [deal_back(deal.id, t), button(t("✖️ Cancel"), CancelCb())],
    )


def sure(deal: DealCard, t: Tongue) -> InlineKeyboardMarkup:
    """Into the archive?"""
    data = DealAwaySureCb(deal_id=deal.id, version=deal.version)
    return rows([button(t("🗄 Yes, to the archive"), data, "primary")], [deal_back(deal.id, t)])


def archive(page: Page[DealLine], t: Tongue, *, deletes: bool) -> InlineKeyboardMarkup:
    """One button for each deal, and the way on; to the bin for those who may delete."""
    more = DealArchiveCb(after=page.next_after) if page.next_after else None
    return rows(
        *[[button(f"#{line.id} {titled(line.title, t)}", DealCb(deal_id=line.id))] for line in page.items],
        [button(t("More ▶️"), more) if more else None, to_bin(t) if deletes else None],
        [button(t("◀️ Stages"), DealBoardCb()), home(t)],
    )
