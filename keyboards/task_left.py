"""The way back to a task that was begun and left."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, rows
from keyboards.data import Id, Press


class TaskLeftCb(Press, prefix="tu"):
    """Go on with it."""

    draft: Id


def beside(keyboard: InlineKeyboardMarkup | None, draft: int, text: str) -> InlineKeyboardMarkup:
    """Other buttons, and the way back to these words."""
    before = keyboard.inline_keyboard if keyboard is not None else []
    return rows(*before, [button(f"📝 {text}", TaskLeftCb(draft=draft))])
