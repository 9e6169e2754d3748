"""Buttons of deeds with many deals at once."""

from collections.abc import Callable, Collection

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, grid, home, rows
from keyboards.deal_data import DealBoardCb
from keyboards.list_data import (
    BulkAskCb,
    BulkBackCb,
    BulkDoCb,
    BulkPlanCb,
    ListCb,
    SelectCb,
    TickAllCb,
    TickCb,
    TickNoneCb,
)
from keyboards.tongue import Tongue
from services.access import Actor
from services.dto.bulk import BulkPlan, Deed, Targets
from services.dto.lists import DealList, StageChoice
from services.lists.bulk_plan import ACTIONS


def selection(shown: DealList, chosen: Collection[int], actor: Actor, t: Tongue) -> InlineKeyboardMarkup:
    """The deals of a page to tick, then what may be done with all that are ticked."""
    one, after = {"listing_id": shown.id, "after": shown.after}, shown.page.next_after
    more = SelectCb(listing_id=shown.id, after=after) if after else None
    labels = (
        (Deed.MOVE, t("🔀 Move")),
        (Deed.GIVE, t("🤝 Hand over")),
        (Deed.TAG, t("🏷 Tag")),
        (Deed.UNTAG, t("🏷 Tag off")),
        (Deed.LOSE, t("💔 Lost")),
    )
    deeds = [
        button(label, BulkAskCb(deed=deed.value))
        for deed, label in labels
        if chosen and actor.may(ACTIONS[deed])
    ]
    return rows(
        *[
            [
                button(
                    f"{'☑️' if line.id in chosen else '◻️'} #{line.id} {line.title}",
                    TickCb(**one, deal_id=line.id),
                )
            ]
            for line in shown.page.items
        ],
        [
            button(t("☑️ All of the list"), TickAllCb(listing_id=shown.id)),
            button(t("More ▶️"), more) if more else None,
        ],
        *grid(deeds),
        [
            button(t("◻️ None"), TickNoneCb(listing_id=shown.id)) if chosen else None,
            button(t("◀️ List"), ListCb(listing_id=shown.id, after=shown.after)),
        ],
    )


def targets(asked: Targets, words: Callable[[StageChoice], str], t: Tongue) -> InlineKeyboardMarkup:
    """One button for each."""
    deed = asked.deed.value
    further = BulkAskCb(deed=deed, page=asked.page + 1) if asked.more else None
    choices = [button(one.name, BulkPlanCb(deed=deed, target_id=one.id)) for one in asked.choices]
    stages = [button(words(one), BulkPlanCb(deed=deed, target_id=one.stage.id)) for one in asked.stages]
    return rows(
        *grid([*choices, *stages]),
        [button(t("More ▶️"), further) if further else None],
        [button(t("◀️ Back"), SelectCb(listing_id=asked.listing_id)), home(t)],
    )


def plan(shown: BulkPlan, t: Tongue) -> InlineKeyboardMarkup:
    """Do it, or choose otherwise."""
    do = BulkDoCb(deed=shown.deed.value, target_id=shown.target.id, mark=shown.mark)
    return rows(
        [button(t("✅ Yes, {n}", n=shown.n), do, "primary") if shown.n else None],
        [
            button(t("◀️ Back"), BulkAskCb(deed=shown.deed.value)),
            button(t("☑️ Selection"), SelectCb(listing_id=shown.listing_id)),
        ],
    )


def done(shown: BulkPlan, t: Tongue) -> InlineKeyboardMarkup:
    """It can be taken back."""
    back = BulkBackCb(event_id=shown.event) if shown.event else None
    return rows(
        [button(t("↩️ Undo all"), back) if back else None],
        [button(t("◀️ List"), ListCb(listing_id=shown.listing_id)) if shown.listing_id else None],
        [button(t("◀️ Deals"), DealBoardCb()), home(t)],
    )


def news(t: Tongue) -> InlineKeyboardMarkup:
    """Under the news of it."""
    return rows([button(t("💼 Deals"), DealBoardCb(), "primary")])
