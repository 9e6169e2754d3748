"""Buttons of the tags of one subject."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, marked, rows
from keyboards.fields import card_press
from keyboards.tag_data import tag_of, tags_of
from keyboards.tongue import Tongue
from services.dto.fields import FieldSubject
from services.dto.tags import TagSheet


def tags(sheet: TagSheet, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each tag: given or taken off by a tap."""
    more = tags_of(sheet.subject, sheet.id, sheet.page + 1) if sheet.more else None
    return rows(
        *grid(
            button(
                marked(f"🏷 {one.name}", chosen=one.on),
                tag_of(sheet.subject, sheet.id, one.id, on=not one.on),
            )
            for one in sheet.tags
        ),
        [button(t("More ▶️"), more) if more else None],
        [button(t("◀️ Back"), card_press(sheet.subject, sheet.id)), cancel(t)],
    )


def tags_button(subject: FieldSubject, one: int, t: Tongue) -> InlineKeyboardButton:
    """On a card: to its tags."""
    return button(t("🏷 Tags"), tags_of(subject, one))
