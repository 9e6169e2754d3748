"""Tags on leads and clients: given by a tap or written, shown on the card, kept wherever these go."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from db.models import ContactTag, DealTag, Tag
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.dto.clients import ClientKind
from services.dto.fields import FieldSubject
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from tests.cast import actor_of
from tests.clients.making import make_client, make_firm
from tests.clients.uniting import two, unite
from tests.leads.making import free_lead, taken_lead
from tests.lists.making import asked
from tests.world import World

Find = Callable[[str], Awaitable[Actor]]
LEAD, CONTACT, FIRM = FieldSubject.LEAD, FieldSubject.CONTACT, FieldSubject.FIRM


async def test_only_whoever_has_a_lead_in_hand_gives_it_tags(
    db: Database, services: Services, actor: Find
) -> None:
    anna, boris, helen, victor = [await actor(name) for name in ("anna", "boris", "helen", "victor")]
    (mine,), (closed,) = await asked(db), await asked(db, status="rejected")
    free = (await free_lead(services, db)).id
    assert (await services.tags.write(anna, LEAD, mine, "#Big")).mine == ("Big",)
    tag = (await services.tags.of(helen, LEAD, free)).tags[0].id
    assert (await services.tags.set(helen, LEAD, free, tag, on=True)).mine == ("Big",)
    for who, lead, error in (
        (anna, free, ForbiddenError),
        (boris, mine, NotFoundError),
        (victor, free, NotFoundError),
        (await actor("fiona"), mine, NotFoundError),
        (await actor("max"), free, NotFoundError),
        (anna, closed, StaleError),
        (anna, 987_654, NotFoundError),
    ):
        with pytest.raises(error):
            await services.tags.set(who, LEAD, lead, tag, on=True)
    with pytest.raises(NotFoundError, match="tag"):
        await services.tags.set(anna, LEAD, mine, 987_654, on=True)
    for several in ("a, b", "a; b"):
        with pytest.raises(AppError, match=r"tag\.comma"):
            await services.tags.write(anna, LEAD, mine, several)
    for n in range(9):
        await services.tags.write(anna, LEAD, mine, f"Tag {n}")
    with pytest.raises(AppError, match=r"tag\.full"):
        await services.tags.write(anna, LEAD, mine, "One more")
    events = (await services.histories.of_lead(anna, mine)).page.items
    assert events[-1].changes["tags"] == [[], ["Big"]]
    assert events[-1].door == "telegram"


async def test_the_tags_of_a_lead_go_on_with_its_deal(world: World) -> None:
    anna, lead = await actor_of(world.services, "anna"), await taken_lead(world)
    tag = (await world.services.tags.write(anna, LEAD, lead.id, "Big")).tags[0].id
    version = (await world.services.leads.card(anna, lead.id)).version
    deal = (await world.services.outcomes.qualify(anna, lead.id, version)).deal_id
    assert deal is not None
    assert (await world.services.deals.card(anna, deal)).tags == ("Big",)
    assert await world.rows(select(DealTag.deal_id, DealTag.tag_id)) == [(deal, tag)]


async def test_the_tags_of_a_client_go_with_all_that_is_erased(world: World) -> None:
    anna, olga = await actor_of(world.services, "anna"), await actor_of(world.services, "olga")
    contact = await make_client(world)
    await world.services.tags.write(anna, CONTACT, contact, "Dealer")
    card = await world.services.clients.card(olga, ClientKind.CONTACT, contact)
    await world.services.erasing.erase(olga, contact, card.version)
    assert await world.rows(select(ContactTag.tag_id)) == []
    assert await world.rows(select(Tag.name)) == [("Dealer",)]


async def test_clients_are_parted_without_a_tag_that_an_import_took_back(world: World) -> None:
    first, second = await two(world)
    done = await unite(world, first, second)
    anna = await actor_of(world.services, "anna")
    sheet = await world.services.tags.of(anna, CONTACT, first)
    (gone,) = [tag.id for tag in sheet.tags if tag.name == "Wholesale"]
    await world.services.tags.set(anna, CONTACT, first, gone, on=False)
    async with world.db.write() as uow:
        await uow.import_undo.remove_tags([gone])
    await world.services.merging.undo(anna, ClientKind.CONTACT, first, done.merge_id)
    assert (await world.services.tags.of(anna, CONTACT, second)).mine == ("Dealer",)


async def test_what_has_a_tag_is_found_by_it_within_reach(world: World) -> None:
    anna, boris, fiona = [await actor_of(world.services, name) for name in ("anna", "boris", "fiona")]
    contact, firm, lead = await make_client(world), await make_firm(world), await taken_lead(world)
    other = await make_client(world, name="Sergey")
    for subject, one, tag in (
        (CONTACT, contact, "Big client"),
        (FIRM, firm, "Big client"),
        (LEAD, lead.id, "Big client"),
        (CONTACT, other, "VIP"),
    ):
        await world.services.tags.write(anna, subject, one, tag)
    found = await world.services.search.find(anna, "#big CLIENT")
    assert [[hit.id for hit in page.items] for page in (found.contacts, found.firms, found.leads)] == [
        [contact],
        [firm],
        [lead.id],
    ]
    assert [hit.id for hit in (await world.services.search.find(anna, "#vip serg")).contacts.items] == [other]
    for who, text in ((boris, "#big client"), (fiona, "#big client"), (anna, "#vip ivan"), (anna, "#nobody")):
        assert (await world.services.search.find(who, text)).nothing


async def test_clients_and_leads_are_tagged_by_buttons(world: World) -> None:
    contact, firm, lead = await make_client(world), await make_firm(world), await taken_lead(world)
    anna = world.anna
    await anna.press(data=f"c:{contact}")
    await anna.press("🏷 Tags")
    await anna.say("VIP & co")
    assert "✓ 🏷 VIP & co" in anna.labels
    await anna.press("◀️ Back")
    assert "🏷 VIP & co" in anna.text
    await anna.press("🕓 History")
    assert "tags: VIP & co" in anna.text
    for card in (f"kf:{firm}", f"l:{lead.id}"):
        await anna.press(data=card)
        await anna.press("🏷 Tags")
        await anna.press("🏷 VIP & co")
        await anna.press("✓ 🏷 VIP & co")
        await anna.press("🏷 VIP & co")
        await anna.press("◀️ Back")
        assert "🏷 VIP & co" in anna.text
    await anna.say("/profile")
    await anna.press("🌐 In Russian")
    await anna.press(data=f"l:{lead.id}")
    await anna.press("🏷 Метки")
    assert "Какие метки?" in anna.text
    for wrong in (f"ktg:contact:{contact}:0", f"ktp:contact:{contact}:1:1", f"ltg:{lead.id}:0"):
        told = await world.boris.press(data=wrong)
        assert "no such" in (told or world.boris.text)
    assert "Такого" in (await anna.press(data="ktg:person:1:0") or anna.toast or "")
