"""Checklists: ticked one by one, some by colleagues, counted on the card, asked about at the end."""

import asyncio

import pytest
from sqlalchemy import select

from db.models import Event, Task, TaskItem
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from services.task_items import MOST
from services.tasks import OpenItemsError
from tests.cast import actor_of
from tests.tasks.ticking import set_task, task_row, told
from tests.world import World


async def items(world: World) -> list[tuple[str, bool]]:
    """Each item, and whether it is done."""
    rows = [row[0] for row in await world.rows(select(TaskItem).order_by(TaskItem.id))]
    return [(row.text, row.done_at is not None) for row in rows]


async def test_a_head_gives_an_item_to_a_colleague_who_ticks_that_one_alone(world: World) -> None:
    task = await set_task(world, "helen", "Fair", hours=5)
    await world.helen.press(data=f"tk:{task.id}")
    await world.helen.press("☑️ Checklist")
    assert "What shall stand on the checklist?" in world.helen.text
    await world.helen.say("- -")
    assert "Please write what shall stand on the checklist." in world.helen.text
    await world.helen.say("☐ Stand\n- Flyers\n\n• <b>Badges</b>")
    assert await items(world) == [("Stand", False), ("Flyers", False), ("<b>Badges</b>", False)]
    await world.helen.press("✏️")
    await world.helen.press("👤 Assign")
    await world.helen.press("Anna")
    assert "◻️ Stand · Anna" in world.helen.labels
    listed = world.helen.screen
    assert "Helen gave you an item of a task: Stand" in world.anna.text
    assert "☑️ 0/3" in world.anna.text
    assert "✅ Done" not in world.anna.labels
    assert "➕ Items" not in world.anna.labels
    await world.anna.say("/day")
    assert "☑️ Stand — of: Fair" in world.anna.text
    await world.anna.press("🗓 All my tasks")
    assert "☑️ Stand — of: Fair" in world.anna.text
    await world.anna.press("☑️ Stand · Fair")
    await world.anna.press("☑️ Checklist 0/3")
    await world.anna.press("◻️ Stand · Anna")
    assert "☑️ 1/3" in world.anna.text
    # Helen hears of it, and the list before her follows.
    assert "☑️ Anna has done an item of your task: Stand" in world.helen.text
    assert "☑️ Stand · Anna" in listed.labels
    await world.anna.say("/day")
    assert "Stand" not in world.anna.text
    await world.anna.press(data=f"ti:{task.id}")
    await world.anna.press("◻️ Flyers")
    assert await items(world) == [("Stand", True), ("Flyers", False), ("<b>Badges</b>", False)]
    await world.anna.press(data=f"tit:{task.id}:2:1")
    assert world.anna.toast == "You may not do this."
    assert "There is no such task" in (await world.boris.press(data=f"ti:{task.id}") or "")
    await world.anna.press(data=f"tit:{task.id}:1:1")
    assert "Somebody was faster" in (world.anna.toast or "")
    await world.helen.say("/day")
    assert "1. 17:00 Fair ☑️ 1/3" in world.helen.labels
    await world.helen.press(data=f"dayd:{task.id}:0")
    assert "2 items of the checklist are open. Close it all the same?" in world.helen.text
    await world.helen.press("✅ All is done")
    assert (await task_row(world, task.id)).done_at is not None
    done = [row[0] for row in await world.rows(select(Event.changes).where(Event.action == "task.do"))]
    assert done == [{"done": [False, True], "items_left": [None, 2]}]
    await world.helen.press(data=f"tit:{task.id}:2:1")
    assert world.helen.toast == "This task is done already."


async def test_items_are_changed_and_taken_off_and_have_none_of_their_own(world: World) -> None:
    task = await set_task(world, "anna", "Move")
    anna, helen = await actor_of(world.services, "anna"), await actor_of(world.services, "helen")
    items_of = world.services.items
    shown = await items_of.add(anna, task.id, "Boxes\nVan")
    first, second = (one.id for one in shown.items)
    assert (await items_of.rephrase(helen, task.id, first, "Big\nboxes")).items[0].text == "Big boxes"
    assert [one.id for one in (await items_of.remove(anna, task.id, second)).items] == [first]
    with pytest.raises(NotFoundError, match=r"item\.not_found"):
        await items_of.tick(anna, task.id, shown.items[1].id, done=True)
    other = await set_task(world, "anna", "Other")
    with pytest.raises(NotFoundError, match=r"item\.not_found"):
        await items_of.tick(anna, other.id, shown.items[0].id, done=True)
    with pytest.raises(ForbiddenError):
        await items_of.give(anna, task.id, shown.items[0].id, helen.person_id)
    with pytest.raises(NotFoundError, match=r"employee\.not_found"):
        await items_of.give(
            helen, task.id, shown.items[0].id, (await actor_of(world.services, "victor")).person_id
        )
    with pytest.raises(AppError, match=r"item\.too_many"):
        await items_of.add(anna, task.id, "x\n" * MOST)
    with pytest.raises(AppError, match=r"item\.too_long"):
        await items_of.add(anna, task.id, "x" * 300)
    given = await items_of.give(helen, task.id, shown.items[0].id, helen.person_id)
    assert given.items[0].assignee is not None
    assert given.items[0].assignee.name == "Helen"
    assert await told(world, "task_item_given") == 0
    with pytest.raises(ForbiddenError):
        await world.services.marks.hide(anna, task.id, personal=True)
    await items_of.give(helen, task.id, shown.items[0].id, 0)
    assert (await world.services.marks.hide(anna, task.id, personal=True)).personal
    with pytest.raises(OpenItemsError):
        await world.services.tasks.done(anna, task.id)


async def test_two_who_tick_at_once_are_both_counted(world: World) -> None:
    task = await set_task(world, "anna", "Count")
    anna, helen = await actor_of(world.services, "anna"), await actor_of(world.services, "helen")
    tick = world.services.items.tick
    one, two, three = (await world.services.items.add(anna, task.id, "one\ntwo\nthree")).items
    found = await asyncio.gather(
        tick(anna, task.id, one.id, done=True),
        tick(helen, task.id, two.id, done=True),
        tick(helen, task.id, three.id, done=True),
        tick(anna, task.id, three.id, done=True),
        return_exceptions=True,
    )
    assert len([error for error in found if isinstance(error, StaleError)]) == 1
    row = (await world.rows(select(Task.items, Task.items_done).where(Task.id == task.id)))[0]
    assert tuple(row) == (3, 3)
    await tick(anna, task.id, one.id, done=False)
    assert (await task_row(world, task.id)).items_done == 2


async def test_checklists_speak_russian(world: World) -> None:
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    task = await set_task(world, "anna", "Выставка")
    await world.services.items.add(await actor_of(world.services, "anna"), task.id, "Стенд\nФлаеры")
    await world.anna.press(data=f"tk:{task.id}")
    assert "☑️ 0/2" in world.anna.text
    await world.anna.press("✅ Сделано")
    assert "В чек-листе не закрыто 2 пункта. Всё равно закрыть?" in world.anna.text
    await world.anna.press("☑️ Чек-лист")
    await world.anna.press("◻️ Стенд")
    assert "☑️ Стенд" in world.anna.labels
