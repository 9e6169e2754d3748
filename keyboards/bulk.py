"""Buttons of deeds with many deals, leads or clients at once."""

from collections.abc import Callable, Collection

from aiogram.types import InlineKeyboardMarkup

from keyboards.clients import ClientListCb
from keyboards.common import button, grid, home, rows
from keyboards.deal_data import DealBoardCb
from keyboards.lead_data import LeadListCb
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
from keyboards.lists import board, line_name
from keyboards.tongue import Tongue
from services.access import Actor
from services.dto.bulk import BulkPlan, Deed, Targets
from services.dto.common import Ref
from services.dto.fields import FieldSubject
from services.dto.leads import Shelf
from services.dto.lists import Listed, StageChoice
from services.lists.bulk_judged import ACTIONS


def selection(shown: Listed, chosen: Collection[int], actor: Actor, t: Tongue) -> InlineKeyboardMarkup:
    """What of a page may be ticked, then what may be done with all that is."""
    one, after = {"listing_id": shown.id, "after": shown.after, "top": shown.top}, shown.page.next_after
    more = SelectCb(listing_id=shown.id, after=after, top=shown.next_top) if after else None
    labels = {
        Deed.MOVE: t("🔀 Move"),
        Deed.GIVE: t("🤝 Hand over"),
        Deed.TAG: t("🏷 Tag"),
        Deed.UNTAG: t("🏷 Tag off"),
        Deed.LOSE: t("💔 Lost"),
        Deed.REJECT: t("🗑 Not a lead"),
    }
    deeds = [
        button(labels[deed.plain], BulkAskCb(deed=deed.value))
        for deed in sorted(Deed, key=lambda one: [*labels].index(one.plain))
        if chosen and deed.subject is shown.asked.subject and actor.may(ACTIONS[deed])
    ]
    return rows(
        *[
            [
                button(
                    f"{'☑️' if line.id in chosen else '◻️'} {line_name(line, t)}",
                    TickCb(**one, one_id=line.id),
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
            button(t("◀️ List"), ListCb(**one)),
        ],
    )


def targets(
    asked: Targets,
    words: Callable[[StageChoice], str],
    names: Callable[[Ref], str],
    t: Tongue,
) -> InlineKeyboardMarkup:
    """One button for each."""
    deed = asked.deed.value
    place = asked.pipeline.id if asked.pipeline is not None else 0
    further = BulkAskCb(deed=deed, page=asked.page + 1, pipeline_id=place) if asked.more else None
    ways = [button(f"🧭 {one.name}", BulkAskCb(deed=deed, pipeline_id=one.id)) for one in asked.pipelines]
    back = BulkAskCb(deed=deed) if place else SelectCb(listing_id=asked.listing_id)
    choices = [button(names(one), BulkPlanCb(deed=deed, target_id=one.id)) for one in asked.choices]
    stages = [button(words(one), BulkPlanCb(deed=deed, target_id=one.stage.id)) for one in asked.stages]
    return rows(
        *grid([*choices, *ways, *stages]),
        [button(t("More ▶️"), further) if further else None],
        [button(t("◀️ Back"), back), home(t)],
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
        [board(shown.deed.subject, t), home(t)],
    )


def news(subject: FieldSubject, t: Tongue) -> InlineKeyboardMarkup:
    """Under the news of it."""
    if subject is FieldSubject.LEAD:
        return rows([button(t("📥 Leads"), LeadListCb(shelf=Shelf.MINE.value), "primary")])
    if subject in (FieldSubject.CONTACT, FieldSubject.FIRM):
        return rows([button(t("🗂 Clients"), ClientListCb(kind=subject.value), "primary")])
    return rows([button(t("💼 Deals"), DealBoardCb(), "primary")])
