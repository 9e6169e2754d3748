"""Checklists: shown, ticked, and their items changed."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import task_items as views
from keyboards.task_data import (
    ItemCb,
    ItemDropCb,
    ItemGiveCb,
    ItemHeirsCb,
    ItemTextCb,
    ItemTickCb,
    TaskItemsAddCb,
    TaskItemsCb,
)
from services.access import Action
from services.dto.tasks import Checklist, Item
from services.errors import NotFoundError, StaleError

ITEMS = "task.items"
ITEM_TEXT = "task.item_text"

describe(
    {
        "item.not_found": "There is no such item on the checklist any more.",
        "item.empty": "Please write what shall stand on the checklist.",
        "item.too_long": "An item may have {limit} characters at most. Please shorten it.",
        "item.too_many": "A checklist may have {limit} items at most.",
        "item.ticked": "Somebody was faster: the item has changed already.",
        "task.items_open": "Items of its checklist are open: {left}.",
    }
)


@registry.card("checklist")
async def checklist_card(viewer: Viewer, task_id: int) -> Screen | None:
    """A checklist as one reader sees it; team chats have none."""
    if viewer.actor is None:
        return None
    return views.checklist(await viewer.services.items.of(viewer.actor, task_id), viewer.t)


@registry.press(TaskItemsCb, Action.TASK_VIEW)
async def on_items(turn: Turn, data: TaskItemsCb) -> None:
    """The checklist; lines for one that is empty are taken at once."""
    await turn.form.close()
    shown = await turn.services.items.of(turn.actor, data.task_id)
    if shown.items or Action.TASK_EDIT not in shown.task.can:
        await turn.show(views.checklist(shown, turn.t))
        return
    await _ask_items(turn, shown)


@registry.press(ItemTickCb, Action.TASK_TICK)
async def on_item_tick(turn: Turn, data: ItemTickCb) -> None:
    """Done, or not after all."""
    shown = await turn.services.items.tick(turn.actor, data.task_id, data.item_id, done=bool(data.done))
    await turn.show(views.checklist(shown, turn.t))


@registry.press(TaskItemsAddCb, Action.TASK_EDIT)
async def on_items_add(turn: Turn, data: TaskItemsAddCb) -> None:
    """What shall stand on it?"""
    shown = await _editable(turn, data.task_id)
    await turn.form.close()
    await _ask_items(turn, shown)


@registry.step(ITEMS, Action.TASK_EDIT)
async def got_items(turn: Turn, message: Message) -> None:
    """This."""
    task_id = int((await turn.form.data())["back"][1])
    shown = await turn.services.items.add(turn.actor, task_id, message.text or message.caption or "")
    await turn.form.close()
    await turn.show(views.checklist(shown, turn.t))


@registry.press(ItemCb, Action.TASK_EDIT)
async def on_item(turn: Turn, data: ItemCb) -> None:
    """What may be changed about it?"""
    shown = await _editable(turn, data.task_id)
    await turn.show(views.item(shown, _one(shown, data.item_id), turn.t))


@registry.press(ItemTextCb, Action.TASK_EDIT)
async def on_item_text(turn: Turn, data: ItemTextCb) -> None:
    """Which words?"""
    shown = await _editable(turn, data.task_id)
    one = _one(shown, data.item_id)
    await turn.form.close()
    await turn.form.wait(ITEM_TEXT, back=["checklist", data.task_id], item=one.id)
    await turn.show(views.ask_text(shown.task, one, turn.t))


@registry.step(ITEM_TEXT, Action.TASK_EDIT)
async def got_item_text(turn: Turn, message: Message) -> None:
    """These."""
    kept, text = await turn.form.data(), message.text or message.caption or ""
    shown = await turn.services.items.rephrase(turn.actor, int(kept["back"][1]), int(kept["item"]), text)
    await turn.form.close()
    await turn.show(views.checklist(shown, turn.t))


@registry.press(ItemHeirsCb, Action.TASK_GIVE)
async def on_item_heirs(turn: Turn, data: ItemHeirsCb) -> None:
    """Who shall do it?"""
    found = await turn.services.items.heirs(turn.actor, data.task_id, data.item_id, data.page)
    await turn.show(views.heirs(found, turn.t))


@registry.press(ItemGiveCb, Action.TASK_GIVE)
async def on_item_give(turn: Turn, data: ItemGiveCb) -> None:
    """This colleague."""
    shown = await turn.services.items.give(turn.actor, data.task_id, data.item_id, data.person_id)
    await turn.show(views.checklist(shown, turn.t))


@registry.press(ItemDropCb, Action.TASK_EDIT)
async def on_item_drop(turn: Turn, data: ItemDropCb) -> None:
    """Off the list."""
    shown = await turn.services.items.remove(turn.actor, data.task_id, data.item_id)
    await turn.show(views.checklist(shown, turn.t))


async def _ask_items(turn: Turn, shown: Checklist) -> None:
    # From an empty list back leads to the task: the list itself would only ask again.
    back = "checklist" if shown.items else "task"
    await turn.form.wait(ITEMS, back=[back, shown.task.id])
    await turn.show(views.ask_items(shown, turn.t))


async def ask_left(turn: Turn, task_id: int, left: int) -> None:
    """Items of its checklist are open: is the task done all the same?"""
    task = await turn.services.tasks.card(turn.actor, task_id)
    await turn.show(views.ask_left(task, left, turn.t))


async def _editable(turn: Turn, task_id: int) -> Checklist:
    shown = await turn.services.items.of(turn.actor, task_id)
    if Action.TASK_EDIT not in shown.task.can:
        raise StaleError("task.done")
    return shown


def _one(shown: Checklist, item_id: int) -> Item:
    found = next((item for item in shown.items if item.id == item_id), None)
    if found is None:
        raise NotFoundError("item")
    return found
