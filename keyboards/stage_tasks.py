"""Buttons of the tasks that a stage sets."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, cancel, cut, rows
from keyboards.pipeline_data import StageCb, StageTaskDropCb, StageTaskTurnCb
from keyboards.tongue import Tongue
from services.dto.pipelines import StageCard
from services.pipelines.robots import Doer, Robot

SHORT = 20


def term_label(robot: Robot, t: Tongue) -> str:
    """How long it may take."""
    if robot.hours:
        return t.many("{n} working hour", "{n} working hours", robot.n)
    return t.many("{n} working day", "{n} working days", robot.n) if robot.n else t("the same day")


def doer_label(doer: Doer, t: Tongue) -> str:
    """Who gets it."""
    return {Doer.OWNER: t("to the deal's owner"), Doer.HEAD: t("to the head")}[doer]


def robots(card: StageCard, t: Tongue) -> InlineKeyboardMarkup:
    """Each with the way to give it to the other doer, and to take it away."""
    back = button(t("◀️ Back"), StageCb(stage_id=card.id))
    lines = []
    for n, robot in enumerate(card.robots, 1):
        other = next(doer for doer in Doer if doer is not robot.doer)
        turn = StageTaskTurnCb(stage_id=card.id, robot_id=robot.id, doer=other.value)
        drop = StageTaskDropCb(stage_id=card.id, robot_id=robot.id)
        lines.append(
            [button(f"{n}. 👤 {doer_label(other, t)}", turn), button(f"🗑 {cut(robot.text, SHORT)}", drop)]
        )
    return rows(*lines, [back, cancel(t)])
