"""Payments by hand: parts, days, ways, too much, and mistakes that are taken back."""

import asyncio

import pytest
from sqlalchemy import select

from db.models import Deal, Event, Payment
from services.access import Action
from services.errors import StaleError
from services.payment_methods import Method
from services.payments import OverpaidError
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.world import World

DUE = 150_000_00


async def awaiting(world: World, amount: int | None = DUE, stage: str = "Awaiting payment") -> int:
    """A deal of Anna's, its card open before Fiona."""
    deal = await make_deal(world, owner="anna", stage=stage, amount=amount)
    await world.fiona.press(data=f"d:{deal}")
    return deal


async def payments(world: World) -> list[Payment]:
    return [row[0] for row in await world.rows(select(Payment).order_by(Payment.id))]


async def test_the_question_names_the_deal_and_what_is_due(world: World) -> None:
    deal = await awaiting(world)
    await world.fiona.press("💳 Record a payment")
    assert world.fiona.text.splitlines()[:2] == [
        f"💳 Windows for Ivan · #{deal}",
        "Still due: ₽150,000 of ₽150,000",
    ]
    assert "today · bank transfer" in world.fiona.text


async def test_parts_add_up_and_the_last_one_is_a_tap(world: World) -> None:
    await awaiting(world)
    await world.fiona.press("💳 Record a payment")
    await world.fiona.say("50k")
    assert "Paid ₽50,000 of ₽150,000" in world.fiona.text
    await world.fiona.press("💳 Record a payment")
    assert "Still due: ₽100,000 of ₽150,000" in world.fiona.text
    await world.fiona.press("✅ All of it: ₽100,000")
    assert "Paid ₽150,000 of ₽150,000" in world.fiona.text
    assert "• ₽100,000, today, bank transfer · Fiona" in world.fiona.text
    assert "💳 Record a payment" not in world.fiona.labels


async def test_the_day_and_the_way_are_chosen_by_taps(world: World) -> None:
    await awaiting(world)
    await world.fiona.press("💳 Record a payment")
    await world.fiona.press("Yesterday")
    await world.fiona.press("Cash")
    assert {"✓ Yesterday", "✓ Cash", "Today", "Bank transfer"} <= set(world.fiona.labels)
    await world.fiona.say("1000")
    (row,) = await payments(world)
    assert (str(row.paid_on), row.method, row.amount) == ("2026-11-17", "cash", 1_000_00)
    assert "yesterday, cash · Fiona" in world.fiona.text


async def test_another_day_is_typed(world: World) -> None:
    await awaiting(world)
    await world.fiona.press("💳 Record a payment")
    await world.fiona.press("Card")
    await world.fiona.press("Another day")
    for wrong, answer in (("soon", "I see no day"), ("24.12.2026", "not come yet")):
        await world.fiona.say(wrong)
        assert answer in world.fiona.text
    await world.fiona.say("12.11")
    assert "12 November · card" in world.fiona.text
    await world.fiona.say("1000")
    (row,) = await payments(world)
    assert (str(row.paid_on), row.method) == ("2026-11-12", "card")


async def test_what_is_no_payment_is_told_from_what_is_not_read_and_the_form_stays(world: World) -> None:
    await awaiting(world)
    await world.fiona.press("💳 Record a payment")
    for typed, answer in (
        ("0", "more than zero and at most a trillion"),
        ("-500", "more than zero and at most a trillion"),
        ("9" * 30, "more than zero and at most a trillion"),
        ("1 000 000 000 001", "more than zero and at most a trillion"),
        ("a lot", "I could not read a sum in this"),
        ("12500 from Romashka", "I read the sum, but not “from romashka”"),
        ("12500 tomorrow", "This day has not come yet"),
        ("12500 01.01.1900", "A payment of before 2000? Please check the year."),
    ):
        await world.fiona.say(typed)
        assert answer in world.fiona.text
    assert not await payments(world)
    await world.fiona.say("12500 yesterday cash")
    assert [(row.amount, str(row.paid_on), row.method) for row in await payments(world)] == [
        (12_500_00, "2026-11-17", "cash")
    ]


async def test_another_currency_is_refused(world: World) -> None:
    await awaiting(world)
    await world.fiona.press("💳 Record a payment")
    await world.fiona.say("$500")
    assert "This deal is in RUB" in world.fiona.text
    assert not await payments(world)


async def test_more_than_is_due_is_asked_about_once_more(world: World) -> None:
    await awaiting(world)
    await world.fiona.press("💳 Record a payment")
    await world.fiona.press("Yesterday")
    await world.fiona.say("200k")
    assert "₽200,000 came, and ₽150,000 is due" in world.fiona.text
    assert "₽50,000 too much" in world.fiona.text
    assert not await payments(world)
    await world.fiona.press("Yes, overpaid")
    assert "Paid ₽200,000 of ₽150,000" in world.fiona.text
    assert [str(row.paid_on) for row in await payments(world)] == ["2026-11-17"]


async def test_the_yes_is_for_the_sum_that_was_asked_about_and_no_other(world: World) -> None:
    deal = await awaiting(world)
    await world.fiona.press("💳 Record a payment")
    await world.fiona.press("Yesterday")
    await world.fiona.say("200k")
    question = world.fiona.screen
    await world.fiona.press("✏️ Another sum")
    assert "✓ Yesterday" in world.fiona.labels
    assert "changed meanwhile" in (await world.fiona.press(data=f"dpy:{deal}", on=question) or "")
    assert not await payments(world)


async def test_a_deal_without_a_sum_takes_any_payment(world: World) -> None:
    await awaiting(world, amount=None)
    await world.fiona.press("💳 Record a payment")
    assert "no sum yet" in world.fiona.text
    await world.fiona.say("77")
    assert "Paid ₽77" in world.fiona.text


async def test_all_of_it_is_paid_once_however_often_it_is_pressed(world: World) -> None:
    deal = await awaiting(world)
    await world.fiona.press(data=f"dpa:{deal}:{DUE}")
    paid = world.fiona.text
    assert "changed meanwhile" in (await world.fiona.press(data=f"dpa:{deal}:{DUE}") or "")
    assert world.fiona.text == paid
    assert len(await payments(world)) == 1


async def test_a_mistake_is_taken_back_and_everybody_hears_of_it(world: World) -> None:
    deal = await awaiting(world)
    await world.fiona.press(data=f"dpa:{deal}:{DUE}")
    await world.fiona.press("✖️ Correct payments")
    await world.fiona.press("✖️ ₽150,000, today, bank transfer")
    assert "Take back this payment for Windows for Ivan?" in world.fiona.text
    assert len([row for row in await payments(world) if row.taken_back_at]) == 0
    await world.fiona.press("Yes, take it back")
    assert "Paid ₽0 of ₽150,000" in world.fiona.text
    assert "💳 Record a payment" in world.fiona.labels
    for hand in (world.helen, world.anna):
        assert "A payment of ₽150,000 for Windows for Ivan was taken back" in hand.text
    await world.anna.press("Open the deal")
    assert "Fiona: took back a payment of ₽150,000" in world.anna.text
    again = await world.fiona.press(data=f"dpz:{deal}:1")
    assert "changed meanwhile" in (again or "")


async def test_a_won_deal_keeps_its_stage_and_says_what_is_due_again(world: World) -> None:
    deal = await awaiting(world, stage="Paid")
    await world.fiona.press(data=f"dpa:{deal}:{DUE}")
    await world.fiona.press(data=f"dpx:{deal}:1")
    assert "The deal stays in «Paid»" in world.fiona.text
    await world.fiona.press("Yes, take it back")
    assert "🟢 Paid" in world.fiona.text
    assert "⚠️ A payment was taken back: ₽150,000 is due again" in world.fiona.text


async def test_whoever_was_congratulated_hears_that_the_payment_was_taken_back(world: World) -> None:
    deal = await awaiting(world)
    await world.fiona.press(data=f"dpa:{deal}:{DUE}")
    await world.helen.press(data=f"d:{deal}")
    await world.helen.press("Paid")
    joy, told = world.anna.screen, len(world.helen.messages)
    assert joy.text.startswith("🎉 Paid")
    await world.fiona.press(data=f"dpx:{deal}:1")
    await world.fiona.press("Yes, take it back")
    assert joy.text.startswith("🎉 Paid"), "it was, and what came then is told below"
    assert "A payment of ₽150,000 for Windows for Ivan was taken back" in world.anna.text
    assert not world.anna.screen.silent
    assert world.anna.screen is not joy
    assert len(world.helen.messages) == told + 1


@pytest.mark.parametrize("hand", ["anna", "helen", "hugo", "max", "eve"])
async def test_it_is_refused_to_the_wrong_hand(world: World, hand: str) -> None:
    deal = await awaiting(world)
    await world.fiona.press(data=f"dpa:{deal}:100")
    await world.eve.start()
    events = await world.count(Event)
    for press in ("dp", "dps", "dpo", "dpy"):
        await world.hands[hand].press(data=f"{press}:{deal}")
    for press in ("dpa", "dpx", "dpz", "dpd"):
        await world.hands[hand].press(data=f"{press}:{deal}:1")
    await world.hands[hand].press(data=f"dpm:{deal}:cash")
    assert await world.count(Event) == events
    assert [row.taken_back_at for row in await payments(world)] == [None]


async def test_a_payment_of_another_deal_is_not_there(world: World) -> None:
    first, second = await awaiting(world), await awaiting(world)
    await world.fiona.press(data=f"dpa:{first}:100")
    for press in ("dpx", "dpz"):
        for payment in (1, 987_654):
            assert await world.fiona.press(data=f"{press}:{second}:{payment}") == (
                "There is no such payment any more."
            )


async def test_of_two_who_record_at_once_one_is_shown_what_the_other_wrote(world: World) -> None:
    deal = await awaiting(world)
    fiona, olga = await actor_of(world.services, "fiona"), await actor_of(world.services, "olga")
    both = [world.services.payments.record(who, deal, DUE, Method.BANK) for who in (fiona, olga)]
    results = await asyncio.gather(*both, return_exceptions=True)
    assert sum(isinstance(one, StaleError | OverpaidError) for one in results) == 1
    assert len(await payments(world)) == 1


async def test_each_deed_leaves_one_event(world: World) -> None:
    deal = await awaiting(world)
    await world.fiona.press(data=f"dpa:{deal}:{DUE}")
    await world.again()
    await world.fiona.press(data=f"dpz:{deal}:1")
    await world.again()
    found = [
        row[0]
        for row in await world.rows(select(Event.action).where(Event.subject == "deal").order_by(Event.id))
    ]
    assert found == [Action.PAYMENT_RECORD, Action.PAYMENT_TAKE_BACK]
    assert (await world.rows(select(Deal.version).where(Deal.id == deal)))[0][0] == 3


async def test_in_russian(world: World) -> None:
    deal = await awaiting(world)
    await world.fiona.say("/profile")
    await world.fiona.press("🌐 In Russian")
    await world.fiona.press(data=f"dp:{deal}")
    assert "Осталось 150\u00a0000\u00a0₽ из 150\u00a0000\u00a0₽" in world.fiona.text
    assert "сегодня · перевод" in world.fiona.text
    await world.fiona.press("Вчера")
    await world.fiona.press("Наличные")
    await world.fiona.say("200к")
    assert "Пришло 200\u00a0000\u00a0₽, а осталось оплатить 150\u00a0000\u00a0₽." in world.fiona.text
    await world.fiona.press("Да, переплата")
    assert "200\u00a0000\u00a0₽, вчера, наличные · Fiona" in world.fiona.text
    await world.fiona.press("✖️ Исправить оплаты")
    assert "Какую оплату записали по ошибке?" in world.fiona.text
