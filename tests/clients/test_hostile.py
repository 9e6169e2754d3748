"""Nasty words in every field of a client: a clear answer, harmless wherever they show, nothing lost."""

from services.dto.clients import ClientKind, PointKind
from tests.cast import actor_of
from tests.clients.making import INN, PHONE, make_client, make_firm
from tests.hostile.nasty import INVISIBLE, NASTY
from tests.stories.wire import check_wire, readable
from tests.thinning import thinned
from tests.world import World

FORMS = (
    *("kef:contact:1:name", "kef:contact:1:position", "kef:contact:1:username", "kef:contact:1:birthday"),
    *("kef:contact:1:note", "koa:contact:1:phone", "koa:contact:1:email", "kfs:1", "kef:firm:1:name"),
    *("kef:firm:1:inn", "kef:firm:1:kpp", "kef:firm:1:address", "kef:firm:1:industry", "kef:firm:1:note"),
    *("koa:firm:1:phone", "koa:firm:1:email", "kn:contact:0", "kn:contact:1", "kn:firm:0"),
)
SCREENS = (
    *("c:1", "kf:1", "kl:contact:0", "kl:firm:0", "kp:1:0", "ke:contact:1", "ko:contact:1", "ko:firm:1"),
    *("kh:contact:1:0", "kh:firm:1:0", "kfs:1", "kv:1"),
)


async def test_every_form_answers_and_every_screen_shows_it_harmlessly(world: World) -> None:
    await make_client(world, phones=(PHONE,))
    await make_firm(world, inn=INN)
    for name in thinned(world.db, NASTY, 3):
        for data in FORMS:
            await world.anna.press(data=data)
            before = len([one for one in world.anna.messages if one.from_bot])
            await world.anna.say(NASTY[name][:4096])
            assert len([one for one in world.anna.messages if one.from_bot]) > before, (name, data)
        for data in SCREENS:
            assert not await world.anna.press(data=data), (name, data, world.anna.toast)
        for data in ("kw:contact:1", "kw:firm:1"):
            assert not await world.helen.press(data=data), (name, data)
    await check_wire(world)
    assert not [text for text in readable(world) if set(text) & INVISIBLE]


async def test_a_card_with_everything_at_its_longest_still_fits(world: World) -> None:
    client, firm = await make_client(world), await make_firm(world, inn=INN)
    longest, anna = "<&Ы>" * 50, await actor_of(world.services, "anna")
    for data, text in (
        *((f"kef:contact:{client}:{field}", longest) for field in ("name", "position")),
        (f"kef:contact:{client}:note", "&<>\n" * 250),
        (f"kef:firm:{firm}:name", longest),
        (f"kef:firm:{firm}:address", longest + "x" * 100),
        (f"kef:firm:{firm}:industry", longest),
        (f"kef:firm:{firm}:note", "&" * 1000),
    ):
        await world.anna.press(data=data)
        await world.anna.say(text)
    for number in range(20):
        address = f"{'a' * 60}@{'b' * 170}{number}.example"
        await world.services.client_changes.add_point(
            anna, ClientKind.CONTACT, client, PointKind.EMAIL, address
        )
    await world.anna.press(data=f"koa:contact:{client}:email")
    await world.anna.say("one@more.example")
    assert "20 phones and e-mails at most" in world.anna.text
    for data in (f"c:{client}", f"kf:{firm}", f"ko:contact:{client}", f"kv:{client}"):
        assert not await world.anna.press(data=data), data
    await check_wire(world)


async def test_voices_and_pictures_are_no_answers(world: World) -> None:
    await make_client(world)
    for data in ("kef:contact:1:name", "koa:contact:1:phone", "kfs:1", "kn:contact:0", "kn:firm:0"):
        await world.anna.press(data=data)
        await world.anna.do("send_file", None, "voice.ogg", b"OggS", "voice")
        assert world.anna.screen.from_bot
    await check_wire(world)
