"""A message that is edited: its note says the new words, and the history keeps the old ones."""

import pytest
from sqlalchemy import select

from db.models import Event, Note, NoteVersion
from sandbox.messages import Message
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.leads.making import taken_lead
from tests.world import World


async def commented(world: World, text: str = "White windows") -> tuple[int, Message]:
    """Anna's comment on a deal of hers."""
    deal = await make_deal(world)
    await world.anna.press(data=f"d:{deal}")
    await world.anna.say(text, reply_to=world.anna.screen)
    return deal, world.anna.messages[-2]


async def test_the_card_shows_the_new_words_and_the_history_both(world: World) -> None:
    deal, said = await commented(world)
    await world.anna.do("edit", said, "Brown windows")
    assert "Anna: Brown windows (edited)" in world.anna.text
    assert "it said “White windows”" in world.anna.text
    await world.anna.press(data=f"dh:{deal}:0")
    assert "Brown windows (edited)" in world.anna.text
    assert "White windows" in world.anna.text


async def test_an_edit_that_comes_twice_is_one_edit(world: World) -> None:
    _, said = await commented(world)
    await world.anna.do("edit", said, "Brown windows")
    await world.again()
    assert await world.count(NoteVersion) == 1


async def test_each_version_is_kept(world: World) -> None:
    _, said = await commented(world, "One")
    for text in ("Two", "Three"):
        await world.anna.do("edit", said, text)
    texts = [row[0] for row in await world.rows(select(NoteVersion.text).order_by(NoteVersion.id))]
    assert texts == ["One", "Two"]
    assert (await world.rows(select(Note.text)))[0][0] == "Three"


@pytest.mark.parametrize("form", ["deal", "lead"])
async def test_a_note_that_was_typed_into_a_form_follows_its_message(world: World, form: str) -> None:
    if form == "deal":
        await world.anna.press(data=f"dn:{await make_deal(world)}")
    else:
        await world.anna.press(data=f"lno:{(await taken_lead(world)).id}")
    await world.anna.say("White")
    await world.anna.do("edit", world.anna.messages[-2], "Brown")
    assert "Brown (edited)" in world.anna.text


async def test_an_edited_caption_is_the_words_of_its_note(world: World) -> None:
    await make_deal(world, title="Windows")
    await world.anna.do("send_file", None, "plan.pdf", b"x", "document", "Old plan")
    sent = world.anna.messages[-2]
    await world.anna.press("Windows")
    await world.anna.do("edit", sent, "New plan")
    assert "New plan (edited)" in world.anna.text


@pytest.mark.parametrize("how", ["answered", "asked"])
async def test_a_comment_on_a_task_follows_its_message(world: World, how: str) -> None:
    """Also of those who see no deals."""
    await world.max.say("/task Call them tomorrow at 15")
    card = world.max.screen
    if how == "asked":
        await world.max.press("Comment")
    await world.max.say("White windows", reply_to=card if how == "answered" else None)
    said = next(one for one in reversed(world.max.messages) if one.text == "White windows")
    await world.max.do("edit", said, "Brown windows")
    assert await world.rows(select(Note.text)) == [("Brown windows",)]
    assert await world.rows(select(NoteVersion.text)) == [("White windows",)]


async def test_what_still_waits_for_its_deal_is_changed_as_it_waits(world: World) -> None:
    await make_deal(world, title="Windows")
    await world.anna.do("send_file", None, "plan.pdf", b"x", "document", "Old plan")
    await world.anna.do("edit", world.anna.messages[-2], "New plan")
    await world.anna.press("Windows")
    assert (await world.rows(select(Note.text)))[0][0] == "New plan"
    assert await world.count(NoteVersion) == 0


async def test_who_has_lost_the_deal_changes_nothing_in_it_and_hears_nothing(world: World) -> None:
    deal, said = await commented(world)
    helen, boris = await actor_of(world.services, "helen"), await actor_of(world.services, "boris")
    await world.services.deals.hand_over(helen, deal, boris.person_id, 1)
    await world.settle()
    before = len(world.anna.messages)
    await world.anna.do("edit", said, "Mine!")
    assert (await world.rows(select(Note.text)))[0][0] == "White windows"
    assert len(world.anna.messages) == before


@pytest.mark.parametrize("text", ["/deals", "Windows", "+79161234567"])
async def test_edits_of_what_is_no_note_are_passed_over(world: World, text: str) -> None:
    await world.anna.say(text)
    said = next(one for one in reversed(world.anna.messages) if not one.from_bot)
    events, messages = await world.count(Event), len(world.anna.messages)
    await world.anna.do("edit", said, "Something else")
    assert (await world.count(Event), len(world.anna.messages)) == (events, messages)


async def test_strangers_may_edit_what_they_like(world: World) -> None:
    await world.eve.say("Hello")
    said = next(one for one in world.eve.messages if not one.from_bot)
    before = len(world.eve.messages)
    await world.eve.do("edit", said, "Hello again")
    assert len(world.eve.messages) == before
