"""Tasks that repeat: one turn is open at most, the next comes when the former is done, whatever restarts."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from db.models import Event, SpecialDay, Task
from services.access import Action, Actor
from services.dto.tasks import Link, TaskCard
from services.errors import NotFoundError, StaleError
from services.understanding.recurrence import Recurrence, Unit
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.tasks.ticking import task_row, tick, timers, told
from tests.world import World

MONDAYS = Recurrence(Unit.WEEK, weekdays=(0,))
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
"""Nine in the morning, in Moscow."""
WEEK = timedelta(weeks=1)


async def repeating(world: World, deal: int | None = None) -> tuple[Actor, TaskCard]:
    actor = await actor_of(world.services, "anna")
    link = Link("deal", deal) if deal is not None else None
    return actor, await world.services.tasks.create(actor, "Report", MONDAY, link, MONDAYS)


async def turns(world: World) -> list[tuple[datetime, bool, bool]]:
    """Each turn: when it is due, and whether it is done and dropped."""
    rows = [row[0] for row in await world.rows(select(Task).order_by(Task.id))]
    return [(row.due_at, row.done_at is not None, row.dropped) for row in rows]


async def waiting(world: World) -> list[datetime]:
    return [timer.due_at for timer in await timers(world) if timer.kind == "task_turn"]


async def test_a_sentence_becomes_a_task_that_comes_again_when_it_is_done(world: World) -> None:
    await world.anna.say("каждый понедельник в 9 отчёт")
    assert "отчёт" in world.anna.text
    assert "Monday, 23 November, 09:00" in world.anna.text
    assert "🔁 on Mondays at 09:00" in world.anna.text
    await world.anna.press("☑️ Checklist")
    await world.anna.say("figures\n- pictures")
    await world.anna.press("◻️ figures")
    assert "☑️ 1/2" in world.anna.text
    await world.anna.press("◀️ Back")
    await world.anna.press("❗ Important")
    world.clock.turn(days=6)
    await tick(world)
    assert "It is time" in world.anna.text
    await world.anna.press("✅ Done")
    assert "1 item of the checklist is open. Close it all the same?" in world.anna.text
    await world.anna.press("✅ All is done")
    assert "➡️ The next time: Monday, 30 November, 09:00" in world.anna.text
    assert await turns(world) == [(MONDAY, True, False), (MONDAY + WEEK, False, False)]
    await world.anna.say("/day")
    await world.anna.press(data="dayl:0")
    assert "❗🔁 30 November, 09:00 отчёт ☑️ 0/2" in world.anna.labels
    # Another time for this turn alone: the one after it comes when it would have come.
    await world.anna.press("❗🔁 30 November, 09:00 отчёт ☑️ 0/2")
    await world.anna.press("🔁 Repeat")
    assert "How often shall it come?" in world.anna.text
    await world.anna.press("⏭ Not this time")
    assert "Left out. This is the next time." in world.anna.text
    assert "Monday, 7 December, 09:00" in world.anna.text
    await world.anna.press("🔁 Repeat")
    await world.anna.say("every 2 weeks on friday at 16")
    assert "Friday, 27 November, 16:00" in world.anna.text
    assert "🔁 every 2 weeks, on Fridays at 16:00" in world.anna.text
    await world.anna.press("🔁 Repeat")
    await world.anna.press("Every month")
    assert "🔁 every month, on day 27 at 16:00" in world.anna.text
    await world.anna.press("🔁 Repeat")
    await world.anna.press("⏹ No more")
    assert "🔁 every" not in world.anna.text
    await world.anna.press("✅ Done")
    await world.anna.press("✅ All is done")
    assert not [row for row in await turns(world) if not row[1]]
    assert await waiting(world) == []


async def test_what_nobody_has_done_does_not_become_a_heap(world: World) -> None:
    await repeating(world)
    world.clock.turn(days=13)
    await tick(world)
    await tick(world)
    assert await turns(world) == [(MONDAY, False, False)]
    assert (await task_row(world, 1)).missed == 1
    assert await waiting(world) == [MONDAY + 2 * WEEK]
    await world.anna.press(data="tk:1")
    assert "⚠️ Still open, and its time has come 1 more time" in world.anna.text
    world.clock.turn(days=30)
    await tick(world)
    assert (await task_row(world, 1)).missed == 2
    await world.anna.press("✅ Done")
    assert "Still open" not in world.anna.text
    later = next(due for due, done, _ in await turns(world) if not done)
    assert later > world.clock.now()
    assert later.astimezone(UTC).weekday() == 0
    events = [row[0] for row in await world.rows(select(Event.action).where(Event.action == "task.missed"))]
    assert len(events) == 2


async def test_two_who_close_it_at_once_and_a_repeated_update_set_one_next_turn(world: World) -> None:
    anna, task = await repeating(world)
    helen = await actor_of(world.services, "helen")
    found = await asyncio.gather(
        *(world.services.tasks.done(actor, task.id) for actor in (anna, helen, anna)), return_exceptions=True
    )
    assert len([one for one in found if isinstance(one, StaleError)]) == 2
    assert [done for _, done, _ in await turns(world)] == [True, False]
    assert await waiting(world) == [MONDAY + 2 * WEEK]
    # Done early: the turn of that Monday is done, and does not come once more.
    assert (await turns(world))[1][0] == MONDAY + WEEK
    with pytest.raises(StaleError):
        await world.services.series.skip(anna, task.id)


async def test_a_timer_that_fires_twice_counts_once(world: World) -> None:
    await repeating(world)
    world.clock.turn(days=13)
    timer = next(row for row in await timers(world) if row.kind == "task_turn")
    await asyncio.gather(*(world.services.series.fire(timer) for _ in range(3)))
    assert (await task_row(world, 1)).missed == 1
    assert await told(world, "task_due") == 1
    assert len(await waiting(world)) == 1


async def test_a_turn_that_is_opened_again_takes_the_next_one_with_it(world: World) -> None:
    anna, task = await repeating(world)
    await world.services.tasks.done(anna, task.id)
    await world.services.tasks.reopen(anna, task.id)
    assert await turns(world) == [(MONDAY, False, False), (MONDAY + WEEK, True, True)]
    assert await waiting(world) == [MONDAY + WEEK]
    done = await world.services.tasks.done(anna, task.id)
    assert done.series is not None
    assert done.series.next_at == MONDAY + WEEK
    await world.services.tasks.rephrase(anna, 3, "Report with pictures")
    with pytest.raises(StaleError, match=r"task\.next_open"):
        await world.services.tasks.reopen(anna, task.id)
    # What was changed at one turn stays so at those that follow.
    await world.services.tasks.done(anna, 3)
    assert (await task_row(world, 4)).text == "Report with pictures"


async def test_a_turn_on_a_day_off_waits_for_the_next_working_day_where_that_is_wished(world: World) -> None:
    anna, task = await repeating(world)
    async with world.db.write() as uow:
        day = (MONDAY + WEEK).date()
        uow.session.add(SpecialDay(department_id=min(anna.departments), day=day, spans=[]))
    card = await world.services.series.shift(anna, task.id, shift=True)
    assert card.series is not None
    assert card.series.shift
    assert await waiting(world) == [MONDAY + WEEK + timedelta(days=1)]
    await world.services.tasks.done(anna, task.id)
    assert (await turns(world))[1][0] == MONDAY + WEEK + timedelta(days=1)
    await world.services.tasks.done(anna, 2)
    assert (await turns(world))[2][0] == MONDAY + 2 * WEEK


async def test_a_series_ends_with_its_deal_and_comes_back_with_it(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="In work")
    anna, task = await repeating(world, deal=deal)
    await world.anna.press(data=f"d:{deal}")
    for label in ("🔀 Move", "Lost", "Price"):
        await world.anna.press(label)
    assert await turns(world) == [(MONDAY, True, True)]
    assert await waiting(world) == []
    await world.anna.press("↩️ Undo")
    assert await turns(world) == [(MONDAY, False, False)]
    assert await waiting(world) == [MONDAY + WEEK]
    await world.services.tasks.done(anna, task.id)
    assert (await task_row(world, 2)).deal_id == deal


async def test_only_who_may_change_a_task_changes_how_it_repeats(world: World) -> None:
    anna, task = await repeating(world)
    boris, helen = await actor_of(world.services, "boris"), await actor_of(world.services, "helen")
    series = world.services.series
    for deed in (
        series.stop(boris, task.id),
        series.skip(boris, task.id),
        series.shift(boris, task.id, shift=True),
        series.repeat(boris, task.id, MONDAYS, MONDAY),
    ):
        with pytest.raises(NotFoundError):
            await deed
    assert Action.TASK_EDIT in (await series.stop(helen, task.id)).can
    for again in (series.stop(helen, task.id), series.skip(anna, task.id)):
        with pytest.raises(StaleError, match=r"task\.repeats_not"):
            await again
    assert await waiting(world) == []
    given = await world.services.tasks.create(helen, "Count", MONDAY, None, MONDAYS)
    await world.services.tasks.assign(helen, given.id, anna.person_id, given.version)
    done = await world.services.tasks.done(anna, given.id)
    assert done.series is not None
    turn = await task_row(world, 3)
    assert (turn.assignee_id, turn.author_id) == (anna.person_id, helen.person_id)


async def test_repeating_speaks_russian(world: World) -> None:
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await world.anna.say("последний рабочий день месяца в 17 акт сверки")
    assert "🔁 каждый месяц, в последний рабочий день в 17:00" in world.anna.text
    assert "понедельник, 30 ноября, 17:00" in world.anna.text
    await world.anna.press("🔁 Повторять")
    await world.anna.press("📅 С выходного — на рабочий")
    assert "с выходного — на следующий рабочий день" in world.anna.text
    await world.anna.say("чепуха")
    assert "Не разобрал, как часто." in world.anna.text
    await world.anna.say("раз в квартал 5 числа в 10")
    assert "🔁 каждый квартал, 5 числа в 10:00" in world.anna.text
    await world.anna.say("в последнюю пятницу каждого месяца в 16 сдать кассу")
    assert "🔁 в последнюю пятницу каждого месяца в 16:00" in world.anna.text
    await world.anna.say("по субботам и воскресеньям в 10 поливать")
    assert "🔁 по субботам и воскресеньям в 10:00" in world.anna.text
    await world.anna.say("каждый месяц во второй вторник в 10 сверка")
    assert "🔁 каждый месяц, во 2-й вторник в 10:00" in world.anna.text


async def test_a_series_that_is_to_come_twice_ends_by_itself_and_its_files_go_along(world: World) -> None:
    await world.anna.say("по понедельникам в 9 созвон 2 раза")
    assert "созвон" in world.anna.text
    assert "🔁 on Mondays at 09:00, until 30 November" in world.anna.text
    first = (await world.rows(select(Task)))[0][0]
    await world.anna.do("send_file", None, "form.pdf", b"%PDF", reply_to=world.anna.screen)
    anna, helen = await actor_of(world.services, "anna"), await actor_of(world.services, "helen")
    await world.services.comments.add(helen, first.id, "Look at page 2")
    await world.services.tasks.done(anna, first.id)
    assert await turns(world) == [(MONDAY, True, False), (MONDAY + WEEK, False, False)]
    assert not await waiting(world)
    second = await world.services.tasks.card(anna, first.id + 1)
    assert (second.files, len(second.comments)) == (1, 1)
    await world.settle()
    await world.anna.press(data=f"tf:{second.id}:0")
    assert "form.pdf" in world.anna.text
    done = await world.services.tasks.done(anna, second.id)
    assert done.series is None
    assert len(await turns(world)) == 2
