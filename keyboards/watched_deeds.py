"""Buttons of what a head does about a line of a list: give a lead, ask for a next step, put off a task."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, rows
from keyboards.control_data import DigestListCb, NowListCb
from keyboards.data import Press
from keyboards.deal_data import DealCb, DealHeirsCb
from keyboards.lead_data import LeadHeirsCb
from keyboards.leads import MOST_HEIRS
from keyboards.task_data import TaskCb, TaskHeirsCb
from keyboards.tasks import quick_label
from keyboards.tongue import Tongue
from keyboards.watched_data import (
    DigestAskCb,
    DigestGiveCb,
    DigestLateCb,
    DigestLaterCb,
    DigestLeadCb,
    DigestStepCb,
    DigestWordsCb,
    NowAskCb,
    NowGiveCb,
    NowLateCb,
    NowLaterCb,
    NowLeadCb,
    NowStepCb,
    NowWordsCb,
)
from services.access import Action
from services.dto.control import Line, Watched, WatchedList, Where
from services.dto.deals import DealCard, DealLine
from services.dto.leads import Colleague, LeadCard, LeadLine
from services.dto.task_lists import LateTask
from services.dto.tasks import TaskCard
from services.task_times import Quick


def list_press(watched: Watched, where: Where, after: int = 0) -> Press:
    """To a list, or its page after a key; from a digest with the way back to it."""
    kind, place = watched.value, where.department_id
    if where.digest:
        return DigestListCb(department_id=place, watched=kind, period=where.digest, after=after)
    return NowListCb(department_id=place, watched=kind, person_id=where.person_id, after=after)


def deed(line: Line, shown: WatchedList) -> InlineKeyboardButton | None:
    """What is mostly done about a line."""
    match line, shown.watched:
        case LeadLine(), Watched.FREE:
            return button("🤝", _lead(shown.where, line.id))
        case LeadLine(), _:
            return button("🤝", LeadHeirsCb(lead_id=line.id))
        case DealLine(), Watched.ADRIFT:
            return button("➕", _step(shown.where, line.id))
        case DealLine(), _:
            return button("🤝", DealHeirsCb(deal_id=line.id))
        case LateTask(), _:
            return button("🕒", _late(shown.where, line.task.id))
    return None


def lead_heirs(
    lead: LeadCard, people: tuple[Colleague, ...], where: Where, t: Tongue
) -> InlineKeyboardMarkup:
    """Colleagues to give a free lead to."""
    return rows(
        *grid(
            button(
                heir.name if heir.department == lead.department else f"{heir.name} · {heir.department.name}",
                _give(where, lead, heir.id),
            )
            for heir in people[:MOST_HEIRS]
        ),
        [_to_list(Watched.FREE, where, t)],
    )


def step(deal: DealCard, where: Where, offered: tuple[Quick, ...], t: Tongue) -> InlineKeyboardMarkup:
    """When shall its owner do something? Without an owner it can only be handed over."""
    when = [button(quick_label(quick, t), _ask(where, deal.id, quick)) for quick in offered]
    return rows(
        *(grid(when) if deal.owner else []),
        [button(t("✍️ In my own words"), _words(where, deal.id)) if deal.owner else None],
        [
            button(t("🤝 Hand over"), DealHeirsCb(deal_id=deal.id))
            if Action.DEAL_HAND_OVER in deal.can
            else None,
            button(t("Open the deal"), DealCb(deal_id=deal.id)),
        ],
        [_to_list(Watched.ADRIFT, where, t)],
    )


def words(deal_id: int, where: Where, t: Tongue) -> InlineKeyboardMarkup:
    """While the task for a deal's owner is being typed."""
    return rows([button(t("◀️ Back"), _step(where, deal_id)), cancel(t)])


def late(task: TaskCard, where: Where, offered: tuple[Quick, ...], t: Tongue) -> InlineKeyboardMarkup:
    """Later, or by somebody else."""
    when = [button(quick_label(quick, t), _later(where, task.id, quick)) for quick in offered]
    assign = button(t("👤 Assign"), TaskHeirsCb(task_id=task.id)) if Action.TASK_GIVE in task.can else None
    return rows(
        *(grid(when) if Action.TASK_DO in task.can else []),
        [assign, button(t("Open the task"), TaskCb(task_id=task.id))],
        [_to_list(Watched.LATE, where, t)],
    )


def _lead(where: Where, lead_id: int) -> Press:
    if where.digest:
        return DigestLeadCb(period=where.digest, lead_id=lead_id)
    return NowLeadCb(department_id=where.department_id, lead_id=lead_id)


def _give(where: Where, lead: LeadCard, person_id: int) -> Press:
    one = {"lead_id": lead.id, "person_id": person_id, "version": lead.version}
    if where.digest:
        return DigestGiveCb(period=where.digest, **one)
    return NowGiveCb(department_id=where.department_id, **one)


def _step(where: Where, deal_id: int) -> Press:
    if where.digest:
        return DigestStepCb(period=where.digest, deal_id=deal_id)
    return NowStepCb(department_id=where.department_id, person_id=where.person_id, deal_id=deal_id)


def _ask(where: Where, deal_id: int, quick: Quick) -> Press:
    if where.digest:
        return DigestAskCb(period=where.digest, deal_id=deal_id, quick=quick.value)
    one = {"department_id": where.department_id, "person_id": where.person_id}
    return NowAskCb(**one, deal_id=deal_id, quick=quick.value)


def _words(where: Where, deal_id: int) -> Press:
    if where.digest:
        return DigestWordsCb(period=where.digest, deal_id=deal_id)
    return NowWordsCb(department_id=where.department_id, person_id=where.person_id, deal_id=deal_id)


def _late(where: Where, task_id: int) -> Press:
    if where.digest:
        return DigestLateCb(period=where.digest, task_id=task_id)
    return NowLateCb(department_id=where.department_id, person_id=where.person_id, task_id=task_id)


def _later(where: Where, task_id: int, quick: Quick) -> Press:
    if where.digest:
        return DigestLaterCb(period=where.digest, task_id=task_id, quick=quick.value)
    one = {"department_id": where.department_id, "person_id": where.person_id}
    return NowLaterCb(**one, task_id=task_id, quick=quick.value)


def _to_list(watched: Watched, where: Where, t: Tongue) -> InlineKeyboardButton:
    return button(t("◀️ Back"), list_press(watched, where))
