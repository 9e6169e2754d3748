"""How we stand in a group, as Telegram says at this moment: nothing of it is remembered."""

from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import ChatMemberAdministrator

from handlers.views.group_lacks import GroupLook, Lack, Looks
from services.dto.team_chats import TeamChatCard


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


async def looks_of(bot: Bot, card: TeamChatCard) -> Looks:
    """The same of its own group, and of that in which a deal has a topic."""
    topic = card.topic if card.topic is not None and card.topic.thread is not None else None
    places = {card.chat_id, topic.chat_id if topic is not None else None} - {None}
    found = {place: await look_at(bot, place) for place in places if place is not None}
    return {place: look for place, look in found.items() if look is not None}
