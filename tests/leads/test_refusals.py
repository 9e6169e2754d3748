"""A wrong hand at each button, forged data, foreign and missing ids, and buttons from long ago."""

from sqlalchemy import select

from db.models import Event, Lead
from tests.cast import actor_of
from tests.leads.making import free_lead, lead_row, taken_lead
from tests.world import World

HIDDEN = "There is no such lead, or it is not yours to see."
FORBIDDEN = "You may not do this."
BUTTONS = {
    "l:{id}": HIDDEN,
    "lcs:{id}": HIDDEN,
    "lc:{id}:reached": HIDDEN,
    "lno:{id}": HIDDEN,
    "le:{id}": HIDDEN,
    "lf:{id}:title": HIDDEN,
    "lso:{id}:site": HIDDEN,
    "lq:{id}:2": HIDDEN,
    "lqd:{id}:2": HIDDEN,
    "lxs:{id}": HIDDEN,
    "lx:{id}:2:spam": HIDDEN,
    "lx:{id}:2:other": HIDDEN,
    "lr:{id}:2": HIDDEN,
    "lhs:{id}": HIDDEN,
    "lg:{id}:3:2": HIDDEN,
    "lrl:{id}:2": HIDDEN,
}


async def snapshot(world: World, lead_id: int) -> tuple[object, ...]:
    row = await lead_row(world, lead_id)
    events = len(await world.rows(select(Event.id).where(Event.subject == "lead")))
    return (row.version, row.owner_id, row.status, row.title, events)


async def test_each_button_is_refused_to_colleagues_and_other_departments(world: World) -> None:
    lead = await taken_lead(world, "anna", title="Secret windows")
    before = await snapshot(world, lead.id)
    for data, answer in BUTTONS.items():
        for hand in (world.boris, world.victor, world.hugo, world.max, world.fiona):
            said = len(hand.messages)
            toast = await hand.press(data=data.format(id=lead.id))
            assert toast in (answer, FORBIDDEN), data
            assert all("Secret" not in message.text for message in hand.messages[said:]), data
        assert toast == FORBIDDEN
        assert await snapshot(world, lead.id) == before, data


async def test_a_lead_of_another_department_cannot_be_taken(world: World) -> None:
    lead = await free_lead(world.services, world.db, department="Service")
    assert await world.anna.press(data=f"lt:{lead.id}") == HIDDEN
    assert await world.fiona.press(data=f"lt:{lead.id}") == FORBIDDEN
    assert (await lead_row(world, lead.id)).owner_id is None


async def test_a_missing_lead_is_answered_like_a_hidden_one(world: World) -> None:
    for data in (*BUTTONS, "lt:{id}"):
        assert await world.anna.press(data=data.format(id=4242)) == HIDDEN, data


async def test_forged_data_is_an_old_button(world: World) -> None:
    for data in ("l:1_0", "l:-1", "l:", "l:1:2", "lt:" + "9" * 32, "lx:1:2", "ll:free:x"):
        toast = await world.anna.press(data=data)
        assert toast == "This button is from an old message. Here is the menu.", data


async def test_a_choice_that_does_not_exist_changes_nothing(world: World) -> None:
    await taken_lead(world)
    before = await snapshot(world, 1)
    for data in ("lc:1:shouted", "lx:1:2:boredom", "lf:1:owner_id", "ll:secret:0", "fm:1:person:0"):
        assert await world.anna.press(data=data) == "There is no such choice any more.", data
    assert await snapshot(world, 1) == before


async def test_a_lead_is_given_only_to_sellers_within_reach(world: World) -> None:
    lead = await taken_lead(world)
    for person in (6, 7, 8, 4242):  # Victor of Service, Fiona of finance, Max of marketing, nobody
        toast = await world.anna.press(data=f"lg:{lead.id}:{person}:{lead.version}")
        assert toast == "This colleague is not in the department any more."
    assert (await lead_row(world, lead.id)).owner_id == lead.owner.id


async def test_buttons_of_a_month_ago_show_the_fresh_card(world: World) -> None:
    lead = await taken_lead(world)
    await world.anna.press(data=f"l:{lead.id}")
    await world.services.outcomes.qualify(await actor_of(world.services, "anna"), lead.id, lead.version)
    for data in ("lq:1:2", "lqd:1:2", "lx:1:2:spam", "lg:1:4:2", "lrl:1:2", "lc:1:reached", "lr:1:2", "lt:1"):
        toast = await world.anna.press(data=data)
        assert toast in ("This has changed meanwhile. Here is how it stands now.", "Already taken by Anna.")
        assert "Became a deal" in world.anna.text
    assert (await lead_row(world, 1)).status == "qualified"


async def test_a_form_on_a_lead_that_is_closed_meanwhile_is_given_up(world: World) -> None:
    lead = await taken_lead(world)
    await world.anna.press(data=f"lno:{lead.id}")
    await world.services.outcomes.qualify(await actor_of(world.services, "anna"), lead.id, lead.version)
    await world.anna.say("Too late")
    assert any("changed meanwhile" in message.text for message in world.anna.messages[-2:])
    assert "Became a deal" in world.anna.text
    await world.anna.say("Ivan")
    assert "changed meanwhile" not in world.anna.text


async def test_strangers_hear_nothing_of_leads(world: World) -> None:
    await free_lead(world.services, world.db)
    await world.settle()
    await world.eve.say("/leads")
    await world.eve.say("Windows, Ivan +7 916 123-45-99, 150k")
    heard = [message.text for message in world.eve.messages if message.sender is not world.eve.person]
    assert "Windows" not in " ".join(heard)
    assert await world.count(Lead) == 1
