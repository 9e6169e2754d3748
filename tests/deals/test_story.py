"""A deal's road, told by hands on phones."""

from sqlalchemy import select

from db.models import Deal, Event, Payment
from tests.deals.making import make_deal
from tests.world import World


async def deal_row(world: World, deal: int) -> Deal:
    return (await world.rows(select(Deal).where(Deal.id == deal)))[0][0]


async def test_the_whole_road_to_paid(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="New")
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("▶️ In work")
    await world.anna.press("▶️ Proposal")
    assert world.anna.text.startswith("Windows for Ivan · #1\n")
    assert "What is the sum?" in world.anna.text
    await world.anna.say("0")
    assert "“Proposal” asks for a sum above zero." in world.anna.text
    await world.anna.say("150k")
    assert "Proposal" in world.anna.text
    assert "₽150,000" in world.anna.text
    await world.anna.press("▶️ Awaiting payment")
    assert not [label for label in world.anna.labels if label.startswith("▶️")]
    assert "🔀 Move" not in world.anna.labels
    await world.anna.press("💰 Sum")
    await world.anna.say("0")
    assert "“Awaiting payment” asks for a sum above zero." in world.anna.text
    await world.anna.press("✖️ Cancel")

    await world.fiona.press(data=f"d:{deal}")
    await world.fiona.press("💳 Record a payment")
    await world.fiona.say("150000")
    assert await world.count(Payment) == 1

    assert "came for" in world.helen.text
    await world.helen.press("Paid")
    assert "🟢" in world.helen.text
    assert "🎉" in world.anna.text
    assert (await deal_row(world, deal)).closed_on is not None


async def test_undo_takes_a_move_back_once(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="New")
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("▶️ In work")
    await world.anna.press("↩️ Undo")
    assert "New" in world.anna.text.splitlines()[1]
    assert "↩️ Undo" not in world.anna.labels


async def test_undo_says_that_the_sum_goes_back_too(world: World) -> None:
    for before, told in ((None, "the deal has none"), (0, "the sum is ₽0 again")):
        deal = await make_deal(world, owner="anna", stage="In work", amount=before)
        await world.anna.press(data=f"d:{deal}")
        await world.anna.press("▶️ Proposal")
        await world.anna.say("150k")
        assert told in (await world.anna.press("↩️ Undo") or "")
        assert "took back: Proposal → In work · sum ₽150,000 → " in world.anna.text
        assert (await deal_row(world, deal)).amount == before


async def test_a_manager_cannot_undo_out_of_a_payment_stage(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="Proposal", amount=100_00)
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("▶️ Awaiting payment")
    assert "↩️ Undo" not in world.anna.labels
    event = (await world.rows(select(Event.id).where(Event.subject == "deal")))[-1][0]
    version = (await deal_row(world, deal)).version
    assert await world.anna.press(data=f"du:{deal}:{event}:{version}") == "You may not do this."
    assert (await deal_row(world, deal)).version == version


async def test_a_loss_asks_why_and_is_brought_back_by_its_manager(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="In work")
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("🔀 Move")
    await world.anna.press("Lost")
    assert "Why is it lost?" in world.anna.text
    await world.anna.press("Price")
    assert "💔 Price" in world.anna.text
    await world.anna.press("♻️ Return to work")
    await world.anna.press("▶️ In work")
    assert "💔" not in world.anna.text


async def test_the_client_is_asked_for_where_a_stage_requires_one(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="Proposal", amount=100_00, contact=False)
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("▶️ Awaiting payment")
    assert "Who is the client?" in world.anna.text
    await world.anna.say("Pyotr +7 916 765-43-21")
    assert "Awaiting payment" in world.anna.text
    assert "Pyotr" in world.anna.text


async def test_a_sum_of_nothing_is_none_where_a_stage_requires_one(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="In work", amount=0)
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("▶️ Proposal")
    assert "What is the sum?" in world.anna.text
    await world.anna.say("1")
    assert "🔵 Proposal · ₽1\n" in world.anna.text


async def test_what_cannot_be_read_is_asked_again_and_nothing_is_lost(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="New")
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("💰 Sum")
    await world.anna.say("a lot")
    assert "could not read a sum" in world.anna.text
    await world.anna.say("123456789012345678901234567890")
    assert "more than a trillion" in world.anna.text
    await world.anna.say("1.5 mln")
    assert "1,500,000" in world.anna.text


async def test_a_note_stands_on_the_card_and_in_the_history(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="New")
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("📝 Note")
    await world.anna.say("Wants <b>white</b> frames & a discount")
    assert "Wants <b>white</b> frames & a discount" in world.anna.text
    await world.anna.press("🕓 History")
    assert "white" in world.anna.text


async def test_a_long_note_is_refused_with_a_word(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="New")
    await world.anna.press(data=f"dn:{deal}")
    await world.anna.say("я" * 4001)
    assert "4000" in world.anna.text
    await world.anna.say("short")
    assert "short" in world.anna.text


async def test_a_head_hands_over_and_both_cards_follow(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="New")
    await world.helen.press(data=f"d:{deal}")
    await world.helen.press("🤝 Hand over")
    await world.helen.press("Boris")
    assert "Boris" in world.helen.text
    assert "gave you a deal" in world.boris.text
    assert "no such deal" in (await world.anna.press(data=f"d:{deal}") or "")


async def test_a_card_that_stands_elsewhere_is_edited_in_place(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="New")
    await world.anna.press(data=f"d:{deal}")
    card = world.anna.screen
    await world.helen.press(data=f"d:{deal}")
    await world.helen.press("▶️ In work")
    assert world.anna.screen.id == card.id
    assert "In work" in world.anna.text


async def test_lists_lead_to_the_deal(world: World) -> None:
    for number in range(10):
        await make_deal(world, owner="anna", stage="New", title=f"Deal {number}")
    await world.anna.say("/deals")
    await world.anna.press("New · 10")
    assert "Deal 9" in world.anna.text
    await world.anna.press("More ▶️")
    assert "Deal 0" in world.anna.text
    await world.anna.press("#1 Deal 0")
    assert "Deal 0" in world.anna.text.splitlines()[0]


async def test_a_renamed_deal_is_found_by_its_new_title(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="New")
    await world.anna.press(data=f"dt:{deal}")
    await world.anna.say("Ёлочные игрушки")
    await world.anna.say("/find елочные")
    assert "Ёлочные игрушки" in world.anna.text


async def test_a_form_about_a_deal_that_was_given_away_closes(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="New")
    await world.anna.press(data=f"dn:{deal}")
    await world.helen.press(data=f"dg:{deal}:4:1")
    await world.anna.say("Too late a note")
    assert "no such deal" in world.anna.text
    await world.anna.say("/deals")
    assert "No deals yet" in world.anna.text
