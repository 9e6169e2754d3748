"""Buttons of tasks and of the day."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, home, rows
from keyboards.data import Press
from keyboards.deals import DealCb
from keyboards.leads import LeadCb
from keyboards.task_data import (
    AtCb,
    DealTaskCb,
    LeadTaskCb,
    MonthCb,
    QuickCb,
    TaskCb,
    TaskDoneCb,
    TaskDropCb,
    TaskDropSureCb,
    TaskGiveCb,
    TaskHeirsCb,
    TaskNewCb,
    TaskNextCb,
    TaskNextLineCb,
    TaskReopenCb,
    TaskTextCb,
    WhenCb,
)
from keyboards.tongue import Tongue
from services.access import Action
from services.dto.tasks import Link, Linked, Reading, TaskCard, TaskHeirs
from services.task_times import Quick, to_minutes


class MyDayCb(Press, prefix="day"):
    """What is to be done today."""


def task_card(task: TaskCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under a task's card."""
    open_ = task.done_at is None and Action.TASK_DO in task.can
    return rows(
        [_done(task, t), button(t("🕒 Another time"), WhenCb(task_id=task.id))] if open_ else [],
        *grid(_deeds(task, t)),
        [_opener(task.linked)],
        [_my_day(t), home(t)],
    )


def reminder(task: TaskCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under a reminder: done, or later by one tap."""
    return rows(
        [_done(task, t)],
        [
            _quick(Quick.SOON, t, task_id=task.id),
            _quick(Quick.HOUR, t, task_id=task.id),
        ],
        [_quick(Quick.TOMORROW, t, task_id=task.id), button(t("🕒 Other time"), WhenCb(task_id=task.id))],
        [_opener(task.linked)],
    )


def whens(
    reading: Reading, offered: tuple[Quick, ...], t: Tongue, *, task_id: int = 0, draft: int = 0
) -> InlineKeyboardMarkup:
    """When? What the words may have meant first, then the usual moments and the calendar."""
    meant = [
        button(t.when(at), AtCb(task_id=task_id, draft=draft, at=to_minutes(at)), "primary")
        for at in reading.options
    ]
    usual = [_quick(quick, t, task_id=task_id, draft=draft) for quick in offered]
    back = button(t("◀️ Back"), TaskCb(task_id=task_id)) if task_id else cancel(t)
    return rows(
        *grid(meant),
        *grid(usual),
        [button(t("📅 Calendar"), MonthCb(task_id=task_id, draft=draft)), back],
    )


def what_next(task: TaskCard, offered: tuple[Quick, ...], t: Tongue) -> InlineKeyboardMarkup:
    """After a task of a deal or lead is done: the same later, something else, or nothing."""
    later = [
        button(quick_label(quick, t), TaskNextCb(task_id=task.id, quick=quick.value))
        for quick in offered
        if quick is not Quick.EVENING
    ]
    return rows(
        *grid([*later, button(t("✍️ Something else"), TaskNextLineCb(task_id=task.id))]),
        [button(t("Nothing"), TaskCb(task_id=task.id)), _reopen(task, t)],
    )


def heirs(choice: TaskHeirs, t: Tongue) -> InlineKeyboardMarkup:
    """Colleagues to give a task to."""
    task = choice.task
    more = TaskHeirsCb(task_id=task.id, page=choice.page + 1) if choice.more else None
    people = [
        button(one.name, TaskGiveCb(task_id=task.id, person_id=one.id, version=task.version))
        for one in choice.people
    ]
    return rows(*grid(people), [_back(task.id, t), button(t("More ▶️"), more) if more else None])


def drop(task_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """Delete it?"""
    return rows([button(t("🗑 Yes, delete"), TaskDropSureCb(task_id=task_id), "danger"), _back(task_id, t)])


def task_form(task_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """While something about a task is being typed."""
    return rows([_back(task_id, t), cancel(t)])


def line_form(linked: Linked | None, t: Tongue) -> InlineKeyboardMarkup:
    """While a new task is being typed."""
    return rows([_back_to(linked, t) if linked else None, cancel(t)])


def what_form(link: Link | None, t: Tongue) -> InlineKeyboardMarkup:
    """While the deed of a new task is being typed; back is to what and when."""
    if link is None:
        return rows([button(t("◀️ Back"), TaskNewCb()), cancel(t)])
    anew = DealTaskCb(deal_id=link.id) if link.subject == "deal" else LeadTaskCb(lead_id=link.id)
    return rows([button(t("◀️ Back"), anew), cancel(t)])


def missed(t: Tongue) -> InlineKeyboardMarkup:
    """Under a list of what was missed."""
    return rows([button(t("☀️ My day"), MyDayCb(), "primary")])


def quick_label(quick: Quick, t: Tongue) -> str:
    """A moment on a button."""
    return {
        Quick.SOON: t("In 15 minutes"),
        Quick.HOUR: t("In an hour"),
        Quick.EVENING: t("Today, 18:00"),
        Quick.TOMORROW: t("Tomorrow, 10:00"),
        Quick.DAYS: t("In 3 days"),
    }[quick]


def _deeds(task: TaskCard, t: Tongue) -> Iterable[InlineKeyboardButton]:
    if task.done_at is not None and Action.TASK_DO in task.can:
        yield _reopen(task, t)
    if Action.TASK_EDIT in task.can:
        yield button(t("✏️ Text"), TaskTextCb(task_id=task.id))
    if Action.TASK_ASSIGN in task.can:
        yield button(t("👤 Assign"), TaskHeirsCb(task_id=task.id))
    if Action.TASK_DELETE in task.can:
        yield button(t("🗑 Delete"), TaskDropCb(task_id=task.id))


def _done(task: TaskCard, t: Tongue) -> InlineKeyboardButton:
    return button(t("✅ Done"), TaskDoneCb(task_id=task.id), "success")


def _reopen(task: TaskCard, t: Tongue) -> InlineKeyboardButton:
    return button(t("↩️ Not done yet"), TaskReopenCb(task_id=task.id))


def _quick(quick: Quick, t: Tongue, *, task_id: int = 0, draft: int = 0) -> InlineKeyboardButton:
    return button(quick_label(quick, t), QuickCb(task_id=task_id, draft=draft, quick=quick.value))


def _opener(linked: Linked | None) -> InlineKeyboardButton | None:
    if linked is None:
        return None
    link = linked.link
    if link.subject == "deal":
        return button(f"💼 {linked.title}", DealCb(deal_id=link.id))
    return button(f"📥 {linked.title}", LeadCb(lead_id=link.id))


def _back_to(linked: Linked, t: Tongue) -> InlineKeyboardButton:
    link = linked.link
    data = DealCb(deal_id=link.id) if link.subject == "deal" else LeadCb(lead_id=link.id)
    return button(t("◀️ Back"), data)


def _back(task_id: int, t: Tongue) -> InlineKeyboardButton:
    return button(t("◀️ Back"), TaskCb(task_id=task_id))


def _my_day(t: Tongue) -> InlineKeyboardButton:
    return button(t("☀️ My day"), MyDayCb())
