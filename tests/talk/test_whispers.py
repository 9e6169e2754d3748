"""What is for one person in a group is whispered to them there; where that cannot be, it comes in private."""

from sqlalchemy import select, update

from db.models import Card, Stage
from keyboards.deal_data import DealCb, DealHistoryCb, DealMessageCb
from sandbox import Group
from sandbox.messages import Message
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.deals.test_topics import bring_in, card_in, only_topic, team_group
from tests.leads.making import free_lead
from tests.leads.test_road import bind_chat
from tests.world import World

PRIVATE = "Sent to you in our private chat."
SECRETS = ("777", "Ivan", "916")


async def open_card(world: World) -> tuple[Group, Message, int]:
    """The group of Sales with the card of a deal of Anna's and Boris' in its topic."""
    world.whispers.on = True
    group = await team_group(world)
    deal = await make_deal(world, title="Windows", amount=777_00)
    await bring_in(world, deal, "boris")
    return group, card_in(world, group, only_topic(group)), deal


def heard_by_all(world: World, group: Group) -> str:
    """What the whole group can read, now or at any time before."""
    return world.telegram.wire(to=group)


async def test_a_press_is_answered_in_place_to_the_presser_alone(world: World) -> None:
    """The next press changes the same whisper; a question that is typed at comes in private."""
    group, card, deal = await open_card(world)
    async with world.db.write() as uow:
        await uow.session.execute(update(Stage).values(message="Good day, {client}!"))
    before, told = len(group.messages), {name: len(world.hands[name].messages) for name in ("anna", "boris")}
    assert not await world.anna.press("Open", on=card)
    [whisper] = world.anna.person.whispers(group)
    assert "777" in whisper.text
    assert whisper.thread == card.thread
    assert len(world.anna.messages) == told["anna"]

    assert not await world.anna.press(data=DealHistoryCb(deal_id=deal).pack(), on=whisper)
    assert world.anna.person.whispers(group) == [whisper]
    assert "Open" not in whisper.labels
    await world.anna.press(data=DealCb(deal_id=deal).pack(), on=whisper)
    assert "777" in whisper.text
    assert not await world.boris.press("Open", on=card)
    assert len(world.boris.person.whispers(group)) == 1
    assert len(world.boris.messages) == told["boris"]

    for name, answer in (("victor", "There is no such deal, or it is not yours to see."), ("eve", None)):
        assert (await world.hands[name].press("Open", on=card) or None) == answer
        assert world.hands[name].person.whispers(group) == []

    await world.anna.press(data=DealMessageCb(deal_id=deal).pack(), on=whisper)
    _, letter = world.anna.person.whispers(group)
    assert "Good day, Ivan Petrov!" in letter.text
    label = next(label for label in whisper.labels if "Note" in label or "✏️" in label)
    assert await world.anna.press(label, on=whisper) == PRIVATE
    assert len(world.anna.messages) == told["anna"] + 1
    assert world.anna.person.whispers(group) == [whisper, letter]
    assert len(group.messages) == before
    assert not [word for word in SECRETS if word in heard_by_all(world, group)]
    assert await world.rows(select(Card.id).where(Card.message_id == 0)) == []


async def test_what_telegram_refuses_comes_in_private(world: World) -> None:
    """A first whisper, and a change of one."""
    group, card, _ = await open_card(world)
    await world.anna.press("Open", on=card)
    [whisper] = world.anna.person.whispers(group)
    for method, hand, on in (
        ("sendMessage", world.boris, card),
        ("editEphemeralMessageText", world.anna, whisper),
    ):
        refusal = world.telegram.faults.script(method, kind="400", chat=group.id)
        shown = whisper.text
        told = await hand.press("Open" if on is card else whisper.labels[0], on=on)
        assert "private chat" in str(told)
        assert (refusal.hits, whisper.text) == (1, shown)
    assert "777" in world.boris.text
    assert world.boris.person.whispers(group) == []
    assert world.whispers.on
    assert not [word for word in SECRETS if word in heard_by_all(world, group)]


async def test_a_server_that_would_tell_everybody_is_not_asked_twice(world: World) -> None:
    """Its one public answer is taken back at once."""
    group, card, _ = await open_card(world)
    world.telegram.knows_ephemeral = False
    before = list(group.messages)
    assert "private chat" in str(await world.boris.press("Open", on=card))
    assert "777" in world.boris.text
    assert list(group.messages) == before
    assert not world.whispers.on
    calls = len(world.telegram.calls)
    assert "private chat" in str(await world.anna.press("Open", on=card))
    assert not [one for one in list(world.telegram.calls)[calls:] if one.chat_id == group.id]


async def test_a_lead_that_is_taken_in_the_group_is_whispered_to_its_taker(world: World) -> None:
    """Whose announcement in private follows, as every card does."""
    world.whispers.on = True
    group = world.telegram.add_group("Sales team", members=[world.anna.person, world.boris.person])
    await bind_chat(world, group)
    await free_lead(world.services, world.db, title="Windows for the dacha", name="Ivan")
    await world.settle()
    (post,) = [message for message in world.telegram.messages(group) if "Windows" in message.text]
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    assert not await world.anna.press("✋ Take", on=post)
    [whisper] = world.anna.person.whispers(group)
    assert "+7 916 123-45-67" in whisper.text
    assert "В работе" in whisper.text
    assert "В работе" in world.anna.text
    assert post.text == "#1 · taken by Anna"
    assert not [word for word in ("Ivan", "916") if word in heard_by_all(world, group)]
