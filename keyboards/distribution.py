"""Buttons of how a department gives out its leads."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cut, grid, home, rows
from keyboards.data import Id, Press
from keyboards.lead_data import LeadListCb
from keyboards.people_data import DepartmentCb
from keyboards.shifts import ShiftCb
from keyboards.tongue import Tongue
from services.distribution.presence import Presence
from services.distribution.rules import Mode, Order
from services.distribution.settings import Setting
from services.dto.distribution import DistributionCard, TakerLine, Waiters

MARKS = {
    Presence.HERE: "🟢",
    Presence.LUNCH: "🍽",
    Presence.OFF: "🌙",
    Presence.QUIET: "🔕",
    Presence.CLOSED: "⚪",
}
PRESETS = {Setting.MINUTES: (1, 2, 3, 5, 10, 15, 30, 60), Setting.LIMIT: (3, 5, 10, 15, 20, 30, 50, 100)}
WEIGHTS = (0, 1, 2, 3, 4, 5, 7, 10)
MOST_PEOPLE = 80
"""Telegram allows a hundred buttons under a message."""


class DistributionPress(Press, prefix="-di"):
    """A button on how a department gives out its leads."""

    department_id: Id

    def subject(self) -> tuple[str, int]:
        """The settings."""
        return ("distribution", self.department_id)


class DistributionCb(DistributionPress, prefix="di"):
    """Show it."""


class DistributionAskCb(DistributionPress, prefix="dia"):
    """How many minutes, how many leads?"""

    setting: str


class DistributionSetCb(DistributionPress, prefix="dis"):
    """Like this."""

    setting: str
    value: str


class TakerCb(DistributionPress, prefix="dip"):
    """Somebody's share."""

    person_id: Id


class WeightCb(DistributionPress, prefix="diw"):
    """So much of it."""

    person_id: Id
    weight: Id


def distribution(card: DistributionCard, t: Tongue) -> InlineKeyboardMarkup:
    """Ways and orders by one tap, the rest by two."""
    place, rules = card.department.id, card.rules
    modes = {Mode.ALL: t("👥 To all"), Mode.OFFER: t("🚕 By offer"), Mode.ASSIGN: t("🎯 To one")}
    orders = {Order.TURN: t("🔄 In turn"), Order.LEAST: t("📉 Fewest leads")}
    limit = str(rules.limit) if rules.limit else t("no limit")
    return rows(
        _choices(
            place, Setting.MODE, [(one.value, label, one is rules.mode) for one, label in modes.items()]
        ),
        _choices(
            place, Setting.ORDER, [(one.value, label, one is rules.order) for one, label in orders.items()]
        ),
        [
            button(t("⏳ Offer: {n} min", n=rules.minutes), _ask(place, Setting.MINUTES))
            if rules.mode is Mode.OFFER
            else None,
            button(t("📚 At most in hand: {n}", n=limit), _ask(place, Setting.LIMIT)),
        ],
        *grid(_person(place, one) for one in card.people[:MOST_PEOPLE]),
        [button(t("◀️ Back"), DepartmentCb(department_id=place)), home(t)],
    )


def ask_number(card: DistributionCard, setting: Setting, t: Tongue) -> InlineKeyboardMarkup:
    """Likely numbers."""
    place = card.department.id
    now = card.rules.minutes if setting is Setting.MINUTES else card.rules.limit
    numbers = _choices(place, setting, [(str(n), str(n), n == now) for n in PRESETS[setting]])
    none = _choices(place, setting, [("0", t("no limit"), not now)]) if setting is Setting.LIMIT else []
    return rows(*grid(numbers, 4), none, [button(t("◀️ Back"), DistributionCb(department_id=place)), home(t)])


def taker(card: DistributionCard, one: TakerLine, t: Tongue) -> InlineKeyboardMarkup:
    """Somebody's weight by one tap, and the way to their shift."""
    place = card.department.id
    weights = [
        button(
            f"✅ ×{weight}" if weight == one.weight else f"×{weight}",
            WeightCb(department_id=place, person_id=one.id, weight=weight),
        )
        for weight in WEIGHTS
    ]
    back = button(t("◀️ Back"), DistributionCb(department_id=place))
    return rows(*grid(weights, 4), [button(t("🕘 Shift"), ShiftCb(person_id=one.id))], [back, home(t)])


def waiters(card: Waiters, t: Tongue) -> InlineKeyboardMarkup:
    """What a head can do when nobody is free."""
    place = card.department.id
    return rows(
        [button(t("📥 Free leads"), LeadListCb(), "primary")],
        [button(t("🎯 Distribution"), DistributionCb(department_id=place)), home(t)],
    )


def _choices(
    place: int, setting: Setting, choices: Iterable[tuple[str, str, bool]]
) -> list[InlineKeyboardButton]:
    return [
        button(
            f"✅ {label}" if now else label,
            DistributionSetCb(department_id=place, setting=setting.value, value=value),
        )
        for value, label, now in choices
    ]


def _ask(place: int, setting: Setting) -> DistributionAskCb:
    return DistributionAskCb(department_id=place, setting=setting.value)


def _person(place: int, one: TakerLine) -> InlineKeyboardButton:
    label = f"{MARKS[one.presence]} {cut(one.name, 24)} ×{one.weight}"
    return button(label, TakerCb(department_id=place, person_id=one.id))
