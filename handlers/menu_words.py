"""What stands in the menu, typed in words of either language: it is opened, not looked for."""

from aiogram.types import Message

from handlers.registry import Content, registry
from handlers.turn import Turn
from services.access import Action
from services.understanding.fold import fold
from services.understanding.menu_words import COMMAND_OF


@registry.content(Content.TEXT, Action.MENU)
async def on_menu_word(turn: Turn, message: Message) -> bool:
    """The command that a whole message names; in groups such words are said to others."""
    command = registry.commands.get(COMMAND_OF.get(fold(message.text or ""), ""))
    if command is None or not turn.private or not turn.actor.may(command.action):
        return False
    await command.handler(turn, "")
    return True
