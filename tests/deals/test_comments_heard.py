"""What a colleague says about a deal is heard by whoever works on it, several comments by one message."""

from sqlalchemy import select, update

from db.models import Deal, Outbox, Person
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.deals.test_crew import shared_with
from tests.world import World


async def waiting(world: World) -> set[int]:
    rows = await world.rows(
        select(Outbox.chat_id).where(Outbox.kind == "deal_commented", Outbox.state == "new")
    )
    return {row[0] for row in rows}


async def later(world: World, seconds: int = 30) -> None:
    world.clock.turn(seconds=seconds)
    await world.settle()


async def test_a_burst_of_comments_is_one_message_to_the_others_who_work_on_it(world: World) -> None:
    deal = await shared_with(world)
    before = {name: len(hand.messages) for name, hand in world.hands.items()}
    await world.helen.press(data=f"d:{deal}")
    for words in ("When do you call?", "They wait", "Since Monday"):
        await world.helen.say(words, reply_to=world.helen.screen)
        world.clock.turn(seconds=9)
    assert await waiting(world) == {world.anna.person.id, world.victor.person.id}
    assert len(world.anna.messages) == before["anna"]
    await later(world, 5)  # Half a minute after the first of them, not after the last.
    for name in ("anna", "victor"):
        assert len(world.hands[name].messages) == before[name] + 1, name
        assert "💬 Helen wrote about a deal" in world.hands[name].text
        assert "Helen: Since Monday" in world.hands[name].text
        assert "When do you call?" in world.hands[name].text
    for name in ("boris", "fiona", "olga"):
        assert len(world.hands[name].messages) == before[name], name
    await later(world)
    assert len(world.anna.messages) == before["anna"] + 1


async def test_a_note_is_heard_and_who_writes_hears_nothing_of_it(world: World) -> None:
    deal = await shared_with(world)
    before = {name: len(hand.messages) for name, hand in world.hands.items()}
    victor = await actor_of(world.services, "victor")
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await world.services.deals.add_note(victor, deal, "I have measured")
    await later(world)
    assert len(world.anna.messages) == before["anna"] + 1
    assert "💬 Victor пишет о сделке" in world.anna.text
    assert len(world.victor.messages) == before["victor"]
    lonely = await make_deal(world)
    await world.services.deals.add_note(await actor_of(world.services, "anna"), lonely, "Mine")
    assert await waiting(world) == set()


async def test_rights_are_asked_again_when_it_is_sent(world: World) -> None:
    deal = await shared_with(world)
    helen = await actor_of(world.services, "helen")
    victor = await actor_of(world.services, "victor")
    before = {name: len(hand.messages) for name, hand in world.hands.items()}
    await world.services.deals.add_note(helen, deal, "A secret")
    version = (await world.rows(select(Deal.version)))[0][0]
    await world.services.crews.remove(helen, deal, victor.person_id, version)
    async with world.db.write() as uow:
        # From now on she only settles deals.
        await uow.session.execute(update(Person).where(Person.name == "Anna").values(role="finance"))
    await later(world)
    for name in ("anna", "victor"):
        assert len(world.hands[name].messages) == before[name], name
