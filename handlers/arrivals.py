"""What a message is, a command, a kind of content, or words in a topic that we have made; and whose it is."""

from aiogram.enums import MessageEntityType
from aiogram.types import Chat, Message, User

from handlers.registry import Content
from services.access import Actor, Door
from services.bundle import Services
from services.errors import Cause


async def sender_of(services: Services, user: User, chat: Chat | None, cause: Cause) -> Actor | None:
    """Who writes or presses there; without a chat Telegram shows the card no more, as in a private one."""
    door = Door.PRIVATE if chat is None or chat.type == "private" else Door.GROUP
    return None if user.is_bot else await services.people.recognize(user.id, user.username, cause, door)


def read_command(text: str, username: str) -> tuple[str | None, str]:
    """The command's name and the rest; no name for plain text and for another bot's command."""
    if not text.startswith("/"):
        return None, ""
    head, _, args = text[1:].partition(" ")
    name, _, mention = head.partition("@")
    if mention and mention.casefold() != username.casefold():
        return None, ""
    return name.casefold(), args.strip()


def spoken_to(message: Message, username: str) -> str | None:
    """What a text says besides our name; None where it does not name us."""
    text = message.text or ""
    mentions = (one for one in message.entities or () if one.type == MessageEntityType.MENTION)
    named = (one.extract_from(text) for one in mentions)
    us = next((name for name in named if name.casefold() == f"@{username}".casefold()), None)
    return text.replace(us, " ", 1).strip(" ,:") if us is not None else None


def kinds_of(message: Message) -> tuple[Content, ...]:
    """As what it is free content, the first to be asked first."""
    kind = Content.TEXT if message.text is not None else Content.OTHER
    if message.contact is not None:
        kind = Content.CONTACT
    elif message.document is not None:
        kind = Content.DOCUMENT
    return (Content.FORWARDED, kind) if message.forward_origin is not None else (kind,)


def made_by_us(message: Message | None, bot_id: int) -> str | None:
    """What a topic was called when we made it; every message in it answers the one that opened it."""
    opening = message.reply_to_message if message is not None else None
    if opening is None or opening.forum_topic_created is None or opening.from_user is None:
        return None
    return opening.forum_topic_created.name if opening.from_user.id == bot_id else None
