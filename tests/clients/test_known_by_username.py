"""A client is known again by a @username, in small letters or capitals."""

from sqlalchemy import select, update

from db.models import Contact, Deal, Lead
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.leads.making import contact_of
from tests.world import World


async def known(world: World, username: str = "Ivan_Petrov") -> int:
    """A client of Anna's of whom only the Telegram name is known."""
    contact = await contact_of(world, "anna", name="Ivan Petrov")
    async with world.db.write() as uow:
        client = await uow.session.get_one(Contact, contact)
        for point in await uow.clients.points("contact", contact):
            await uow.clients.remove_point(point)
        client.username = username
    return contact


async def test_a_lead_with_a_known_username_is_a_known_client(world: World) -> None:
    await known(world)
    await world.anna.say("/lead Doors, Ivan @IVAN_PETROV, 90k")
    assert "This @username is Ivan Petrov's, owner Anna." in world.anna.text
    await world.boris.say("/lead Doors, Ivan t.me/ivan_petrov, 90k")
    assert "This @username belongs to Anna's clients." in world.boris.text
    assert "Petrov's" not in world.telegram.wire(to=world.boris.person)
    await world.victor.say("/lead Doors, Ivan @ivan_other, 90k")
    assert "@username" not in world.victor.text
    async with world.db.write() as uow:
        await uow.session.execute(update(Contact).values(owner_id=None))
    await world.helen.say("/lead Doors, Ivan @Ivan_petrov, 90k")
    assert "nobody has taken them yet" in world.helen.text
    await world.victor.say("/lead Doors, Ivan @Ivan_petrov, 90k")
    assert "Another department knows this @username already." in world.victor.text


async def test_its_deal_is_the_known_client_s_and_open_deals_are_named(world: World) -> None:
    contact = await known(world)
    deal = await make_deal(world, title="Windows", contact=False)
    async with world.db.write() as uow:
        await uow.session.execute(update(Deal).where(Deal.id == deal).values(contact_id=contact))
        lead = Lead(
            title="Doors", search="doors", name="Ivan", username="ivan_PETROV", currency="RUB", source="site",
            status="in_work", department_id=1, owner_id=(await uow.clients.get("contact", contact)).owner_id,
            created_at=world.clock.now(),
        )  # fmt: skip
        uow.session.add(lead)
    await world.anna.press(data="l:1")
    await world.anna.press("✅ Qualify")
    await world.anna.press("No company ▶️")
    assert "Windows" in world.anna.text
    await world.anna.press(next(label for label in world.anna.labels if "➕" in label or "nother" in label))
    clients = await world.rows(select(Deal.contact_id).order_by(Deal.id))
    assert [row[0] for row in clients] == [contact, contact]


async def test_in_russian_and_for_new_clients_too(world: World) -> None:
    await known(world)
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await world.anna.say("/lead Двери, Иван @IVAN_PETROV, 90к")
    assert "Этот @username уже есть: Ivan Petrov, ведёт Anna." in world.anna.text
    await world.boris.say("/clients")
    await world.boris.press("➕ New client")
    await world.boris.say("Ivan @ivan_Petrov")
    assert await world.count(Contact) == 1
