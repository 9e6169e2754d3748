"""Search: by what people remember, and only what they may see."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from bot.i18n import Speech
from db.models import Company, Contact, Deal, DealHelper, Lead
from db.repositories.needles import Needle
from keyboards.common import LABEL
from keyboards.search import hit_button
from services.dto.search import Hit
from services.search import Kind, read_query
from tests.cast import TurnedClock, actor_of
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
        ("8 (916) 123-45-67", Needle(phone="+79161234567", tax="89161234567")),
        ("Фёдор  ПЕТРОВ", Needle(words=("федор", "петров"))),
        ("@Petrov", Needle(words=("petrov",))),
        ("ivan@example.com", Needle(words=("ivan@example.com",))),
        ("100%", Needle(words=("100%",))),
        ("7707083893", Needle(digits="7707083893", number=7707083893, tax="7707083893")),
        ("ИНН: 7707", Needle(tax="7707")),
        ("770708", Needle(digits="770708", number=770708, tax="770708")),
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
    data = next(key["callback_data"] for row in old.keyboard for key in row if key["text"] == "More leads ▶️")
    await world.anna.say("/find doors")
    assert await world.anna.press(on=old, data=data) == "This search is over. Please type it again."


async def test_a_search_takes_a_bounded_number_of_queries(world: World) -> None:
    for n in range(12):
        await free_lead(world.services, world.db, title=f"Windows {n}", phone=f"+791600000{n:02}")
    anna = await actor_of(world.services, "anna")
    asked: list[str] = []
    event.listen(world.db.engine.sync_engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    await world.services.search.find(anna, "windows")
    # The worker looks into its inbox meanwhile, which is no part of the search.
    others = ("inbox", "pg_advisory")
    queries = [one for one in asked if one.startswith("SELECT") and not any(name in one for name in others)]
    # The settings, the leads, the contacts, the companies, the deals, and those of the archive.
    assert len(queries) <= 6
    assert set(Kind) == {Kind.LEAD, Kind.CONTACT, Kind.FIRM, Kind.DEAL}


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


async def ids(world: World, who: str, text: str) -> tuple[list[int], list[int], list[int]]:
    found = await world.services.search.find(await actor_of(world.services, who), text)
    leads, contacts, deals = (
        [hit.id for hit in page.items] for page in (found.leads, found.contacts, found.deals)
    )
    return leads, contacts, deals


async def client_with_deals(world: World) -> tuple[int, list[int]]:
    """Anna's client with two deals, and one of somebody else's with the same title."""
    deals = [
        await make_deal(world, title=title, stage="Awaiting payment", amount=1)
        for title in ("Windows", "Doors")
    ]
    await make_deal(world, owner="boris", title="Windows", contact=False)
    async with world.db.write() as uow:
        contacts = [(await uow.session.get_one(Deal, deal)).contact_id for deal in deals]
        (await uow.session.get_one(Deal, deals[1])).contact_id = contacts[0]
        await uow.session.flush()
        await uow.session.delete(await uow.session.get_one(Contact, contacts[1]))
    return contacts[0] or 0, deals


async def test_a_client_brings_their_deals_by_name_and_by_phone(world: World) -> None:
    contact, deals = await client_with_deals(world)
    for text in ("Petrov", "PETROV ivan", "4567", "+7 916 123-45-67", "45-67"):
        for who in ("anna", "helen", "olga"):
            assert await ids(world, who, text) == ([], [contact], deals[::-1]), (who, text)
    assert await ids(world, "anna", "windows petrov") == ([], [], deals[:1])
    await world.anna.say("petrov")
    assert [label.split()[0] for label in world.anna.labels][:3] == ["👤", "💼", "💼"]


async def test_clients_bring_no_deals_to_those_who_may_not_know_them(world: World) -> None:
    await client_with_deals(world)
    for text in ("Petrov", "4567", "+79161234567"):
        for who in ("boris", "victor", "hugo", "max"):
            assert await ids(world, who, text) == ([], [], []), (who, text)
    settled = (await ids(world, "fiona", "Windows"))[2]
    assert settled
    assert (await ids(world, "fiona", "Petrov"))[2]
    for text in ("4567", "+79161234567", "example.com"):
        assert await ids(world, "fiona", text) == ([], [], []), text


async def test_what_bears_the_very_words_stands_first_and_phones_are_grouped(world: World) -> None:
    for n in (2, 20, 200, 201, 202, 203, 204, 205):
        await free_lead(
            world.services, world.db, title=f"Windows lot {n}", phone=f"+791600000{n % 100:02}", again=True
        )
    await contact_of(world, "anna", name="Lot 2 house", phone="+79110762327")
    anna = await actor_of(world.services, "anna")
    found = await world.services.search.find(anna, "windows lot 2")
    assert [hit.label for hit in found.leads.items][:3] == [
        "Windows lot 2",
        "Windows lot 205",
        "Windows lot 204",
    ]
    more = await world.services.search.more(anna, "windows lot 2", Kind.LEAD, found.leads.next_after or 0)
    seen = {hit.label for hit in (*found.leads.items, *more.items)}
    assert len(seen) == 8
    found = await world.services.search.find(anna, "lot 2")
    assert found.contacts.items[0].hint == "+7 911 076-23-27"


@pytest.mark.parametrize(
    "text",
    [
        "Kuznetsob",
        "Kuznetsv",
        "Kuzznetsov",
        "Kzunetsov",
        "uznetsov",
        "Tatiana kuznetsof",
        "Кузнецив",
        "кузнцов",
        "СЕМЕНОВИЧЬ",
    ],
)
async def test_one_slip_in_a_long_word_is_forgiven(world: World, text: str) -> None:
    wanted = await contact_of(
        world, "anna", name="Tatiana Kuznetsov Кузнецов Семёнович", phone="+79160000001"
    )
    await contact_of(world, "anna", name="Somebody Else", phone="+79160000002")
    assert await ids(world, "anna", text) == ([], [wanted], [])
    assert await ids(world, "boris", text) == ([], [], [])


@pytest.mark.parametrize("text", ["Kuznotsob", "Ivxn", "Kuz%etsov", "Kuznetsovabc", "12345", "kuz_etsob"])
async def test_two_slips_a_slip_in_a_short_word_and_signs_are_not(world: World, text: str) -> None:
    await contact_of(world, "anna", name="Ivan Kuznetsov", phone="+79160000001")
    assert await ids(world, "anna", text) == ([], [], [])


async def test_what_is_exact_comes_without_what_is_near(world: World) -> None:
    await contact_of(world, "anna", name="Marina", phone="+79160000001")
    exact = await contact_of(world, "anna", name="Martina", phone="+79160000002")
    assert await ids(world, "anna", "martina") == ([], [exact], [])


async def test_what_many_are_called_is_no_slip(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await contact_of(world, "anna", name="Marina", phone="+79160000001")
    near = await contact_of(world, "boris", name="Martina", phone="+79160000002")
    assert await ids(world, "boris", "marina") == ([], [near], [])
    monkeypatch.setattr("db.repositories.search_terms.RIGHT", 1)
    assert await ids(world, "boris", "marina") == ([], [], [])


async def numbered(world: World, who: str, text: str) -> list[int]:
    """The leads that somebody finds, page after page."""
    actor = await actor_of(world.services, who)
    page = (await world.services.search.find(actor, text)).leads
    found = [hit.id for hit in page.items]
    while page.next_after is not None:
        page = await world.services.search.more(actor, text, Kind.LEAD, page.next_after)
        found += [hit.id for hit in page.items]
    return found


async def test_what_is_common_is_looked_for_among_the_newest_and_then_by_its_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = ("Windows old", "Window", *("Doors",) * 12, "Windows", "Windowsill big")
    for n, title in enumerate(titles):
        await free_lead(world.services, world.db, title=title, phone=f"+7916000{n:04}")
    for name, value in (("bearers.COUNTED", 2), ("search.OF_COMMON", 2), ("search.WINDOW", 3)):
        monkeypatch.setattr(f"db.repositories.{name}", value)
    for who in ("olga", "helen", "anna"):
        assert await numbered(world, who, "windows") == [15, 1, 16], who
        assert await numbered(world, who, "big windows") == [16], who
        assert {16, 15, 2} <= set(await numbered(world, who, "window")), who
        assert await numbered(world, who, "doors windows") == [], who
    assert await numbered(world, "victor", "windows") == []


async def test_a_deal_that_one_helps_with_stands_among_ones_own_by_age(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = [await make_deal(world, title="Windows", contact=False) for _ in range(8)]
    newest = await make_deal(world, owner="boris", title="Windows", contact=False)
    anna = await actor_of(world.services, "anna")
    async with world.db.write() as uow:
        uow.session.add(DealHelper(deal_id=newest, person_id=anna.person_id))
    monkeypatch.setattr("db.repositories.bearers.COUNTED", 2)
    deals = (await world.services.search.find(anna, "windows")).deals
    assert [hit.id for hit in deals.items] == [newest, *reversed(own[-4:])]


async def test_a_word_is_found_by_its_beginning_and_not_by_its_middle(world: World) -> None:
    wanted = await contact_of(world, "anna", name="Anna-Maria von Ivanov", phone="+79160000001")
    for text in ("mar", "ivan von", "anna-mar", "VON", "i"):
        assert await ids(world, "anna", text) == ([], [wanted], []), text
    for text in ("anov", "na-ma", "aria"):
        assert await ids(world, "anna", text) == ([], [], []), text


async def test_what_is_near_is_offered_beside_a_new_lead_page_by_page(world: World) -> None:
    for n in range(8):
        await free_lead(world.services, world.db, title=f"Windows {n}", phone=f"+791600000{n:02}")
    await world.settle()
    await world.anna.say("/find Windoes")
    assert "Nothing found for “Windoes”. Perhaps you meant:" in world.anna.text
    assert "➕ Create a lead from this text" in world.anna.labels
    await world.anna.press("More leads ▶️")
    assert [label for label in world.anna.labels if label.startswith("📥")] == [
        f"📥 #{n} Windows {n - 1} · Ivan" for n in (3, 2, 1)
    ]


async def test_a_single_near_hit_is_asked_about_in_russian_too(world: World) -> None:
    await contact_of(world, "anna", name="Кузнецов", phone="+79160000001")
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await world.anna.say("Кузницов")
    assert "Возможно, вы имели в виду" in world.anna.text
    await world.anna.press(world.anna.labels[0])
    assert "Кузнецов" in world.anna.text


@pytest.mark.parametrize("text", ["#4242", "+7 916 999-99-99", "8 916 999 99 99", "ИНН 7707083893"])
async def test_the_owner_looks_up_numbers_and_phones_without_reading_tables(world: World, text: str) -> None:
    if world.db.backend != "sqlite":
        return  # PostgreSQL reads small tables whole whatever indexes they have.
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.startswith("SELECT") and "inbox" not in statement and "outbox" not in statement:
            asked.append((statement, parameters))

    olga = await actor_of(world.services, "olga")
    event.listen(world.db.engine.sync_engine, "before_cursor_execute", note)
    assert (await world.services.search.find(olga, text)).nothing
    event.remove(world.db.engine.sync_engine, "before_cursor_execute", note)
    plans = []
    async with world.db.read() as uow:
        connection = await uow.session.connection()
        for statement, parameters in asked:
            rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans += [str(row.detail) for row in rows]
    # Whether there is an archive is told by the first entry of its index.
    harmless = ("CONSTANT", "ix_deal_archived")
    read = [plan for plan in plans if plan.startswith("SCAN") and not any(one in plan for one in harmless)]
    assert [
        plan for plan in read if plan.split()[1] in ("lead", "contact", "deal", "contact_point", "company")
    ] == []


async def test_no_lead_is_offered_of_numbers_and_signs(world: World) -> None:
    await world.services.people.speak(await actor_of(world.services, "boris"), "ru")
    for text in ("#363", "0", "+", "4567"):
        await world.boris.say(text)
        assert "➕ Создать лид из этого текста" not in world.boris.labels, text
        await world.anna.say(f"/find {text}")
        assert "➕ Create a lead from this text" not in world.anna.labels, text
    await world.boris.say("Зафод")
    assert "➕ Создать лид из этого текста" in world.boris.labels


@pytest.mark.parametrize(
    ("title", "client", "stage", "label"),
    [
        ("Kitchen", None, "New", "💼 #16 Kitchen · New"),
        ("Kitchen", "Ivan Petrov", "New", "💼 #16 Kitchen · Ivan Petrov · New"),
        ("Kitchen", "Ivan Petrov", "Awaiting payment", "💼 #16 Kitchen · Ivan Petrov"),
        ("Windows for a house", "Konstantin Rostov", "New", "💼 #16 Windows for a house · Konstantin…"),
        ("Windows for a house by the lake", "Ivan", "New", "💼 #16 Windows for a house… · Ivan · New"),
        (
            "Windows for a house by the lake",
            None,
            "Out for approval",
            "💼 #16 Windows for a house by the lake",
        ),
    ],
)
def test_a_button_tells_of_a_deal_what_there_is_room_for(
    title: str, client: str | None, stage: str, label: str
) -> None:
    hit = Hit(16, title, hint=client, stage=stage)
    t = Speech("en", ZoneInfo("UTC"), TurnedClock())
    shown = hit_button(Kind.DEAL, hit, t).text
    assert shown == label
    assert len(shown) <= LABEL
