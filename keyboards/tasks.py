"""Buttons of tasks and of the day."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.clients import ContactCb, FirmCb
from keyboards.common import button, cancel, grid, home, rows, titled
from keyboards.data import Press
from keyboards.deal_data import DealCb
from keyboards.histories import open_history
from keyboards.lead_data import LeadCb
from keyboards.task_acceptance import checks, decision
from keyboards.task_company import assign, joining
from keyboards.task_data import (
    AtCb,
    ClientTaskCb,
    DealTaskCb,
    LeadTaskCb,
    MonthCb,
    QuickCb,
    TaskAheadsCb,
    TaskCb,
    TaskCommentCb,
    TaskDoneCb,
    TaskDropCb,
    TaskGiveCb,
    TaskHeirsCb,
    TaskHideCb,
    TaskHighCb,
    TaskItemsCb,
    TaskNewCb,
    TaskNextCb,
    TaskNextLineCb,
    TaskReopenCb,
    TaskSeriesCb,
    TaskTextCb,
    WhenCb,
)
from keyboards.task_files import TaskFileAddCb, TaskFilesCb
from keyboards.task_labels import items_label
from keyboards.task_watchers import TaskWatchersCb
from keyboards.tongue import Tongue
from services.access import Action
from services.dto.common import Ref
from services.dto.task_hands import TaskHeirs
from services.dto.tasks import Link, Linked, Reading, TaskCard
from services.task_times import Quick, to_minutes

MARKS = {"deal": "💼", "lead": "📥", "contact": "👤", "firm": "🏢"}
"""What stands before the title of what a task belongs to."""


class MyDayCb(Press, prefix="day"):
    """What is to be done today."""


def task_card(task: TaskCard, t: Tongue, meant: Ref | None = None) -> InlineKeyboardMarkup:
    """Under a task's card; who is `meant` by its words gets it by one tap."""
    waits = task.handed_in_at is not None
    open_ = task.done_at is None and not waits and Action.TASK_DO in task.can
    return rows(
        [assign(task, meant, t)] if meant else [],
        [done(task, t), button(t("🕒 Another time"), WhenCb(task_id=task.id))] if open_ else [],
        decision(task, t) if waits else [],
        [joining(task, t)],
        *grid(_deeds(task, t)),
        [opener(task.linked, t)],
        [_my_day(t), home(t)],
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
    return rows(*grid(people), [back(task.id, t), button(t("More ▶️"), more) if more else None])


def task_form(task_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """While something about a task is being typed."""
    return rows([back(task_id, t), cancel(t)])


def line_form(
    linked: Linked | None, offered: tuple[Quick, ...], draft: int, t: Tongue
) -> InlineKeyboardMarkup:
    """While a new task is being typed; a call to the client is planned by one tap."""
    usual = [_quick(quick, t, draft=draft) for quick in offered]
    return rows(*grid(usual if linked else []), [_back_to(linked, t) if linked else None, cancel(t)])


def what_form(link: Link | None, t: Tongue) -> InlineKeyboardMarkup:
    """While the deed of a new task is being typed; back is to what and when."""
    return rows([button(t("◀️ Back"), _anew(link)), cancel(t)])


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
    if Action.TASK_COMMENT in task.can:
        yield button(t("💬 Comment"), TaskCommentCb(task_id=task.id))
    if task.files:
        yield button(t("📎 Files") + f" {task.files}", TaskFilesCb(task_id=task.id))
    elif Action.TASK_COMMENT in task.can:
        yield button(t("📎 Add a file"), TaskFileAddCb(task_id=task.id))
    if Action.TASK_DO in task.can and task.done_at is None and task.handed_in_at is None:
        yield button(t("🔔 Reminder"), TaskAheadsCb(task_id=task.id))
    if task.items or Action.TASK_EDIT in task.can:
        yield button(items_label(task, t), TaskItemsCb(task_id=task.id))
    yield from _changes(task, t)
    yield from _people(task, t)


def _changes(task: TaskCard, t: Tongue) -> Iterable[InlineKeyboardButton]:
    """What it is to say, how often it comes, and who knows of it."""
    if Action.TASK_EDIT in task.can:
        yield button(t("🔁 Repeat"), TaskSeriesCb(task_id=task.id))
        label = t("▫️ Not important") if task.high else t("❗ Important")
        yield button(label, TaskHighCb(task_id=task.id, high=int(not task.high)))
        yield button(t("✏️ Text"), TaskTextCb(task_id=task.id))
    if Action.TASK_HIDE in task.can:
        label = t("🔓 Not only for me") if task.personal else t("🔒 Only for me")
        yield button(label, TaskHideCb(task_id=task.id, personal=int(not task.personal)))


def _people(task: TaskCard, t: Tongue) -> Iterable[InlineKeyboardButton]:
    """Who does it, accepts it and hears of it."""
    if Action.TASK_GIVE in task.can:
        yield button(t("👤 Assign"), TaskHeirsCb(task_id=task.id))
    if Action.TASK_ACCEPT in task.can and task.done_at is None:
        yield checks(task, t)
    if Action.TASK_WATCH in task.can:
        count = f" {task.watchers}" if task.watchers else ""
        yield button(t("👁 Watchers") + count, TaskWatchersCb(task_id=task.id))
    yield open_history("task", task.id, t)
    if Action.TASK_DELETE in task.can:
        yield button(t("🗑 Delete"), TaskDropCb(task_id=task.id))


def done(task: TaskCard, t: Tongue) -> InlineKeyboardButton:
    """It is done."""
    return button(t("✅ Done"), TaskDoneCb(task_id=task.id), "success")


def _reopen(task: TaskCard, t: Tongue) -> InlineKeyboardButton:
    return button(t("↩️ Not done yet"), TaskReopenCb(task_id=task.id))


def _quick(quick: Quick, t: Tongue, *, task_id: int = 0, draft: int = 0) -> InlineKeyboardButton:
    return button(quick_label(quick, t), QuickCb(task_id=task_id, draft=draft, quick=quick.value))


def opener(linked: Linked | None, t: Tongue) -> InlineKeyboardButton | None:
    """What the task belongs to."""
    if linked is None:
        return None
    return button(f"{MARKS[linked.link.subject]} {titled(linked.title, t)}", _card(linked.link))


def _back_to(linked: Linked, t: Tongue) -> InlineKeyboardButton:
    return button(t("◀️ Back"), _card(linked.link))


def _card(link: Link) -> Press:
    cards: dict[str, Press] = {
        "deal": DealCb(deal_id=link.id),
        "lead": LeadCb(lead_id=link.id),
        "contact": ContactCb(contact_id=link.id),
        "firm": FirmCb(firm_id=link.id),
    }
    return cards[link.subject]


def _anew(link: Link | None) -> Press:
    """The question what and when, once more."""
    if link is None:
        return TaskNewCb()
    if link.subject == "deal":
        return DealTaskCb(deal_id=link.id)
    if link.subject == "lead":
        return LeadTaskCb(lead_id=link.id)
    return ClientTaskCb(kind=link.subject, client_id=link.id)


def back(task_id: int, t: Tongue) -> InlineKeyboardButton:
    """Back to the task."""
    return button(t("◀️ Back"), TaskCb(task_id=task_id))


def _my_day(t: Tongue) -> InlineKeyboardButton:
    return button(t("☀️ My day"), MyDayCb())
