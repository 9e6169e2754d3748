"""Telegram's own chooser of people, below the input line."""

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    KeyboardButtonRequestUsers,
    ReplyKeyboardMarkup,
)

from keyboards.common import button
from keyboards.data import Id, Press
from keyboards.tongue import Tongue

REQUEST = 1
"""Tells the answer to this question from answers to others."""
MOST = 10
"""No more people are chosen at once: Telegram's own limit."""


class InviteChooseCb(Press, prefix="ic"):
    """Choose whom to invite for a role, into a department (0: none)."""

    role: str
    department_id: Id = 0


def choose(t: Tongue) -> ReplyKeyboardMarkup:
    """The button that opens the chooser, and the way out."""
    wanted = KeyboardButtonRequestUsers(
        request_id=REQUEST, user_is_bot=False, max_quantity=MOST, request_name=True, request_username=True
    )
    return ReplyKeyboardMarkup(
        keyboard=[
            [KeyboardButton(text=t("👥 Choose people"), request_users=wanted)],
            [KeyboardButton(text=t("✖️ Cancel"))],
        ],
        resize_keyboard=True,
        one_time_keyboard=True,
    )


def chooser(role: str, department_id: int | None, t: Tongue) -> InlineKeyboardButton:
    """The way to the chooser."""
    return button(t("👥 Choose people"), InviteChooseCb(role=role, department_id=department_id or 0))


def joining(link: str, t: Tongue) -> InlineKeyboardMarkup:
    """Under an invitation that is forwarded to its person."""
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=t("✅ Join"), url=link)]])
