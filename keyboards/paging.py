"""Lists and long choices page by page: by number, or by key with the way back to the start."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Generic, TypeVar

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, grid, rows
from keyboards.data import Press
from keyboards.tongue import Tongue

KEYS = ("after", "top")
"""What tells one page from another in the data of buttons; 0 in that of the first."""
LEAF = 30
"""So much of what may be chosen stands on one screen; Telegram allows a hundred buttons under a message."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """Some of many things in their order: those of a page, and whether there are further ones."""

    items: tuple[T, ...]
    page: int
    more: bool


def leaf(things: Sequence[T], page: int, size: int = LEAF) -> Leaf[T]:
    """A page of these; the last one where there are not so many by now."""
    last = max(0, len(things) - 1) // size
    here = min(page, last)
    return Leaf(tuple(things[here * size : (here + 1) * size]), here, here < last)


def place_of(one: int, ids: Sequence[int], size: int = LEAF) -> int:
    """The page on which this one of them stands; the first one where it is not among them."""
    return ids.index(one) // size if one in ids else 0


def turns(page: int, more: bool, opens: Press) -> list[InlineKeyboardButton | None]:
    """The ways to the page before and to the next one; `opens`: what leads to this list, with a `page`."""
    before = opens.model_copy(update={"page": page - 1}) if page else None
    after = opens.model_copy(update={"page": page + 1}) if more else None
    return [button("◀️", before) if before else None, button("▶️", after) if after else None]


def leafed(
    buttons: Iterable[InlineKeyboardButton], page: int, opens: Press, *after: Iterable[InlineKeyboardButton]
) -> list[list[InlineKeyboardButton | None]]:
    """A page of these buttons in lines of two, and the ways to the others, if there are any.

    `after`: those that follow, of another sort, on lines of their own.
    """
    shown = leaf([(sort, one) for sort, group in enumerate((buttons, *after)) for one in group], page)
    lines: list[list[InlineKeyboardButton | None]] = [
        [*line] for _, group in groupby(shown.items, itemgetter(0)) for line in grid(one for _, one in group)
    ]
    return [*lines, turns(shown.page, shown.more, opens)]


def with_first(keyboard: InlineKeyboardMarkup, data: Press, t: Tongue) -> InlineKeyboardMarkup:
    """The buttons of a page and, above the last row of them, one to the first page, unless this is it.

    `data`: what led here. To the page before there is no way: it is not known where that began.
    """
    there = {name: 0 for name in KEYS if getattr(data, name, 0)}
    if not there:
        return keyboard
    *lines, last = keyboard.inline_keyboard
    return rows(*lines, [button(t("⏮ First page"), data.model_copy(update=there))], last)
