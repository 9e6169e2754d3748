"""Buttons of the day."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.board_data import BoardCb
from keyboards.common import LABEL, button, home, rows
from keyboards.data import Id, Press
from keyboards.deal_data import DealCb
from keyboards.lead_data import LeadListCb
from keyboards.shifts import ShiftCb
from keyboards.task_data import TaskCb, TaskNewCb, TaskReopenCb, TaskThenCb
from keyboards.task_labels import marks, placed
from keyboards.tasks import MyDayCb
from keyboards.team_tasks import TeamTasksCb
from keyboards.team_tasks import label as dated
from keyboards.tongue import Tongue
from services.dto.common import Page, Ref, TaskLine
from services.dto.task_lists import DayCard, LateTasks, MyItem, MyTasks, Which
from services.dto.tasks import TaskCard


class DayPageCb(Press, prefix="dayp"):
    """Further tasks of the day."""

    page: Id


class DayAllCb(Press, prefix="dayl"):
    """All that one has to do."""

    page: Id = 0


class DayOthersCb(Press, prefix="dayo"):
    """Other open tasks that concern one: watched ones, those that one has set, and has to accept."""

    which: str
    page: Id = 0


class DayDoneCb(Press, prefix="dayd"):
    """A task of the list is done."""

    task_id: Id
    page: Id

    def subject(self) -> tuple[str, int]:
        """The list, not the task."""
        return ("day", self.page)


class DayAdriftCb(Press, prefix="daya"):
    """One's deals without a next step, after a key (0: from the start)."""

    after: Id = 0


class DayTeamCb(Press, prefix="dayt"):
    """Overdue tasks of others."""

    page: Id = 0


def day(card: DayCard, t: Tongue, done: TaskCard | None = None) -> InlineKeyboardMarkup:
    """Each task by its number, its Done below by the same, then what else waits."""
    adrift = t.many("⚠️ {n} deal without a next step", "⚠️ {n} deals without a next step", card.adrift)
    free = t.many("📥 {n} free lead", "📥 {n} free leads", card.free_leads)
    late = t.many("👥 {n} overdue in the team", "👥 {n} overdue in the team", card.team_late)
    waiting = t("🔎 To accept: {n}", n=card.waiting)
    return rows(
        _after(done, t) if done else [],
        *[[button(label(n, line, t), TaskCb(task_id=line.id))] for n, line in enumerate(card.tasks, 1)],
        [
            button(f"✅ {n}", DayDoneCb(task_id=line.id, page=card.page))
            for n, line in enumerate(card.tasks, 1)
        ],
        [
            button("◀️", DayPageCb(page=card.page - 1)) if card.page else None,
            button("▶️", DayPageCb(page=card.page + 1)) if card.more else None,
        ],
        *_items(card.items),
        [button(waiting, DayOthersCb(which=Which.WAITING.value))] if card.waiting else [],
        [button(t("🕘 My shift"), ShiftCb())] if card.away else [],
        [button(adrift, DayAdriftCb())] if card.adrift else [],
        [button(free, LeadListCb())] if card.free_leads else [],
        [button(late, DayTeamCb())] if card.team_late else [],
        [button(t("👥 Tasks of the team"), TeamTasksCb()), button(t("🗂 Board"), BoardCb())]
        if card.watches
        else [],
        [button(t("➕ Task"), TaskNewCb()), button(t("🗓 All my tasks"), DayAllCb())],
        [home(t)],
    )


def mine(shown: MyTasks, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each task, and the ways to the others."""

    def leaf(page: int) -> Press:
        own = shown.which is Which.MINE
        return DayAllCb(page=page) if own else DayOthersCb(which=shown.which.value, page=page)

    labels = {
        Which.MINE: t("🗓 Mine"),
        Which.WATCHED: t("👁 Watched"),
        Which.GIVEN: t("✍️ Set by me"),
        Which.WAITING: t("🔎 To accept"),
    }
    ways = [
        button(label, DayAllCb() if which is Which.MINE else DayOthersCb(which=which.value))
        for which, label in labels.items()
        if which is not shown.which
    ]
    return rows(
        *[[button(dated(line, shown.midnight, t), TaskCb(task_id=line.id))] for line in shown.tasks],
        *_items(shown.items),
        [
            button("◀️", leaf(shown.page - 1)) if shown.page else None,
            button("▶️", leaf(shown.page + 1)) if shown.more else None,
        ],
        ways,
        [button(t("➕ Task"), TaskNewCb()), button(t("☀️ My day"), MyDayCb())],
    )


def adrift(page: Page[Ref], t: Tongue) -> InlineKeyboardMarkup:
    """One button for each deal."""
    more = DayAdriftCb(after=page.next_after) if page.next_after else None
    return rows(
        *[[button(f"💼 {deal.name}", DealCb(deal_id=deal.id))] for deal in page.items],
        [button(t("☀️ My day"), MyDayCb()), button(t("More ▶️"), more) if more else None],
    )


def team_late(late: LateTasks, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each task."""
    more = DayTeamCb(page=late.page + 1) if late.more else None
    return rows(
        *[[button(f"{one.assignee}: {one.task.text}", TaskCb(task_id=one.task.id))] for one in late.tasks],
        [button(t("👤 By person"), TeamTasksCb())],
        [button(t("☀️ My day"), MyDayCb()), button(t("More ▶️"), more) if more else None],
    )


def _items(items: Iterable[MyItem]) -> Iterable[list[InlineKeyboardButton]]:
    """Items of others' checklists; each opens its task."""
    for one in items:
        yield [button(f"☑️ {one.text} · {one.of}", TaskCb(task_id=one.task_id))]


def _after(done: TaskCard, t: Tongue) -> Iterable[InlineKeyboardButton]:
    """What to do about a task that was done by the last tap."""
    if done.leads_on:
        yield button(t("➡️ What next?"), TaskThenCb(task_id=done.id), "primary")
    yield button(t("↩️ Not done yet"), TaskReopenCb(task_id=done.id))


def label(number: int, line: TaskLine, t: Tongue) -> str:
    """A task on a button, after its number in the list."""
    when = "🔴" if line.overdue else t.clock(line.due_at)
    head = f"{number}. {marks(line)}{when} "
    return f"{head}{placed(line, LABEL - len(head))}"
