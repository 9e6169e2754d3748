"""Search: by what people remember, and only what they may see."""

import pytest
from sqlalchemy import event

from db.models import Company, Deal, Lead
from db.repositories.search import Needle
from services.search import Kind, read_query
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.leads.making import contact_of, department_id, free_lead, taken_lead
from tests.world import World


@pytest.mark.parametrize(
    ("text", "needle"),
    [
        ("#17", Needle(number=17)),
        ("№ 17", Needle(number=17)),
        ("17", Needle(number=17)),
        ("4567", Needle(digits="4567", number=4567)),
        ("45-67", Needle(digits="4567")),
        ("8 (916) 123-45-67", Needle(phone="+79161234567")),
        ("Фёдор  ПЕТРОВ", Needle(words=("федор", "петров"))),
        ("@Petrov", Needle(words=("petrov",))),
        ("ivan@example.com", Needle(words=("ivan@example.com",))),
        ("100%", Needle(words=("100%",))),
        ("   ", Needle()),
        ("9" * 40, Needle()),
    ],
)
def test_what_a_text_looks_for(text: str, needle: Needle) -> None:
    assert read_query(text, "RU") == needle


async def test_a_lead_is_found_by_what_is_remembered_of_it(world: World) -> None:
    await taken_lead(world, title="Doors", name="Пётр Petrov", email="petr@example.com", username="p_etr")
    anna = await actor_of(world.services, "anna")
    for text in ("4567", "+7 916 123-45-67", "pet", "ПЁТР", "doors петр", "petr@example.com", "@p_etr"):
        found = await world.services.search.find(anna, text)
        assert [hit.id for hit in found.leads.items] == [1], text


async def test_percent_signs_and_underscores_are_plain_letters(world: World) -> None:
    await taken_lead(world, title="Windows")
    anna = await actor_of(world.services, "anna")
    for text in ("%", "_", "Win%ows", "\\"):
        assert (await world.services.search.find(anna, text)).nothing


async def test_one_hit_opens_its_card(world: World) -> None:
    await taken_lead(world)
    await world.anna.say("4567")
    assert "Windows" in world.anna.text
    assert "✅ Qualify" in world.anna.labels
    contact = await contact_of(world, "anna", name="Sidorov", phone="+79167654321")
    await world.anna.say("sidorov")
    assert "Sidorov" in world.anna.text
    assert contact


async def test_several_hits_are_buttons(world: World) -> None:
    await taken_lead(world, title="Windows for Ivan")
    await contact_of(world, "anna", name="Ivan Sidorov", phone="+79167654321")
    await make_deal(world, title="Doors for Ivan", contact=False)
    await world.anna.say("/find ivan")
    assert "Found for “ivan”" in world.anna.text
    marks = [label.split()[0] for label in world.anna.labels]
    assert marks[:3] == ["👤", "💼", "📥"]
    await world.anna.press(world.anna.labels[0])
    assert "Ivan Sidorov" in world.anna.text


async def test_deals_are_found_by_company_and_number(world: World) -> None:
    deal = await make_deal(world, title="Doors", contact=False)
    async with world.db.write() as uow:
        company = Company(name="ООО Ромашка", name_folded="ооо ромашка", created_at=world.clock.now())
        uow.session.add(company)
        await uow.session.flush()
        (await uow.session.get_one(Deal, deal)).company_id = company.id
    anna = await actor_of(world.services, "anna")
    for text in ("РОМАШКА", f"#{deal}"):
        assert [hit.id for hit in (await world.services.search.find(anna, text)).deals.items] == [deal]


async def test_the_button_asks_and_nothing_found_offers_a_lead(world: World) -> None:
    await world.anna.press(data="find")
    await world.anna.say("Zaphod")
    assert "Nothing found for “Zaphod”" in world.anna.text
    await world.anna.press("➕ Create a lead from this text")
    assert "not saved yet" in world.anna.text
    await world.anna.say("+7 916 123-45-67")
    assert await world.count(Lead) == 1


async def test_a_bare_phone_is_looked_up_before_it_becomes_a_lead(world: World) -> None:
    await contact_of(world, "anna")
    await world.anna.say("8 916 123 45 67")
    assert "Petrov" in world.anna.text
    await world.boris.say("8 916 123 45 67")
    assert "Nothing found" in world.boris.text
    await world.boris.press("➕ Create a lead from this text")
    assert "This phone belongs to Anna's clients." in world.boris.text


async def test_a_long_text_may_become_a_lead(world: World) -> None:
    await world.anna.say("We have a large house by the lake and would like to know what oak windows cost")
    assert "Is it a request from a client?" in world.anna.text
    await world.anna.press("➕ Create a lead from this text")
    assert "How can the client be reached?" in world.anna.text


async def test_nobody_finds_what_they_may_not_see(world: World) -> None:
    await taken_lead(world, title="Secret", name="Secretov")
    await contact_of(world, "anna", name="Secretov")
    deal = await make_deal(world, title="Secret deal")
    for name in ("boris", "victor", "hugo", "max", "fiona"):
        actor = await actor_of(world.services, name)
        for text in ("secret", "4567", "+79161234567", "#1", f"#{deal}"):
            found = await world.services.search.find(actor, text)
            assert found.nothing, (name, text, found)
    for name in ("anna", "helen", "olga"):
        found = await world.services.search.find(await actor_of(world.services, name), "secret")
        assert len(found.leads.items) == len(found.contacts.items) == len(found.deals.items) == 1


async def test_finance_finds_settled_deals_and_nothing_else(world: World) -> None:
    await taken_lead(world, title="Windows")
    await make_deal(world, stage="Proposal", title="Windows one", contact=False)
    settled = await make_deal(world, stage="Awaiting payment", title="Windows two", amount=1, contact=False)
    fiona = await actor_of(world.services, "fiona")
    found = await world.services.search.find(fiona, "windows")
    assert [hit.id for hit in found.deals.items] == [settled]
    assert not found.leads.items
    assert not found.contacts.items
    assert (await world.services.search.find(fiona, "4567")).nothing
    await world.fiona.say("nothing like it")
    assert "➕ Create a lead from this text" not in world.fiona.labels


async def test_hits_go_on_page_by_page_without_gaps(world: World) -> None:
    for n in range(20):
        await free_lead(world.services, world.db, title=f"Windows {n}", phone=f"+791600000{n:02}")
    await world.settle()
    await world.anna.say("/find windows")
    assert len([label for label in world.anna.labels if label.startswith("📥")]) == 5
    await world.anna.press("More leads ▶️")
    assert "Windows 14" in " ".join(world.anna.labels)
    await world.anna.press("More leads ▶️")
    assert "Windows 0" in " ".join(world.anna.labels)
    assert "More leads ▶️" not in world.anna.labels


async def test_buttons_of_an_older_search_ask_to_type_again(world: World) -> None:
    for n in range(7):
        await free_lead(world.services, world.db, title=f"Windows {n}", phone=f"+791600000{n:02}")
    await world.settle()
    await world.anna.say("/find windows")
    old = world.anna.screen
    await world.anna.say("/find doors")
    assert await world.anna.press("More leads ▶️", on=old) == "This search is over. Please type it again."


async def test_a_search_takes_a_bounded_number_of_queries(world: World) -> None:
    for n in range(12):
        await free_lead(world.services, world.db, title=f"Windows {n}", phone=f"+791600000{n:02}")
    anna = await actor_of(world.services, "anna")
    asked: list[str] = []
    event.listen(world.db.engine.sync_engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    await world.services.search.find(anna, "windows")
    # The worker looks into its inbox meanwhile, which is no part of the search.
    queries = [one for one in asked if one.startswith("SELECT") and "inbox" not in one]
    assert len(queries) <= 4
    assert set(Kind) == {Kind.LEAD, Kind.CONTACT, Kind.DEAL}


async def test_a_contact_shows_only_what_its_reader_may_see(world: World) -> None:
    contact = await contact_of(world, "anna", name="Petrov")
    await taken_lead(world, "anna", title="Own lead", again=True)
    await taken_lead(world, "boris", title="Foreign lead", again=True)
    async with world.db.write() as uow:
        for lead in (1, 2):
            (await uow.session.get_one(Lead, lead)).contact_id = contact
    await world.anna.press(data=f"c:{contact}")
    assert "Petrov" in world.anna.text
    assert "+7 916 123-45-67" in world.anna.text
    assert "Own lead" in " ".join(world.anna.labels)
    assert "Foreign lead" not in " ".join(world.anna.labels)
    await world.helen.press(data=f"c:{contact}")
    assert "Foreign lead" in " ".join(world.helen.labels)
    hidden = "There is no such client, or they are not yours to see."
    assert await world.boris.press(data=f"c:{contact}") == hidden
    assert await world.anna.press(data="c:4242") == hidden
    assert await world.fiona.press(data=f"c:{contact}") == "You may not do this."
    assert await department_id(world.db)
