"""Buttons of one's own settings."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.bin import to_bin
from keyboards.common import button, cancel, grid, home, rows
from keyboards.data import Id, Press
from keyboards.field_data import FieldMenuCb
from keyboards.task_bin import to_tasks
from keyboards.tongue import Tongue
from services.digests.times import ROLES
from services.dto.people import Profile
from services.zones import COMMON


class ProfileCb(Press, prefix="me"):
    """One's own settings."""


class ProfileNameCb(Press, prefix="men"):
    """Ask for another name."""


class ProfileLanguageCb(Press, prefix="mel"):
    """Choose the language of the screens."""

    language: str


class ProfileZonesCb(Press, prefix="mez"):
    """Show the time zones to choose from."""


class ProfileZoneCb(Press, prefix="mes"):
    """Choose the time zone."""

    zone: str


class DigestsCb(Press, prefix="gzc"):
    """Which digests come."""


class QuietCb(Press, prefix="qh"):
    """When nothing makes a sound."""


class PipelinesCb(Press, prefix="fn"):
    """The pipelines of the company."""

    page: Id = 0


class CompanyCb(Press, prefix="co"):
    """The company's settings."""


def profile(
    card: Profile,
    t: Tongue,
    *,
    may_edit_company: bool,
    may_edit_pipelines: bool,
    may_edit_fields: bool,
    sees_bin: bool,
) -> InlineKeyboardMarkup:
    """Under one's own settings."""
    language = "en" if card.language == "ru" else "ru"
    return rows(
        [
            button(_language_label(language, t), ProfileLanguageCb(language=language)),
            button(t("🕒 Time zone"), ProfileZonesCb()),
        ],
        [
            button(t("✏️ My name"), ProfileNameCb()),
            button(t("🗞 Digests"), DigestsCb()) if card.role in ROLES else None,
        ],
        [
            button(t("🌙 Quiet hours"), QuietCb()),
            button(t("🗂 Fields"), FieldMenuCb()) if may_edit_fields else None,
        ],
        [
            button(t("🏢 Company"), CompanyCb()) if may_edit_company else None,
            button(t("🧭 Pipelines"), PipelinesCb()) if may_edit_pipelines else None,
        ],
        [to_bin(t) if sees_bin else to_tasks(t), home(t)],
    )


def zones(t: Tongue) -> InlineKeyboardMarkup:
    """The common time zones; others are typed."""
    choices = [button(zone.city(t.language), ProfileZoneCb(zone=zone.name)) for zone in COMMON]
    return rows(*grid(choices), [button(t("◀️ Back"), ProfileCb()), cancel(t)])


def only_back(back: Press, t: Tongue) -> InlineKeyboardMarkup:
    """Under a question: the way back and the way out."""
    return rows([button(t("◀️ Back"), back), cancel(t)])


def _language_label(language: str, t: Tongue) -> str:
    return t("🌐 In Russian") if language == "ru" else t("🌐 In English")
