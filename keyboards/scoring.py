"""Buttons of the rules of score and probability."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, home, marked, rows
from keyboards.data import Id, Press
from keyboards.field_data import FieldMenuCb
from keyboards.tongue import Tongue
from services.dto.fields import Field, FieldKind, FieldSubject
from services.dto.scoring import RuleLine, ScoreCard, When


class ScoreCb(Press, prefix="sc"):
    """The rules of score and probability."""


class ScoreShowCb(Press, prefix="sco"):
    """Deals show how likely they are won (1), or do not."""

    on: Id


class ScoreNewCb(Press, prefix="scn"):
    """What shall give points to a lead, or to a deal?"""

    whose: str


class ScoreWhenCb(Press, prefix="scw"):
    """This; of a field, which one."""

    whose: str
    when: str
    field_id: Id = 0


class ScoreValueCb(Press, prefix="scv"):
    """It asks for this: a choice by its id, 1 or 0 for yes or no, a source by its place."""

    number: Id


class ScoreAnyCb(Press, prefix="scy"):
    """It asks for anything at all."""


class ScoreRuleCb(Press, prefix="scr"):
    """One of the rules."""

    rule_id: Id

    def subject(self) -> tuple[str, int]:
        """All of them."""
        return ("scoring", 1)


class ScoreDropCb(ScoreRuleCb, prefix="scd"):
    """Take it away."""


def scoring(card: ScoreCard, labels: Iterable[tuple[RuleLine, str]], t: Tongue) -> InlineKeyboardMarkup:
    """One button for each rule, and new ones."""
    shown = marked(t("Probability on deals"), chosen=card.shown)
    return rows(
        *grid((button(label, ScoreRuleCb(rule_id=line.rule.id)) for line, label in labels), 1),
        [
            button(t("➕ For leads"), ScoreNewCb(whose=FieldSubject.LEAD.value), "primary"),
            button(t("➕ For deals"), ScoreNewCb(whose=FieldSubject.DEAL.value), "primary"),
        ],
        [button(shown, ScoreShowCb(on=int(not card.shown)))],
        [button(t("◀️ Back"), FieldMenuCb()), home(t)],
    )


def whens(subject: FieldSubject, fields: Iterable[Field], t: Tongue) -> InlineKeyboardMarkup:
    """What may give points."""
    whose = subject.value
    own = [
        button(f"🗂 {one.name}", ScoreWhenCb(whose=whose, when=When.FIELD.value, field_id=one.id))
        for one in fields
    ]
    return rows(
        [
            button(t("📣 Source"), ScoreWhenCb(whose=whose, when=When.SOURCE.value)),
            button(t("💰 Sum from"), ScoreWhenCb(whose=whose, when=When.AMOUNT.value)),
        ],
        [button(t("📞 Client reached"), ScoreWhenCb(whose=whose, when=When.REACHED.value))],
        *grid(own),
        [_back(t), cancel(t)],
    )


def sources(names: Iterable[str], t: Tongue) -> InlineKeyboardMarkup:
    """Which source?"""
    choices = (button(name, ScoreValueCb(number=place)) for place, name in enumerate(names))
    return rows(*grid(choices), [_back(t), cancel(t)])


def values(field: Field, t: Tongue) -> InlineKeyboardMarkup:
    """What shall a field say?"""
    choices = [(one.id, one.name) for one in field.offered]
    if field.kind is FieldKind.FLAG:
        choices = [(1, t("Yes")), (0, t("No"))]
    return rows(
        *grid(button(name, ScoreValueCb(number=number)) for number, name in choices),
        [button(t("Filled in, whatever it says"), ScoreAnyCb())],
        [_back(t), cancel(t)],
    )


def rule(line: RuleLine, t: Tongue) -> InlineKeyboardMarkup:
    """Under one rule."""
    return rows([button(t("🗑 Delete"), ScoreDropCb(rule_id=line.rule.id), "danger")], [_back(t), home(t)])


def asking(t: Tongue) -> InlineKeyboardMarkup:
    """While something is typed."""
    return rows([_back(t), cancel(t)])


def _back(t: Tongue) -> InlineKeyboardButton:
    return button(t("◀️ Back"), ScoreCb())
