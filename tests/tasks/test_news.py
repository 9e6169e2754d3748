"""News of tasks: who has one to do, has set it or watches it hears once what others did, and no more."""

from datetime import timedelta

from sqlalchemy import select

from db.models import Outbox
from services.access import Actor
from services.dto.tasks import TaskCard
from services.understanding.recurrence import Recurrence, Unit
from tests.cast import actor_of
from tests.tasks.ticking import fire, set_task, task_row, tick, timers, told
from tests.world import World


async def given(world: World, **after: float) -> tuple[Actor, Actor, TaskCard]:
    """Helen has set Anna a task, and nothing is left to be sent."""
    helen, anna = await actor_of(world.services, "helen"), await actor_of(world.services, "anna")
    task = await set_task(world, "helen", "Count the stock", **after)
    task = await world.services.tasks.assign(helen, task.id, anna.person_id, task.version)
    await world.settle()
    return helen, anna, task


async def test_who_has_to_do_a_task_hears_what_others_change_in_it(world: World) -> None:
    helen, anna, task = await given(world, hours=1)
    services, at = world.services, world.clock.now() + timedelta(hours=26)
    await services.tasks.put_off(helen, task.id, at)
    await world.settle()
    assert world.anna.text.startswith(
        "👁 Helen moved a task: today, 13:00 → tomorrow, 14:00\n📌 Count the stock"
    )
    assert "✅ Done" in world.anna.labels
    await services.tasks.rephrase(helen, task.id, "Count the whole stock")
    await world.settle()
    assert world.anna.text.startswith("👁 Helen changed the words of a task; now it says:\n📌 Count the whole")
    await services.marks.rank(helen, task.id, high=True)
    await world.settle()
    assert world.anna.text.startswith("👁 Helen marked a task as important")
    await services.series.repeat(helen, task.id, Recurrence(Unit.DAY), at)
    await world.settle()
    assert world.anna.text.startswith("👁 Helen changed how often a task comes: once → every day")
    await services.series.stop(helen, task.id)
    await services.tasks.done(anna, task.id)
    heard = await told(world, "task_news")
    await services.tasks.reopen(helen, task.id)
    await world.settle()
    assert world.anna.text.startswith("👁 Helen: a task is not done after all")
    assert await told(world, "task_news") == heard + 1
    # Of what she does herself she hears nothing, and neither of checklists and acceptance.
    await services.tasks.put_off(anna, task.id, at + timedelta(hours=1))
    await services.items.add(helen, task.id, "Shelves")
    await services.acceptance.ask(helen, task.id, checks=True)
    query = select(Outbox.id).where(Outbox.kind == "task_news", Outbox.person_id == anna.person_id)
    assert len(await world.rows(query)) == 6


async def test_a_task_that_is_taken_away_or_deleted_is_told_by_its_words_alone(world: World) -> None:
    helen, _, task = await given(world, hours=1)
    boris = await actor_of(world.services, "boris")
    await world.services.tasks.assign(helen, task.id, boris.person_id, task.version)
    await world.settle()
    assert world.anna.text == "🤝 Helen gave your task to somebody else: Count the stock"
    assert world.anna.labels == ["☀️ My day"]
    assert world.boris.text.startswith("🤝 Helen gave you a task")
    await world.services.task_deleting.drop(helen, task.id)
    await world.settle()
    assert world.boris.text == "🗑 Helen deleted a task: Count the stock"
    assert await told(world, "task_gone") == 2


async def test_its_author_hears_that_it_is_done_and_once_that_it_is_late(world: World) -> None:
    _, anna, task = await given(world, hours=1)
    own = await set_task(world, "helen", "Own", hours=1)
    world.clock.turn(hours=2)
    await tick(world)
    world.clock.turn(hours=22)
    await tick(world)
    assert await told(world, "task_late") == 0
    world.clock.turn(hours=2)
    [timer] = [one for one in await timers(world) if one.kind == "task_late"]
    await world.services.timers.fire(timer)
    await tick(world)
    assert world.helen.text.startswith(
        "🔴 More than a day late: Anna has not done it yet\n🔴 Count the stock"
    )
    await world.services.timers.fire(timer)
    assert await told(world, "task_late") == 1
    await world.services.tasks.done(anna, task.id)
    await world.services.tasks.done(await actor_of(world.services, "helen"), own.id)
    await world.settle()
    assert world.helen.text.startswith("✅ Anna has done a task\n✅ Count the stock")
    assert await told(world, "task_news") == 1


async def test_a_task_that_was_done_or_moved_in_time_is_not_late(world: World) -> None:
    helen, anna, task = await given(world, hours=1)
    second = await set_task(world, "helen", "Second", hours=1)
    await world.services.tasks.assign(helen, second.id, anna.person_id, second.version)
    world.clock.turn(hours=2)
    await fire(world)
    await world.services.tasks.done(anna, task.id)
    await world.services.tasks.put_off(anna, second.id, world.clock.now() + timedelta(days=3))
    world.clock.turn(days=2)
    await tick(world)
    assert await told(world, "task_late") == 0


async def test_a_colleague_who_is_to_watch_a_task_hears_of_it(world: World) -> None:
    helen, anna, task = await given(world, hours=1)
    boris = await actor_of(world.services, "boris")
    await world.services.watchers.watch(helen, task.id, boris.person_id, watches=True)
    await world.services.watchers.watch(helen, task.id, helen.person_id, watches=True)
    await world.settle()
    assert world.boris.text.startswith("👁 Helen wants you to watch a task\n📌 Count the stock")
    assert await told(world, "task_news") == 1
    await world.services.tasks.done(anna, task.id)
    await world.settle()
    assert world.boris.text.startswith("✅ Anna has done a task")
    await world.services.watchers.watch(helen, task.id, boris.person_id, watches=False)
    await world.helen.press(data=f"ht:{task.id}:0")
    assert "Helen: Boris watches it now" in world.helen.text
    assert "Helen: Boris watches it no more" in world.helen.text


async def test_a_deleted_task_is_brought_back_by_whoever_deleted_it(world: World) -> None:
    helen, anna, task = await given(world, hours=5)
    at = world.clock.now() + timedelta(hours=5)
    await world.services.series.repeat(helen, task.id, Recurrence(Unit.DAY), at)
    await world.services.items.add(anna, task.id, "Shelves")
    await world.helen.press(data=f"tk:{task.id}")
    await world.helen.press("🗑 Delete")
    await world.helen.press("🗑 Yes, delete")
    assert world.helen.text == "🗑 Deleted: Count the stock\nIt does not come again."
    assert not await timers(world)
    asked = world.helen.screen
    data = asked.keyboard[0][0]["callback_data"]
    assert "There is no such task" in (await world.boris.press(data=data) or "")
    assert world.anna.text == "🗑 Helen deleted a task: Count the stock"
    await world.anna.press(data=data)
    assert world.anna.text.startswith("🗑 📌 Count the stock\nDeleted today, 12:00 by Helen")
    assert world.anna.labels == ["☰ Menu"], "it is not hers to bring back"
    await world.helen.press("↩️ Undo")
    assert world.helen.toast == "It is back."
    assert "🔁 every day" in world.helen.text
    assert world.anna.text == "↩️ Helen brought a task back: Count the stock"
    row = await task_row(world, task.id)
    assert (row.dropped, row.done_at, row.items) == (False, None, 1)
    assert sorted(one.kind for one in await timers(world)) == ["task_remind", "task_turn"]
    assert "changed meanwhile" in (await world.helen.press(data=data) or "")
    await world.services.tasks.done(anna, task.id, sure=True)
    assert len(await timers(world)) == 2, "the next turn was set"
    await world.services.people.speak(helen, "ru")
    await world.helen.press(data=f"tky:{task.id}")
    assert world.helen.text == "🗑 Удалено: Count the stock\nБольше она не повторяется."
    assert [one.kind for one in await timers(world)] == ["task_remind"], "its next turn is still to be done"
    await world.helen.press("↩️ Отменить")
    row = await task_row(world, task.id)
    assert (row.dropped, row.done_at is not None) == (False, True)
    assert len(await timers(world)) == 2
