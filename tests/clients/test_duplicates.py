"""Nobody is made twice unawares, and nobody learns of a colleague's client what is not theirs to know."""

import pytest
from sqlalchemy import select

from db.models import Company, Contact, Event
from services.client_making import ClientKnownError
from services.dto.clients import ClientInput, ClientKind
from services.errors import AppError
from tests.cast import actor_of
from tests.clients.making import INN, OTHER_PHONE, PHONE, make_client, make_firm
from tests.world import World

LINE = "Ivan 8 916 123-45-67"


async def test_ones_own_client_is_shown_and_may_be_made_again(world: World) -> None:
    await make_client(world, phones=(OTHER_PHONE, PHONE))
    await world.anna.press(data="kn:contact:0")
    await world.anna.say(LINE)
    assert "This client exists already:\n• Ivan Petrov" in world.anna.text
    await world.anna.press("➕ Make it anyway")
    assert world.anna.text.startswith("👤 Ivan\n")
    assert await world.count(Contact) == 2


async def test_the_older_one_is_opened_by_a_tap(world: World) -> None:
    await make_client(world, emails=("ivan@example.com",))
    await world.anna.press(data="kn:contact:0")
    await world.anna.say("Ivan IVAN@example.com")
    await world.anna.press("👀 Ivan Petrov")
    assert world.anna.text.startswith("👤 Ivan Petrov")
    assert await world.count(Contact) == 1


async def test_a_company_is_known_by_its_tax_number(world: World) -> None:
    await make_firm(world, inn=INN)
    await world.anna.press(data="kn:firm:0")
    await world.anna.say(f"Daisy {INN}")
    assert "• Romashka" in world.anna.text
    assert await world.count(Company) == 1


async def test_of_a_colleagues_client_only_that_there_is_one(world: World) -> None:
    client = await make_client(world, owner="anna", phones=(PHONE,), name="Secret Sam")
    await world.boris.press(data="kn:contact:0")
    await world.boris.say(LINE)
    assert "A colleague has this client already." in world.boris.text
    assert "➕ Make it anyway" not in world.boris.labels
    await world.boris.press("🙋 Ask the head")
    assert "I have asked" in world.boris.text
    assert "Boris has come upon this client" in world.helen.text
    assert "Secret Sam" in world.helen.text
    await world.helen.press("🤝 Hand over")
    await world.helen.press("Boris")
    assert "Secret Sam" in world.boris.text
    query = select(Event.action).where(Event.subject == "contact", Event.subject_id == client)
    told = [row[0] for row in await world.rows(query.order_by(Event.id))]
    assert told == ["client.create", "client.ask", "client.hand_over"]


async def test_nothing_of_a_colleagues_client_leaves(world: World) -> None:
    await make_client(world, owner="victor", phones=(PHONE,), name="Secret Sam")
    await world.anna.press(data="kn:contact:0")
    await world.anna.say(LINE)
    draft = world.anna.messages[-2].id
    await world.anna.press(data=f"kna:{draft}")
    assert await world.count(Contact) == 1
    wire = world.telegram.wire(to=world.anna.person)
    assert "Secret" not in wire
    assert "Victor" not in wire


async def test_clients_of_no_department_are_the_owners_to_decide(world: World) -> None:
    await make_client(world, owner="olga", phones=(PHONE,))
    await world.anna.press(data="kn:contact:0")
    await world.anna.say(LINE)
    await world.anna.press("🙋 Ask the head")
    assert "Anna has come upon this client" in world.olga.text


async def test_buttons_of_an_older_draft_do_nothing(world: World) -> None:
    await make_client(world, phones=(PHONE,))
    await world.anna.press(data="kn:contact:0")
    await world.anna.say(LINE)
    draft = world.anna.messages[-2].id
    await world.anna.press("✖️ Cancel")
    assert "not there any more" in (await world.anna.press(data=f"kna:{draft}") or "")
    assert "not there any more" in (await world.anna.press(data=f"knh:{draft}") or "")
    assert await world.count(Contact) == 1


async def test_asking_about_nobody_is_refused(world: World) -> None:
    anna = await actor_of(world.services, "anna")
    given = ClientInput(ClientKind.CONTACT, "Ivan", phones=(PHONE,))
    with pytest.raises(AppError, match=r"client\.unknown"):
        await world.services.client_making.ask_heads(anna, given)


async def test_a_phone_of_a_company_is_not_a_persons(world: World) -> None:
    await make_firm(world, phones=(PHONE,))
    await make_client(world, phones=(PHONE,))
    anna = await actor_of(world.services, "anna")
    with pytest.raises(ClientKnownError):
        await world.services.client_making.create(
            anna, ClientInput(ClientKind.FIRM, "Other", phones=(PHONE,))
        )
