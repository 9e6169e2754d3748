"""Deals: cards, lists and moves."""

from handlers.deal_closing import ask_unpaid
from handlers.errors import describe, words
from handlers.paging import show_page
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import deal_lists as list_views
from handlers.views import deals as views
from handlers.views import fields, team_chats
from handlers.views.event_money import sum_back
from keyboards.deal_data import (
    DealBoardCb,
    DealCb,
    DealGiveCb,
    DealHeirsCb,
    DealHistoryCb,
    DealListCb,
    DealLoseCb,
    DealMessageCb,
    DealMoveCb,
    DealMovesCb,
    DealMuteCb,
    DealPipelineCb,
    DealUndoCb,
    DealWayCb,
)
from services.access import Action
from services.deal_closing import UnpaidError
from services.deal_entry import DealFields, MissingFieldsError
from services.dto.fields import FieldSubject
from services.errors import NotFoundError
from services.fields.entry import field_in

describe(
    {
        "deal.not_found": "There is no such deal, or it is not yours to see.",
        "deal.closed": "This deal is closed already.",
        "deal.open": "This deal is not closed: only closed ones go into the archive.",
        "deal.awaits": "The deal awaits its payment meanwhile: from here on a head moves it.",
        "deal.archived": "This deal lies in the archive. Return it from there first.",
        "deal.zero_sum": "“{stage}” asks for a sum above zero. If it is not known yet, move the deal later.",
        "deal.fields_missing": "This stage asks for more.",
        "pipeline.away": "The pipeline of this deal is out of use.",
        "stage.not_found": "There is no such stage in this pipeline any more.",
        "loss_reason.not_found": "There is no such reason any more.",
        "colleague.not_found": "This colleague is not in the department any more.",
    }
)


@registry.card("deal")
async def deal_card(viewer: Viewer, deal_id: int) -> Screen | None:
    """A deal as one reader sees it; in a team chat without what is not for every member."""
    if viewer.actor is None:
        return team_chats.face(await viewer.services.topics.face(deal_id), viewer.t)
    return views.card(await viewer.services.deals.card(viewer.actor, deal_id), viewer.t)


@registry.command("deals", Action.DEAL_VIEW)
async def cmd_deals(turn: Turn, _args: str) -> None:
    """The stages with one's deals."""
    await _show_board(turn)


@registry.press(DealBoardCb, Action.DEAL_VIEW)
async def on_deal_board(turn: Turn, _data: DealBoardCb) -> None:
    """Back to the stages."""
    await _show_board(turn)


@registry.press(DealPipelineCb, Action.DEAL_VIEW)
async def on_deal_pipeline(turn: Turn, data: DealPipelineCb) -> None:
    """The stages of another pipeline."""
    await _show_board(turn, data.pipeline_id, data.page)


@registry.press(DealListCb, Action.DEAL_VIEW)
async def on_deal_list(turn: Turn, data: DealListCb) -> None:
    """Deals of a stage, page by page."""
    page = await turn.services.deals.page(turn.actor, data.stage_id or None, data.after or None)
    await show_page(turn, list_views.page(page, data.stage_id, turn.t), data)


@registry.press(DealCb, Action.DEAL_VIEW)
async def on_deal(turn: Turn, data: DealCb) -> None:
    """Open a deal, or come back to it from a form."""
    await turn.form.close()
    await turn.show(views.card(await turn.services.deals.card(turn.actor, data.deal_id), turn.t))


@registry.press(DealMuteCb, Action.DEAL_VIEW)
async def on_deal_mute(turn: Turn, data: DealMuteCb) -> None:
    """No news of it any more, or again."""
    deal = await turn.services.mutes.mute(turn.actor, data.deal_id, on=bool(data.on))
    await turn.show(views.card(deal, turn.t))


@registry.press(DealMovesCb, Action.DEAL_VIEW)
async def on_deal_moves(turn: Turn, data: DealMovesCb) -> None:
    """Where may it move?"""
    choices = await turn.services.crossings.choices(turn.actor, data.deal_id)
    await turn.show(views.moves(choices, turn.t, data.page))


@registry.press(DealWayCb, Action.DEAL_VIEW)
async def on_deal_way(turn: Turn, data: DealWayCb) -> None:
    """To which stage of another pipeline?"""
    there = await turn.services.crossings.stages(turn.actor, data.deal_id, data.pipeline_id)
    await turn.show(views.crossing(there, turn.t, data.page))


@registry.press(DealMoveCb, Action.DEAL_VIEW)
async def on_deal_move(turn: Turn, data: DealMoveCb) -> None:
    """Move it, asking only for what the stage requires and the deal lacks."""
    try:
        deal = await turn.services.moves.move(turn.actor, data.deal_id, data.stage_id, data.version)
    except MissingFieldsError as missing:
        await ask_missing(turn, data.deal_id, data.version, missing)
    except UnpaidError as lack:
        await ask_unpaid(turn, data.deal_id, lack)
    except NotFoundError as gone:
        await tell_gone(turn, gone, "stage.not_found")
        await turn.show(views.moves(await turn.services.crossings.choices(turn.actor, data.deal_id), turn.t))
    else:
        await turn.show(views.card(deal, turn.t))


@registry.press(DealLoseCb, Action.DEAL_VIEW)
async def on_deal_lose(turn: Turn, data: DealLoseCb) -> None:
    """Lost, and why."""
    why = DealFields(loss_reason_id=data.reason_id)
    try:
        deal = await turn.services.moves.move(turn.actor, data.deal_id, data.stage_id, data.version, why)
    except NotFoundError as gone:
        await tell_gone(turn, gone, "loss_reason.not_found")
        await _ask_why_lost(turn, data.deal_id, data.stage_id)
    else:
        await turn.show(views.card(deal, turn.t))


@registry.press(DealUndoCb, Action.DEAL_VIEW)
async def on_deal_undo(turn: Turn, data: DealUndoCb) -> None:
    """Take the last move back; to a loss that nobody explained only with its reason."""
    try:
        deal = await turn.services.moves.undo(turn.actor, data.deal_id, data.event_id, data.version)
    except MissingFieldsError as missing:
        await ask_missing(turn, data.deal_id, data.version, missing)
    else:
        if (told := sum_back(deal, turn.t)) is not None:
            await turn.toast(told)
        await turn.show(views.card(deal, turn.t))


@registry.press(DealMessageCb, Action.DEAL_TALK_VIEW)
async def on_deal_message(turn: Turn, data: DealMessageCb) -> None:
    """What to write to its client, as a message of its own; the card again where there is nothing."""
    deal = await turn.services.deals.card(turn.actor, data.deal_id)
    message = views.message(deal, turn.t)
    await (turn.say(message) if message is not None else turn.show(views.card(deal, turn.t)))


@registry.press(DealHistoryCb, Action.DEAL_TALK_VIEW)
async def on_deal_history(turn: Turn, data: DealHistoryCb) -> None:
    """What happened, page by page."""
    page, currency = await turn.services.deals.events(turn.actor, data.deal_id, data.after or None)
    await show_page(turn, views.history(data.deal_id, page, currency, turn.t), data)


@registry.press(DealHeirsCb, Action.DEAL_HAND_OVER)
async def on_deal_heirs(turn: Turn, data: DealHeirsCb) -> None:
    """To whom?"""
    deal, people = await turn.services.deals.heirs(turn.actor, data.deal_id)
    await turn.show(views.heirs(deal, people, turn.t))


@registry.press(DealGiveCb, Action.DEAL_HAND_OVER)
async def on_deal_give(turn: Turn, data: DealGiveCb) -> None:
    """To this colleague."""
    deal = await turn.services.deals.hand_over(turn.actor, data.deal_id, data.person_id, data.version)
    await turn.show(views.card(deal, turn.t))


async def _show_board(turn: Turn, pipeline_id: int | None = None, page: int = 0) -> None:
    board = await turn.services.deals.board(turn.actor, pipeline_id)
    people = turn.actor.may(Action.DEAL_HAND_OVER)
    await turn.show(list_views.board(board, turn.t, people=people, page=page))


async def ask_missing(turn: Turn, deal_id: int, version: int, missing: MissingFieldsError) -> None:
    """Ask for the first field that the stage requires: a reason by buttons, anything else by typing."""
    field = missing.fields[0]
    if field == "loss_reason":
        await _ask_why_lost(turn, deal_id, missing.stage_id)
        return
    await turn.form.wait(
        entry_state(field), back=["deal", deal_id], stage_id=missing.stage_id, version=version, field=field
    )
    if (field_id := field_in(field)) is not None:
        await ask_entry_field(turn, deal_id, field_id)
    else:
        await turn.show(views.ask(await turn.services.deals.card(turn.actor, deal_id), field, turn.t))


async def tell_gone(turn: Turn, gone: NotFoundError, code: str) -> None:
    """Say that what was chosen is there no more, to be chosen anew; raise what is missing otherwise."""
    if gone.code != code:
        raise gone
    await turn.toast(words(gone, await turn.over_chat()))


async def _ask_why_lost(turn: Turn, deal_id: int, stage_id: int) -> None:
    deal = await turn.services.deals.card(turn.actor, deal_id)
    reasons = await turn.services.deals.loss_reasons(turn.actor, deal_id, stage_id)
    await turn.show(views.why_lost(deal, stage_id, reasons, turn.t))


async def ask_entry_field(turn: Turn, deal_id: int, field_id: int) -> None:
    """Ask for one of the company's own fields; what was pressed already is ticked."""
    data = await turn.form.data()
    ids = data.get("typed", {}).get("fields", {}).get(data["field"], {}).get("ids", [])
    sheet = await turn.services.filling.sheet(turn.actor, FieldSubject.DEAL, deal_id)
    line = fields.found_line(sheet, field_id)
    if line is None:
        raise NotFoundError("field")
    await turn.show(fields.ask_entry(sheet, line.field, ids, turn.t))


def entry_state(field: str) -> str:
    """What the form waits for while a stage asks for this field."""
    return "deal.enter.field" if field_in(field) is not None else f"deal.enter.{field}"
