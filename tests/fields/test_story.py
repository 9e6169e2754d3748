"""Fields made and filled in the chat, by hands on phones."""

from tests.cast import CAST
from tests.deals.making import make_deal
from tests.world import World


async def test_a_head_makes_fields_and_a_manager_fills_them(world: World) -> None:
    await make_deal(world, stage="In work", amount=100_00)
    helen, anna = world.helen, world.anna
    await helen.press("👤 Profile")
    await helen.press("🗂 Fields")
    await helen.press("💼 Deals")
    assert "None yet. Make your own, or take a ready one.\nReady ones: Client type (Person" in helen.text
    await helen.press("➕ Potential")
    assert "Key for the API and files: potential" in helen.text
    await helen.press("◀️ Back")
    await helen.press("➕ New field")
    await helen.say("potential")
    assert "“potential” is there already" in helen.text
    await helen.say("Mat<b>erial")
    await helen.press("☑️ Several choices")
    await helen.say("Wood")
    assert "Please send at least two" in helen.text
    await helen.say("Wood\nSteel")
    assert "☑️ Several choices\n📝 Wood, Steel\nFilled in: 0" in helen.text
    await helen.press("⬆️ Up")
    await helen.press("📝 Choices")
    await helen.say("Wood\nGlass\nSteel")
    await helen.press("◀️ Back")
    assert "1. Mat<b>erial · ☑️ Several choices\n2. Potential · 🔘 List" in helen.text
    for name, kind in (("Measured on", "📅 Date"), ("Bill", "🧾 Invoice"), ("Plan", "📎 File")):
        await helen.press("➕ New field")
        await helen.say(name)
        await helen.press(kind)
        await helen.press("◀️ Back")

    await anna.say("/deals")
    await anna.press("💼 #1 Windows for Ivan")
    await anna.press("📋 Fields · 0 of 5")
    assert anna.text.startswith("📋 Windows for Ivan: fields\n▫️ Mat<b>erial: —")
    await anna.press("☑️ Mat<b>erial")
    await anna.press("Wood")
    await anna.press("✖️ Cancel")
    await anna.press("📋 Fields · 0 of 5")
    await anna.press("☑️ Mat<b>erial")
    assert "✓ Wood" not in anna.labels, "Cancel keeps nothing"
    for choice in ("Glass", "Wood", "✓ Glass", "Steel"):
        await anna.press(choice)
    assert "✓ Steel" in anna.labels
    assert "✓ Glass" not in anna.labels
    save = next(button for row in anna.screen.keyboard for button in row if button["text"] == "✅ Save")
    await anna.press("✅ Save")
    stale = "This has changed meanwhile. Here is how it stands now."
    assert await anna.press(data=save["callback_data"]) == stale
    assert anna.text.count("Mat<b>erial: — → Wood, Steel") == 1, "one line of history"
    await anna.press("📋 Fields · 1 of 5")
    await anna.press("🔘 Potential")
    await anna.press("High")
    await anna.press("📅 Measured on")
    await anna.say("somewhen")
    assert "I could not read a day" in anna.text
    await anna.say("01.01.1900")
    assert "More than 100 years away? If that is right, send it once more." in anna.text
    await anna.say("01.01.1900")
    assert "Measured on: Monday, 1 January 1900" in anna.text
    await anna.press("📅 Measured on")
    await anna.say("завтра")
    await anna.press("🧾 Bill")
    await anna.do("send_file", None, "bill.pdf", b"bill", caption="17, 150000, 12.05")
    await anna.press("📎 Plan")
    await anna.do("send_file", None, "plan.pdf", b"plan")
    assert anna.text == (
        "📋 Windows for Ivan: fields\n▪️ Mat<b>erial: Wood, Steel\n▪️ Potential: High\n"
        "▪️ Measured on: Thursday, 19 November\n"
        "▪️ Bill: No. 17 · ₽150,000 · Tuesday, 12 May 2026 · 📎\n▪️ Plan: plan.pdf"
    )
    await anna.press("⬇️ Plan")
    sent = [call.chat_id for call in world.telegram.calls if call.method == "sendDocument"]
    assert sent == [CAST["anna"].telegram_id]
    sheet = anna.messages[-2]
    await anna.press("◀️ Back", on=sheet)
    assert "▪️ Potential: High" in anna.messages[-2].text
    assert "Anna: Plan: — → plan.pdf" in anna.messages[-2].text

    await helen.press("📎 Plan")
    await helen.press("🗑 Delete")
    assert "It is filled in 1 place, and that goes with it." in helen.text
    await helen.press("🗄 Hide it instead")
    assert "🗄 Hidden. What it says is kept." in helen.text

    russian = await world.services.people.identify(CAST["anna"].telegram_id)
    assert russian is not None
    await world.services.people.speak(russian, "ru")
    await anna.press("📋 Fields", on=anna.messages[-2])
    assert "▪️ Bill: № 17 · 150 000 ₽ · вторник, 12 мая 2026 · 📎" in anna.messages[-2].text.replace(
        "\xa0", " "
    )


async def test_a_question_about_a_field_that_is_gone_leads_back_to_the_card(world: World) -> None:
    """Whoever answers it is told why, and shown the deal."""
    await make_deal(world, stage="In work")
    helen, anna = world.helen, world.anna
    await helen.press("👤 Profile")
    await helen.press("🗂 Fields")
    await helen.press("💼 Deals")
    await helen.press("➕ New field")
    await helen.say("Floor")
    await helen.press("🔢 A number")
    await anna.say("/deals")
    await anna.press("💼 #1 Windows for Ivan")
    await anna.press("📋 Fields · 0 of 1")
    await anna.press("🔢 Floor")
    await anna.say("9" * 29)
    assert "a trillion at most" in anna.text
    await helen.press("🗑 Delete")
    await helen.press("🗑 Yes, delete it")
    await anna.say("12")
    refusal, card = anna.messages[-2:]
    assert refusal.text == "There is no such field any more."
    assert card.text.startswith("Windows for Ivan")
    assert "🔀 Move" in anna.labels
