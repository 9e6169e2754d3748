"""Nasty words in every field that can be typed: a clear answer, harmless wherever they show, nothing lost."""

import re

from tests.deals.making import make_deal
from tests.hostile.nasty import INVISIBLE, NASTY
from tests.leads.making import taken_lead
from tests.stories.road import team_chat
from tests.stories.wire import check_wire, readable
from tests.thinning import thinned
from tests.world import Hand, World


def nasty(world: World) -> list[str]:
    """The words to try."""
    return thinned(world.db, NASTY.values(), 3)


async def answered(hand: Hand, text: str) -> None:
    """Each text gets an answer of its own."""
    before = len([one for one in hand.messages if one.from_bot])
    await hand.say(text[:4096])
    assert len([one for one in hand.messages if one.from_bot]) > before, text[:50]


async def check_shown(world: World) -> None:
    """Nothing was refused by Telegram, and nothing that is invisible came back to anybody."""
    await check_wire(world)
    assert not [text for text in readable(world) if set(text) & INVISIBLE]


async def look(hand: Hand, *datas: str) -> None:
    """Each of these screens comes without a word of refusal."""
    for data in datas:
        assert not await hand.press(data=data), (data, hand.toast)


async def test_in_a_deal(world: World) -> None:
    for number, words in enumerate(nasty(world), start=1):
        await make_deal(world, stage="New", amount=100_00)
        for form in ("ds", "dt", "dn"):
            await world.anna.press(data=f"{form}:{number}")
            await answered(world.anna, words)
        await look(
            world.anna, f"d:{number}", f"dms:{number}", f"dh:{number}:0", "db", "dl:0:0", f"dta:{number}"
        )
        await world.anna.say("call tomorrow at 15")
        await look(world.anna, "day", f"tk:{number}")
        await world.helen.press(data=f"dhs:{number}")
        await world.helen.press("Boris")
        assert "gave you a deal" in world.boris.text
    await check_shown(world)


async def test_in_a_lead_its_list_its_stub_and_the_team_chat(world: World) -> None:
    await team_chat(world)
    for number, words in enumerate(nasty(world), start=1):
        await taken_lead(world, phone=f"+7916000000{number}")
        lead = f"{number}"
        for form in ("lno:{}", "lf:{}:title", "lf:{}:name", "lf:{}:phone", "lf:{}:amount", "lf:{}:comment"):
            await world.anna.press(data=form.format(lead))
            await answered(world.anna, words)
        await look(
            world.anna, f"l:{lead}", f"lcs:{lead}", f"le:{lead}", f"lxs:{lead}", "ll:mine:0", f"lhs:{lead}"
        )
        await world.anna.press("👥 To the department")
        await world.boris.press("✋ Take")
        assert world.anna.text == f"#{lead} · taken by Boris"
        await world.boris.press("✅ Qualify")
        await answered(world.boris, words)
        await look(world.boris, "db", "dl:0:0", f"l:{lead}")
    await check_shown(world)


async def test_in_free_words_a_search_and_a_task(world: World) -> None:
    for words in nasty(world):
        for hand in (world.anna, world.max, world.fiona):
            for text in (words, f"{words[:900]}, Ivan +7 916 123-45-67", f"/find {words}", f"/task {words}"):
                await answered(hand, text)
            await hand.say("/menu")
        await answered(world.anna, f"/lead {words}")
        await answered(world.anna, f"{words[:900]} tomorrow at 15")
        await answered(world.helen, f"/report {words}")
    await check_shown(world)


async def test_in_the_names_of_people_departments_and_the_company(world: World) -> None:
    await taken_lead(world)
    await world.olga.say("/team")
    forms = (
        ("olga", "coa:name:0"),
        ("olga", "den"),
        ("olga", "coa:zone:0"),
        ("olga", "coa:hours:1"),
        ("olga", "coa:departments:1"),
        ("anna", "men"),
        ("anna", "mez"),
    )
    for words in nasty(world):
        for name, data in forms:
            await world.hands[name].press(data=data)
            await answered(world.hands[name], words)
        for name in ("olga", "helen", "anna"):
            for command in ("/menu", "/team", "/report"):
                await world.hands[name].say(command)
        await look(world.helen, "l:1", "lhs:1")
        await look(world.olga, "tm", "dep:1:0", "p:3", "i", "co")
    await check_shown(world)


async def test_in_a_profile_of_telegram_and_a_title_of_a_group(world: World) -> None:
    for number, words in enumerate(nasty(world)):
        guest = world.telegram.add_person(7000 + number, words[:64], words[:64], language_code="en")
        await world.olga.press(data="ir:finance:0")
        token = re.search(
            r"start=([\w-]+)",
            str(world.telegram.wire(to=world.olga.person)[::-1])[::-1].rpartition("t.me")[2],
        )
        assert token is not None, world.olga.text
        guest.start(payload=token[1])
        await world.settle()
        welcome = guest.screen()
        assert welcome is not None
        assert "Finance" in welcome.text
        await look(world.olga, "tm", "dep:0:0", f"p:{9 + number}")
        group = world.telegram.add_group(words[:128], members=[world.helen.person], bots=())
        group.join(world.telegram.bot, by=world.helen.person)
        await world.settle()
        assert "Sales" in world.helen.labels
    await check_shown(world)
