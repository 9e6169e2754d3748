"""Lists of deals, leads, contacts and companies by filter: what is asked for, and page by page."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.paging import show_page
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import lists as views
from keyboards.list_data import (
    FilterAnyCb,
    FilterAskCb,
    FilterCb,
    FilterClientsCb,
    FilterDaysCb,
    FilterFieldCb,
    FilterFieldEmptyCb,
    FilterFieldFullCb,
    FilterFieldSetCb,
    FilterFirmsCb,
    FilterLeadsCb,
    FilterSetCb,
    FilterStageCb,
    ListCb,
)
from services.access import Action
from services.choices import choice
from services.dto.fields import CHOSEN, FieldSubject
from services.dto.lists import FilterCard
from services.errors import AppError
from services.fields.reading import CLEAR
from services.lists.filters import SEVERAL, What

TYPED = {What.AMOUNT: "list.amount", What.SCORE: "list.score"}
"""What is asked for by a number that is typed, and the form that waits for it."""
FIELD = "list.field"
DAYS = "list.days"

describe(
    {
        "list.gone": "This list was put together long ago. Please set the filter once more.",
        "list.not_found": "There is no such list.",
        "list.bad_amount": "I need a sum, or two of them. Like this: 150k, 100k - 300k, to 50k.",
        "list.bad_days": "I could not read these days. Like this: 12.05 - 31.05, from 12.05, May 2026.",
        "list.many": "A list asks for {most} of them at most. Take one off first.",
        "list.bad_score": "I need a whole number of points. Like this: 40.",
    }
)


@registry.press(FilterCb, Action.DEAL_VIEW)
async def on_filter(turn: Turn, data: FilterCb) -> None:
    """What shall be asked for?"""
    await turn.form.close()
    await turn.show(views.filter_card(await turn.services.lists.filter(turn.actor, data.listing_id), turn.t))


@registry.press(FilterLeadsCb, Action.LEAD_VIEW)
async def on_filter_leads(turn: Turn, _data: FilterLeadsCb) -> None:
    """The same of leads, from the start."""
    await turn.form.close()
    await turn.show(views.filter_card(await turn.services.lists.of(turn.actor, FieldSubject.LEAD), turn.t))


@registry.press(FilterClientsCb, Action.CLIENT_VIEW)
async def on_filter_clients(turn: Turn, _data: FilterClientsCb) -> None:
    """The same of contacts, from the start."""
    await turn.form.close()
    await turn.show(views.filter_card(await turn.services.lists.of(turn.actor, FieldSubject.CONTACT), turn.t))


@registry.press(FilterFirmsCb, Action.CLIENT_VIEW)
async def on_filter_firms(turn: Turn, _data: FilterFirmsCb) -> None:
    """The same of companies, from the start."""
    await turn.form.close()
    await turn.show(views.filter_card(await turn.services.lists.of(turn.actor, FieldSubject.FIRM), turn.t))


@registry.press(FilterStageCb, Action.DEAL_VIEW)
async def on_filter_stage(turn: Turn, data: FilterStageCb) -> None:
    """The same, going on from the list of a stage."""
    card = await turn.services.lists.of_stage(turn.actor, data.stage_id)
    await turn.show(views.filter_card(card, turn.t))


@registry.press(FilterAskCb, Action.DEAL_VIEW)
async def on_filter_ask(turn: Turn, data: FilterAskCb) -> None:
    """Which value?"""
    what, lists = choice(What, data.what), turn.services.lists
    if what in TYPED:
        await lists.filter(turn.actor, data.listing_id)
        await turn.form.close()
        await turn.form.wait(TYPED[what], listing=data.listing_id)
        await turn.show(views.ask_number(data.listing_id, what, turn.t))
    else:
        shown = await lists.choices(turn.actor, data.listing_id, what, data.page, data.pipeline_id)
        await turn.show(views.choices(shown, turn.t))


@registry.press(FilterSetCb, Action.DEAL_VIEW)
async def on_filter_set(turn: Turn, data: FilterSetCb) -> None:
    """This one; of several it is turned, and the others stay in view."""
    what, lists = choice(What, data.what), turn.services.lists
    if what in SEVERAL:
        await turn.show(
            views.choices(await lists.toggle(turn.actor, data.listing_id, what, data.number), turn.t)
        )
    else:
        card = await lists.ask(turn.actor, data.listing_id, what, data.number)
        await turn.show(views.filter_card(card, turn.t))


@registry.press(FilterAnyCb, Action.DEAL_VIEW)
async def on_filter_any(turn: Turn, data: FilterAnyCb) -> None:
    """Whichever."""
    await _show(
        turn, await turn.services.lists.ask(turn.actor, data.listing_id, choice(What, data.what), None)
    )


@registry.press(FilterDaysCb, Action.DEAL_VIEW)
async def on_filter_days(turn: Turn, data: FilterDaysCb) -> None:
    """From which day to which?"""
    card = await turn.services.lists.ask_days(turn.actor, data.listing_id, data.of)
    await turn.form.close()
    await turn.form.wait(DAYS, listing=card.id, of=data.of)
    await turn.show(views.ask_days(card.id, data.of, turn.t))


@registry.press(FilterFieldCb, Action.DEAL_VIEW)
async def on_filter_field(turn: Turn, data: FilterFieldCb) -> None:
    """What shall this field say? By a button, or in words."""
    shown = await turn.services.lists.field(turn.actor, data.listing_id, data.field_id)
    await turn.form.close()
    await turn.form.wait(FIELD, listing=data.listing_id, field_id=data.field_id)
    await turn.show(views.field_ask(shown, turn.t))


@registry.press(FilterFieldSetCb, Action.DEAL_VIEW)
async def on_filter_field_set(turn: Turn, data: FilterFieldSetCb) -> None:
    """This choice; of several it is turned, and the others stay in view. Or yes, or no."""
    shown = await turn.services.lists.pick_field(turn.actor, data.listing_id, data.field_id, data.number)
    if shown.field.kind in CHOSEN or shown.card is None:
        await turn.form.wait(FIELD, listing=shown.listing_id, field_id=data.field_id)
        await turn.show(views.field_ask(shown, turn.t))
    else:
        await _show(turn, shown.card)


@registry.press(FilterFieldFullCb, Action.DEAL_VIEW)
async def on_filter_field_full(turn: Turn, data: FilterFieldFullCb) -> None:
    """Anything at all."""
    await _show(turn, await turn.services.lists.ask_field(turn.actor, data.listing_id, data.field_id))


@registry.press(FilterFieldEmptyCb, Action.DEAL_VIEW)
async def on_filter_field_empty(turn: Turn, data: FilterFieldEmptyCb) -> None:
    """Nothing at all."""
    await _show(turn, await turn.services.lists.ask_empty(turn.actor, data.listing_id, data.field_id))


@registry.step(FIELD, Action.DEAL_VIEW)
async def got_list_field(turn: Turn, message: Message) -> None:
    """This, in words."""
    data, typed = await turn.form.data(), message.text or CLEAR
    listing, field_id = int(data["listing"]), int(data["field_id"])
    await _show(turn, await turn.services.lists.ask_field(turn.actor, listing, field_id, typed))


@registry.step(TYPED[What.AMOUNT], Action.DEAL_VIEW)
async def got_list_amount(turn: Turn, message: Message) -> None:
    """From this sum on, or from one to another."""
    listing = int((await turn.form.data())["listing"])
    await _show(turn, await turn.services.lists.ask_amount(turn.actor, listing, message.text or ""))


@registry.step(DAYS, Action.DEAL_VIEW)
async def got_list_days(turn: Turn, message: Message) -> None:
    """From this day to that."""
    data = await turn.form.data()
    typed = message.text or CLEAR
    await _show(turn, await turn.services.lists.ask_days(turn.actor, int(data["listing"]), data["of"], typed))


@registry.step(TYPED[What.SCORE], Action.LEAD_VIEW)
async def got_list_score(turn: Turn, message: Message) -> None:
    """From so many points on."""
    typed = (message.text or "").strip()
    if not typed.isdecimal():
        raise AppError("list.bad_score")
    listing = int((await turn.form.data())["listing"])
    await _show(turn, await turn.services.lists.ask(turn.actor, listing, What.SCORE, int(typed[:9])))


async def _show(turn: Turn, card: FilterCard) -> None:
    """The filter as it asks now, for whoever answered its question."""
    await turn.form.close()
    await turn.show(views.filter_card(card, turn.t))


@registry.press(ListCb, Action.DEAL_VIEW)
async def on_list(turn: Turn, data: ListCb) -> None:
    """What it lets through."""
    shown = await turn.services.lists.page(turn.actor, data.listing_id, data.after or None, data.top)
    await show_page(turn, views.listed(shown, turn.t), data)
