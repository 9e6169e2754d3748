"""Buttons of plans."""

from datetime import timedelta

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, home, rows
from keyboards.plan_data import PlanAskCb, PlanCb, PlanClearCb
from keyboards.reports import ReportCb
from keyboards.tongue import Tongue
from services.dto.plans import PlanBoard, PlanQuestion
from services.plans.pace import end_of, month_code


def board(shown: PlanBoard, t: Tongue) -> InlineKeyboardMarkup:
    """Other months; the departments behind the figures, or whoever's plan can be set."""
    one = shown.places[0] if len(shown.places) == 1 else None
    place = one.department.id if one else 0
    before, after = shown.month - timedelta(days=1), end_of(shown.month) + timedelta(days=1)
    whole = PlanCb(month=month_code(shown.month))
    return rows(
        *grid(_parts(shown, t)),
        [
            button(f"◀️ {t.month(before)}", PlanCb(month=month_code(before), department_id=place)),
            button(f"{t.month(after)} ▶️", PlanCb(month=month_code(after), department_id=place)),
        ],
        [button(t("◀️ All departments"), whole) if one and shown.many and not shown.mine else None],
        [None if shown.mine else button(t("📊 Report"), ReportCb()), home(t)],
    )


def ask(question: PlanQuestion, t: Tongue) -> InlineKeyboardMarkup:
    """Under the question for a sum."""
    here = {"month": month_code(question.month), "department_id": question.department.id}
    person = question.person.id if question.person else 0
    clear = button(t("🗑 No plan"), PlanClearCb(**here, person_id=person)) if question.now else None
    return rows([clear], [button(t("◀️ Back"), PlanCb(**here)), cancel(t)])


def _parts(shown: PlanBoard, t: Tongue) -> list[InlineKeyboardButton]:
    """Several departments, each to be opened; of a single one whoever's plan can be set."""
    month = month_code(shown.month)
    if len(shown.places) != 1:
        places = [place.department for place in shown.places]
        return [button(one.name, PlanCb(month=month, department_id=one.id)) for one in places]
    place = shown.places[0]
    if not shown.sets:
        return []
    here = {"month": month, "department_id": place.department.id}
    people = [button(line.person.name, PlanAskCb(**here, person_id=line.person.id)) for line in place.people]
    return [button(t("🏢 Department"), PlanAskCb(**here)), *people]
