"""In a day, or every other day: what was understood is said, and one tap makes it the other."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Task
from tests.cast import actor_of
from tests.tasks.test_series import turns
from tests.world import World


async def test_in_a_day_is_understood_as_once_and_becomes_every_other_day_by_one_tap(world: World) -> None:
    await world.anna.say("позвонить через день в 9")
    assert "🤔 Understood as once, tomorrow, 09:00. Or is it every other day from then on?" in world.anna.text
    assert "позвонить" in world.anna.text
    old = world.anna.screen
    assert await world.boris.press(data="trr:1:other")
    await world.anna.press("🔁 Every other day")
    assert "🔁 every 2 days at 09:00" in world.anna.text
    assert "Understood as once" not in world.anna.text
    await world.again()
    (due,) = [row[0] for row in await world.rows(select(Task.due_at))]
    await world.anna.press("✅ Done")
    assert [row[0] - due for row in await turns(world)] == [timedelta(0), timedelta(days=2)]
    assert await world.anna.press(data="trr:1:other", on=old), "the first turn is done"
    assert await world.anna.press(data="trr:77:other", on=old)


@pytest.mark.parametrize(
    "said",
    [
        ("таблетки", "через день в 9"),
        ("через день в 9", "таблетки"),
        ("таблетки через день в три", "15:00"),
        ("таблетки через день в три", "→ завтра, 15:00"),
    ],
)
async def test_the_other_reading_is_offered_however_the_moment_was_asked_for(
    world: World, said: tuple[str, str]
) -> None:
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await world.anna.say("/task")
    for one in said:
        await (world.anna.press(one[2:]) if one.startswith("→") else world.anna.say(one))
    assert "🤔 Понято как один раз: " in world.anna.text
    await world.anna.press("🔁 Каждый второй день")
    assert "🔁 каждые 2 дня" in world.anna.text


async def test_beside_what_repeats_in_a_day_is_every_other_day(world: World) -> None:
    await world.anna.say("таблетки по утрам через день")
    assert "🔁 every 2 days at 09:00" in world.anna.text
    assert "Understood as once" not in world.anna.text
    await world.anna.say("завтра в 10 отчёт")
    assert "Understood as once" not in world.anna.text
    await world.anna.press("🔁 Repeat")
    await world.anna.say("через день в 9")
    assert "🔁 every 2 days at 09:00" in world.anna.text
    await world.anna.say("послезавтра в 10 звонок")
    await world.anna.press("🕒 Another time")
    await world.anna.say("через день")
    assert "Moved." in world.anna.text
    await world.anna.press("🔁 Every other day")
    assert "🔁 every 2 days at 10:00" in world.anna.text
