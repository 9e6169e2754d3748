"""Closed deals: returned to work, put into the archive and taken out of it."""

from aiogram.types import Message

from handlers.deal_closing import ask_unpaid
from handlers.deals import ask_missing, tell_gone
from handlers.paging import show_page
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import deal_archive as views
from handlers.views import deals as deal_views
from keyboards.deal_data import (
    DealArchiveCb,
    DealAwayCb,
    DealAwaySureCb,
    DealOutCb,
    DealReturnCb,
    DealReturnsCb,
)
from services.access import Action
from services.deal_closing import UnpaidError
from services.deal_entry import DealFields, MissingFieldsError
from services.errors import NotFoundError
from services.note_words import checked_note

FORM = "deal.return"
"""Open while the stage is being chosen; it keeps why the deal returns."""


@registry.press(DealReturnsCb, Action.DEAL_REVIVE)
async def on_returns(turn: Turn, data: DealReturnsCb) -> None:
    """To which stage?"""
    await turn.form.close()
    form = await turn.form.data() if await turn.form.state() == FORM else {}
    why = form["typed"].get("note", "") if form.get("back") == ["deal", data.deal_id] else ""
    await _ask(turn, data.deal_id, why, data.page)


@registry.step(FORM, Action.DEAL_REVIVE)
async def got_return(turn: Turn, message: Message) -> None:
    """Why it returns; the stage is still to be chosen."""
    why = checked_note(message.text or message.caption or "")
    await _ask(turn, int((await turn.form.data())["back"][1]), why)


@registry.press(DealReturnCb, Action.DEAL_REVIVE)
async def on_return(turn: Turn, data: DealReturnCb) -> None:
    """To this stage, asking only for what the stage requires and the deal lacks.

    It may be the other end, where the wrong one was chosen: a loss is asked for its reason by buttons.
    """
    kept = await turn.form.data() if await turn.form.state() == FORM else {}
    typed = kept.get("typed", {}) if kept.get("back") == ["deal", data.deal_id] else {}
    fields = DealFields(**typed)
    try:
        deal = await turn.services.moves.move(turn.actor, data.deal_id, data.stage_id, data.version, fields)
    except MissingFieldsError as missing:
        if missing.fields[0] == "loss_reason":
            await turn.form.close()
        await ask_missing(turn, data.deal_id, data.version, missing)
    except UnpaidError as lack:
        await ask_unpaid(turn, data.deal_id, lack, fields)
    except NotFoundError as gone:
        await tell_gone(turn, gone, "stage.not_found")
        await _ask(turn, data.deal_id, fields.note or "")
    else:
        await turn.form.close()
        await turn.show(deal_views.card(deal, turn.t))


@registry.press(DealAwayCb, Action.DEAL_ARCHIVE_LOST)
async def on_away(turn: Turn, data: DealAwayCb) -> None:
    """Into the archive?"""
    deal, tasks = await turn.services.archive.plan(turn.actor, data.deal_id)
    await turn.show(views.sure(deal, tasks, turn.t))


@registry.press(DealAwaySureCb, Action.DEAL_ARCHIVE_LOST)
async def on_away_sure(turn: Turn, data: DealAwaySureCb) -> None:
    """Into the archive."""
    deal = await turn.services.archive.put_away(turn.actor, data.deal_id, data.version)
    await turn.show(deal_views.card(deal, turn.t))


@registry.press(DealOutCb, Action.DEAL_ARCHIVE_LOST)
async def on_out(turn: Turn, data: DealOutCb) -> None:
    """Out of the archive."""
    deal = await turn.services.archive.take_out(turn.actor, data.deal_id, data.version)
    await turn.show(deal_views.card(deal, turn.t))


@registry.press(DealArchiveCb, Action.DEAL_VIEW)
async def on_archive(turn: Turn, data: DealArchiveCb) -> None:
    """The archive, page by page."""
    page = await turn.services.archive.page(turn.actor, data.after or None)
    deletes = turn.actor.may(Action.LEAD_DELETE)
    await show_page(turn, views.archive(page, turn.t, deletes=deletes), data)


async def _ask(turn: Turn, deal_id: int, why: str = "", page: int = 0) -> None:
    choice = await turn.services.crossings.returning(turn.actor, deal_id)
    await turn.form.wait(FORM, back=["deal", deal_id], typed={"note": why} if why else {})
    await turn.show(views.returning(choice, why, turn.t, page))
