"""Buttons of quiet hours, and of what gathered in them."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cancel, cut, grid, home, rows
from keyboards.data import Id, Press
from keyboards.deal_data import DealCb
from keyboards.lead_data import LeadCb
from keyboards.profile import ProfileCb, QuietCb
from keyboards.task_data import TaskCb
from keyboards.tasks import MyDayCb
from keyboards.tongue import Tongue
from services.dto.quiet import QuietCard, WaitingThing
from services.quiet import OFF, OFF_WORK

SHORT = 24
PRESETS = (("22-8", "22:00–8:00"), ("20-9", "20:00–9:00"))


class QuietSetCb(Press, prefix="qhs"):
    """Be quiet then: hours as one types them, or a word of `services.quiet`."""

    value: str


class QuietAskCb(Press, prefix="qha"):
    """Ask for other hours."""


class QuietUrgentCb(Press, prefix="qhu"):
    """Whether urgent things are heard all the same."""

    on: Id


def quiet(card: QuietCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under one's own quiet hours."""
    urgent = card.quiet is not None and card.quiet.urgent
    wake = (
        t("✅ Urgent leads and tasks may wake me") if urgent else t("⬜️ Urgent leads and tasks may wake me")
    )
    return rows(
        [button(label, QuietSetCb(value=value)) for value, label in PRESETS],
        [button(t("Outside my working hours"), QuietSetCb(value=OFF_WORK))],
        [button(t("✏️ Other hours"), QuietAskCb())],
        [button(wake, QuietUrgentCb(on=int(not urgent))) if card.quiet else None],
        [button(t("🔔 No quiet hours"), QuietSetCb(value=OFF)) if card.quiet else None],
        [button(t("◀️ Back"), ProfileCb()), home(t)],
    )


def ask(t: Tongue) -> InlineKeyboardMarkup:
    """Under the question."""
    return rows([button(t("◀️ Back"), QuietCb()), cancel(t)])


def waiting(things: list[WaitingThing], t: Tongue) -> InlineKeyboardMarkup:
    """Straight to each thing that waits."""
    return rows(*grid(_opener(one) for one in things), [button(t("☀️ My day"), MyDayCb()), home(t)])


def _opener(one: WaitingThing) -> InlineKeyboardButton:
    label = f"{one.sign} {cut(one.title, SHORT)}"
    if one.subject == "deal":
        return button(label, DealCb(deal_id=one.id))
    if one.subject == "lead":
        return button(label, LeadCb(lead_id=one.id))
    return button(label, TaskCb(task_id=one.id))
