"""Buttons of one's own e-mail address."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, cancel, home, rows
from keyboards.data import Press
from keyboards.profile import DigestsCb
from keyboards.tongue import Tongue
from services.dto.mails import MailboxCard


class MailCb(Press, prefix="em"):
    """One's own address."""


class MailAskCb(Press, prefix="ema"):
    """Ask for an address."""


class MailForgetCb(Press, prefix="emx"):
    """No mails any more."""


def mailbox(card: MailboxCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under one's own address."""
    ask = t("✏️ Another address") if card.address else t("✉️ Give an address")
    known = card.address or card.wanted
    return rows(
        [button(ask, MailAskCb(), None if card.address else "primary")] if card.works else [],
        [button(t("🗑 No mails any more"), MailForgetCb()) if known else None],
        [button(t("◀️ Back"), DigestsCb()), home(t)],
    )


def ask(t: Tongue) -> InlineKeyboardMarkup:
    """Under the question for an address."""
    return rows([button(t("◀️ Back"), MailCb()), cancel(t)])


def code(t: Tongue) -> InlineKeyboardMarkup:
    """Under the question for the code."""
    return rows([button(t("✏️ Another address"), MailAskCb())], [button(t("◀️ Back"), MailCb()), cancel(t)])
