"""Reminders ahead of time and again later: what was asked for last comes once, and nothing else."""

from datetime import timedelta

import pytest

from services.errors import AppError, NotFoundError, StaleError
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.tasks.ticking import set_task, task_row, tick, timers, told
from tests.world import World


async def test_it_reminds_an_hour_before_and_at_the_time(world: World) -> None:
    task = await set_task(world, "anna", hours=3)
    await world.anna.press(data=f"tk:{task.id}")
    await world.anna.press("🔔 Reminder")
    assert "When shall I remind you?" in world.anna.text
    assert world.anna.labels[:4] == [
        "✔️ At the time only", "15 minutes before", "An hour before", "A day before",
    ]  # fmt: skip
    await world.anna.press("An hour before")
    assert "🔔 An hour before, and at the time" in world.anna.text
    assert len(await timers(world)) == 1
    world.clock.turn(hours=2)
    await tick(world)
    assert "Coming up" in world.anna.text
    assert world.anna.labels[:3] == ["✅ Done", "📌 Open", "In 15 minutes"]
    # What would come after the time itself is not offered.
    assert "In an hour" not in world.anna.labels
    assert "Tomorrow, 10:00" not in world.anna.labels
    world.clock.turn(hours=1)
    await tick(world)
    assert "It is time" in world.anna.text
    assert (await told(world, "task_ahead"), await told(world, "task_due")) == (1, 1)
    await world.anna.press("📌 Open")
    assert "It is time" not in world.anna.text


async def test_a_snooze_before_the_time_leaves_the_time_and_one_after_it_moves_it(world: World) -> None:
    task = await set_task(world, "anna", hours=2)
    await world.anna.press(data=f"tka:{task.id}:60")
    world.clock.turn(hours=1)
    await tick(world)
    await world.anna.press("In 15 minutes")
    assert "I will remind you again: today, 13:15" in world.anna.text
    assert (await task_row(world, task.id)).due_at == task.due_at
    [timer] = await timers(world)
    world.clock.turn(minutes=15)
    await tick(world)
    assert await told(world, "task_ahead") == 2
    world.clock.turn(minutes=45)
    await tick(world)
    assert "It is time" in world.anna.text
    await world.anna.press("In 15 minutes")
    assert "Moved" in world.anna.text
    assert (await task_row(world, task.id)).due_at == world.clock.now() + timedelta(minutes=15)
    # The old timers are void, whoever still has them in hand.
    world.clock.turn(minutes=5)
    await world.services.timers.fire(timer)
    await tick(world)
    assert (await told(world, "task_ahead"), await told(world, "task_due")) == (2, 1)


async def test_what_is_done_or_moved_is_not_reminded_of_as_before(world: World) -> None:
    anna = await actor_of(world.services, "anna")
    marks, tasks = world.services.marks, world.services.tasks
    done, moved = (
        await set_task(world, "anna", "Done", hours=3),
        await set_task(world, "anna", "Moved", hours=3),
    )
    for task in (done, moved):
        await marks.remind_ahead(anna, task.id, 60)
    old = await timers(world)
    await tasks.done(anna, done.id)
    await tasks.put_off(anna, moved.id, moved.due_at + timedelta(hours=1))
    world.clock.turn(hours=2)
    for timer in old:
        await world.services.timers.fire(timer)
    await tick(world)
    assert await told(world, "task_ahead") == 0
    world.clock.turn(hours=1)
    await tick(world)
    assert (await told(world, "task_ahead"), await told(world, "task_due")) == (1, 0)
    # Done between the firing and the sending: nothing is said.
    world.clock.turn(hours=1)
    [timer] = await timers(world)
    await world.services.timers.fire(timer)
    await tasks.done(anna, moved.id)
    await world.settle()
    assert "It is time" not in world.anna.text


async def test_an_early_reminder_that_comes_too_late_is_the_one_at_the_time(world: World) -> None:
    task = await set_task(world, "anna", hours=3)
    anna = await actor_of(world.services, "anna")
    await world.services.marks.remind_ahead(anna, task.id, 60)
    world.clock.turn(hours=4)
    await tick(world)
    await tick(world)
    assert (await told(world, "task_ahead"), await told(world, "task_due")) == (0, 1)
    assert not await timers(world)


async def test_the_early_reminder_moves_along_and_comes_back_with_the_task(world: World) -> None:
    anna = await actor_of(world.services, "anna")
    task = await set_task(world, "anna", days=3)
    await world.services.marks.remind_ahead(anna, task.id, 24 * 60)
    [timer] = await timers(world)
    assert timer.due_at == task.due_at - timedelta(days=1)
    later = task.due_at + timedelta(days=1)
    await world.services.tasks.put_off(anna, task.id, later)
    await world.services.tasks.done(anna, task.id)
    assert not await timers(world)
    await world.services.tasks.reopen(anna, task.id)
    [timer] = await timers(world)
    assert timer.due_at == later - timedelta(days=1)
    # Too near for a day before: only at the time.
    near = world.clock.now() + timedelta(hours=5)
    await world.services.tasks.put_off(anna, task.id, near)
    [timer] = await timers(world)
    assert timer.due_at == near


async def test_it_refuses_what_is_no_choice_or_not_ones_own_or_over(world: World) -> None:
    task = await set_task(world, "anna", hours=2)
    anna, boris = await actor_of(world.services, "anna"), await actor_of(world.services, "boris")
    marks, past = world.services.marks, world.clock.now()
    with pytest.raises(NotFoundError):
        await marks.remind_ahead(anna, task.id, 7)
    with pytest.raises(NotFoundError):
        await marks.remind_ahead(boris, task.id, 15)
    with pytest.raises(NotFoundError):
        await marks.snooze(boris, task.id, task.due_at)
    with pytest.raises(AppError, match=r"task\.past"):
        await marks.snooze(anna, task.id, past)
    await world.services.tasks.done(anna, task.id)
    for attempt in (
        marks.remind_ahead(anna, task.id, 15), marks.snooze(anna, task.id, task.due_at),
        marks.rank(anna, task.id, high=True), marks.hide(anna, task.id, personal=True),
    ):  # fmt: skip
        with pytest.raises(StaleError):
            await attempt
    card = world.anna.screen
    for press in (f"tks:{task.id}:h1", f"tka:{task.id}:15", f"tkb:{task.id}", f"tki:{task.id}:1"):
        assert await world.anna.press(data=press, on=card) == "This task is done already."
    for forged in (f"tks:{task.id}:zz", f"tka:{task.id}:7"):
        assert await world.anna.press(data=forged, on=card)
    assert (await task_row(world, task.id)).version == 2


async def test_the_question_what_next_is_one_tap_away_in_the_day(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="In work")
    await set_task(world, "anna", "Call Ivan", deal=deal)
    await set_task(world, "anna", "Water the flowers")
    await world.anna.say("/day")
    await world.anna.press("✅ 1")
    await world.anna.press("➡️ What next?")
    assert "What next?" in world.anna.text
    await world.anna.press("Tomorrow, 10:00")
    assert "Call Ivan" in world.anna.text
    assert "💼 Windows for Ivan" in world.anna.labels
    await world.anna.say("/day")
    await world.anna.press("✅ 1")
    assert "➡️ What next?" not in world.anna.labels
    # A task that is still to do has no next one yet, and one of nothing has none at all.
    assert await world.anna.press(data="tkt:3") == "This has changed meanwhile. Here is how it stands now."
    assert await world.anna.press(data="tkt:2") == "This has changed meanwhile. Here is how it stands now."


async def test_reminders_speak_russian(world: World) -> None:
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    task = await set_task(world, "anna", "Позвонить", hours=2)
    await world.anna.press(data=f"tk:{task.id}")
    await world.anna.press("🔔 Напоминание")
    await world.anna.press("За 15 минут")
    assert "За 15 минут и в срок" in world.anna.text
    world.clock.turn(hours=1, minutes=45)
    await tick(world)
    assert "Скоро" in world.anna.text
    assert "📌 Открыть" in world.anna.labels
