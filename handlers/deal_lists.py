"""Lists of deals by filter: what is asked for, and page by page."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.inputs import typed_amount
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import deal_lists as views
from keyboards.list_data import (
    FilterAnyCb,
    FilterAskCb,
    FilterCb,
    FilterFieldCb,
    FilterFieldFullCb,
    FilterFieldSetCb,
    FilterSetCb,
    FilterStageCb,
    ListCb,
)
from services.access import Action
from services.choices import choice
from services.fields.reading import CLEAR
from services.lists.filters import What

AMOUNT = "list.amount"
FIELD = "list.field"

describe(
    {
        "list.gone": "This list was put together long ago. Please set the filter once more.",
        "list.not_found": "There is no such list.",
    }
)


@registry.press(FilterCb, Action.DEAL_VIEW)
async def on_filter(turn: Turn, data: FilterCb) -> None:
    """What shall be asked for?"""
    await turn.form.close()
    await turn.show(
        views.filter_card(await turn.services.deal_lists.filter(turn.actor, data.listing_id), turn.t)
    )


@registry.press(FilterStageCb, Action.DEAL_VIEW)
async def on_filter_stage(turn: Turn, data: FilterStageCb) -> None:
    """The same, going on from the list of a stage."""
    card = await turn.services.deal_lists.of_stage(turn.actor, data.stage_id)
    await turn.show(views.filter_card(card, turn.t))


@registry.press(FilterAskCb, Action.DEAL_VIEW)
async def on_filter_ask(turn: Turn, data: FilterAskCb) -> None:
    """Which value?"""
    what, lists = choice(What, data.what), turn.services.deal_lists
    if what is What.AMOUNT:
        await lists.filter(turn.actor, data.listing_id)
        await turn.form.close()
        await turn.form.wait(AMOUNT, listing=data.listing_id)
        await turn.show(views.ask_amount(data.listing_id, turn.t))
    else:
        shown = await lists.choices(turn.actor, data.listing_id, what, data.page)
        await turn.show(views.choices(shown, turn.t))


@registry.press(FilterSetCb, Action.DEAL_VIEW)
async def on_filter_set(turn: Turn, data: FilterSetCb) -> None:
    """This one."""
    card = await turn.services.deal_lists.ask(
        turn.actor, data.listing_id, choice(What, data.what), data.number
    )
    await turn.show(views.filter_card(card, turn.t))


@registry.press(FilterAnyCb, Action.DEAL_VIEW)
async def on_filter_any(turn: Turn, data: FilterAnyCb) -> None:
    """Whichever."""
    card = await turn.services.deal_lists.ask(turn.actor, data.listing_id, choice(What, data.what), None)
    await turn.form.close()
    await turn.show(views.filter_card(card, turn.t))


@registry.press(FilterFieldCb, Action.DEAL_VIEW)
async def on_filter_field(turn: Turn, data: FilterFieldCb) -> None:
    """What shall this field say? By a button, or in words."""
    shown = await turn.services.deal_lists.field(turn.actor, data.listing_id, data.field_id)
    await turn.form.close()
    await turn.form.wait(FIELD, listing=data.listing_id, field_id=data.field_id)
    await turn.show(views.field_ask(shown, turn.t))


@registry.press(FilterFieldSetCb, Action.DEAL_VIEW)
async def on_filter_field_set(turn: Turn, data: FilterFieldSetCb) -> None:
    """This choice."""
    await _ask_field(turn, data.listing_id, data.field_id, "", data.number)


@registry.press(FilterFieldFullCb, Action.DEAL_VIEW)
async def on_filter_field_full(turn: Turn, data: FilterFieldFullCb) -> None:
    """Anything at all."""
    await _ask_field(turn, data.listing_id, data.field_id, "", None)


@registry.step(FIELD, Action.DEAL_VIEW)
async def got_list_field(turn: Turn, message: Message) -> None:
    """This, in words."""
    data = await turn.form.data()
    await _ask_field(turn, int(data["listing"]), int(data["field_id"]), message.text or CLEAR, None)


async def _ask_field(turn: Turn, listing: int, field_id: int, typed: str, number: int | None) -> None:
    card = await turn.services.deal_lists.ask_field(turn.actor, listing, field_id, typed, number)
    await turn.form.close()
    await turn.show(views.filter_card(card, turn.t))


@registry.step(AMOUNT, Action.DEAL_VIEW)
async def got_list_amount(turn: Turn, message: Message) -> None:
    """From this sum on."""
    listing = int((await turn.form.data())["listing"])
    card = await turn.services.deal_lists.ask(turn.actor, listing, What.AMOUNT, typed_amount(message))
    await turn.form.close()
    await turn.show(views.filter_card(card, turn.t))


@registry.press(ListCb, Action.DEAL_VIEW)
async def on_list(turn: Turn, data: ListCb) -> None:
    """The deals themselves."""
    shown = await turn.services.deal_lists.page(turn.actor, data.listing_id, data.after or None)
    await turn.show(views.deal_list(shown, turn.t))
