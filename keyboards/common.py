"""Pieces of keyboards that every area uses."""

from collections.abc import Iterable
from functools import lru_cache

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.data import CancelCb, HomeCb
from keyboards.tongue import Tongue
from services.lines import ERASED

LABEL = 40
"""Longer labels are cut by phones anyway, and not at a good place."""

KEPT = 2_048
"""So many buttons are kept as they were made: when a card is drawn anew most of its stand there again."""


def cut(text: str, limit: int = LABEL) -> str:
    """A text short enough for a button."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def button(label: str, data: CallbackData, style: str | None = None) -> InlineKeyboardButton:
    """A button that is pressed."""
    return _button(cut(label), data.pack(), style)


@lru_cache(KEPT)
def _button(label: str, data: str, style: str | None) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, callback_data=data, style=style)


def titled(title: str, t: Tongue) -> str:
    """The title of a lead or deal; in words where it went with its client's data."""
    return t("Erased client") if title == ERASED else title


def marked(label: str, *, chosen: bool) -> str:
    """A label among others of which one is chosen."""
    return f"✓ {label}" if chosen else label


def rows(*lines: Iterable[InlineKeyboardButton | None]) -> InlineKeyboardMarkup:
    """A keyboard; absent buttons and empty lines leave no trace."""
    kept = [[one for one in line if one is not None] for line in lines]
    return InlineKeyboardMarkup(inline_keyboard=[line for line in kept if line])


def grid(buttons: Iterable[InlineKeyboardButton], width: int = 2) -> list[list[InlineKeyboardButton]]:
    """Buttons in lines of `width`."""
    items = list(buttons)
    return [items[start : start + width] for start in range(0, len(items), width)]


def home(t: Tongue) -> InlineKeyboardButton:
    """The way back to the menu."""
    return button(t("☰ Menu"), HomeCb())


def cancel(t: Tongue) -> InlineKeyboardButton:
    """The way out of a form."""
    return button(t("✖️ Cancel"), CancelCb())
