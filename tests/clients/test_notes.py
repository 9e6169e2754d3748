"""Notes of a client: by a button or in answer to the card, said to be kept, and read as a whole."""

import pytest
from sqlalchemy import select

from db.models import Note
from tests.clients.making import make_client, make_firm
from tests.clients.test_touches import deal_of
from tests.world import World

LONG = "Wants oak. " * 20 + "And no handles."


@pytest.mark.parametrize("kind", ["contact", "firm"])
async def test_a_note_is_written_by_its_button_and_said_to_be_kept(world: World, kind: str) -> None:
    client = await (make_client if kind == "contact" else make_firm)(world)
    await world.anna.press(data=f"c:{client}" if kind == "contact" else f"kf:{client}")
    await world.anna.press("📝 Note")
    assert "What would you like to note?" in world.anna.text
    await world.anna.say(LONG)
    assert world.anna.text.startswith("👌 Kept.")
    await world.anna.press("🕓 All touches")
    assert "And no handles." not in world.anna.text
    await world.anna.press(next(one for one in world.anna.labels if one.startswith("📝 Wants")))
    assert "And no handles." in world.anna.text
    await world.anna.press("◀️ Back")
    assert "everything that happened" in world.anna.text
    note = (await world.rows(select(Note.id)))[0][0]
    refused = await world.boris.press(data=f"kns:{kind}:{client}:{note}:0")
    assert refused == "There is no such note, or it is not yours to see."
    assert "not yours" in (await world.boris.press(data=f"kno:{kind}:{client}") or "")


async def test_an_answer_to_the_card_is_said_to_be_kept_and_cancel_keeps_nothing(world: World) -> None:
    client = await make_client(world)
    await world.anna.press(data=f"c:{client}")
    card = world.anna.screen
    await world.anna.say("отмена", reply_to=card)
    assert await world.count(Note) == 0
    await world.anna.say("Likes tea", reply_to=card)
    assert world.anna.text.startswith("👌 Kept.")
    await world.anna.press("📝 Note")
    await world.anna.say("cancel")
    assert await world.count(Note) == 1


async def test_a_long_note_of_a_deal_leads_from_its_words_to_the_deal(world: World) -> None:
    client = await make_client(world)
    deal = await deal_of(world, client)
    await world.anna.press(data=f"d:{deal}")
    await world.anna.say(LONG, reply_to=world.anna.screen)
    await world.anna.press(data=f"kh:contact:{client}:0")
    await world.anna.press(next(one for one in world.anna.labels if one.startswith("📝 Wants")))
    assert "And no handles." in world.anna.text
    await world.anna.press(f"💼 #{deal}")
    assert f"#{deal}" in world.anna.text
