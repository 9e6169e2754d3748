"""Wrong hands, missing deals, old buttons and races: nothing changes, and the answer is plain."""

import asyncio

import pytest
from sqlalchemy import select

from db.models import Deal, Event, LossReason
from db.uow import Cause
from services.deal_entry import DealFields
from services.errors import StaleError
from services.payment_methods import Method
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.tasks.ticking import set_task, task_row
from tests.world import World


async def events_of(world: World, deal: int) -> int:
    return len(await world.rows(select(Event.id).where(Event.subject == "deal", Event.subject_id == deal)))


PRESSES = (
    *("d:{0}", "dms:{0}", "dm:{0}:2:1", "dx:{0}:6:1:1", "du:{0}:1:1", "ds:{0}"),
    *("dt:{0}", "dn:{0}", "dh:{0}:0", "dhs:{0}", "dg:{0}:4:1", "dp:{0}"),
)


async def digest(world: World, deal: int) -> tuple[object, ...]:
    row = (await world.rows(select(Deal).where(Deal.id == deal)))[0][0]
    return (row.version, row.stage_id, row.amount, row.title, row.owner_id, await world.count(Event))


@pytest.mark.parametrize("hand", ["boris", "victor", "hugo", "fiona", "max", "eve"])
async def test_it_refuses_the_wrong_hand(world: World, hand: str) -> None:
    deal = await make_deal(world, owner="anna", stage="In work", title="Secret windows")
    before = await digest(world, deal)
    card = world.hands["anna" if hand == "eve" else hand].screen
    seen = len(world.telegram.calls)
    for press in PRESSES:
        await world.hands[hand].press(data=press.format(deal), on=card)
    assert await digest(world, deal) == before
    wire = world.telegram.wire(since=seen)
    assert "Secret" not in wire
    assert "+7916" not in wire


async def test_a_missing_deal_answers_as_a_foreign_one(world: World) -> None:
    deal = await make_deal(world, owner="victor", stage="In work")
    for press in PRESSES:
        foreign = await world.helen.press(data=press.format(deal))
        missing = await world.helen.press(data=press.format(987_654))
        assert foreign == missing
        assert missing


async def test_an_old_button_shows_the_fresh_card(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="New")
    stages = await stages_by_name(world.db)
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("▶️ In work")
    world.clock.turn(days=30)
    toast = await world.anna.press(data=f"dm:{deal}:{stages['Proposal'].id}:1")
    assert "changed meanwhile" in (toast or "")
    assert "In work" in world.anna.text


async def test_the_same_update_five_times_moves_once(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="New")
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("▶️ In work")
    for _ in range(4):
        await world.again()
    assert (await digest(world, deal))[0] == 2
    assert await events_of(world, deal) == 1


async def test_two_moves_at_once_have_one_winner(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="New")
    stages = await stages_by_name(world.db)
    anna, helen = await actor_of(world.services, "anna"), await actor_of(world.services, "helen")
    moves = [
        world.services.moves.move(who, deal, stages["In work"].id, 1) for who in (anna, helen, anna, helen)
    ]
    results = await asyncio.gather(*moves, return_exceptions=True)
    assert sum(not isinstance(result, BaseException) for result in results) == 1
    assert sum(isinstance(result, StaleError) for result in results) == 3
    assert await events_of(world, deal) == 1


async def test_what_is_done_while_its_deal_is_lost_stays_done(world: World) -> None:
    anna, lost = await actor_of(world.services, "anna"), (await stages_by_name(world.db))["Lost"].id
    reason = (await world.rows(select(LossReason.id).order_by(LossReason.id)))[0][0]
    for _ in range(4):
        deal = await make_deal(world, owner="anna", stage="New")
        task = await set_task(world, "anna", deal=deal)
        fields = DealFields(loss_reason_id=reason)
        await asyncio.gather(
            world.services.tasks.done(anna, task.id),
            world.services.moves.move(anna, deal, lost, 1, fields),
            return_exceptions=True,
        )
        row = await task_row(world, task.id)
        assert row.done_at is not None
        assert row.dropped == (row.done_by is None)


async def test_payments_are_for_finance_and_the_owner(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="Awaiting payment", amount=100_00)
    for hand in ("anna", "helen", "boris"):
        assert await world.hands[hand].press(data=f"dp:{deal}")
    olga = await actor_of(world.services, "olga")
    card = await world.services.payments.record(olga, deal, 50_00, Method.CASH)
    assert card.paid.minor == 50_00


async def test_finance_sees_nothing_of_the_talk(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="Proposal", amount=100_00)
    await world.anna.press(data=f"dn:{deal}")
    await world.anna.say("He haggles like a pirate")
    await world.anna.press("▶️ Awaiting payment")
    seen = len(world.telegram.calls)
    await world.fiona.press(data=f"d:{deal}")
    wire = world.telegram.wire(since=seen)
    assert "Windows" in wire
    for word in ("pirate", "916123", "📝", "🕓", "website"):
        assert word not in wire


async def test_an_update_applied_before_changes_nothing_more(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="New")
    anna = await actor_of(world.services, "anna")
    stages = await stages_by_name(world.db)
    assert anna.cause is None
    before = await digest(world, deal)
    unknown = await world.services.people.identify(anna.telegram_id or 0, cause=Cause(42, 10**9))
    assert unknown is not None
    with pytest.raises(Exception, match="applied before"):
        await world.services.moves.move(unknown, deal, stages["In work"].id, 1)
    assert await digest(world, deal) == before
