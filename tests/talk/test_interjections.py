"""What is said in the middle of a form and is no answer to it: Cancel in words, and a number to be opened."""

import pytest
from sqlalchemy import select

from db.models import Form, Task
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.world import World


async def test_a_keyboard_that_was_left_goes_away_with_cancel(world: World) -> None:
    deal = await make_deal(world)
    await world.anna.press(data=f"tcc:deal:{deal}")
    await world.anna.press(data="home")
    assert world.anna.person.chat().reply_keyboards
    await world.anna.do("reply_button", "✖️ Cancel")
    assert world.anna.text.startswith("Nothing is open")
    assert world.anna.person.chat().reply_keyboards == {}


@pytest.mark.parametrize("word", ["Отмена", "CANCEL", "✖️ отмена"])
async def test_cancel_in_either_language_gives_up_whatever_is_open(world: World, word: str) -> None:
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    deal = await make_deal(world)
    await world.anna.press(data=f"tcc:deal:{deal}")
    await world.anna.say(word)
    assert world.anna.text == "Группа не выбрана."
    assert world.anna.person.chat().reply_keyboards == {}
    await world.anna.press(data=f"dta:{deal}")
    await world.anna.say(word)
    assert "Отменено." in world.anna.messages[-2].text
    assert "Windows for Ivan" in world.anna.text
    assert await world.rows(select(Form.state).where(Form.state == "task.line")) == []
    await world.anna.say(word)
    assert world.anna.text.startswith("Отменять нечего")
    assert await world.count(Task) == 0


async def test_a_number_alone_opens_its_deal_and_the_question_waits_on(world: World) -> None:
    deal = await make_deal(world)
    hidden = await make_deal(world, owner="victor", title="Not hers")
    await world.anna.say("tomorrow at 15")
    await world.anna.say(f"#{deal}")
    assert "Windows for Ivan" in world.anna.text
    assert "My question above still waits for your answer." in world.anna.text
    await world.anna.say("call Ivan")
    assert [row[0] for row in await world.rows(select(Task.text))] == ["call Ivan"]
    await world.anna.say("/task send it")
    await world.anna.say(f"#{hidden}")
    assert world.anna.text == f"There is no deal or lead #{hidden}, or it is not yours."
    assert "✖️ Cancel" in world.anna.labels, "the question waits on, with its buttons"
    await world.anna.say("/find")
    await world.anna.say(f"#{deal}")
    assert "waits" not in world.anna.text, "a search is answered, and over"
