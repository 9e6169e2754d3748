"""Buttons of the company's news, and of the channel in which they are told."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from keyboards.chat_chooser import chat_chooser
from keyboards.common import button, cancel, home, rows
from keyboards.data import Id, Press
from keyboards.profile import CompanyCb
from keyboards.tongue import Tongue
from services.dto.news import ChannelCard, NewsCard, NewsShelf, NewsState

REQUEST = 3
"""Tells the answer to this question from answers to others."""


class NewsCb(Press, prefix="pn"):
    """The news, after a key (0: from the newest)."""

    after: Id = 0


class NewsWriteCb(Press, prefix="pnw"):
    """Write some."""


class NewsSureCb(Press, prefix="pns"):
    """Tell what was shown."""

    def subject(self) -> tuple[str, int]:
        """All of them."""
        return ("newsroom", 1)


class NewsPress(Press, prefix="-pn"):
    """A button on a piece of news."""

    news_id: Id

    def subject(self) -> tuple[str, int]:
        """Its card."""
        return ("news", self.news_id)


class NewsOneCb(NewsPress, prefix="pno"):
    """Look at it."""


class NewsEditCb(NewsPress, prefix="pne"):
    """Other words for it."""


class NewsDropCb(NewsPress, prefix="pnx"):
    """Shall it be withdrawn?"""


class NewsDropSureCb(NewsPress, prefix="pny"):
    """Withdraw it."""


class NewsAgainCb(NewsPress, prefix="pna"):
    """Send it once more."""


class ChannelPress(Press, prefix="-pc"):
    """A button on the channel of news."""

    def subject(self) -> tuple[str, int]:
        """How it stands."""
        return ("news_channel", 1)


class ChannelCb(ChannelPress, prefix="pc"):
    """The channel of news."""


class ChannelChooseCb(ChannelPress, prefix="pcc"):
    """Choose one in Telegram's own list."""


class ChannelDropCb(ChannelPress, prefix="pcx"):
    """Shall it be the channel of news no longer?"""


class ChannelDropSureCb(ChannelPress, prefix="pcy"):
    """It is no longer."""


class ChannelWonCb(ChannelPress, prefix="pcw"):
    """Won deals are told there from now on (1), or not (0)."""

    on: Id


def shelf(shown: NewsShelf, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each, and the way on."""
    write = button(t("✏️ Write news"), NewsWriteCb(), "primary") if shown.may_write else None
    more = NewsCb(after=shown.page.next_after) if shown.page.next_after else None
    return rows(
        [write],
        *[[button(f"#{one.id} {_first(one)}", NewsOneCb(news_id=one.id))] for one in shown.page.items],
        [button(t("More ▶️"), more) if more else None],
        [home(t)],
    )


def one(card: NewsCard, t: Tongue) -> InlineKeyboardMarkup:
    """What may be done about it."""
    of = {"news_id": card.id}
    stuck = card.state is NewsState.STUCK
    again = button(t("🔁 Send it again"), NewsAgainCb(**of), "primary") if stuck and card.may_mend else None
    edit = button(t("✏️ Change"), NewsEditCb(**of)) if card.may_mend else None
    drop = button(t("🚫 Withdraw"), NewsDropCb(**of)) if card.may_mend else None
    return rows([again], [edit, drop], [to_news(t), home(t)])


def to_news(t: Tongue) -> InlineKeyboardButton:
    """The way to the list."""
    return button(t("📣 News"), NewsCb())


def asked(t: Tongue) -> InlineKeyboardMarkup:
    """Under the question for the words."""
    return rows([cancel(t)])


def preview(news_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """Tell it so, or in other words, or not at all."""
    label = t("💾 Save") if news_id else t("📣 Publish")
    return rows([button(label, NewsSureCb(), "primary")], [cancel(t)])


def drop(news_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """Withdraw it, or leave it."""
    yes = button(t("🚫 Yes, withdraw"), NewsDropSureCb(news_id=news_id), "danger")
    return rows([yes, button(t("◀️ Back"), NewsOneCb(news_id=news_id))])


def channel(card: ChannelCard, t: Tongue) -> InlineKeyboardMarkup:
    """What may be done about the channel."""
    if card.title is None:
        choose = button(t("📣 Choose a channel"), ChannelChooseCb(), "primary")
        return rows([choose], [to_news(t), button(t("◀️ Back"), CompanyCb())])
    won = t("🏆 Do not tell won deals") if card.tells_won else t("🏆 Tell won deals there")
    return rows(
        [button(won, ChannelWonCb(on=0 if card.tells_won else 1))],
        [
            button(t("🔁 Another channel"), ChannelChooseCb(), "primary" if card.trouble else None),
            button(t("✖️ Take it off"), ChannelDropCb()),
        ],
        [to_news(t), button(t("◀️ Back"), CompanyCb())],
    )


def channel_drop(t: Tongue) -> InlineKeyboardMarkup:
    """Take it off, or leave all as it is."""
    yes = button(t("✖️ Yes, take it off"), ChannelDropSureCb(), "danger")
    return rows([yes, button(t("◀️ Back"), ChannelCb())])


def lost(t: Tongue, *, may_choose: bool) -> InlineKeyboardMarkup:
    """Under the word that the channel takes nothing."""
    choose = button(t("📣 News channel"), ChannelCb(), "primary") if may_choose else None
    return rows([choose], [to_news(t), home(t)])


def to_channel(t: Tongue) -> InlineKeyboardButton:
    """The way to the channel, among the company's settings."""
    return button(t("📣 News channel"), ChannelCb())


def choose(t: Tongue) -> ReplyKeyboardMarkup:
    """Telegram's list of channels: we are to post there, to mend what was posted, and to take it away."""
    rights = {"can_post_messages": True, "can_edit_messages": True, "can_delete_messages": True}
    return chat_chooser(t("📣 Choose a channel"), REQUEST, t, channel=True, **rights)


def _first(card: NewsCard) -> str:
    """Its first line, with a sign of how it stands."""
    mark = {NewsState.OUT: "", NewsState.STUCK: "⚠️ ", NewsState.WITHDRAWN: "🚫 "}[card.state]
    return mark + card.text.partition("\n")[0]
