"""Editing a message in place."""

from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import TelegramMethod
from aiogram.types import InlineKeyboardMarkup

from handlers.screen import Screen


class RedrawText(TelegramMethod[Any]):
    """`editMessageText` with its keyboard written already and a raw answer.

    Telegram sends the whole message back with all its buttons: reading it would cost more than the edit, and
    aiogram writes a keyboard field by field, most of which are empty.
    """

    __returning__ = Any
    __api_method__ = "editMessageText"

    text: str
    chat_id: int
    message_id: int
    reply_markup: str | None = None
    parse_mode: str | None = None


def redrawing(
    chat_id: int, message_id: int, text: str, keyboard: InlineKeyboardMarkup | None, mode: str | None = "HTML"
) -> RedrawText:
    """The call that lets a message say this, with these buttons."""
    return RedrawText(
        text=text,
        chat_id=chat_id,
        message_id=message_id,
        reply_markup=keyboard.model_dump_json(exclude_none=True) if keyboard is not None else None,
        parse_mode=mode,
    )


async def redrawn(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> bool:
    """Whether the message stands there, and shows the screen now."""
    try:
        await bot(redrawing(chat_id, message_id, screen.text, screen.keyboard))
    except TelegramBadRequest as error:
        return "message is not modified" in error.message
    return True
