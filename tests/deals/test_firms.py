"""Which company buys by a deal: chosen, looked for, made anew, taken off; who sees and who opens it."""

import asyncio

import pytest
from sqlalchemy import select

from db.models import Company, Contact, Deal
from services.errors import AppError
from tests.cast import actor_of
from tests.clients.making import INN, changes_of, make_client, make_firm
from tests.deals.making import make_deal
from tests.world import World


async def employ(world: World, deal: int, firm: int) -> None:
    """Let the deal's client work for a company."""
    async with world.db.write() as uow:
        contact = (await uow.session.get_one(Deal, deal)).contact_id
        (await uow.session.get_one(Contact, contact)).company_id = firm


async def firm_of(world: World, deal: int) -> int | None:
    """The company of a deal."""
    found: int | None = (await world.rows(select(Deal.company_id).where(Deal.id == deal)))[0][0]
    return found


async def test_the_company_of_the_client_is_offered_first_and_stands_on_the_card(world: World) -> None:
    deal, anna = await make_deal(world), world.anna
    employer = await make_firm(world, name="Romashka", inn=INN)
    other = await make_firm(world, name="Sirius")
    await employ(world, deal, employer)
    await anna.press(data=f"d:{deal}")
    assert "🏢 Company" not in anna.labels
    await anna.press("🔗 Link a company")
    assert "Which company buys by" in anna.text
    assert anna.labels == ["🏢 Romashka", "🏢 Sirius", "◀️ Back", "✖️ Cancel"]
    old = anna.screen
    await anna.press("🏢 Romashka")
    assert await firm_of(world, deal) == employer
    assert "\n🏢 Romashka\n" in anna.text
    assert "Anna: company “Romashka”" in anna.text
    await anna.press("🏢 Company")
    assert f"INN {INN}" in anna.text
    assert f"💼 #{deal} Windows for Ivan" in anna.labels
    # An old button is answered with what stands now.
    stale = {"data": f"dcc:{deal}:{other}:1"}
    assert "has changed" in (await anna.press(on=old, **stale) or "")
    assert await firm_of(world, deal) == employer
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await anna.press(data=f"d:{deal}")
    await anna.press("🔁 Сменить компанию")
    assert "Сейчас: Romashka" in anna.text
    await anna.press("✖️ Без компании")
    assert await firm_of(world, deal) is None
    assert "компания снята" in anna.text
    told = await changes_of(world, deal, "deal")
    assert [one["company_id"] for one in told] == [[None, employer], [employer, None]]


async def test_a_company_is_looked_for_and_made_by_its_name(world: World) -> None:
    deal, anna = await make_deal(world), world.anna
    for name in ("Romashka", "Sirius"):
        await make_firm(world, name=name, inn=INN if name == "Sirius" else None)
    await make_firm(world, "victor", name="Rombus of Victor")
    await anna.press(data=f"dco:{deal}")
    await anna.say("ROM")
    assert [label for label in anna.labels if "🏢" in label] == ["🏢 Romashka"]
    await anna.say(INN)
    assert [label for label in anna.labels if "🏢" in label] == ["🏢 Sirius"]
    await anna.say("Kontur")
    assert "I know no company like “Kontur”" in anna.text
    await anna.press("➕ New: Kontur")
    assert "🏢 Kontur" in anna.text
    kontur = (await world.rows(select(Company).where(Company.name == "Kontur")))[0][0]
    assert await firm_of(world, deal) == kontur.id
    assert (kontur.owner_id, kontur.created_by) == ((await actor_of(world.services, "anna")).person_id,) * 2
    gone = "This draft is not there any more. Please begin anew."
    assert await anna.press(data=f"dcn:{deal}:2") == gone
    assert await world.count(Company) == 4


async def test_only_whoever_may_change_the_deal_says_so_and_only_of_what_they_see(world: World) -> None:
    deal = await make_deal(world, stage="Awaiting payment", amount=1)
    firm, foreign = await make_firm(world), await make_firm(world, "victor", name="Foreign")
    firms, anna = world.services.deal_firms, await actor_of(world.services, "anna")
    for name, code in (("boris", "deal.not_found"), ("fiona", "not_allowed"), ("max", "deal.not_found")):
        actor = await actor_of(world.services, name)
        for deed in (
            firms.choice(actor, deal),
            firms.link(actor, deal, firm, 1),
            firms.unlink(actor, deal, 1),
            firms.found(actor, deal, "Kontur", 1),
        ):
            with pytest.raises(AppError) as refused:
                await deed
            assert refused.value.code in (code, "not_allowed"), name
    for firm_id in (foreign, 4242):
        with pytest.raises(AppError, match=r"firm\.not_found"):
            await firms.link(anna, deal, firm_id, 1)
    with pytest.raises(AppError, match=r"deal\.not_found"):
        await firms.link(anna, 4242, firm, 1)
    await firms.link(anna, deal, firm, 1)
    # Finance reads the name and has no way into the company; its manager's head has.
    await world.fiona.press(data=f"d:{deal}")
    assert "🏢 Romashka" in world.fiona.text
    assert not {"🏢 Company", "🔁 Change company"} & set(world.fiona.labels)
    await world.helen.press(data=f"d:{deal}")
    at = world.helen.labels.index("🏢 Company")
    assert world.helen.labels[at + 1] == "🔁 Change company"
    lost = await make_deal(world, stage="Lost")
    with pytest.raises(AppError, match=r"deal\.closed"):
        await firms.link(anna, lost, firm, 1)


async def test_a_co_worker_opens_the_company_while_the_deal_is_in_work(world: World) -> None:
    deal = await make_deal(world)
    firm, anna = await make_firm(world), await actor_of(world.services, "anna")
    boris = await actor_of(world.services, "boris")
    card = await world.services.deal_firms.link(anna, deal, firm, 1)
    await world.services.crews.add(anna, deal, boris.person_id, card.version)
    await world.boris.press(data=f"d:{deal}")
    await world.boris.press("🏢 Company")
    assert "🏢 Romashka" in world.boris.text


async def test_of_two_who_choose_at_once_one_wins(world: World) -> None:
    deal = await make_deal(world)
    firms = [await make_firm(world, name=name) for name in ("One", "Two")]
    actors = [await actor_of(world.services, name) for name in ("anna", "helen")]
    came = await asyncio.gather(
        *(
            world.services.deal_firms.link(actor, deal, firm, 1)
            for actor, firm in zip(actors, firms, strict=True)
        ),
        return_exceptions=True,
    )
    assert sorted(isinstance(one, AppError) for one in came) == [False, True]
    assert len(await changes_of(world, deal, "deal")) == 1


async def test_the_client_that_a_stage_asks_for_brings_their_company(world: World) -> None:
    deal, firm = await make_deal(world, amount=1, contact=False), await make_firm(world)
    await make_client(world, phones=("+79031112233",), firm_id=firm)
    await world.anna.press(data=f"dms:{deal}")
    await world.anna.press("Awaiting payment")
    await world.anna.say("Ivan +7 903 111-22-33")
    assert "🏢 Romashka" in world.anna.text
    assert await firm_of(world, deal) == firm
