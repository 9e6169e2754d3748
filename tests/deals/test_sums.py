"""Another sum of a deal: below what has come it is asked about, and whoever waits for money hears of it."""

import pytest
from sqlalchemy import select

from db.models import Deal, Event
from services.deal_entry import DealFields
from services.deal_sums import BelowPaidError
from services.payment_methods import Method
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.world import World


async def part_paid(world: World, stage: str = "Awaiting payment", amount: int | None = 100_000_00) -> int:
    """A deal of Anna's for which 46,000 has come."""
    deal = await make_deal(world, stage=stage, amount=amount)
    await world.services.payments.record(
        await actor_of(world.services, "fiona"), deal, 46_000_00, Method.BANK
    )
    return deal


async def sum_of(world: World, deal: int) -> int | None:
    return (await world.rows(select(Deal.amount).where(Deal.id == deal)))[0][0]


async def test_less_than_has_come_is_asked_about_and_told_to_those_who_wait(world: World) -> None:
    deal = await part_paid(world)
    await world.anna.press(data=f"ds:{deal}")
    await world.anna.say("1")
    assert "₽46,000 has come already, and the sum would be ₽1." in world.anna.text
    assert await sum_of(world, deal) == 100_000_00
    question = world.anna.screen
    await world.anna.press("✏️ Another sum")
    assert "changed meanwhile" in (await world.anna.press(data=f"dsy:{deal}", on=question) or "")
    await world.anna.press(data=f"ds:{deal}")
    await world.anna.say("1")
    await world.anna.press("Yes, set this sum")
    assert "⚠️ ₽45,999 more has come than its sum." in world.anna.text
    assert await sum_of(world, deal) == 1_00
    told = "✏️ Anna changed the sum of Windows for Ivan: ₽100,000 → ₽1\n💳 Paid ₽46,000 of ₽1"
    for hand in (world.fiona, world.helen):
        assert told in hand.text
    events = await world.count(Event)
    await world.again()
    assert await world.count(Event) == events

    await world.fiona.press("Open the deal")
    await world.fiona.press("💳 One more payment")
    await world.fiona.say("54000")
    await world.fiona.press("Yes, overpaid")
    assert "Paid ₽100,000 of ₽1" in world.fiona.text


async def test_who_waits_hears_of_every_sum_but_not_of_their_own_nor_before_it_is_awaited(
    world: World,
) -> None:
    deal, early = await part_paid(world), await make_deal(world, amount=5_00)
    for hand, one, amount in (("helen", deal, 90_000_00), ("anna", early, 6_00)):
        await world.services.deals.set_amount(await actor_of(world.services, hand), one, amount)
    await world.settle()
    assert "changed the sum" not in world.fiona.text
    await world.services.deals.set_amount(await actor_of(world.services, "anna"), deal, 80_000_00)
    await world.services.people.speak(await actor_of(world.services, "fiona"), "ru")
    await world.settle()
    space = "\u00a0"
    assert f"90{space}000{space}₽ → 80{space}000{space}₽ · Anna" in world.fiona.text
    assert "changed the sum" in world.helen.text


async def test_a_sum_typed_on_the_way_is_held_to_the_same_rule(world: World) -> None:
    deal, paid = await part_paid(world, amount=None), (await stages_by_name(world.db))["Paid"].id
    helen = await actor_of(world.services, "helen")
    version = (await world.services.deals.card(helen, deal)).version
    with pytest.raises(BelowPaidError):
        await world.services.moves.move(helen, deal, paid, version, DealFields(amount=1_00))
    assert await sum_of(world, deal) is None


@pytest.mark.parametrize("hand", ["boris", "victor", "hugo", "fiona", "max", "eve"])
async def test_it_is_refused_to_the_wrong_hand(world: World, hand: str) -> None:
    deal = await part_paid(world)
    await world.eve.start()
    for target in (deal, 987_654):
        await world.hands[hand].press(data=f"dsy:{target}")
    assert await sum_of(world, deal) == 100_000_00
