"""Lists of contacts: by whose they are, by tag, day and field, and read by each with their own eyes."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from db.models import Contact
from db.repositories import contact_lists, windows
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.dto.clients import ClientKind
from services.dto.fields import FieldKind, FieldSubject
from services.dto.lists import Count
from services.dto.privacy import ConsentWay
from services.errors import ForbiddenError, NotFoundError, StaleError
from services.lists.days import Dated
from services.lists.filters import Agreed, What
from tests.cast import START, actor_of
from tests.clients.making import make_client
from tests.fields.making import make_field
from tests.world import World

Find = Callable[[str], Awaitable[Actor]]
CONTACT = FieldSubject.CONTACT


async def known(db: Database, owner: Actor, count: int = 1, days: int = 0) -> list[int]:
    """Contacts of somebody's."""
    async with db.write() as uow:
        rows = [
            Contact(
                name=f"Client {n} of {owner.name}",
                search="client",
                owner_id=owner.person_id,
                department_id=min(owner.departments),
                created_at=START - timedelta(days=days),
            )
            for n in range(count)
        ]
        uow.session.add_all(rows)
        await uow.session.flush()
        return sorted(row.id for row in rows)


async def shown(services: Services, actor: Actor, *wanted: tuple[What, int]) -> set[int]:
    """The contacts of a filter, page by page; the count has to say the same."""
    card = await services.lists.of(actor, CONTACT)
    for what, number in wanted:
        card = await services.lists.ask(actor, card.id, what, number)
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


async def test_each_condition_asks_for_what_it_says(
    db: Database, services: Services, actor: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, boris, helen, victor, olga = [
        await actor(name) for name in ("anna", "boris", "helen", "victor", "olga")
    ]
    (old,) = await known(db, anna, days=30)
    mine, theirs, away = await known(db, anna, 9), await known(db, boris, 2), await known(db, victor)
    tag = (await services.tags.write(anna, CONTACT, mine[0], "VIP")).tags[0].id
    size = await make_field(services, olga, FieldKind.NUMBER, "Size", subject=CONTACT)
    version = (await services.clients.card(anna, ClientKind.CONTACT, mine[1])).version
    await services.filling.write(anna, CONTACT, mine[1], size.id, "5", version)
    for window in (contact_lists.WINDOW, 4):
        monkeypatch.setattr(contact_lists, "WINDOW", window)
        assert await shown(services, anna) == {old, *mine}
        assert await shown(services, helen) == {old, *mine, *theirs}
        assert await shown(services, olga) == {old, *mine, *theirs, *away}
        assert await shown(services, helen, (What.PERSON, boris.person_id)) == {*theirs}
        assert await shown(services, helen, (What.TAG, tag)) == {mine[0]}
        assert await shown(services, boris, (What.PERSON, 0)) == {*theirs}
        last_month = [*Dated].index(Dated.CREATED_LAST_MONTH)
        assert await shown(services, olga, (What.DATE, last_month)) == {old}
        card = await services.lists.of(helen, CONTACT)
        by_size = await services.lists.ask_field(helen, card.id, size.id, "from 5")
        found = (await services.lists.page(helen, by_size.id)).page.items
        assert [line.id for line in found] == [mine[1]]
    for reader in ("fiona", "max"):
        with pytest.raises(ForbiddenError):
            await services.lists.of(await actor(reader), CONTACT)
    card = await services.lists.of(anna, CONTACT)
    with pytest.raises(NotFoundError):
        await services.lists.ask(anna, card.id, What.NO_TASK, 0)


async def test_it_is_asked_how_it_stands_with_their_consent(
    db: Database, services: Services, actor: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, boris, olga = [await actor(name) for name in ("anna", "boris", "olga")]
    given, older, back, again, never = await known(db, anna, 5)
    await services.consents.write(olga, "The first text")
    for contact in (older, back, again):
        await services.consents.give(anna, contact, ConsentWay.PAPER, 1)
    for contact in (back, again):
        await services.consents.withdraw(anna, contact)
    await services.consents.write(olga, "The second text")
    for contact in (given, again):
        await services.consents.give(anna, contact, ConsentWay.PAPER, 2)
    expected = {
        Agreed.GIVEN: {given, older, again},
        Agreed.OLDER: {older},
        Agreed.WITHDRAWN: {back},
        Agreed.NEVER: {never},
    }
    for rare in (windows.RARE, 0):
        monkeypatch.setattr(windows, "RARE", rare)
        for number, (consent, found) in enumerate(expected.items()):
            assert [*Agreed][number] is consent
            assert await shown(services, anna, (What.CONSENT, number)) == found
            assert await shown(services, boris, (What.CONSENT, number)) == set()
    card = await services.lists.of(anna, CONTACT)
    with pytest.raises(StaleError):
        await services.lists.ask(anna, card.id, What.CONSENT, 17)
    for subject in (FieldSubject.DEAL, FieldSubject.FIRM):
        other = await services.lists.of(anna, subject)
        with pytest.raises(NotFoundError):
            await services.lists.ask(anna, other.id, What.CONSENT, 0)


async def test_a_view_goes_on_asking_for_consent(world: World) -> None:
    contact = await make_client(world, name="Ivan")
    await make_client(world, name="Sergey")
    anna, olga = await actor_of(world.services, "anna"), await actor_of(world.services, "olga")
    await world.services.consents.write(olga, "The text")
    await world.anna.press(data="bfk")
    await world.anna.press("🔏 Consent")
    await world.anna.press("Consent given")
    assert "🔏 Consent given" in world.anna.text
    assert "Clients by filter: 0" in world.anna.text
    await world.anna.press("💾 Save as a view")
    await world.anna.say("May be written to")
    await world.services.consents.give(anna, contact, ConsentWay.PAPER, 1)
    await world.anna.say("/menu")
    await world.anna.press("📌 May be written to")
    assert "👤 Ivan" in world.anna.labels
    assert "👤 Sergey" not in world.anna.labels
    await world.services.consents.withdraw(anna, contact)
    await world.anna.press("📌 Views")
    await world.anna.press("📌 May be written to")
    assert "👤 Ivan" not in world.anna.labels
    await world.anna.say("/profile")
    await world.anna.press("🌐 In Russian")
    await world.anna.press(data="bfk")
    await world.anna.press("🔏 Согласие")
    assert "Что с согласием?" in world.anna.text
    await world.anna.press("Согласие отозвано")
    assert "Клиенты по фильтру: 1" in world.anna.text


async def test_clients_are_filtered_by_buttons(world: World) -> None:
    contact = await make_client(world, name="Ivan <Petrov>")
    await make_client(world, name="Olga")
    anna = world.anna
    await anna.press(data=f"c:{contact}")
    await anna.press("🏷 Tags")
    await anna.say("VIP")
    await anna.press(data="kl:contact:0")
    await anna.press("🔎 Filter")
    assert "Clients by filter: 2" in anna.text
    await anna.press("🏷 Tag")
    await anna.press("VIP")
    await anna.press("💾 Save as a view")
    await anna.say("Important ones")
    await anna.say("/menu")
    await anna.press("📌 Important ones")
    assert "👤 Ivan <Petrov>" in anna.labels
    await anna.press("👤 Ivan <Petrov>")
    assert "🏷 VIP" in anna.text
    await anna.say("/profile")
    await anna.press("🌐 In Russian")
    await anna.press(data="bfk")
    assert "Клиенты по фильтру: 2" in anna.text
    await anna.press("👔 Менеджер")
    assert "Чьи клиенты?" in anna.text
