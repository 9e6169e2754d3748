"""Wrong hands, foreign and missing ids, old buttons: each is answered, and nothing is changed or told."""

import pytest
from sqlalchemy import select, update

from db.models import Company, Contact, Deal, Membership
from services.access import Action
from services.dto.clients import ClientField, ClientKind
from services.errors import ForbiddenError, NotFoundError, StaleError
from tests.cast import actor_of
from tests.clients.making import INN, PHONE, make_client, make_firm
from tests.deals.making import make_deal
from tests.stories.digest import digest
from tests.world import World

BUTTONS = (
    *(
        "c:{c}",
        "kf:{f}",
        "kp:{f}:0",
        "kn:contact:{f}",
        "ke:contact:{c}",
        "ke:firm:{f}",
        "kef:contact:{c}:name",
    ),
    *("kef:firm:{f}:inn", "kt:contact:{c}:key", "ks:firm:{f}:site", "ko:contact:{c}", "ko:firm:{f}"),
    *("koe:contact:{c}:1", "koa:contact:{c}:phone", "kox:contact:{c}:1", "kg:contact:{c}:1:work"),
    *("kh:contact:{c}:0", "kh:firm:{f}:0", "kw:contact:{c}", "kw:firm:{f}", "kwg:contact:{c}:4:1"),
    *("kv:{c}", "kfs:{c}", "kfl:{c}:{f}:1", "kfu:{c}:1"),
)
"""Every button of one client."""


async def test_every_button_refuses_the_wrong_person_and_missing_ids_alike(world: World) -> None:
    ids = {
        "c": await make_client(world, phones=(PHONE,), name="Zclient"),
        "f": await make_firm(world, inn=INN),
    }
    await world.services.client_changes.link(await actor_of(world.services, "anna"), ids["c"], ids["f"], 1)
    before = await digest(world.db)
    since = len(world.telegram.calls)
    for data in BUTTONS:
        for name in ("boris", "victor", "hugo", "fiona", "max"):
            hand = world.hands[name]
            foreign = await hand.press(data=data.format(**ids))
            assert foreign, (name, data)
            assert foreign == await hand.press(data=data.format(c=987, f=987)), (name, data)
    assert await digest(world.db) == before
    for name in ("boris", "victor", "hugo", "fiona", "max"):
        wire = world.telegram.wire(to=world.hands[name].person, since=since)
        assert "Zclient" not in wire
        assert "Romashka" not in wire


async def test_codes_that_nobody_gave_out_are_refused(world: World) -> None:
    client = await make_client(world)
    for data in (
        f"kef:contact:{client}:owner_id",
        f"kef:deal:{client}:name",
        f"kef:contact:{client}:inn",
        f"kt:contact:{client}:friend",
        f"ks:contact:{client}:moon",
        f"koa:contact:{client}:fax",
        f"kg:contact:{client}:1:boss",
        "kl:deal:0",
        "kn:lead:0",
    ):
        await world.anna.press(data=data)
        if data.endswith(":inn"):
            await world.anna.say(INN)
            assert "no such choice" in world.anna.messages[-2].text
        else:
            assert "no such choice" in (world.anna.toast or ""), data


async def test_a_foreign_point_is_no_point_of_ones_own_client(world: World) -> None:
    await make_client(world, owner="boris", phones=(PHONE,))
    mine = await make_client(world)
    for data in (f"koe:contact:{mine}:1", f"kox:contact:{mine}:1", f"kg:contact:{mine}:1:work"):
        assert "changed meanwhile" in (await world.anna.press(data=data) or ""), data
    await world.boris.press(data="ko:contact:1")
    assert "📞 +7 916 123-45-67" in world.boris.labels


async def test_old_buttons_show_the_fresh_card(world: World) -> None:
    client, firm = await make_client(world), await make_firm(world)
    await world.anna.press(data=f"kfs:{client}")
    old = world.anna.screen
    await world.anna.press(data=f"kef:contact:{client}:name")
    await world.anna.say("Peter Pan")
    assert "changed meanwhile" in (await world.anna.press(data=f"kfl:{client}:{firm}:1", on=old) or "")
    assert "👤 Peter Pan" in world.anna.text + "".join(one.text for one in world.anna.messages)
    assert "changed meanwhile" in (await world.helen.press(data=f"kwg:contact:{client}:4:1") or "")
    assert "changed meanwhile" in (await world.anna.press(data=f"kfu:{client}:2") or "")


async def test_a_head_gives_only_to_sellers_of_the_department(world: World) -> None:
    client = await make_client(world)
    version = 1
    for person in (3, 6, 7, 987):
        toast = await world.helen.press(data=f"kwg:contact:{client}:{person}:{version}")
        assert "not in the department" in (toast or ""), person
    [(row,)] = await world.rows(select(Contact).where(Contact.id == client))
    assert row.version == 1


async def test_whoever_sells_to_a_company_sees_and_corrects_it_but_does_not_give_it_away(
    world: World,
) -> None:
    firm = await make_firm(world, owner="anna")
    deal = await make_deal(world, owner="victor", contact=False)
    victor, hugo = await actor_of(world.services, "victor"), await actor_of(world.services, "hugo")
    clients, changes = world.services.clients, world.services.client_changes
    with pytest.raises(NotFoundError):
        await clients.card(victor, ClientKind.FIRM, firm)
    async with world.db.write() as uow:
        await uow.session.execute(update(Deal).where(Deal.id == deal).values(company_id=firm))
    card = await clients.card(victor, ClientKind.FIRM, firm)
    assert {Action.CLIENT_VIEW, Action.CLIENT_EDIT} <= card.can
    assert [line.id for line in (await clients.page(victor, ClientKind.FIRM)).page.items] == [firm]
    await changes.set_field(victor, ClientKind.FIRM, firm, ClientField.INN, INN)
    with pytest.raises(ForbiddenError):
        await changes.heirs(hugo, ClientKind.FIRM, firm)
    async with world.db.write() as uow:
        await uow.session.execute(update(Company).where(Company.id == firm).values(owner_id=None))
    assert Action.CLIENT_HAND_OVER in (await clients.card(hugo, ClientKind.FIRM, firm)).can


async def test_a_contact_is_linked_only_with_a_company_that_one_sees(world: World) -> None:
    client, firm = await make_client(world), await make_firm(world, owner="victor")
    anna = await actor_of(world.services, "anna")
    with pytest.raises(NotFoundError, match=r"firm\.not_found"):
        await world.services.client_changes.link(anna, client, firm, 1)
    assert (await world.services.clients.firms(anna, client, "romashka")).firms == ()


async def test_of_two_changes_at_once_one_finds_it_changed(world: World) -> None:
    client, firm = await make_client(world), await make_firm(world)
    anna = await actor_of(world.services, "anna")
    await world.services.client_changes.link(anna, client, firm, 1)
    with pytest.raises(StaleError):
        await world.services.client_changes.unlink(anna, client, 1)


async def test_a_form_about_a_client_who_was_given_away_closes(world: World) -> None:
    client = await make_client(world)
    await world.anna.press(data=f"koa:contact:{client}:phone")
    await world.helen.press(data=f"kwg:contact:{client}:4:1")
    await world.anna.say("8 903 111-22-33")
    assert "no such client" in world.anna.text
    assert (await world.rows(select(Contact.phone).where(Contact.id == client))) == [(None,)]


async def test_leaving_ones_department_hides_its_clients(world: World) -> None:
    client = await make_client(world)
    await world.helen.press(data=f"c:{client}")
    async with world.db.write() as uow:
        await uow.session.execute(update(Membership).where(Membership.person_id == 2).values(head=False))
    assert "no such client" in (await world.helen.press(data=f"c:{client}") or "")
