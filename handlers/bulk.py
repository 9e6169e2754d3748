"""Deeds with many deals, leads or clients at once: ticked, planned, done, taken back."""

from contextlib import suppress
from typing import Any

from aiogram.types import Message

from handlers.errors import describe, words
from handlers.paging import show_page
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import bulk as views
from handlers.views import bulk_news as news
from keyboards.list_data import (
    BulkAskCb,
    BulkBackCb,
    BulkDoCb,
    BulkPlanCb,
    SelectCb,
    TickAllCb,
    TickCb,
    TickNoneCb,
)
from keyboards.tongue import Html
from services.access import Action
from services.choices import choice
from services.dto.bulk import BulkPlan, Deed
from services.dto.fields import FieldSubject
from services.errors import NotFoundError, StaleError
from services.lists.bulk import MOST
from services.notices import NoticeKind

CHOSEN = "bulk"
"""No step waits for this state: it only keeps what was ticked."""
TAG = "bulk.tag"
"""The same, while a tag for all of them may be written."""
HOLDING = (CHOSEN, TAG)

describe(
    {
        "bulk.nothing": "Nothing is ticked with which this could be done.",
        "bulk.too_many": "At most {most} at once, please.",
        "bulk.late": "An hour has passed: this cannot be taken back as a whole any more.",
        "bulk.not_found": "There is nothing of the kind.",
        "bulk.gone": "There is nothing left of this to take back.",
    }
)


@registry.card("bulk")
async def bulk_card(viewer: Viewer, person_id: int) -> Screen | None:
    """What somebody has done last, for the update that comes once more after it was done."""
    if viewer.actor is None:
        return None
    return views.done(await viewer.services.bulk.last(viewer.actor, person_id), viewer.t)


@registry.press(SelectCb, Action.DEAL_VIEW)
async def on_select(turn: Turn, data: SelectCb) -> None:
    """Which ones?"""
    await _show(turn, data, await _chosen(turn, data.listing_id))


@registry.press(TickCb, Action.DEAL_VIEW)
async def on_tick(turn: Turn, data: TickCb) -> None:
    """This one, too, or not after all."""
    chosen = await _chosen(turn, data.listing_id)
    if data.one_id in chosen:
        chosen.remove(data.one_id)
    else:
        chosen = [*chosen, data.one_id][: max(MOST.values())]
    place = SelectCb(listing_id=data.listing_id, after=data.after, top=data.top)
    await _show(turn, place, chosen)


@registry.press(TickAllCb, Action.DEAL_VIEW)
async def on_tick_all(turn: Turn, data: TickAllCb) -> None:
    """All of them, as many as can be."""
    lists = turn.services.lists
    most = MOST[await lists.subject(turn.actor, data.listing_id)]
    ids, more = await lists.ids(turn.actor, data.listing_id, most)
    told = views.all_ticked(len(ids), most, turn.t) if more else None
    await _show(turn, SelectCb(listing_id=data.listing_id), ids, told)


@registry.press(TickNoneCb, Action.DEAL_VIEW)
async def on_tick_none(turn: Turn, data: TickNoneCb) -> None:
    """None of them."""
    await _show(turn, SelectCb(listing_id=data.listing_id), [])


@registry.press(BulkAskCb, Action.DEAL_VIEW)
async def on_bulk_ask(turn: Turn, data: BulkAskCb) -> None:
    """With whom, to where or why?"""
    deed = choice(Deed, data.deed)
    listing, ids = await _held(turn, deed)
    targets = await turn.services.bulk.targets(turn.actor, listing, ids, deed, data.page, data.pipeline_id)
    await _keep(turn, TAG if deed.plain is Deed.TAG else CHOSEN, listing, ids, deed.subject)
    await turn.show(views.targets(targets, turn.t))


@registry.step(TAG, Action.DEAL_VIEW)
async def got_bulk_tag(turn: Turn, message: Message) -> None:
    """All of them get the tag of this name; it can be taken back as a whole."""
    subject = choice(FieldSubject, (await turn.form.data())["subject"])
    deed = next(one for one in Deed if one.plain is Deed.TAG and one.subject is subject)
    listing, ids = await _held(turn, deed)
    plan = await turn.services.bulk.tag(turn.actor, listing, ids, deed, message.text or "")
    await turn.form.close()
    await turn.show(views.done(plan, turn.t))


@registry.press(BulkPlanCb, Action.DEAL_VIEW)
async def on_bulk_plan(turn: Turn, data: BulkPlanCb) -> None:
    """What would happen?"""
    await _plan(turn, choice(Deed, data.deed), data.target_id)


@registry.press(BulkDoCb, Action.DEAL_VIEW)
async def on_bulk_do(turn: Turn, data: BulkDoCb) -> None:
    """Do it; if they have changed meanwhile the plan is shown anew."""
    deed = choice(Deed, data.deed)
    listing, ids = await _held(turn, deed)
    if not ids and (before := await _done_before(turn, data)) is not None:
        await turn.show(views.done(before, turn.t))
        return
    try:
        plan = await turn.services.bulk.do(turn.actor, listing, ids, deed, data.target_id, data.mark)
    except StaleError as stale:
        await turn.toast(words(stale, turn.t))
        await _plan(turn, deed, data.target_id)
    else:
        await turn.form.close()
        await turn.show(views.done(plan, turn.t))


@registry.press(BulkBackCb, Action.DEAL_VIEW)
async def on_bulk_back(turn: Turn, data: BulkBackCb) -> None:
    """Take it back."""
    plan = await turn.services.bulk.take_back(turn.actor, data.event_id)
    await turn.show(views.taken_back(plan, turn.t))


@registry.notice(NoticeKind.DEALS_CHANGED)
async def deals_changed(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """What somebody has done with many of them: figures, and the names of those that the reader sees."""
    if viewer.actor is None:
        return None
    ids = params.get("deals", [])
    deals = await viewer.services.bulk.named(viewer.actor, ids) if ids else ()
    return news.news(params, deals, viewer.t)


@registry.notice(NoticeKind.HANDED_ON)
async def handed_on(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """A colleague has now what was the reader's: its number alone, so no right is asked for."""
    return news.handed_on(params, viewer.t) if viewer.actor is not None else None


async def _chosen(turn: Turn, listing_id: int) -> list[int]:
    """What was ticked so far in this list."""
    kept = await turn.form.data() if await turn.form.state() in HOLDING else {}
    return list(kept["ids"]) if kept.get("listing") == listing_id else []


async def _held(turn: Turn, deed: Deed) -> tuple[int, list[int]]:
    """The list and what was ticked there; nothing if another form was opened, or another list, meanwhile."""
    kept = await turn.form.data() if await turn.form.state() in HOLDING else {}
    theirs = kept.get("subject", FieldSubject.DEAL) == deed.subject
    return int(kept.get("listing", 0)), list(kept.get("ids", [])) if theirs else []


async def _done_before(turn: Turn, data: BulkDoCb) -> BulkPlan | None:
    """What this very button has done: at a second tap nothing is ticked any more."""
    with suppress(NotFoundError):
        last = await turn.services.bulk.last(turn.actor, turn.actor.person_id)
        if (last.deed.value, last.target.id, last.mark) == (data.deed, data.target_id, data.mark):
            return last
    return None


async def _plan(turn: Turn, deed: Deed, target_id: int) -> None:
    listing, ids = await _held(turn, deed)
    plan = await turn.services.bulk.plan(turn.actor, listing, ids, deed, target_id)
    await turn.show(views.plan(plan, turn.t))


async def _show(turn: Turn, place: SelectCb, chosen: list[int], told: Html | None = None) -> None:
    shown = await turn.services.lists.page(turn.actor, place.listing_id, place.after or None, place.top)
    await _keep(turn, CHOSEN, shown.id, chosen, shown.asked.subject)
    await show_page(turn, views.selection(shown, chosen, turn.actor, turn.t, told), place)


async def _keep(turn: Turn, state: str, listing: int, ids: list[int], subject: FieldSubject) -> None:
    await turn.form.close()
    await turn.form.wait(state, listing=listing, ids=ids, subject=subject.value)
