"""Editing a message in place."""

from typing import Any

from aiogram.methods import TelegramMethod
from aiogram.types import InlineKeyboardMarkup


class RedrawText(TelegramMethod[Any]):
    """`editMessageText` with a raw answer.

    Telegram sends the whole message back with all its buttons: reading it would cost more than the edit.
    """

    __returning__ = Any
    __api_method__ = "editMessageText"

    text: str
    chat_id: int
    message_id: int
    reply_markup: InlineKeyboardMarkup | None = None
    parse_mode: str | None = None
