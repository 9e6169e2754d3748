"""All deals of a colleague, handed over to another one at once."""

from typing import Any

from handlers.errors import describe
from handlers.paging import show_page
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import handovers as views
from keyboards.deal_data import DealPeopleCb
from keyboards.handovers import DealsAskCb, DealsBackCb, DealsGiveCb, DealsHeirsCb, DealsOfCb
from services.access import Action
from services.notices import NoticeKind

describe(
    {
        "handover.not_found": "This colleague has no deals in work that you could hand over.",
        "handover.gone": "This cannot be taken back any more.",
    }
)


@registry.press(DealPeopleCb, Action.DEAL_HAND_OVER)
async def on_deal_people(turn: Turn, _data: DealPeopleCb) -> None:
    """Who has deals in work?"""
    await turn.show(views.holders(await turn.services.deal_handover.holders(turn.actor), turn.t))


@registry.press(DealsOfCb, Action.DEAL_HAND_OVER)
async def on_deals_of(turn: Turn, data: DealsOfCb) -> None:
    """Which ones?"""
    found = await turn.services.deal_handover.deals_of(turn.actor, data.person_id, data.after or None)
    await show_page(turn, views.in_hand(found, turn.t), data)


@registry.press(DealsHeirsCb, Action.DEAL_HAND_OVER)
async def on_deals_heirs(turn: Turn, data: DealsHeirsCb) -> None:
    """Who takes them all?"""
    found, people = await turn.services.deal_handover.heirs(turn.actor, data.person_id)
    await turn.show(views.heirs(found, people, turn.t))


@registry.press(DealsAskCb, Action.DEAL_HAND_OVER)
async def on_deals_ask(turn: Turn, data: DealsAskCb) -> None:
    """Shall this colleague take them?"""
    plan = await turn.services.deal_handover.plan(turn.actor, data.person_id, data.heir_id)
    await turn.show(views.sure(plan, turn.t))


@registry.press(DealsGiveCb, Action.DEAL_HAND_OVER)
async def on_deals_give(turn: Turn, data: DealsGiveCb) -> None:
    """To this colleague."""
    plan = await turn.services.deal_handover.hand_over(
        turn.actor, data.person_id, data.heir_id, data.count, data.newest
    )
    await turn.show(views.done(plan, turn.t))


@registry.press(DealsBackCb, Action.DEAL_HAND_OVER)
async def on_deals_back(turn: Turn, data: DealsBackCb) -> None:
    """It was a mistake."""
    plan = await turn.services.deal_handover.take_back(turn.actor, data.person_id, data.event_id)
    await turn.show(views.taken_back(plan, turn.t))


@registry.notice(NoticeKind.WORK_BACK)
async def work_back(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """Deals are with their former owner again."""
    name = viewer.services.people.name
    person, heir = await name(int(params["person"])), await name(int(params["heir"]))
    return views.back_news(person, heir, int(params["deals"]), viewer.t)
