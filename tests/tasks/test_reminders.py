"""Reminders: once each, none for what is done, several late ones in one message, whatever the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import select

from bot.outside import outside
from db.models import Outbox, Timer
from db.uow import Database
from services.bundle import Services
from services.timers import TimerKind, Timers, UndeclaredTimerError
from tests.cast import TurnedClock, actor_of
from tests.deals.making import make_deal
from tests.tasks.ticking import set_task, task_row, tick, timers, told
from tests.world import World


@asynccontextmanager
async def restarted(world: World) -> AsyncIterator[World]:
    """The program anew on the same database and the same Telegram; nothing in memory has survived."""
    await world.worker.stop(5)
    services = Services(world.db, world.clock, outside())
    anew = World(world.db, services, world.clock, world.telegram, world.bot, world.folder)
    running = asyncio.create_task(anew.worker.run())
    try:
        yield anew
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_the_wizard_goes_on_after_a_restart(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="New")
    await world.anna.press(data=f"dta:{deal}")
    async with restarted(world) as one:
        await one.anna.say("call Ivan")
        assert "When?" in one.anna.text
        await one.anna.press("📅 Calendar")
        async with restarted(one) as two:
            await two.anna.press("20")
            async with restarted(two) as three:
                await three.anna.say("14:37")
                assert "Friday, 20 November, 14:37" in three.anna.text
                assert "💼 Windows for Ivan" in three.anna.labels
                three.clock.turn(days=2, hours=3)
                await tick(three)
                assert "It is time" in three.anna.text


async def test_a_timer_that_fires_twice_says_it_once(world: World) -> None:
    await set_task(world, "anna")
    world.clock.turn(hours=1)
    [timer] = await timers(world)
    await asyncio.gather(*(world.services.timers.fire(timer) for _ in range(4)))
    await tick(world)
    assert await told(world, "task_due") == 1
    assert "It is time" in world.anna.text


async def test_what_was_missed_while_away_comes_in_one_message(world: World) -> None:
    for number in range(12):
        await set_task(world, "anna", f"Task {number}", minutes=60 + number)
    await set_task(world, "boris", "Lonely")
    done = await set_task(world, "anna", "Done in time")
    await world.services.tasks.done(await actor_of(world.services, "anna"), done.id)
    world.clock.turn(days=3)
    await tick(world)
    assert (await told(world, "tasks_missed"), await told(world, "task_due")) == (1, 1)
    assert not await timers(world)
    assert "While I was away" in world.anna.text
    assert "Task 0" in world.anna.text
    assert "Done in time" not in world.anna.text
    assert "and 2 more" in world.anna.text
    assert "It is time" in world.boris.text
    await world.anna.press("☀️ My day")
    assert "Overdue: 12" in world.anna.text


async def test_done_and_the_timer_at_the_same_moment(
    services: Services, db: Database, clock: TurnedClock
) -> None:
    anna = await actor_of(services, "anna")
    made = []
    for number in range(6):
        clock_then = TurnedClock(clock.now())
        clock_then.turn(hours=1)
        made.append(await services.tasks.create(anna, f"Task {number}", clock_then.now()))
    clock.turn(hours=1)
    async with db.read() as uow:
        waiting = list((await uow.session.scalars(select(Timer))).all())
    fires = [services.timers.fire(timer) for timer in waiting]
    deeds = [services.tasks.done(anna, task.id) for task in made]
    await asyncio.gather(*(one for pair in zip(fires, deeds, strict=True) for one in pair))
    async with db.read() as uow:
        rows = list((await uow.session.scalars(select(Timer))).all())
        assert {row.state for row in rows} <= {"done", "cancelled"}
        # A reminder was queued for exactly those whose timer came first.
        queued = set((await uow.session.scalars(select(Outbox.dedupe))).all())
        assert {dedupe.partition("@")[0] for dedupe in queued} == {
            row.dedupe for row in rows if row.state == "done"
        }


async def test_a_reminder_that_has_lost_its_reason_says_nothing(world: World) -> None:
    task = await set_task(world, "anna")
    anna, helen = await actor_of(world.services, "anna"), await actor_of(world.services, "helen")
    [timer] = await timers(world)
    quarter = TurnedClock(world.clock.now())
    quarter.turn(hours=2)
    # Moved: the old timer is void even if it was already in the ticker's hands.
    await world.services.tasks.put_off(anna, task.id, quarter.now())
    world.clock.turn(hours=1)
    await world.services.timers.fire(timer)
    assert await told(world, "task_due") == 0
    # Given away between the firing and the sending: the new one is told of the task, nobody of its time.
    world.clock.turn(hours=1)
    [timer] = await timers(world)
    await world.services.timers.fire(timer)
    boris = await actor_of(world.services, "boris")
    await world.services.tasks.assign(helen, task.id, boris.person_id, 2)
    await world.settle()
    assert "It is time" not in world.anna.text
    assert "Helen gave you a task" in world.boris.text
    # Moved back to an hour it had before, it reminds again.
    world.clock.turn(hours=-1, minutes=1)
    await world.services.tasks.put_off(boris, task.id, quarter.now())
    assert (await task_row(world, task.id)).due_at == quarter.now()


async def test_every_kind_of_timer_has_its_deed() -> None:
    with pytest.raises(UndeclaredTimerError):
        Timers({})

    async def deed(_timer: Timer) -> None:
        raise AssertionError("not this one")

    timers = Timers(dict.fromkeys(TimerKind, deed))
    assert timers.by_kind.keys() == {kind.value for kind in TimerKind}
    with pytest.raises(UndeclaredTimerError):
        await timers.fire(Timer(kind="unheard_of"))
