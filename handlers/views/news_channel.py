"""How the channel of news looks to the owner, and what is told there by itself."""

from aiogram.types import ReplyKeyboardRemove

from handlers.screen import Screen
from handlers.views.news import trouble
from keyboards import news as keys
from keyboards.tongue import Tongue, join
from services.dto.news import ChannelCard
from services.dto.topics import DealFace


def channel(card: ChannelCard, t: Tongue) -> Screen:
    """Which it is, and how it stands."""
    lines = [t.html("📣 <b>News channel</b>")]
    if card.title is None:
        lines.append(t.html("There is none: everybody gets the news from me in private."))
        lines.append(t.html("Choose a Telegram channel of yours, and they come there."))
    else:
        lines.append(t.html("✅ The news come into the channel <b>{title}</b>.", title=card.title))
        if card.trouble is not None:
            lines[-1] = t.html("⚠️ The channel <b>{title}</b> takes no news.", title=card.title)
            lines.append(trouble(card.trouble, t))
        if card.tells_won:
            lines.append(
                t.html("🏆 Won deals are told there five minutes later: their names, and who has won them.")
            )
    if card.stuck:
        stuck = t.many(
            "⚠️ {n} piece of news did not go out.", "⚠️ {n} pieces of news did not go out.", card.stuck
        )
        lines.append(t.html("{stuck} Send it again from the list.", stuck=stuck))
    return Screen(join(lines), keys.channel(card, t), subject=("news_channel", 1))


def choose(t: Tongue) -> Screen:
    """Which of one's channels?"""
    text = t.html(
        "📣 Choose the channel of the news. Telegram makes me an admin of it with the rights that I need: "
        "to post, to change and to delete messages."
    )
    return Screen(text, reply_keyboard=keys.choose(t))


def nothing_chosen(t: Tongue) -> Screen:
    """The chooser goes away."""
    return Screen(t.html("No channel was chosen."), reply_keyboard=ReplyKeyboardRemove(remove_keyboard=True))


def chosen(title: str, t: Tongue) -> Screen:
    """The chooser goes away, once a channel was chosen."""
    text = t.html("✅ Done: the channel <b>{title}</b>.", title=title)
    return Screen(text, reply_keyboard=ReplyKeyboardRemove(remove_keyboard=True))


def drop(card: ChannelCard, t: Tongue) -> Screen:
    """Shall it be the channel no longer?"""
    asked = t.html("✖️ <b>Take the channel {title} off?</b>", title=card.title or "")
    told = t.html("What was told there stays. From now on everybody gets the news from me in private.")
    return Screen(join([asked, told]), keys.channel_drop(t))


def lost(card: ChannelCard, t: Tongue, *, may_choose: bool) -> Screen | None:
    """Told to the owners, and to whose news did not go out; none if it takes news again."""
    if card.trouble is None or card.title is None:
        return None
    lines = [
        t.html("🔌 The channel <b>{title}</b> takes no news.", title=card.title),
        trouble(card.trouble, t),
    ]
    if card.stuck:
        lines.append(t.html("What did not go out is kept: send it again from the list of news."))
    return Screen(join(lines), keys.lost(t, may_choose=may_choose))


def won(deal: DealFace, t: Tongue) -> Screen:
    """Into the channel: no client, no sum."""
    named = deal.title or t("Deal #{id}", id=deal.id)
    owner = deal.owner or t("nobody")
    text = t.html("🏆 <b>{title}</b> is won! Well done, {owner}.", title=named, owner=owner)
    return Screen(text, public=True)
