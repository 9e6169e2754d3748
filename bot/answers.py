"""The classes of Telegram's answers, held for as long as the program runs.

aiogram makes one for each answer that it reads, and pydantic keeps it only while somebody holds it: otherwise
the collector takes it, and the next answer builds it anew, which costs more than reading the answer.
"""

from typing import Any

from aiogram.methods import AnswerCallbackQuery, EditMessageText, GetMe, Response, SendMessage

from bot.inbox.poller import GetRawUpdates

METHODS: tuple[Any, ...] = (AnswerCallbackQuery, EditMessageText, GetMe, GetRawUpdates, SendMessage)
_held: list[object] = []


def hold() -> None:
    """Make them, once."""
    if not _held:
        _held.extend(Response.__class_getitem__(method.__returning__) for method in METHODS)
