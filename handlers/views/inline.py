"""How what is found looks in any chat: to be read by everybody there."""

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from keyboards.common import cut, titled
from keyboards.links import SEARCH, card_link
from keyboards.tongue import Tongue
from services.inline import HIDDEN, Offer
from services.search import Kind

TITLE = 60
"""Longer titles are cut in the list of results."""


def article(offer: Offer, bot: str, t: Tongue) -> InlineQueryResultArticle:
    """One result, and the message that it becomes: a name, and the way to the card for whoever may see it."""
    mark, kind = _marks(t)[offer.kind]
    name = titled(offer.name, t) if offer.name != HIDDEN else ""
    number = f" · #{offer.id}" if offer.kind not in (Kind.CONTACT, Kind.FIRM) or not name else ""
    text = t.html("{mark} <b>{name}</b>{number}", mark=mark, name=name or kind, number=number)
    link = InlineKeyboardButton(text=t("Open in the bot"), url=card_link(bot, offer.kind, offer.id))
    return InlineQueryResultArticle(
        id=f"{offer.kind.value}:{offer.id}",
        title=cut(f"{mark} {name or kind}{number}", TITLE),
        description=cut(offer.beside, TITLE) or kind,
        input_message_content=InputTextMessageContent(
            message_text=text, parse_mode="HTML", link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[link]]),
    )


def ours(t: Tongue, *, found: bool) -> InlineQueryResultsButton:
    """Above the results: the way to all that the search can do."""
    label = t("🔎 Search in the bot") if found else t("Nothing found. Search in the bot")
    return InlineQueryResultsButton(text=label, start_parameter=SEARCH)


def strangers(t: Tongue) -> InlineQueryResultsButton:
    """For whoever is not of the company."""
    return InlineQueryResultsButton(text=t("Only for the people of one company"), start_parameter=SEARCH)


def wait(t: Tongue) -> InlineQueryResultsButton:
    """For whoever asks faster than anybody types."""
    return InlineQueryResultsButton(text=t("One moment, please: too many questions"), start_parameter=SEARCH)


def _marks(t: Tongue) -> dict[Kind, tuple[str, str]]:
    return {
        Kind.DEAL: ("💼", t("Deal")),
        Kind.CONTACT: ("👤", t("Client")),
        Kind.FIRM: ("🏢", t("Company")),
        Kind.LEAD: ("📥", t("Lead")),
    }
