"""Buttons of checklists."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, rows
from keyboards.task_data import (
    ItemCb,
    ItemDropCb,
    ItemGiveCb,
    ItemHeirsCb,
    ItemTextCb,
    ItemTickCb,
    TaskCb,
    TaskDoneSureCb,
    TaskItemsAddCb,
    TaskItemsCb,
)
from keyboards.tongue import Tongue
from services.access import Action
from services.dto.task_hands import ItemHeirs
from services.dto.tasks import Checklist, Item, TaskCard


def checklist(shown: Checklist, t: Tongue) -> InlineKeyboardMarkup:
    """One line for each item: a tap ticks it; beside it, to whoever may, how to change it."""
    task = shown.task
    edits = Action.TASK_EDIT in task.can
    return rows(
        *[list(_line(task, item, edits=edits)) for item in shown.items],
        [button(t("➕ Items"), TaskItemsAddCb(task_id=task.id))] if edits else [],
        [button(t("◀️ Back"), TaskCb(task_id=task.id))],
    )


def _line(task: TaskCard, item: Item, *, edits: bool) -> Iterable[InlineKeyboardButton]:
    mark = "☑️" if item.done_at else "◻️"
    whose = f" · {item.assignee.name}" if item.assignee else ""
    done = int(item.done_at is None)
    press = ItemTickCb(task_id=task.id, item_id=item.id, done=done) if item.mine else None
    yield button(f"{mark} {item.text}{whose}", press or TaskItemsCb(task_id=task.id))
    if edits:
        yield button("✏️", ItemCb(task_id=task.id, item_id=item.id))


def item(task: TaskCard, shown: Item, t: Tongue) -> InlineKeyboardMarkup:
    """What may be changed about an item."""
    one = {"task_id": task.id, "item_id": shown.id}
    gives = Action.TASK_GIVE in task.can
    return rows(
        *grid(
            [
                *([button(t("👤 Assign"), ItemHeirsCb(**one))] if gives else []),
                button(t("✏️ Text"), ItemTextCb(**one)),
                button(t("🗑 Remove"), ItemDropCb(**one)),
            ]
        ),
        [_back(task.id, t)],
    )


def heirs(choice: ItemHeirs, t: Tongue) -> InlineKeyboardMarkup:
    """Colleagues who may do an item."""
    one = {"task_id": choice.task_id, "item_id": choice.item.id}
    more = ItemHeirsCb(**one, page=choice.page + 1) if choice.more else None
    return rows(
        [button(t("Whoever does the task"), ItemGiveCb(**one, person_id=0))],
        *grid([button(person.name, ItemGiveCb(**one, person_id=person.id)) for person in choice.people]),
        [_back(choice.task_id, t), button(t("More ▶️"), more) if more else None],
    )


def ask_items(shown: Checklist, t: Tongue) -> InlineKeyboardMarkup:
    """While items are being typed; an empty list is none to go back to."""
    task_id = shown.task.id
    back = _back(task_id, t) if shown.items else button(t("◀️ Back"), TaskCb(task_id=task_id))
    return rows([back, cancel(t)])


def form(task_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """While an item is being typed anew."""
    return rows([_back(task_id, t), cancel(t)])


def left(task_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """Done with items that are open?"""
    return rows(
        [button(t("✅ All is done"), TaskDoneSureCb(task_id=task_id), "success")],
        [
            button(t("☑️ Checklist"), TaskItemsCb(task_id=task_id)),
            button(t("◀️ Back"), TaskCb(task_id=task_id)),
        ],
    )


def _back(task_id: int, t: Tongue) -> InlineKeyboardButton:
    return button(t("◀️ Back"), TaskItemsCb(task_id=task_id))
