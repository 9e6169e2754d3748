"""A deal that changes hands takes its client along, with what there was still to do for them."""

from sqlalchemy import select, update

from db.models import Contact, Deal, Event, Person, Task
from keyboards.clients import ContactCb
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.tasks.ticking import set_task
from tests.world import World


async def owner(world: World, table: type[Deal | Contact], one: int) -> str:
    query = select(Person.name).join(table, table.owner_id == Person.id).where(table.id == one)
    return str((await world.rows(query))[0][0])


async def give(world: World, deal: int) -> None:
    """Helen gives it to Boris."""
    await world.helen.press(data=f"d:{deal}")
    await world.helen.press("🤝 Hand over")
    await world.helen.press("Boris")


async def plan(world: World, contact: int) -> int:
    """Something that Anna has to do for a client."""
    task = (await set_task(world, "anna")).id
    async with world.db.write() as uow:
        await uow.session.execute(update(Task).where(Task.id == task).values(contact_id=contact))
    return task


async def test_the_client_goes_along_and_the_card_says_so(world: World) -> None:
    deal = await make_deal(world)
    await make_deal(world, stage="Lost", contact=False)
    task = await plan(world, 1)
    await give(world, deal)
    assert "gave to Boris, and the client with it" in world.helen.text
    assert await owner(world, Contact, 1) == "Boris"
    doer = select(Person.name).join(Task, Task.assignee_id == Person.id).where(Task.id == task)
    assert (await world.rows(doer))[0][0] == "Boris"
    kept = await world.rows(select(Event.action, Event.update_id).where(Event.subject == "contact"))
    assert [tuple(row) for row in kept] == [("client.hand_over", None)]
    await world.boris.press(data=ContactCb(contact_id=1).pack())
    assert "Ivan Petrov" in world.boris.text


async def test_a_client_with_another_deal_of_the_old_manager_stays(world: World) -> None:
    deal, other = await make_deal(world), await make_deal(world, contact=False)
    async with world.db.write() as uow:
        await uow.session.execute(update(Deal).where(Deal.id == other).values(contact_id=1))
    await give(world, deal)
    assert "gave to Boris" in world.helen.text
    assert "the client with it" not in world.helen.text
    assert await owner(world, Contact, 1) == "Anna"
    await give(world, other)
    assert "the client with it" in world.helen.text
    assert await owner(world, Contact, 1) == "Boris"


async def test_another_s_client_stays(world: World) -> None:
    deal = await make_deal(world)
    victor = await actor_of(world.services, "victor")
    async with world.db.write() as uow:
        values = {"owner_id": victor.person_id, "department_id": min(victor.departments)}
        await uow.session.execute(update(Contact).values(**values))
    await give(world, deal)
    assert await owner(world, Deal, deal) == "Boris"
    assert await owner(world, Contact, 1) == "Victor"


async def test_with_all_deals_go_the_tasks_for_their_clients(world: World) -> None:
    deal = await make_deal(world)
    task = await plan(world, 1)
    await world.helen.press(data="do:3:0")
    await world.helen.press("🤝 Hand over all")
    await world.helen.press("Boris")
    assert "That is 1 deal in work, 1 task, 1 client." in world.helen.text
    await world.helen.press("🤝 Yes, hand over")
    doer = select(Person.name).join(Task, Task.assignee_id == Person.id).where(Task.id == task)
    assert (await world.rows(doer))[0][0] == "Boris"
    assert await owner(world, Deal, deal) == "Boris"
