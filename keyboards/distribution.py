"""Buttons of how a department gives out its leads."""

from collections.abc import Iterable
from functools import partial

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import LABEL, button, cancel, cut, grid, home, rows
from keyboards.data import Id, Press
from keyboards.lead_data import LeadListCb
from keyboards.paging import leafed
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


class DistributionPress(Press, prefix="-di"):
    """A button on how a department gives out its leads, all (0) or those of one pipeline."""

    department_id: Id
    pipeline_id: Id = 0

    def subject(self) -> tuple[str, int]:
        """The settings."""
        return ("distribution", self.department_id)


class DistributionCb(DistributionPress, prefix="di"):
    """Show it."""

    page: Id = 0


class DistributionAskCb(DistributionPress, prefix="dia"):
    """How many minutes, how many leads?"""

    setting: str


class DistributionSetCb(DistributionPress, prefix="dz"):
    """Like this."""

    setting: str
    value: str


class DistributionOwnCb(DistributionPress, prefix="dio"):
    """Ways of its own for a pipeline (1), or the department's (0)."""

    own: Id


class TakerCb(DistributionPress, prefix="dip"):
    """Somebody's share."""

    person_id: Id


class WeightCb(DistributionPress, prefix="diw"):
    """So much of it."""

    person_id: Id
    weight: Id


def mode_words(t: Tongue) -> dict[Mode, str]:
    """Whose a new lead is."""
    return {Mode.ALL: t("👥 To all"), Mode.OFFER: t("🚕 By offer"), Mode.ASSIGN: t("🎯 To one")}


def order_words(t: Tongue) -> dict[Order, str]:
    """Who is next."""
    return {Order.TURN: t("🔄 In turn"), Order.LEAST: t("📉 Fewest leads")}


def distribution(card: DistributionCard, t: Tongue, page: int = 0) -> InlineKeyboardMarkup:
    """Ways and orders by one tap, the rest by two; then the pipelines that could have others."""
    if card.pipeline is not None and not card.own:
        own = DistributionOwnCb(**_place(card), own=1)
        return rows([button(t("✏️ Set otherwise here"), own, "primary")], [_back(card, t), home(t)])
    rules, usual = card.rules, DistributionOwnCb(**_place(card), own=0)
    modes, orders = mode_words(t), order_words(t)
    limit = str(rules.limit) if rules.limit else t("no limit")
    people, others = map(partial(_person, card), card.people), [] if card.pipeline else _pipelines(card)
    return rows(
        _choices(card, Setting.MODE, [(one.value, label, one is rules.mode) for one, label in modes.items()]),
        _choices(
            card, Setting.ORDER, [(one.value, label, one is rules.order) for one, label in orders.items()]
        ),
        [
            button(t("⏳ Offer: {n} min", n=rules.minutes), _ask(card, Setting.MINUTES))
            if rules.mode is Mode.OFFER
            else None,
            button(t("📚 At most in hand: {n}", n=limit), _ask(card, Setting.LIMIT)),
        ],
        *leafed(people, page, DistributionCb(**_place(card)), others),
        [button(t("↩️ As the department"), usual) if card.pipeline else None],
        [_back(card, t), home(t)],
    )


def ask_number(card: DistributionCard, setting: Setting, t: Tongue) -> InlineKeyboardMarkup:
    """Likely numbers."""
    now = card.rules.minutes if setting is Setting.MINUTES else card.rules.limit
    numbers = _choices(card, setting, [(str(n), str(n), n == now) for n in PRESETS[setting]])
    none = _choices(card, setting, [("0", t("no limit"), not now)]) if setting is Setting.LIMIT else []
    back = button(t("◀️ Back"), DistributionCb(**_place(card)))
    return rows(*grid(numbers, 4), none, [back, cancel(t)])


def taker(card: DistributionCard, one: TakerLine, t: Tongue) -> InlineKeyboardMarkup:
    """Somebody's weight by one tap, and the way to their shift."""
    weights = [
        button(
            f"✅ ×{weight}" if weight == one.weight else f"×{weight}",
            WeightCb(**_place(card), person_id=one.id, weight=weight),
        )
        for weight in WEIGHTS
    ]
    back = button(t("◀️ Back"), DistributionCb(**_place(card)))
    return rows(*grid(weights, 4), [button(t("🕘 Shift"), ShiftCb(person_id=one.id))], [back, home(t)])


def waiters(card: Waiters, t: Tongue) -> InlineKeyboardMarkup:
    """What a head can do when nobody is free."""
    place = card.department.id
    return rows(
        [button(t("📥 Free leads"), LeadListCb(), "primary")],
        [button(t("🎯 Distribution"), DistributionCb(department_id=place)), home(t)],
    )


def _place(card: DistributionCard) -> dict[str, int]:
    """What its buttons are about."""
    return {"department_id": card.department.id, "pipeline_id": card.pipeline.id if card.pipeline else 0}


def _back(card: DistributionCard, t: Tongue) -> InlineKeyboardButton:
    place = card.department.id
    up: Press = DistributionCb(department_id=place) if card.pipeline else DepartmentCb(department_id=place)
    return button(t("◀️ Back"), up)


def _pipelines(card: DistributionCard) -> list[InlineKeyboardButton]:
    """A pipeline with ways of its own is marked."""
    return [
        button(
            f"🧭 {cut(one.name, LABEL - 5)} ✏️" if own else f"🧭 {one.name}",
            DistributionCb(department_id=card.department.id, pipeline_id=one.id),
        )
        for one, own in card.pipelines
    ]


def _choices(
    card: DistributionCard, setting: Setting, choices: Iterable[tuple[str, str, bool]]
) -> list[InlineKeyboardButton]:
    return [
        button(
            f"✅ {label}" if now else label,
            DistributionSetCb(**_place(card), setting=setting.value, value=value),
        )
        for value, label, now in choices
    ]


def _ask(card: DistributionCard, setting: Setting) -> DistributionAskCb:
    return DistributionAskCb(**_place(card), setting=setting.value)


def _person(card: DistributionCard, one: TakerLine) -> InlineKeyboardButton:
    label = f"{MARKS[one.presence]} {cut(one.name, 24)} ×{one.weight}"
    return button(label, TakerCb(**_place(card), person_id=one.id))
