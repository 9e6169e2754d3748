"""Lists of companies: by whose they are, by tag and field, and read by each with their own eyes."""

from collections.abc import Awaitable, Callable

import pytest

from db.models import Company, Contact, Deal
from db.repositories import firm_lists, windows
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.dto.fields import FieldKind, FieldSubject
from services.dto.lists import Count, FilterCard, Lost
from services.errors import ForbiddenError, NotFoundError, StaleError
from services.lists.filters import What
from tests.cast import START
from tests.clients.making import make_firm
from tests.fields.making import make_field
from tests.lists.making import sold
from tests.world import World

Find = Callable[[str], Awaitable[Actor]]
FIRM = FieldSubject.FIRM


async def known(db: Database, owner: Actor, count: int = 1) -> list[int]:
    """Companies of somebody's."""
    async with db.write() as uow:
        rows = [
            Company(
                name=f"Firm {n} of {owner.name}",
                name_folded="firm",
                owner_id=owner.person_id,
                department_id=min(owner.departments),
                created_at=START,
            )
            for n in range(count)
        ]
        uow.session.add_all(rows)
        await uow.session.flush()
        return sorted(row.id for row in rows)


async def shown(services: Services, actor: Actor, *wanted: tuple[What, int]) -> set[int]:
    """The companies of a filter, page by page; the count has to say the same."""
    card = await services.lists.of(actor, FIRM)
    for what, number in wanted:
        card = await services.lists.ask(actor, card.id, what, number)
    return await leafed(services, actor, card)


async def leafed(services: Services, actor: Actor, card: FilterCard) -> set[int]:
    """All pages of a filter, one after the other."""
    found: list[int] = []
    after = None
    for _ in range(60):
        page = (await services.lists.page(actor, card.id, after)).page
        found += [line.id for line in page.items]
        after = page.next_after
        if after is None:
            break
    assert sorted(found, reverse=True) == found
    assert card.count.more or card.count == Count(len(found))
    return set(found)


async def bound(db: Database, owner: Actor, person_of: int, deal_of: int) -> None:
    """Somebody's contact works for one company, and their deal is with another."""
    (deal_id,) = await sold(db, "anna")
    async with db.write() as uow:
        (await uow.session.get_one(Deal, deal_id)).company_id = deal_of
        person = Contact(
            name="Ivan",
            search="ivan",
            company_id=person_of,
            owner_id=owner.person_id,
            department_id=min(owner.departments),
            created_at=START,
        )
        uow.session.add(person)


async def test_each_condition_asks_for_what_it_says(
    db: Database, services: Services, actor: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, boris, helen, victor, olga = [
        await actor(name) for name in ("anna", "boris", "helen", "victor", "olga")
    ]
    mine, theirs, away = await known(db, anna, 9), await known(db, boris, 2), await known(db, victor, 3)
    await bound(db, anna, person_of=theirs[0], deal_of=away[0])
    tag = (await services.tags.write(anna, FIRM, mine[0], "VIP")).tags[0].id
    size = await make_field(services, olga, FieldKind.NUMBER, "Size", subject=FIRM)
    await services.filling.write(anna, FIRM, mine[1], size.id, "5")
    for window, rare in ((firm_lists.WINDOW, windows.RARE), (4, windows.RARE), (4, 0)):
        monkeypatch.setattr(firm_lists, "WINDOW", window)
        monkeypatch.setattr(windows, "RARE", rare)
        assert await shown(services, anna) == {*mine, theirs[0], away[0]}
        assert await shown(services, boris) == {*theirs}
        assert await shown(services, helen) == {*mine, *theirs, away[0]}
        assert await shown(services, olga) == {*mine, *theirs, *away}
        assert await shown(services, helen, (What.PERSON, boris.person_id)) == {*theirs}
        assert await shown(services, anna, (What.PERSON, 0)) == {*mine}
        assert await shown(services, helen, (What.TAG, tag)) == {mine[0]}
        assert await shown(services, boris, (What.TAG, tag)) == set()
        card = await services.lists.of(helen, FIRM)
        by_size = await services.lists.ask_field(helen, card.id, size.id, "from 5")
        assert await leafed(services, helen, by_size) == {mine[1]}


async def test_what_is_not_there_or_not_for_somebody_is_refused(
    db: Database, services: Services, actor: Find
) -> None:
    anna, boris, helen = [await actor(name) for name in ("anna", "boris", "helen")]
    await known(db, anna)
    for reader in ("fiona", "max"):
        with pytest.raises(ForbiddenError):
            await services.lists.of(await actor(reader), FIRM)
    card = await services.lists.of(anna, FIRM)
    for what in (What.DATE, What.CONSENT, What.NO_TASK):
        with pytest.raises(NotFoundError):
            await services.lists.ask(anna, card.id, what, 0)
    with pytest.raises(StaleError):
        await services.lists.page(boris, card.id)
    with pytest.raises(StaleError):
        await services.lists.ask(anna, card.id, What.TAG, 987_654)
    with pytest.raises(StaleError):
        await services.lists.ask(anna, card.id, What.PERSON, boris.person_id)
    asked = await services.lists.ask(
        helen, (await services.lists.of(helen, FIRM)).id, What.PERSON, anna.person_id
    )
    view = await services.views.save(helen, asked.id, "Of Anna")
    sales = view.shares[0].id
    await services.views.share(helen, view.view.id, sales)
    assert (await services.lists.open_view(boris, view.view.id)).asked.lost == {Lost.PERSON}


async def test_companies_are_filtered_by_buttons(world: World) -> None:
    firm = await make_firm(world, name="Horns & <Hoofs>")
    await make_firm(world, name="Romashka")
    anna = world.anna
    await anna.press(data=f"kf:{firm}")
    await anna.press("🏷 Tags")
    await anna.say("Dealer")
    await anna.press(data="kl:firm:0")
    await anna.press("🔎 Filter")
    assert "Companies by filter: 2" in anna.text
    await anna.press("🏷 Tag")
    await anna.press("Dealer")
    await anna.press("💾 Save as a view")
    await anna.say("Our dealers")
    await anna.say("/menu")
    await anna.press("📌 Our dealers")
    assert "🏢 Horns & <Hoofs>" in anna.labels
    await anna.press("◀️ Companies")
    assert "🏢 Romashka" in anna.labels
    await anna.say("/views")
    await anna.press("🔎 Companies")
    assert "Companies by filter: 2" in anna.text
    await anna.say("/profile")
    await anna.press("🌐 In Russian")
    await anna.press(data="bfo")
    assert "Компании по фильтру: 2" in anna.text
    await anna.press("👔 Менеджер")
    assert "Чьи компании?" in anna.text
    stranger = world.boris
    told = await stranger.press(data="ba:1:tag:0")
    assert "put together long ago" in (told or stranger.text)


async def test_a_company_opens_from_its_list(world: World) -> None:
    await make_firm(world)
    await world.anna.press(data="bfo")
    await world.anna.press("▶️ Show · 1")
    await world.anna.press("🏢 Romashka")
    assert "🏢 Romashka" in world.anna.text
    assert "👔 Anna" in world.anna.text
