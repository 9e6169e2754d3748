"""The classes of our usual calls and of Telegram's answers to them, made before anybody waits for them.

aiogram makes a class for each answer that it reads, and pydantic keeps it only while somebody holds it:
otherwise the collector takes it, and the next one is built anew, which costs more than reading the answer.
"""

from typing import Any

from aiogram.methods import AnswerCallbackQuery, GetMe, Response, SendMessage

from bot.inbox.poller import GetRawUpdates
from handlers.redraw import RedrawText

METHODS: tuple[Any, ...] = (AnswerCallbackQuery, GetMe, GetRawUpdates, RedrawText, SendMessage)
_held: list[object] = []


def hold() -> None:
    """Make them, once, and hold the answers' for as long as the program runs."""
    if not _held:
        for method in METHODS:
            method.model_rebuild()
        _held.extend(Response.__class_getitem__(method.__returning__) for method in METHODS)
