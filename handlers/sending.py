"""Sending what a screen says as a new message, and files of Telegram's once more."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, Message

from handlers.screen import Screen
from services.dto.talk import FileKind


async def send_screen(bot: Bot, chat_id: int, thread: int | None, screen: Screen) -> Message:
    """The screen as a message of its own."""
    markup = screen.keyboard or screen.reply_keyboard
    common: dict[str, Any] = {
        "message_thread_id": thread,
        "reply_markup": markup,
        "protect_content": screen.protect or None,
        "parse_mode": "HTML",
    }
    if screen.photo is not None:
        file = BufferedInputFile(screen.photo, "picture.png")
        return await bot.send_photo(chat_id, file, caption=screen.text, **common)
    if screen.document is not None:
        name, content = screen.document
        return await bot.send_document(
            chat_id, BufferedInputFile(content, name), caption=screen.text, **common
        )
    return await bot.send_message(chat_id, screen.text, **common)


async def send_again(bot: Bot, chat_id: int, kind: FileKind, file_id: str, *, protect: bool) -> bool:
    """Send a file that Telegram has already; False if it is not there any more."""
    send: dict[FileKind, Callable[..., Awaitable[object]]] = {
        FileKind.PHOTO: bot.send_photo,
        FileKind.VOICE: bot.send_voice,
        FileKind.VIDEO_NOTE: bot.send_video_note,
        FileKind.VIDEO: bot.send_video,
        FileKind.AUDIO: bot.send_audio,
        FileKind.DOCUMENT: bot.send_document,
    }
    try:
        await send[kind](chat_id, file_id, protect_content=protect or None)
    except TelegramBadRequest:
        return False
    return True
