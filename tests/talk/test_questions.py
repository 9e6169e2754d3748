"""Questions that were answered: their buttons go, by one call and only where a question was open."""

from sandbox.messages import Message
from tests.deals.making import make_deal
from tests.world import World


def put_away(world: World) -> int:
    return sum(call.method == "editMessageReplyMarkup" for call in world.telegram.calls)


def buttons(message: Message) -> list[object]:
    return [label for row in message.labels for label in row]


async def test_an_answered_question_loses_its_buttons(world: World) -> None:
    deal = await make_deal(world, stage="In work")
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("💰 Sum")
    question = world.anna.screen
    assert buttons(question)
    await world.anna.say("no sum at all")
    refusal = world.anna.screen
    assert not buttons(question)
    assert buttons(refusal), "the refusal asks once more"
    assert put_away(world) == 1
    await world.anna.say("150k")
    assert not buttons(refusal)
    assert put_away(world) == 2
    await world.anna.press("📝 Note")
    question = world.anna.screen
    await world.anna.say("/menu")
    assert not buttons(question), "it was left"
    assert put_away(world) == 3
    await world.anna.say("/menu")
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("📝 Note")
    await world.anna.press("✖️ Cancel")
    assert buttons(world.anna.screen), "what was a question has become the card again"
    assert put_away(world) == 3


async def test_when_is_not_asked_for_a_task_that_is_saved(world: World) -> None:
    await world.anna.say("/task call Ivan")
    question = world.anna.screen
    data = next(row[0]["callback_data"] for row in question.keyboard)
    await world.anna.say("tomorrow at 15")
    assert not buttons(question)
    assert "call Ivan" in world.anna.text
    assert "answered already: the task is saved" in (await world.anna.press(on=question, data=data) or "")
