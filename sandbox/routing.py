"""Which messages a bot gets to read: privacy mode, and bots that do not hear each other."""

from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.messages import Message


def hears(bot: Bot, message: Message) -> bool:
    """Whether Telegram passes `message` on to `bot`, which is in the chat."""
    if message.from_bot and not message.service:
        return False
    chat = message.chat
    if not isinstance(chat, Group) or message.service or bot.reads_all_messages:
        return True
    if chat.member(bot).is_admin or message.via_bot is bot:
        return True
    if message.reply_to is not None and message.reply_to.sender is bot:
        return True
    return _is_command_for(bot, message)


def _is_command_for(bot: Bot, message: Message) -> bool:
    """Privacy mode lets through commands for this bot, or for nobody by name, anywhere in the text."""
    text = message.text.encode("utf-16-le")
    for entity in message.entities:
        if entity["type"] in ("bot_command", "mention"):
            begin = entity["offset"] * 2
            word = text[begin : begin + entity["length"] * 2].decode("utf-16-le")
            name = word.partition("@")[2]
            if (entity["type"] == "bot_command" and not name) or name.lower() == bot.username.lower():
                return True
    return False
