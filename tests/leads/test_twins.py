"""A client who has a deal in work already: named, and only to those who may see it."""

from sqlalchemy import func, select, update

from db.models import Contact, Deal, Event
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.leads.making import taken_lead
from tests.world import World


async def known(world: World, owner: str = "anna") -> int:
    """A lead of Anna's whose client has a deal in work."""
    await make_deal(world, owner=owner, title="Balcony", stage="In work")
    return (await taken_lead(world, again=True)).id


async def qualify(world: World, lead: int) -> None:
    await world.anna.press(data=f"l:{lead}")
    await world.anna.press("✅ Qualify")


async def test_it_is_named_and_may_be_opened(world: World) -> None:
    await qualify(world, await known(world))
    await world.anna.press("No company ▶️")
    assert "This client has a deal in work already" in world.anna.text
    assert "🔵 #1 Balcony" in world.anna.text
    assert await world.count(Deal) == 1
    await world.anna.press("Open #1 Balcony")
    assert "Balcony" in world.anna.text.splitlines()[0]
    assert await world.count(Deal) == 1


async def test_another_one_is_made_all_the_same_with_the_company_that_was_typed(world: World) -> None:
    lead = await known(world)
    await qualify(world, lead)
    await world.anna.say("Romashka")
    assert "Balcony" in world.anna.text
    await world.anna.press("➕ Make another all the same")
    assert "🏢 Romashka" in world.anna.text
    assert await world.count(Deal) == 2
    made = select(func.count()).where(Event.action == "lead.qualify")
    assert (await world.rows(made))[0][0] == 1
    assert await world.count(Contact) == 1


async def test_another_one_is_made_without_a_company(world: World) -> None:
    await qualify(world, await known(world))
    await world.anna.press("No company ▶️")
    await world.anna.press("➕ Make another all the same")
    assert "Windows" in world.anna.text.splitlines()[0]
    assert await world.count(Deal) == 2


async def test_a_company_s_deal_is_named_too(world: World) -> None:
    lead = (await taken_lead(world, phone="+79160000001")).id
    await qualify(world, lead)
    await world.anna.say("Romashka")
    other = (await taken_lead(world, phone="+79160000002", title="Gates")).id
    await qualify(world, other)
    await world.anna.say("ROMASHKA")
    assert "This client has a deal in work already" in world.anna.text
    assert "Windows" in world.anna.text


async def test_closed_deals_are_not_asked_about(world: World) -> None:
    lead = await known(world)
    async with world.db.write() as uow:
        stages = await uow.pipelines.stages(1)
        await uow.session.execute(update(Deal).values(stage_id=stages[-1].id))
    await qualify(world, lead)
    await world.anna.press("No company ▶️")
    assert await world.count(Deal) == 2


async def test_a_colleague_s_deal_is_not_named(world: World) -> None:
    lead = await known(world, owner="boris")
    since = len(world.telegram.calls)
    await qualify(world, lead)
    await world.anna.press("No company ▶️")
    assert await world.count(Deal) == 2
    assert "Balcony" not in world.telegram.wire(to=world.anna.person, since=since)


async def test_a_head_sees_those_of_the_department(world: World) -> None:
    lead = await known(world, owner="boris")
    await world.helen.press(data=f"l:{lead}")
    await world.helen.press("✅ Qualify")
    await world.helen.press("No company ▶️")
    assert "#1 Balcony · Ivan Petrov · Boris" in world.helen.text


async def test_wrong_hands_missing_leads_and_old_buttons(world: World) -> None:
    lead = await known(world)
    before = await world.count(Event)
    for hand in (world.boris, world.victor, world.fiona, world.max):
        foreign = await hand.press(data=f"lqa:{lead}:2:0")
        assert foreign == await hand.press(data="lqa:987654:2:0")
    version = (await world.services.leads.card(await actor_of(world.services, "anna"), lead)).version
    for press in (f"lqa:{lead}:{version + 5}:0", f"lqa:{lead}:{version}:1"):
        assert "changed meanwhile" in (await world.anna.press(data=press) or "")
    assert await world.count(Event) == before
    assert await world.count(Deal) == 1


async def test_in_russian(world: World) -> None:
    lead = await known(world)
    await world.anna.say("/profile")
    await world.anna.press("🌐 In Russian")
    await world.anna.press(data=f"lqd:{lead}:2")
    assert "У этого клиента уже есть сделка в работе" in world.anna.text
    await world.anna.press("➕ Всё равно создать ещё одну")
    assert await world.count(Deal) == 2
