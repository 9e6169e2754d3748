"""The way back to the start of a list that is read page by page."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, rows
from keyboards.data import Press
from keyboards.tongue import Tongue

KEYS = ("after", "top")
"""What tells one page from another in the data of buttons; 0 in that of the first."""


def with_first(keyboard: InlineKeyboardMarkup, data: Press, t: Tongue) -> InlineKeyboardMarkup:
    """The buttons of a page and, above the last row of them, one to the first page, unless this is it.

    `data`: what led here. To the page before there is no way: it is not known where that began.
    """
    there = {name: 0 for name in KEYS if getattr(data, name, 0)}
    if not there:
        return keyboard
    *lines, last = keyboard.inline_keyboard
    return rows(*lines, [button(t("⏮ First page"), data.model_copy(update=there))], last)
