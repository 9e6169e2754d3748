"""A moment without a deed, out of the blue: the bot asks what for, and takes the next text as the task."""

import pytest
from sqlalchemy import select

from db.models import Task
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.stories.staging import restarted
from tests.world import World

ASKED = "What shall I remind you of then?"


async def test_the_next_text_is_the_task_also_after_a_restart(world: World) -> None:
    async with restarted(world) as before:
        await before.anna.say("tomorrow at 15")
        assert ASKED in before.anna.text
        assert "Thursday, 19 November, 15:00" in before.anna.text
        assert before.anna.labels == ["◀️ Back", "✖️ Cancel"]
    async with restarted(world) as after:
        await after.anna.say("call Ivan")
        assert "Thursday, 19 November, 15:00" in after.anna.text
    assert [row[0] for row in await world.rows(select(Task.text))] == ["call Ivan"]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("завтра в 15", "четверг, 19 ноября, 15:00"),
        ("через час", "среда, 18 ноября, 13:00"),
        ("в пятницу", "пятница, 20 ноября"),
        ("15:30", "среда, 18 ноября, 15:30"),
    ],
)
async def test_times_are_understood_in_russian(world: World, text: str, when: str) -> None:
    await world.services.people.speak(await actor_of(world.services, "fiona"), "ru")
    await world.fiona.say(text)
    assert "О чём вам напомнить?" in world.fiona.text
    assert when in world.fiona.text


async def test_another_moment_instead_is_asked_again_and_nonsense_keeps_the_form(world: World) -> None:
    await world.anna.say("tomorrow at 15")
    await world.anna.say("friday at 11")
    assert ASKED in world.anna.text
    assert "Friday, 20 November, 11:00" in world.anna.text
    await world.anna.do("send_file", None, "voice.ogg", b"OggS", "voice")
    assert world.anna.labels == ["◀️ Back", "✖️ Cancel"]
    await world.anna.say("send the offer")
    assert "Friday, 20 November, 11:00" in world.anna.text
    assert await world.count(Task) == 1


async def test_back_asks_for_both_and_cancel_gives_up(world: World) -> None:
    await world.anna.say("tomorrow at 15")
    await world.anna.press("◀️ Back")
    assert "What is to be done, and when?" in world.anna.text
    await world.anna.say("in an hour")
    await world.anna.press("✖️ Cancel")
    await world.anna.say("Sidorov")
    assert "Nothing found" in world.anna.text
    assert await world.count(Task) == 0


async def test_back_to_a_deal_keeps_the_deal(world: World) -> None:
    deal = await make_deal(world)
    await world.anna.press(data=f"dta:{deal}")
    await world.anna.say("tomorrow at 15")
    await world.anna.press("◀️ Back")
    assert "Windows for Ivan" in world.anna.text
    await world.anna.say("tomorrow at 16")
    await world.anna.say("call Ivan")
    assert [row[0] for row in await world.rows(select(Task.deal_id))] == [deal]


@pytest.mark.parametrize("text", ["15", "12.11", "45-67", "4567", "12/11"])
async def test_figures_alone_are_looked_for(world: World, text: str) -> None:
    await world.anna.say(text)
    assert "Nothing found" in world.anna.text


async def test_a_moment_that_is_over_is_said_to_be(world: World) -> None:
    await world.anna.say("yesterday at 15")
    assert "This moment is over already" in world.anna.text
    assert await world.count(Task) == 0


@pytest.mark.parametrize("text", ["remind me yesterday at 10 to call", "напомни вчера в 10 позвонить"])
async def test_a_task_for_a_moment_that_is_over_is_asked_for_another(world: World, text: str) -> None:
    await world.anna.say(text)
    assert "Tuesday, 17 November, 10:00 is over already." in world.anna.text
    await world.anna.press("Tomorrow, 10:00")
    assert "Thursday, 19 November, 10:00" in world.anna.text
    assert [row[0] for row in await world.rows(select(Task.text))] in (["call"], ["позвонить"])
