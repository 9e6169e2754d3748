"""Buttons of a stage: what is said of it, one thing at a time."""

from collections.abc import Iterable, Mapping

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, home, marked, rows
from keyboards.deal_data import DealListCb
from keyboards.follow_up import NORMS, days_label
from keyboards.paging import LEAF, leafed
from keyboards.people import role_label
from keyboards.pipeline_data import (
    PipelineCb,
    StageAskCb,
    StageAutosCb,
    StageCb,
    StageDropCb,
    StageDropSureCb,
    StageSetCb,
    StageShiftCb,
    StageTasksCb,
)
from keyboards.stage_marks import COLORS, KINDS
from keyboards.tongue import Tongue
from services.access import CLOSED_KINDS, STAFF, StageKind
from services.dto.pipelines import StageCard, StageDrop
from services.pipelines.reading import NONE
from services.pipelines.shape import MOVERS, REQUIRABLE, StageField

PERCENTS = (10, 25, 50, 75, 90)


def field_label(field: StageField, t: Tongue) -> str:
    """What may be said of a stage, in a word or two."""
    return {
        StageField.NAME: t("✏️ Rename"),
        StageField.COLOR: t("🎨 Colour"),
        StageField.KIND: t("🏷 Kind"),
        StageField.REQUIRED: t("📋 Required"),
        StageField.NORM: t("⏳ Days"),
        StageField.PERCENT: t("🎲 Probability"),
        StageField.ROLE: t("👔 Responsible"),
        StageField.RESULT: t("🎯 Result"),
        StageField.ENTER: t("🚪 Who may enter"),
        StageField.LEAVE: t("🔒 Who may leave"),
        StageField.MESSAGE: t("💬 Message"),
    }[field]


def kind_label(kind: StageKind, t: Tongue) -> str:
    """What it means that a deal stands there."""
    return {
        StageKind.OPEN: t("Deal is in work"),
        StageKind.PAYMENT: t("Deal awaits payment"),
        StageKind.WON: t("Deal is won"),
        StageKind.LOST: t("Deal is lost"),
    }[kind]


def required_label(own: Mapping[str, str], field: str, t: Tongue) -> str:
    """A field of a deal that a stage may ask for; `own`: the names of the company's own by their codes."""
    return {**own, "amount": t("Sum"), "contact": t("Client")}[field]


def fields_of(card: StageCard) -> list[StageField]:
    """What may be said of this stage: a closed deal stands for ever, a lost one is asked for its reason."""
    hidden = {StageField.NORM, StageField.PERCENT} if card.kind in CLOSED_KINDS else set()
    if card.kind is StageKind.LOST:
        hidden.add(StageField.REQUIRED)
    return [field for field in StageField if field not in hidden]


def stage(card: StageCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under a stage."""
    back = PipelineCb(pipeline_id=card.pipeline.id, page=card.position // LEAF)
    return rows(
        *grid(
            button(field_label(field, t), StageAskCb(stage_id=card.id, field=field.value))
            for field in fields_of(card)
        ),
        _by_itself(card, t),
        [
            _shift(t("⬆️ Up"), card, later=0) if card.up else None,
            _shift(t("⬇️ Down"), card, later=1) if card.down else None,
        ],
        [button(t("🗑 Delete"), StageDropCb(stage_id=card.id))],
        [button(f"◀️ {card.pipeline.name}", back), home(t)],
    )


def _by_itself(card: StageCard, t: Tongue) -> list[InlineKeyboardButton]:
    """What it sets: nothing for what is lost; and by what its deals move on, or others begin."""
    tasks = button(t("🤖 Tasks"), StageTasksCb(stage_id=card.id))
    autos = button(t("⚡ Automatic moves"), StageAutosCb(stage_id=card.id))
    return [autos] if card.kind is StageKind.LOST else [tasks, autos]


def ask(card: StageCard, field: StageField, t: Tongue) -> InlineKeyboardMarkup:
    """The likely answers to a question."""
    back = button(t("◀️ Back"), StageCb(stage_id=card.id))
    return rows(*grid(_choices(card, field, t), 3 if field is StageField.COLOR else 2), [back, cancel(t)])


def drop(shown: StageDrop, t: Tongue, page: int = 0) -> InlineKeyboardMarkup:
    """Delete it? And where do its deals go, if there are any? Those that cannot are to be moved first."""
    card, heir = shown.card, shown.heir
    if shown.needed is not None:
        return rows([button(t("◀️ Back"), StageCb(stage_id=card.id))])
    if card.deals and not card.heirs:
        there = button(t("💼 Show these deals"), DealListCb(stage_id=card.id), "primary")
        return rows([there], [button(t("◀️ Back"), StageCb(stage_id=card.id))])
    if card.deals and heir is None:
        ways = (button(one.name, StageDropCb(stage_id=card.id, heir_id=one.id)) for one in card.heirs)
        lines = leafed(ways, page, StageDropCb(stage_id=card.id))
        return rows(*lines, [button(t("◀️ Back"), StageCb(stage_id=card.id))])
    sure = StageDropSureCb(stage_id=card.id, heir_id=heir.id if heir else 0)
    back = StageDropCb(stage_id=card.id) if heir else StageCb(stage_id=card.id)
    return rows([button(t("🗑 Yes, delete it"), sure, "danger")], [button(t("◀️ Back"), back)])


def _choices(  # noqa: C901 - one line for each question
    card: StageCard, field: StageField, t: Tongue
) -> Iterable[InlineKeyboardButton]:
    def pick(label: str, value: str, *, on: bool) -> InlineKeyboardButton:
        data = StageSetCb(stage_id=card.id, field=field.value, value=value)
        return button(marked(label, chosen=on), data)

    match field:
        case StageField.NAME:
            return ()
        case StageField.COLOR:
            squares = [pick(mark, color.value, on=card.color is color) for color, mark in COLORS.items()]
            return [*squares, pick(KINDS[card.kind], NONE, on=card.color is None)]
        case StageField.KIND:
            return [pick(kind_label(one, t), one.value, on=card.kind is one) for one in StageKind]
        case StageField.REQUIRED:
            asked = (*REQUIRABLE, *card.own)
            return [pick(required_label(card.own, one, t), one, on=one in card.required) for one in asked]
        case StageField.NORM:
            days = [pick(days_label(one, t), str(one), on=card.norm_days == one) for one in NORMS]
            return [*days, pick(days_label(0, t), "0", on=card.norm_days is None)]
        case StageField.PERCENT:
            steps = [pick(f"{n} %", str(n), on=card.own_percent and card.percent == n) for n in PERCENTS]
            return [*steps, pick(t("By its place"), NONE, on=not card.own_percent)]
        case StageField.ROLE:
            roles = [pick(role_label(one, t), one.value, on=card.role is one) for one in STAFF]
            return [*roles, pick(t("Nobody"), NONE, on=card.role is None)]
        case StageField.ENTER | StageField.LEAVE:
            now = card.enter if field is StageField.ENTER else card.leave
            return [pick(role_label(one, t), one.value, on=one in now) for one in MOVERS]
        case StageField.RESULT | StageField.MESSAGE:
            said = card.result if field is StageField.RESULT else card.message
            return [pick(t("🧹 None"), NONE, on=False)] if said else ()


def _shift(label: str, card: StageCard, *, later: int) -> InlineKeyboardButton:
    return button(label, StageShiftCb(stage_id=card.id, position=card.position, later=later))
