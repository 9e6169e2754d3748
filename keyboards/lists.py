"""Buttons of lists of deals, leads, contacts and companies by filter."""

from collections.abc import Callable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.client_cards import client_button
from keyboards.clients import ClientListCb
from keyboards.common import button, cancel, grid, home, marked, rows, titled
from keyboards.data import Press
from keyboards.deal_data import DealBoardCb, DealCb
from keyboards.lead_data import LeadCb, LeadListCb
from keyboards.leads import lead_deed
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
    ListCb,
    ListFileCb,
    SelectCb,
    ViewCareCb,
    ViewSaveCb,
    ViewsCb,
)
from keyboards.tongue import Tongue
from services.dto.clients import ClientKind, ClientLine
from services.dto.deals import DealLine
from services.dto.fields import CHOSEN, FieldKind, FieldSubject
from services.dto.leads import LeadLine
from services.dto.lists import Choice, Choices, Count, FieldAsk, FilterCard, Listed
from services.fields.filters import ANY, NOTHING
from services.lists.days import OwnDays
from services.lists.filters import FLAGS, WHOLE, What


def filter_card(card: FilterCard, t: Tongue) -> InlineKeyboardMarkup:
    """What it lets through, then whatever else may be asked for."""
    asked = card.asked
    keep = button(t("💾 Save as a view"), ViewSaveCb(listing_id=card.id))
    if card.view is not None:
        keep = button(t("📌 {name}", name=card.view.name), ViewCareCb(view_id=card.view.id))
    labels = {
        What.STAGE: (t("🧭 Stage"), bool(asked.stages)),
        What.STATE: (t("🚦 State"), asked.state is not None),
        What.PERSON: (t("👔 Manager"), bool(asked.people)),
        What.SOURCE: (t("📣 Source"), bool(asked.sources)),
        What.DATE: (t("📅 Date"), asked.date is not None),
        What.AMOUNT: (t("💰 Sum"), bool(asked.amount_from or asked.amount_to)),
        What.TAG: (t("🏷 Tag"), asked.tag is not None),
        What.FIELD: (t("🗂 Fields"), bool(asked.fields)),
        What.CONSENT: (t("🔏 Consent"), asked.consent is not None),
        What.SCORE: (t("🎲 Score from"), asked.score is not None),
        What.NO_TASK: (t("⚠️ No next step"), asked.no_task),
        What.ROTTING: (t("⏳ Too long in a stage"), asked.rotting),
        What.HOT: (t("🔥 Hottest first"), asked.hot),
    }
    clear = anew(asked.subject)
    return rows(
        [_show(card, t)],
        *grid(_wanted(card.id, what, *labels[what]) for what in card.offered),
        [None if asked.nothing else keep, None if asked.nothing else button(t("↺ Clear"), clear)],
        [button(t("📌 Views"), ViewsCb()), board(asked.subject, t)],
    )


def _show(card: FilterCard, t: Tongue) -> InlineKeyboardButton:
    return button(t("▶️ Show · {n}", n=count_words(card.count)), ListCb(listing_id=card.id), "primary")


def _wanted(listing_id: int, what: What, label: str, chosen: bool) -> InlineKeyboardButton:
    ask = FilterSetCb if what in FLAGS else FilterAskCb
    return button(marked(label, chosen=chosen), ask(listing_id=listing_id, what=what.value))


def anew(subject: FieldSubject) -> Press:
    """A filter of these that asks for nothing yet."""
    match subject:
        case FieldSubject.LEAD:
            return FilterLeadsCb()
        case FieldSubject.CONTACT:
            return FilterClientsCb()
        case FieldSubject.FIRM:
            return FilterFirmsCb()
    return FilterCb()


def board(subject: FieldSubject, t: Tongue) -> InlineKeyboardButton:
    """To what is there without a filter."""
    if subject is FieldSubject.LEAD:
        return button(t("◀️ Leads"), LeadListCb())
    if subject is FieldSubject.CONTACT:
        return button(t("◀️ Clients"), ClientListCb(kind=ClientKind.CONTACT.value))
    if subject is FieldSubject.FIRM:
        return button(t("◀️ Companies"), ClientListCb(kind=ClientKind.FIRM.value))
    return button(t("◀️ Deals"), DealBoardCb())


def choices(shown: Choices, words: Callable[[Choice], str], t: Tongue) -> InlineKeyboardMarkup:
    """One button for each value."""
    one = {"listing_id": shown.listing_id, "what": shown.what.value}
    place = shown.pipeline.id if shown.pipeline is not None else 0
    further = FilterAskCb(**one, page=shown.next_page, pipeline_id=place) if shown.next_page else None
    there = button(t("◀️ Back"), FilterAskCb(**one)) if place else back(shown.listing_id, t)
    chosen = shown.card is not None and not shown.card.asked.nothing
    return rows(
        [_show(shown.card, t) if shown.card is not None and chosen else None],
        *grid(
            button(marked(words(choice), chosen=choice.chosen), _picked(shown, choice))
            for choice in shown.choices
        ),
        [button(t("More ▶️"), further) if further else None],
        [any_value(shown.listing_id, shown.what, t), there],
    )


def _picked(shown: Choices, choice: Choice) -> Press:
    if choice.opens:
        place = choice.number - WHOLE
        return FilterAskCb(listing_id=shown.listing_id, what=shown.what.value, pipeline_id=place)
    if shown.what is What.FIELD:
        return FilterFieldCb(listing_id=shown.listing_id, field_id=choice.number)
    if isinstance(choice.label, OwnDays):
        return FilterDaysCb(listing_id=shown.listing_id, of=choice.label.of)
    return FilterSetCb(listing_id=shown.listing_id, what=shown.what.value, number=choice.number)


def field_ask(shown: FieldAsk, t: Tongue) -> InlineKeyboardMarkup:
    """What a field of the company's own may have to say."""
    one = {"listing_id": shown.listing_id, "field_id": shown.field.id}
    choices = [(choice.id, choice.name) for choice in shown.field.options]
    if shown.field.kind is FieldKind.FLAG:
        choices = [(1, t("Yes")), (0, t("No"))]
    asked = shown.value if isinstance(shown.value, list) else [shown.value]
    several = shown.field.kind in CHOSEN and shown.value is not None
    return rows(
        [_show(shown.card, t) if shown.card is not None and several else None],
        *grid(
            button(marked(name, chosen=number in asked), FilterFieldSetCb(**one, number=number))
            for number, name in choices
        ),
        [
            button(
                marked(t("Filled in, whatever it says"), chosen=shown.value == ANY), FilterFieldFullCb(**one)
            )
        ],
        [button(marked(t("Not filled in"), chosen=shown.value == NOTHING), FilterFieldEmptyCb(**one))],
        [
            button(t("◀️ Back"), FilterAskCb(listing_id=shown.listing_id, what=What.FIELD.value)),
            cancel(t),
        ],
    )


def typing(listing_id: int, what: What, t: Tongue) -> InlineKeyboardMarkup:
    """While a value is being typed."""
    return rows([any_value(listing_id, what, t)], [back(listing_id, t), cancel(t)])


def listed(shown: Listed, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each, and the way on."""
    after = shown.page.next_after
    more = ListCb(listing_id=shown.id, after=after, top=shown.next_top) if after else None
    deals = shown.asked.subject is FieldSubject.DEAL
    back_ = button(t("◀️ Stages"), DealBoardCb()) if deals else board(shown.asked.subject, t)
    return rows(
        *[
            [
                opens(line, shown.asked.subject, t),
                lead_deed(line) if isinstance(line, LeadLine) else None,
            ]
            for line in shown.page.items
        ],
        [_select(shown, t), button(t("More ▶️"), more) if more else None],
        [
            button(t("🔎 Filter"), FilterCb(listing_id=shown.id)),
            button(t("📌 Views"), ViewsCb()),
            button(t("📤 File"), ListFileCb(listing_id=shown.id)) if shown.leaves else None,
        ],
        [back_, home(t)],
    )


def opens(line: DealLine | LeadLine | ClientLine, subject: FieldSubject, t: Tongue) -> InlineKeyboardButton:
    """To the card of what a line tells of."""
    if isinstance(line, ClientLine):
        return client_button(ClientKind(subject), line)
    card = LeadCb(lead_id=line.id) if isinstance(line, LeadLine) else DealCb(deal_id=line.id)
    return button(line_name(line, t), card)


def line_name(line: DealLine | LeadLine | ClientLine, t: Tongue) -> str:
    """What a line tells of, on a button."""
    return line.name if isinstance(line, ClientLine) else f"#{line.id} {titled(line.title, t)}"


def _select(shown: Listed, t: Tongue) -> InlineKeyboardButton | None:
    if not shown.selects or not shown.page.items:
        return None
    return button(t("☑️ Select"), SelectCb(listing_id=shown.id, after=shown.after, top=shown.top))


def any_value(listing_id: int, what: What, t: Tongue) -> InlineKeyboardButton:
    """The value does not matter."""
    return button(t("Any"), FilterAnyCb(listing_id=listing_id, what=what.value))


def back(listing_id: int, t: Tongue) -> InlineKeyboardButton:
    """To the filter."""
    return button(t("◀️ Back"), FilterCb(listing_id=listing_id))


def count_words(count: Count) -> str:
    """So many, or that many and more."""
    return f"{count.n}+" if count.more else str(count.n)
