"""Buttons for a colleague's work that changes hands, and for their leaving."""

from collections.abc import Collection

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, grid, home, rows
from keyboards.people import people_buttons
from keyboards.people_data import (
    PersonCb,
    TeamCb,
    WorkCb,
    WorkDoneCb,
    WorkHeirCb,
    WorkShareCb,
    WorkShareDoneCb,
    WorkShareOneCb,
)
from keyboards.tongue import Tongue
from services.dto.people import Leaving, PersonLine


def heirs(plan: Leaving, t: Tongue, *, leave: int) -> InlineKeyboardMarkup:
    """Who takes the work over?"""
    choices = people_buttons(
        plan.heirs, lambda heir: WorkHeirCb(person_id=plan.person.id, leave=leave, heir_id=heir.id)
    )
    more = WorkCb(person_id=plan.person.id, leave=leave, page=plan.page + 1)
    several = WorkShareCb(person_id=plan.person.id, leave=leave)
    return rows(
        *grid(choices),
        [button(t("👥 Several people"), several) if len(plan.heirs) > 1 else None],
        [
            button(t("◀️ Back"), PersonCb(person_id=plan.person.id)),
            button(t("More ▶️"), more) if plan.more else None,
        ],
    )


def sure(person_id: int, heir_id: int, t: Tongue, *, leave: int) -> InlineKeyboardMarkup:
    """The last question."""
    label = t("🚪 Yes, remove") if leave else t("🤝 Yes, hand over")
    deed = WorkDoneCb(person_id=person_id, leave=leave, heir_id=heir_id)
    return rows(
        [button(label, deed, "danger" if leave else "primary")],
        [button(t("◀️ Back"), PersonCb(person_id=person_id))],
    )


def gone(t: Tongue) -> InlineKeyboardMarkup:
    """After a farewell."""
    return rows([button(t("◀️ Team"), TeamCb()), home(t)])


def several(plan: Leaving, chosen: Collection[int], t: Tongue, *, leave: int) -> InlineKeyboardMarkup:
    """Each colleague to be chosen or left out again; with two or more it can be done."""
    one = {"person_id": plan.person.id, "leave": leave}

    def choice(heir: PersonLine) -> InlineKeyboardButton:
        mark = "✅ " if heir.id in chosen else ""
        return button(mark + heir.name, WorkShareOneCb(**one, heir_id=heir.id, page=plan.page))

    n = len(chosen)
    label = t("🚪 Remove, divide among {n}", n=n) if leave else t("🤝 Divide among {n}", n=n)
    done = button(label, WorkShareDoneCb(**one), "danger" if leave else "primary")
    return rows(
        *grid([choice(heir) for heir in plan.heirs]),
        [button(t("More ▶️"), WorkShareCb(**one, page=plan.page + 1)) if plan.more else None],
        [done if n > 1 else None],
        [button(t("◀️ Back"), WorkCb(**one))],
    )
