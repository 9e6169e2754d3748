"""Companies in the search: by name, tax number, phone and address, and only for those who may see them."""

from db.models import Deal
from services.search import Kind
from tests.cast import actor_of
from tests.clients.making import INN, OTHER_PHONE, make_client, make_firm
from tests.deals.making import make_deal
from tests.world import World


async def firms(world: World, who: str, text: str) -> list[int]:
    """The companies that somebody finds."""
    found = await world.services.search.find(await actor_of(world.services, who), text)
    return [hit.id for hit in found.firms.items]


async def test_a_company_is_found_by_what_is_remembered_of_it(world: World) -> None:
    given = {"inn": INN, "phones": (OTHER_PHONE,), "emails": ("info@romashka.ru",)}
    firm = await make_firm(world, name="ООО Ромашка Семёновна", **given)
    await make_firm(world, name="Other LLC")
    exact = ("ромашка", "СЕМЕНОВНА ооо", "ромаш", INN, f"ИНН {INN}", f"Ромашка {INN}", INN[:6], "инн 7707")
    slips = ("Рамашка", "семеновма", "ромашкка")
    reached = ("+7 903 111-22-33", "8 903 111 22 33", "2233", "22-33", "info@romashka.ru")
    for text in (*exact, *slips, *reached):
        assert await firms(world, "anna", text) == [firm], text
    for text in (INN[4:], "7707", "9999", "инн 7708", "info@", "romashka", f"#{firm}", "%", "Рамажка"):
        assert await firms(world, "anna", text) == [], text
    await world.anna.say("Ромашка")
    assert "🏢 ООО Ромашка Семёновна" in world.anna.text
    assert f"INN {INN}" in world.anna.text


async def test_nobody_finds_a_company_that_they_may_not_see(world: World) -> None:
    firm = await make_firm(world, inn=INN, phones=(OTHER_PHONE,))
    for text in ("romashka", "romashko", INN, OTHER_PHONE):
        for who in ("boris", "hugo", "victor", "fiona", "max"):
            found = await world.services.search.find(await actor_of(world.services, who), text)
            assert found.nothing, (who, text)
        for who in ("anna", "helen", "olga"):
            assert await firms(world, who, text) == [firm], (who, text)
    boris = await actor_of(world.services, "boris")
    assert not (await world.services.search.more(boris, "romashka", Kind.FIRM, firm + 1)).items
    # Whoever sells to it may find it, and no longer afterwards.
    deal = await make_deal(world, owner="boris")
    async with world.db.write() as uow:
        (await uow.session.get_one(Deal, deal)).company_id = firm
    assert await firms(world, "boris", INN) == [firm]
    assert await firms(world, "fiona", INN) == []


async def test_companies_stand_between_people_and_deals_and_go_on_page_by_page(world: World) -> None:
    await make_client(world, name="Romashka Ivan")
    for n in range(8):
        await make_firm(world, name=f"Romashka {n}", inn=INN if n == 7 else None)
    await make_deal(world, title="Windows for Romashka", contact=False)
    await world.anna.say("/find romashka")
    assert [label.split()[0] for label in world.anna.labels][:8] == ["👤", *["🏢"] * 5, "💼", "More"]
    assert f"🏢 Romashka 7 · {INN}" in world.anna.labels
    await world.anna.press("More companies ▶️")
    assert [label for label in world.anna.labels if "🏢" in label] == [f"🏢 Romashka {n}" for n in (2, 1, 0)]
    await world.anna.press("🏢 Romashka 1")
    assert "🏢 Romashka 1" in world.anna.text
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await world.anna.say("/find romashka")
    assert "Ещё компании ▶️" in world.anna.labels
    await world.anna.say("7707083893")
    assert "🏢 Romashka 7" in world.anna.text
