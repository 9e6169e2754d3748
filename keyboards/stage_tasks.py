"""Buttons of the tasks that a stage sets."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, cancel, marked, rows
from keyboards.people import role_label
from keyboards.pipeline_data import StageCb, StageTaskCb, StageTaskDropCb, StageTasksCb, StageTaskTurnCb
from keyboards.tongue import Tongue
from services.access import Role
from services.dto.pipelines import StageCard
from services.pipelines.robot_terms import Doer, Robot
from services.understanding.terms import Unit


def term_label(robot: Robot, t: Tongue) -> str:
    """How long it may take."""
    n = robot.n
    match robot.unit:
        case Unit.MINUTES if n and n % 60 == 0:
            return t.many("{n} working hour", "{n} working hours", n // 60)
        case Unit.MINUTES:
            return t.many("{n} working minute", "{n} working minutes", n)
        case Unit.DAYS:
            return t.many("{n} working day", "{n} working days", n) if n else t("the same day")
        case Unit.WEEKS:
            return t.many("{n} week", "{n} weeks", n)
        case Unit.MONTHS:
            return t.many("{n} month", "{n} months", n)


def doer_label(doer: Doer, t: Tongue, role: Role | None = None) -> str:
    """Who gets it; `role`: the one that is responsible for the stage."""
    responsible = t("to the responsible: {who}", who=role_label(role, t)) if role else t("to the responsible")
    return {
        Doer.OWNER: t("to the deal's owner"),
        Doer.HEAD: t("to the head"),
        Doer.ROLE: responsible,
    }[doer]


def robots(card: StageCard, t: Tongue) -> InlineKeyboardMarkup:
    """Each, to be opened."""
    return rows(
        *([button(f"🤖 {one.text}", StageTaskCb(stage_id=card.id, robot_id=one.id))] for one in card.robots),
        [button(t("◀️ Back"), StageCb(stage_id=card.id)), cancel(t)],
    )


def robot(card: StageCard, one: Robot, t: Tongue) -> InlineKeyboardMarkup:
    """For whom it is set, and the way to take it away."""
    known = [doer for doer in Doer if doer is not Doer.ROLE or card.role is not None]
    return rows(
        *(
            [
                button(
                    marked(f"👤 {doer_label(doer, t, card.role)}", chosen=doer is one.doer),
                    StageTaskTurnCb(stage_id=card.id, robot_id=one.id, doer=doer.value),
                )
            ]
            for doer in known
        ),
        [button(t("🗑 Set it no longer"), StageTaskDropCb(stage_id=card.id, robot_id=one.id))],
        [button(t("◀️ Back"), StageTasksCb(stage_id=card.id)), cancel(t)],
    )
