"""Several people work on a deal: who is brought in sees it and works on it, until they are let go."""

import pytest
from sqlalchemy import select

from db.models import Deal, DealHelper
from keyboards.clients import ClientFieldCb, ContactCb
from services.access import Role
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.deals.test_loss import lose
from tests.world import World


async def shared_with(world: World, name: str = "victor", **given: object) -> int:
    """A deal of Anna's on which a colleague works, too."""
    deal = await make_deal(world, title="Windows")
    anna, colleague = await actor_of(world.services, "anna"), await actor_of(world.services, name)
    await world.services.crews.add(anna, deal, colleague.person_id, 1)
    await world.settle()
    return deal


async def crew(world: World) -> tuple[list[int], list[int]]:
    """Both places where it is written."""
    helpers = [row[0] for row in await world.rows(select(DealHelper.person_id))]
    return (await world.rows(select(Deal.crew)))[0][0], helpers


async def test_a_colleague_is_brought_in_by_two_taps_and_told_once(world: World) -> None:
    deal = await make_deal(world, title="Windows")
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("Co-workers")
    before = len(world.boris.messages)
    await world.anna.press("➕ Boris")
    assert "👥 with Boris" in world.anna.text
    assert "brought in Boris" in world.anna.text
    assert len(world.boris.messages) == before + 1
    assert "Anna has brought you into a deal" in world.boris.text
    boris = await actor_of(world.services, "boris")
    assert await crew(world) == ([boris.person_id], [boris.person_id])


async def test_who_was_brought_in_sees_and_works_on_it_from_another_department(world: World) -> None:
    deal = await shared_with(world)
    await world.victor.press("▶️ In work")
    assert "In work" in world.victor.text
    await world.victor.say("I have measured", reply_to=world.victor.screen)
    assert "Victor: I have measured" in world.victor.text
    assert "🤝 Hand over" not in world.victor.labels
    await world.victor.say("/find Windows")
    assert "Windows" in world.victor.text
    await world.victor.press(data="dl:0:0")
    assert "Windows" in world.victor.text
    await world.anna.press(data=f"d:{deal}")
    assert "Victor: I have measured" in world.anna.text


async def test_a_co_worker_looks_at_the_client_and_changes_nothing(world: World) -> None:
    deal = await shared_with(world)
    await world.victor.press(data=f"d:{deal}")
    await world.victor.press("👤 Client")
    assert "Ivan Petrov" in world.victor.text
    assert "💼 #1 Windows" in world.victor.labels
    assert not {"✏️ Edit", "📞 Phones, e-mails", "🤝 Hand over", "📞 Call outcome"} & set(world.victor.labels)
    client = ContactCb(contact_id=1).pack()
    edit = ClientFieldCb(kind="contact", client_id=1, field="name").pack()
    assert await world.victor.press(data=edit) == "You may not do this."
    assert "not yours to see" in (await world.boris.press(on=world.boris.messages[-1], data=client) or "")
    await world.victor.press(data=f"d:{deal}")
    await lose(world, deal)
    await world.victor.press(data=f"d:{deal}")
    assert "👤 Client" not in world.victor.labels
    assert "not yours to see" in (await world.victor.press(data=client) or "")


async def test_who_is_let_go_sees_nothing_more(world: World) -> None:
    deal = await shared_with(world)
    await world.anna.press(data=f"dw:{deal}:0")
    await world.anna.press("✖️ Victor")
    assert "with Victor" not in world.anna.text
    assert "not yours to see" in (await world.victor.press(data=f"d:{deal}") or "")
    await world.victor.press(data="dl:0:0")
    assert "Windows" not in world.victor.text
    assert await crew(world) == ([], [])


async def test_one_may_leave_oneself(world: World) -> None:
    deal = await shared_with(world)
    victor = await actor_of(world.services, "victor")
    await world.victor.press(data=f"dwx:{deal}:{victor.person_id}:2")
    assert await crew(world) == ([], [])
    assert "Windows" not in world.victor.text


async def test_who_leaves_the_company_leaves_its_deals(world: World) -> None:
    """Their cards and their history say so at once, and an older version of the deal is one no more."""
    deal = await shared_with(world)
    await world.anna.press(data=f"d:{deal}")
    victor = await actor_of(world.services, "victor")
    await world.olga.press(data=f"pwd:{victor.person_id}:1:0")
    assert await crew(world) == ([], [])
    assert "with Victor" not in world.anna.text
    assert "Olga: let Victor go" in world.anna.text
    assert await world.rows(select(Deal.version)) == [(3,)]


async def test_who_sells_no_more_helps_on_no_deal(world: World) -> None:
    deal = await shared_with(world)
    await world.anna.press(data=f"d:{deal}")
    victor = await actor_of(world.services, "victor")
    await world.services.team.change_role(
        await actor_of(world.services, "olga"), victor.person_id, Role.FINANCE
    )
    await world.settle()
    assert await crew(world) == ([], [])
    assert "with Victor" not in world.anna.text


@pytest.mark.parametrize("name", ["boris", "victor", "hugo", "fiona", "max"])
async def test_nobody_brings_themselves_in(world: World, name: str) -> None:
    deal = await make_deal(world)
    hand, actor = world.hands[name], await actor_of(world.services, name)
    for data in (f"dw:{deal}:0", f"dwa:{deal}:{actor.person_id}:1", f"dwx:{deal}:{actor.person_id}:1"):
        toast = await hand.press(on=hand.messages[-1], data=data)
        assert toast == "You may not do this." or "not yours to see" in (toast or "")
    assert await crew(world) == ([], [])


@pytest.mark.parametrize("who", ["fiona", "max", "nobody"])
async def test_only_sellers_are_brought_in(world: World, who: str) -> None:
    deal = await make_deal(world)
    person = 987_654 if who == "nobody" else (await actor_of(world.services, who)).person_id
    assert "not in the department" in (await world.anna.press(data=f"dwa:{deal}:{person}:1") or "")
    assert await crew(world) == ([], [])


async def test_an_old_button_changes_nothing(world: World) -> None:
    deal = await shared_with(world)
    boris, victor = await actor_of(world.services, "boris"), await actor_of(world.services, "victor")
    for data in (f"dwa:{deal}:{boris.person_id}:1", f"dwa:{deal}:{victor.person_id}:2", f"dwx:{deal}:1:2"):
        assert "changed meanwhile" in (await world.anna.press(data=data) or ""), data
    assert (await crew(world))[0] == [victor.person_id]


async def test_a_closed_deal_takes_nobody_in(world: World) -> None:
    deal = await make_deal(world, stage="Lost")
    boris = await actor_of(world.services, "boris")
    await world.anna.press(data=f"dwa:{deal}:{boris.person_id}:1")
    assert world.anna.toast == "This deal is closed already."


async def test_in_russian(world: World) -> None:
    deal = await make_deal(world)
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await world.anna.press(data=f"dw:{deal}:0")
    assert "Кто работает над сделкой?" in world.anna.text
