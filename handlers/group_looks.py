"""How we stand in a group, as Telegram says at this moment: nothing of it is remembered."""

from contextlib import suppress
from dataclasses import replace

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import ChatMemberAdministrator, ChatMemberRestricted

from handlers.views.group_lacks import GroupLook, Lack, Looks
from services.dto.team_chats import TeamChatCard

_NOBODY = ("participant_id_invalid", "user not found", "member not found")
"""In Telegram's words for somebody who was never seen there."""


async def look_at(bot: Bot, chat_id: int) -> GroupLook | None:
    """How we stand there; none if we are not there, or Telegram cannot be asked."""
    with suppress(TelegramAPIError):
        chat = await bot.get_chat(chat_id)
        us = await bot.get_chat_member(chat_id, bot.id)
        if us.status in ("left", "kicked"):
            return None
        lacks = set() if chat.is_forum else {Lack.FORUM}
        if isinstance(us, ChatMemberAdministrator):
            lacks |= set() if us.can_manage_topics else {Lack.TOPICS}
            lacks |= set() if us.can_pin_messages else {Lack.PINS}
        else:
            reads_all = (await bot.me()).can_read_all_group_messages
            lacks |= {Lack.TOPICS, Lack.PINS} if reads_all else {Lack.ADMIN}
        return GroupLook(chat.title, frozenset(lacks))
    return None


async def is_absent(bot: Bot, chat_id: int, account: int) -> bool:
    """Whether somebody is surely not in a group; Telegram promises to know it where we are an admin."""
    try:
        found = await bot.get_chat_member(chat_id, account)
    except TelegramAPIError as error:
        return any(words in error.message.casefold() for words in _NOBODY)
    gone = isinstance(found, ChatMemberRestricted) and not found.is_member
    return gone or found.status in ("left", "kicked")


async def looks_of(bot: Bot, card: TeamChatCard, reader: int | None) -> Looks:
    """The same of its own group, and of that in which a deal has a topic; `reader`: whose account looks."""
    topic = card.topic if card.topic is not None and card.topic.thread is not None else None
    places = {card.chat_id, topic.chat_id if topic is not None else None} - {None}
    found = {place: await look_at(bot, place) for place in places if place is not None}
    looks = {place: look for place, look in found.items() if look is not None}
    if topic is not None and topic.chat_id in looks and reader is not None:
        absent = await is_absent(bot, topic.chat_id, reader)
        looks[topic.chat_id] = replace(looks[topic.chat_id], absent=absent)
    return looks
