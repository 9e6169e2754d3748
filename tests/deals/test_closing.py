"""The way into payment and out of it: who is told, and what is asked before a win."""

from sqlalchemy import select, update

from db.models import Deal, Payment, Stage
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.world import World

SUM = 155_000_00


async def stands(world: World, deal: int) -> Deal:
    return (await world.rows(select(Deal).where(Deal.id == deal)))[0][0]


async def test_a_win_that_is_paid_in_part_is_asked_about_once(world: World) -> None:
    deal = await make_deal(world, stage="Awaiting payment", amount=SUM)
    await world.fiona.press(data=f"dpa:{deal}:5500000")
    await world.olga.press(data=f"d:{deal}")
    await world.olga.press("▶️ Paid")
    assert "Paid ₽55,000 of ₽155,000. Close it all the same?" in world.olga.text
    await world.olga.press("◀️ Back")
    assert (await stands(world, deal)).closed_on is None
    await world.olga.press("▶️ Paid")
    await world.olga.press("✅ Yes, paid in full: record the rest")
    assert "Paid ₽155,000 of ₽155,000" in world.olga.text
    assert "Awaiting payment → Paid · payment ₽100,000" in world.olga.text
    rows = select(Payment.amount, Payment.recorded_by).order_by(Payment.id)
    assert [row[0] for row in await world.rows(rows)] == [55_000_00, 100_000_00]


async def test_a_win_of_which_no_payment_was_ever_recorded_is_one_tap(world: World) -> None:
    deal = await make_deal(world, stage="Awaiting payment", amount=SUM)
    await world.helen.press(data=f"d:{deal}")
    await world.helen.press("▶️ Paid")
    assert "🟢 Paid" in world.helen.text
    assert (await stands(world, deal)).closed_on is not None


async def test_whoever_records_no_payments_only_closes_also_from_the_notice_of_a_part(world: World) -> None:
    deal = await make_deal(world, stage="Awaiting payment", amount=SUM)
    await world.fiona.press(data=f"dpa:{deal}:5500000")
    await world.helen.press("Paid")
    assert "Paid ₽55,000 of ₽155,000. Close it all the same?" in world.helen.text
    assert world.helen.labels == ["Close as it is", "◀️ Back"]
    close = next(one for one in world.helen.screen.keyboard[0])["callback_data"]
    forged = close.rpartition(":")[0] + ":1"
    assert await world.helen.press(data=forged) == "You may not do this."
    assert (await stands(world, deal)).closed_on is None
    await world.helen.press("Close as it is")
    assert "🟢 Paid" in world.helen.text
    assert "Paid ₽55,000 of ₽155,000" in world.helen.text
    assert await world.count(Payment) == 1
    assert "changed meanwhile" in (await world.helen.press(data=close) or "")


async def test_a_sum_typed_on_the_way_is_not_lost_by_the_question(world: World) -> None:
    deal = await make_deal(world, stage="Awaiting payment")
    async with world.db.write() as uow:
        await uow.session.execute(update(Stage).where(Stage.name == "Paid").values(required=["amount"]))
    await world.fiona.press(data=f"dp:{deal}")
    await world.fiona.say("7")
    await world.olga.press(data=f"d:{deal}")
    await world.olga.press("▶️ Paid")
    assert "What is the sum?" in world.olga.text
    await world.olga.say("777")
    assert "Paid ₽7 of ₽777" in world.olga.text
    await world.olga.press("Close as it is")
    row = await stands(world, deal)
    assert (row.amount, row.closed_on is not None) == (777_00, True)


async def test_a_win_without_a_sum_asks_for_it(world: World) -> None:
    deal, helen = await make_deal(world, stage="In work"), world.helen
    await helen.press(data=f"d:{deal}")
    await helen.press("🔀 Move")
    await helen.press("Paid")
    assert "What is the sum?" in helen.text, "as on the way to the payment"
    await helen.press("◀️ Back")
    async with world.db.write() as uow:
        await uow.session.execute(update(Stage).where(Stage.name == "Paid").values(required=[]))
    await helen.press("🔀 Move")
    await helen.press("Paid")
    assert "No sum is set" in helen.text, "asked about also where the owner wants none"
    assert helen.labels == ["💰 Sum", "Close as it is", "◀️ Back"]
    await helen.press("Close as it is")
    assert "🟢 Paid" in helen.text
    await world.anna.press(data=f"d:{deal}")
    assert "💰 Sum" not in world.anna.labels
    await world.anna.press(data=f"ds:{deal}")
    await world.anna.say("1")
    assert "closed already" in world.anna.text
    await helen.press("💰 Sum")
    await helen.say("150k")
    assert "🟢 Paid · ₽150,000" in helen.text
    assert "Helen: sum ₽150,000" in helen.text
    assert (await stands(world, deal)).amount == 150_000_00


async def test_an_old_list_of_stages_says_that_a_head_moves_it_now(world: World) -> None:
    deal, anna = await make_deal(world, stage="Proposal", amount=SUM), world.anna
    await anna.press(data=f"d:{deal}")
    await anna.press("🔀 Move")
    lost = next(one for row in anna.screen.keyboard for one in row if one["text"] == "🔴 Lost")
    await world.services.moves.move(
        await actor_of(world.services, "anna"),
        deal,
        (await stages_by_name(world.db))["Awaiting payment"].id,
        1,
    )
    assert "from here on a head moves it" in (await anna.press(data=lost["callback_data"]) or "")
    assert "🟡 Awaiting payment" in anna.text
    assert "🔴 Lost" not in anna.labels


async def test_those_who_look_after_the_money_hear_that_a_deal_awaits_it(world: World) -> None:
    deal = await make_deal(world, stage="Proposal", amount=SUM, title="Oak <doors>")
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("▶️ Awaiting payment")
    for hand in (world.fiona, world.helen):
        assert hand.text == "💳 Awaiting payment: Oak <doors>, ₽155,000"
    assert (world.fiona.screen.silent, world.helen.screen.silent) == (False, True)
    assert "Awaiting payment:" not in world.olga.text
    assert world.helen.labels == ["Open the deal"]
    await world.fiona.press("💳 Record a payment")
    await world.fiona.say("155000")
    assert "Paid ₽155,000 of ₽155,000" in world.fiona.text


async def test_in_russian(world: World) -> None:
    deal = await make_deal(world, stage="Awaiting payment", amount=SUM)
    await world.fiona.press(data=f"dpa:{deal}:5500000")
    await world.olga.say("/profile")
    await world.olga.press("🌐 In Russian")
    await world.olga.press(data=f"d:{deal}")
    await world.olga.press("▶️ Paid")
    assert "Оплачено 55\u00a0000\u00a0₽ из 155\u00a0000\u00a0₽. Всё равно закрыть?" in world.olga.text
    await world.olga.press("✅ Да, оплачена: записать остаток")
    assert "Оплачено 155\u00a0000\u00a0₽ из 155\u00a0000\u00a0₽" in world.olga.text
