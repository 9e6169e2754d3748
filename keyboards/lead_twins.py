"""Buttons of a lead whose client has a deal in work already."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, rows
from keyboards.data import Id
from keyboards.deal_data import DealCb
from keyboards.lead_data import LeadCb, LeadPress
from keyboards.tongue import Tongue
from services.dto.deals import DealLine


class LeadAnotherCb(LeadPress, prefix="lqa"):
    """Make another deal all the same; `named`: with what the form keeps, a company or another pipeline."""

    version: Id
    named: Id


def twins(
    lead_id: int, version: int, deals: tuple[DealLine, ...], t: Tongue, *, named: bool
) -> InlineKeyboardMarkup:
    """Open one of them, or make another."""
    another = LeadAnotherCb(lead_id=lead_id, version=version, named=int(named))
    return rows(
        *[
            [
                button(
                    t("Open #{id} {title}", id=line.id, title=line.title), DealCb(deal_id=line.id), "primary"
                )
            ]
            for line in deals
        ],
        [button(t("➕ Make another all the same"), another)],
        [button(t("◀️ Back"), LeadCb(lead_id=lead_id))],
    )
