"""Anonymous admins, channels, bots, edits, groups and unknown commands: nothing is done, nothing breaks."""

from tests.leads.making import free_lead
from tests.stories.digest import digest
from tests.stories.road import team_chat
from tests.stories.wire import check_wire
from tests.world import World

LEAD = "Windows, Ivan +7 916 123-45-67, 150k, website"


async def test_nobody_acts_behind_a_group_or_a_channel(world: World) -> None:
    group = await team_chat(world)
    channel = world.telegram.add_channel("News", world.anna.person)
    before, said = await digest(world.db), len(world.telegram.calls)
    group.promote(world.helen.person, {"can_delete_messages": True}, anonymous=True)
    for text in (LEAD, "/lead " + LEAD, "/menu", "/start", "/team@sdelka_bot"):
        await world.helen.say(text, group)
        await world.anna.say(text, group, on_behalf_of=channel)
        channel.post(text)
        await world.settle()
    assert await digest(world.db) == before
    spoken = list(world.telegram.calls)[said:]
    assert not [call for call in spoken if call.method.lower().startswith(("send", "edit"))]
    await check_wire(world)


async def test_commands_and_talk_in_a_group_are_not_for_the_bot(world: World) -> None:
    group = await team_chat(world)
    before, said = await digest(world.db), len(world.telegram.calls)
    for text in (
        LEAD,
        "/lead " + LEAD,
        "/nonsense",
        "/deals",
        "/report",
        "/menu@another_bot",
        "150k",
        "Ivan",
    ):
        for hand in (world.anna, world.helen):
            await hand.say(text, group)
    assert await digest(world.db) == before
    to_group = [call for call in list(world.telegram.calls)[said:] if call.chat_id == group.id]
    assert to_group == []
    await check_wire(world)


async def test_an_edit_changes_nothing_and_a_hidden_forward_becomes_a_lead_by_a_tap(world: World) -> None:
    await world.anna.say("hello")
    mine = [one for one in world.anna.messages if not one.from_bot][-1]
    before = await digest(world.db)
    await world.anna.do("edit", mine, LEAD)
    assert await digest(world.db) == before

    world.eve.person.hides_forwards = True
    group = world.telegram.add_group("Outside", members=[world.eve.person, world.anna.person], bots=())
    asked = world.eve.person.send(group, "Doors, Pyotr +7 926 111-22-33, 90k")
    await world.anna.do("forward", asked)
    assert "To which deal?" in world.anna.text
    await world.anna.press("New lead")
    assert "Saved as yours" in world.anna.text
    assert "Pyotr" in world.anna.text
    await check_wire(world)


async def test_unknown_commands_and_endless_ones_lead_to_the_menu(world: World) -> None:
    for text in (
        "/nonsense",
        "/",
        "/ lead",
        "//",
        "/LEAD",
        "/lead@sdelka_bot",
        "/menu" + "x" * 4000,
        "/start " + "A" * 64,
    ):
        before = len(world.anna.messages)
        await world.anna.say(text)
        assert len(world.anna.messages) > before + 1, text
    await check_wire(world)


async def test_a_stranger_hears_one_word_and_presses_in_vain(world: World) -> None:
    await free_lead(world.services, world.db)
    await world.settle()
    before = await digest(world.db)
    await world.eve.start("A" * 43)
    for text in (LEAD, "/lead " + LEAD, "/deals", "/find Ivan", "Ivan"):
        await world.eve.say(text)
    card = world.eve.screen
    for data in ("lt:1", "l:1", "d:1", "tm", "ir:owner:0", "home", "mel:ru"):
        assert not await world.eve.press(data=data, on=card)
    assert await digest(world.db) == before
    assert "916" not in world.telegram.wire(to=world.eve.person)
    assert len([one for one in world.eve.messages if one.from_bot]) <= 2
    await check_wire(world)
