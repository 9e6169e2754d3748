"""The channel of the company's news: chosen by the owner in Telegram's own list."""

from typing import Any

from aiogram.types import ChatMemberAdministrator, ChatMemberUpdated, Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.team_chats import REFUSED
from handlers.turn import Turn
from handlers.views import news_channel as views
from keyboards.news import (
    REQUEST,
    ChannelCb,
    ChannelChooseCb,
    ChannelDropCb,
    ChannelDropSureCb,
    ChannelWonCb,
)
from services.access import Action
from services.bundle import Services
from services.dto.news import ChannelCard, Trouble
from services.errors import AppError, Cause
from services.notices import NoticeKind
from services.team_chats import CHANNEL
from services.understanding.cancelling import is_cancel

describe(
    {
        "news.choose": "Press “Choose a channel” below the input line, or Cancel.",
        "news.no_rights": "I may not post in this channel. Make me an admin of it who may post messages, "
        "then choose it again.",
        "news.no_channel": "There is no channel of news.",
    }
)


@registry.card("news_channel")
async def channel_card(viewer: Viewer, _id: int) -> Screen | None:
    """Which it is."""
    if viewer.actor is None or not viewer.actor.may(Action.COMPANY_EDIT):
        return None
    return views.channel(await viewer.services.news_channel.card(viewer.actor), viewer.t)


@registry.notice(NoticeKind.NEWS_LOST)
async def news_lost(viewer: Viewer, _params: dict[str, Any]) -> Screen | None:
    """It takes no news any more, unless it does again by now."""
    if viewer.actor is None:
        return None
    card = await viewer.services.news_channel.card(viewer.actor)
    return views.lost(card, viewer.t, may_choose=viewer.actor.may(Action.COMPANY_EDIT))


@registry.notice(NoticeKind.DEAL_TOLD)
async def deal_told(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """Into the channel: somebody has won a deal, unless that was taken back."""
    if viewer.actor is not None:
        return None
    return views.won(await viewer.services.news_channel.won(int(params["id"])), viewer.t)


@registry.press(ChannelCb, Action.COMPANY_EDIT)
async def on_channel(turn: Turn, _data: ChannelCb) -> None:
    """Which is it?"""
    await _show(turn, await turn.services.news_channel.card(turn.actor))


@registry.press(ChannelChooseCb, Action.COMPANY_EDIT)
async def on_channel_choose(turn: Turn, _data: ChannelChooseCb) -> None:
    """Which shall it be?"""
    await turn.form.wait(CHANNEL, back=["news_channel", 1])
    await turn.show(views.choose(turn.t))


@registry.step(CHANNEL, Action.COMPANY_EDIT, cancels=True)
async def got_channel(turn: Turn, message: Message) -> None:
    """This one; or none after all."""
    if is_cancel(message.text or ""):
        await turn.form.close()
        await turn.say(views.nothing_chosen(turn.t))
        return
    shared = message.chat_shared
    if shared is None or shared.request_id != REQUEST:
        raise AppError("news.choose")
    await _require_rights(turn, shared.chat_id)
    title = shared.title or "—"
    card = await turn.services.news_channel.bind(turn.actor, shared.chat_id, title)
    await turn.form.close()
    await turn.say(views.chosen(title, turn.t))
    await turn.say(views.channel(card, turn.t))


@registry.press(ChannelDropCb, Action.COMPANY_EDIT)
async def on_channel_drop(turn: Turn, _data: ChannelDropCb) -> None:
    """None any more?"""
    card = await turn.services.news_channel.card(turn.actor)
    if card.title is None:
        raise AppError("news.no_channel")
    await turn.show(views.drop(card, turn.t))


@registry.press(ChannelDropSureCb, Action.COMPANY_EDIT)
async def on_channel_drop_sure(turn: Turn, _data: ChannelDropSureCb) -> None:
    """None any more."""
    await _show(turn, await turn.services.news_channel.drop(turn.actor))


@registry.press(ChannelWonCb, Action.COMPANY_EDIT)
async def on_channel_won(turn: Turn, data: ChannelWonCb) -> None:
    """Won deals are told there, or not."""
    await _show(turn, await turn.services.news_channel.tell_won(turn.actor, on=bool(data.on)))


async def on_standing(event: ChatMemberUpdated, services: Services, cause: Cause) -> None:
    """We may do something else in a channel, or are not in it any more."""
    now = event.new_chat_member
    trouble: Trouble | None = Trouble.RIGHTS
    if now.status in ("left", "kicked"):
        trouble = Trouble.GONE
    elif isinstance(now, ChatMemberAdministrator) and now.can_post_messages:
        trouble = None
    await services.news_channel.follow(event.chat.id, trouble, cause)


async def _require_rights(turn: Turn, chat_id: int) -> None:
    """Raise `news.no_rights` for a channel in which we may not post, whoever says that it was chosen."""
    try:
        chat, me = await turn.bot.get_chat(chat_id), await turn.bot.get_chat_member(chat_id, turn.bot.id)
    except REFUSED:
        raise AppError("news.no_rights") from None
    posts = isinstance(me, ChatMemberAdministrator) and me.can_post_messages
    if chat.type != "channel" or not posts:
        raise AppError("news.no_rights")


async def _show(turn: Turn, card: ChannelCard) -> None:
    await turn.form.close()
    await turn.show(views.channel(card, turn.t))
