"""Buttons for how a call ended, and for what comes next."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.client_cards import back
from keyboards.clients import ClientCallCb
from keyboards.common import button, grid, rows
from keyboards.deal_data import DealCallCb, DealCb, DealNoteCb
from keyboards.deals import next_stage
from keyboards.leads import outcome_labels
from keyboards.task_data import DealTaskCb
from keyboards.tongue import Tongue
from services.access import Action
from services.dto.clients import ClientCard
from services.dto.deals import DealCard


def of_deal(deal: DealCard, t: Tongue) -> InlineKeyboardMarkup:
    """How a call about a deal ended."""
    outcomes = [
        button(label, DealCallCb(deal_id=deal.id, outcome=outcome.value))
        for outcome, label in outcome_labels(t).items()
    ]
    return rows(*grid(outcomes), [button(t("◀️ Back"), DealCb(deal_id=deal.id))])


def next_of_deal(deal: DealCard, t: Tongue) -> InlineKeyboardMarkup:
    """What may come next."""
    task = button(t("➕ Task"), DealTaskCb(deal_id=deal.id), "primary")
    return rows(
        [task if Action.TASK_CREATE in deal.can else None, next_stage(deal)],
        [
            button(t("📝 Note"), DealNoteCb(deal_id=deal.id)) if Action.NOTE_ADD in deal.can else None,
            button(t("◀️ Back"), DealCb(deal_id=deal.id)),
        ],
    )


def of_client(client: ClientCard, t: Tongue) -> InlineKeyboardMarkup:
    """How a call to a client ended."""
    outcomes = [
        button(label, ClientCallCb(kind=client.kind.value, client_id=client.id, outcome=outcome.value))
        for outcome, label in outcome_labels(t).items()
    ]
    return rows(*grid(outcomes), [back(client.kind, client.id, t)])
