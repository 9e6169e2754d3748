"""Buttons of what follows when a lead is not answered: the rules of a department, and the head's deeds."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, home, rows
from keyboards.data import Id, Press
from keyboards.lead_data import LeadCb, LeadHeirsCb, LeadListCb, LeadPress
from keyboards.people_data import DepartmentCb
from keyboards.tongue import Tongue
from services.dto.leads import Shelf
from services.dto.response import ResponseCard
from services.response.rules import Step

PRESETS = (5, 10, 15, 20, 30, 45, 60, 120)


class ResponsePress(Press, prefix="-rs"):
    """A button on a department's rules."""

    department_id: Id

    def subject(self) -> tuple[str, int]:
        """The rules."""
        return ("response", self.department_id)


class ResponseCb(ResponsePress, prefix="rs"):
    """Show them."""


class ResponseStepCb(ResponsePress, prefix="rsa"):
    """After how long shall this be done?"""

    step: str


class ResponseSetCb(ResponsePress, prefix="rss"):
    """After so many minutes; 0 for never."""

    step: str
    minutes: Id


class LeadMineCb(LeadPress, prefix="lmi"):
    """Answer it oneself, since nobody else does."""


def step_label(step: Step, t: Tongue) -> str:
    """A step in a word or two."""
    return {
        Step.REMIND: t("🔔 Remind"),
        Step.TASK: t("📞 Task to call"),
        Step.PASS_ON: t("🔁 Pass on"),
        Step.ALARM: t("🚨 Tell the head"),
    }[step]


def minutes_label(minutes: int, t: Tongue) -> str:
    """A time in minutes, or that it never comes."""
    if not minutes:
        return t("off")
    hours, rest = divmod(minutes, 60)
    if rest:
        return t("{n} min", n=minutes)
    return t("{n} h", n=hours)


def response(card: ResponseCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under the rules: each step with its time."""
    place = card.department.id
    steps = [
        button(
            f"{step_label(step, t)}: {minutes_label(card.rules.minutes.get(step, 0), t)}",
            ResponseStepCb(department_id=place, step=step.value),
        )
        for step in Step
    ]
    return rows(*([one] for one in steps), [button(t("◀️ Back"), DepartmentCb(department_id=place)), home(t)])


def ask_step(card: ResponseCard, step: Step, t: Tongue) -> InlineKeyboardMarkup:
    """Likely times for a step, and the way to switch it off."""
    place, now = card.department.id, card.rules.minutes.get(step, 0)

    def choice(minutes: int) -> InlineKeyboardButton:
        label = minutes_label(minutes, t)
        data = ResponseSetCb(department_id=place, step=step.value, minutes=minutes)
        return button(f"✅ {label}" if minutes == now else label, data)

    back = button(t("◀️ Back"), ResponseCb(department_id=place))
    return rows(*grid(map(choice, PRESETS), 4), [choice(0)], [back, cancel(t)])


def alarm(lead_id: int, t: Tongue, *, opens: bool) -> InlineKeyboardMarkup:
    """What a head can do about an unanswered lead; `opens`: also look at it, which a team chat cannot."""
    return rows(
        step_in(lead_id, t),
        [button(t("Open the lead"), LeadCb(lead_id=lead_id)), home(t)] if opens else [],
    )


def step_in(lead_id: int, t: Tongue) -> list[InlineKeyboardButton]:
    """The head's deeds."""
    return [
        button(t("✋ Take myself"), LeadMineCb(lead_id=lead_id), "primary"),
        button(t("🤝 Give to…"), LeadHeirsCb(lead_id=lead_id)),
    ]


def late(t: Tongue) -> InlineKeyboardMarkup:
    """Under several leads that wait for one's answer."""
    return rows([button(t("🙋 My leads"), LeadListCb(shelf=Shelf.MINE.value), "primary"), home(t)])
