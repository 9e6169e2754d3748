"""People and a bot on the page: start, cards with buttons, answers, keyboards, commands and links."""

import asyncio

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TAKE = {"text": "✅ Take", "callback_data": "take", "style": "success"}
LOST = {"text": "Lost", "callback_data": "lost", "style": "danger"}
CALL = {"text": "Call", "callback_data": "call", "style": "primary"}


def cards(phone):
    return phone.locator(".row.in:has(.keyboard)")


async def test_start_opens_the_talk_with_a_bot(stage):
    _, left, _ = await stage.both(42, stage.team.id)
    await expect(left.get_by_test_id("composer")).to_have_count(0)
    await left.get_by_test_id("start").click()
    assert (await stage.robot.next("message"))["text"] == "/start"
    await expect(left.get_by_test_id("composer")).to_be_visible()


async def test_a_card_changes_in_place_for_everyone(stage):
    card = await stage.robot.say(stage.team.id, "<b>Windows</b>: free", [CALL, TAKE], [LOST])
    _, left, right = await stage.both(stage.team.id, stage.team.id)
    button = left.get_by_role("button", name="✅ Take")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    press = await stage.robot.next("callback_query")
    assert press["data"] == "take"
    assert press["from"]["id"] == stage.anna.id
    await stage.robot.call(
        "editMessageText",
        chat_id=stage.team.id,
        message_id=card["message_id"],
        text="Windows: Anna",
        reply_markup={"inline_keyboard": [[LOST]]},
    )
    await stage.robot.call("answerCallbackQuery", callback_query_id=press["id"], text="It is yours")
    await expect(left.get_by_test_id("toast")).to_have_text("It is yours")
    for phone in (left, right):
        message = phone.get_by_test_id(f"message-{card['message_id']}")
        await expect(message).to_contain_text("Windows: Anna")
        await expect(message.locator(".changed")).to_have_count(1)
        await expect(message.get_by_role("button", name="Lost")).to_be_visible()
        await expect(message.locator(".busy")).to_have_count(0)
        await expect(message.get_by_test_id("edited")).to_have_count(0)
        await expect(cards(phone)).to_have_count(1)


async def test_an_alert_waits_for_its_ok(stage):
    await stage.robot.say(stage.team.id, "card", [TAKE])
    _, left, _ = await stage.both(stage.team.id, stage.team.id)
    await left.get_by_role("button", name="✅ Take").click()
    press = await stage.robot.next("callback_query")
    await stage.robot.call(
        "answerCallbackQuery", callback_query_id=press["id"], text="Boris has it", show_alert=True
    )
    await expect(left.get_by_test_id("dialog")).to_contain_text("Boris has it")
    await left.get_by_test_id("dialog-yes").click()
    await expect(left.get_by_test_id("dialog")).to_have_count(0)
    await expect(left.locator(".busy")).to_have_count(0)


async def test_the_focus_stays_on_the_pressed_button(stage):
    card = await stage.robot.say(stage.team.id, "0", [CALL, TAKE])
    page, left, _ = await stage.both(stage.team.id, stage.team.id)
    await left.get_by_role("button", name="✅ Take").focus()
    await page.keyboard.press("Enter")
    press = await stage.robot.next("callback_query")
    await stage.robot.call(
        "editMessageText",
        chat_id=stage.team.id,
        message_id=card["message_id"],
        text="1",
        reply_markup={"inline_keyboard": [[CALL, LOST]]},
    )
    await stage.robot.call("answerCallbackQuery", callback_query_id=press["id"])
    await expect(left.get_by_role("button", name="Lost")).to_be_focused()


async def test_button_styles_are_seen(stage):
    await stage.robot.say(stage.team.id, "card", [CALL, TAKE, LOST])
    _, left, _ = await stage.both(stage.team.id, stage.team.id)
    await expect(left.locator(".key")).to_have_count(3)
    colours = await left.locator(".key").evaluate_all(
        "keys => keys.map(key => getComputedStyle(key).backgroundColor)"
    )
    assert len(set(colours)) == 3


async def test_a_card_that_grows_stays_in_sight(stage):
    for number in range(30):
        stage.boris.send(stage.team, f"line {number}")
    stage.anna.read(stage.team)
    card = await stage.robot.say(stage.team.id, "short", [TAKE], disable_notification=True)
    _, left, _ = await stage.both(stage.team.id, stage.team.id)
    await expect(left.get_by_role("button", name="✅ Take")).to_be_in_viewport()
    await stage.robot.call(
        "editMessageText",
        chat_id=stage.team.id,
        message_id=card["message_id"],
        text="\n".join(f"row {number}" for number in range(12)),
        reply_markup={"inline_keyboard": [[TAKE]]},
    )
    await expect(cards(left)).to_contain_text("row 11")
    await expect(left.get_by_role("button", name="✅ Take")).to_be_in_viewport(ratio=1)


async def test_the_reply_keyboard_opens_and_hides(stage):
    stage.anna.start()
    keyboard = [[{"text": "My day"}], [{"text": "My phone", "request_contact": True}]]
    await stage.robot.say(stage.anna.id, "hi", reply_markup={"keyboard": keyboard})
    _, left, _ = await stage.both(42, stage.team.id)
    await expect(left.get_by_test_id("reply-keyboard")).to_be_visible()
    await left.get_by_test_id("keyboard-toggle").click()
    await expect(left.get_by_test_id("reply-keyboard")).to_be_hidden()
    await left.get_by_test_id("keyboard-toggle").click()
    await left.get_by_role("button", name="My day").click()
    await expect(left.locator(".row.out").last).to_contain_text("My day")
    await left.get_by_role("button", name="My phone").click()
    await left.get_by_test_id("dialog-yes").click()
    await expect(left.locator(".row.out").last.get_by_test_id("contact")).to_contain_text(stage.anna.phone)
    assert stage.tg.messages(stage.anna)[-1].content["contact"]["user_id"] == stage.anna.id


async def test_people_and_groups_are_chosen_for_a_bot_that_asks(stage):
    stage.anna.start()
    asked = {"request_id": 7, "max_quantity": 2, "request_name": True}
    keyboard = {"keyboard": [[{"text": "Choose", "request_users": asked}]], "one_time_keyboard": True}
    await stage.robot.say(stage.anna.id, "whom?", reply_markup=keyboard)
    _, left, _ = await stage.both(42, stage.team.id)
    await left.get_by_role("button", name="Choose", exact=True).click()
    await expect(left.get_by_test_id("sheet-send")).to_be_disabled()
    option = left.get_by_test_id(f"choose-{stage.boris.id}")
    await option.click()
    await expect(option).to_have_attribute("aria-selected", "true")
    await left.get_by_test_id("sheet-send").click()
    await expect(left.get_by_test_id("reply-keyboard")).to_be_hidden()
    shared = stage.tg.messages(stage.anna)[-1].content["users_shared"]
    name = {"first_name": stage.boris.first_name, "last_name": stage.boris.last_name}
    assert shared["users"] == [{"user_id": stage.boris.id, **name}]
    rights = {"user_administrator_rights": {"can_pin_messages": True}}
    asked = {"request_id": 8, "chat_is_channel": False, "request_title": True, **rights}
    foreign = stage.tg.add_group("Of others", [stage.boris, stage.anna])
    keyboard = {"keyboard": [[{"text": "Which group", "request_chat": asked}]], "one_time_keyboard": True}
    await stage.robot.say(stage.anna.id, "which?", reply_markup=keyboard)
    await left.get_by_role("button", name="Which group", exact=True).click()
    await expect(left.get_by_test_id(f"choose-chat-{stage.team.id}")).to_be_visible()
    await expect(left.get_by_test_id(f"choose-chat-{foreign.id}")).to_have_count(0)
    await left.get_by_test_id(f"choose-chat-{stage.team.id}").click()
    await expect(left.get_by_test_id("reply-keyboard")).to_be_hidden()
    shared = stage.tg.messages(stage.anna)[-1].content["chat_shared"]
    assert shared == {"request_id": 8, "chat_id": stage.team.id, "title": stage.team.title}


async def test_commands_are_offered(stage):
    commands = [
        {"command": "lead", "description": "New lead"},
        {"command": "report", "description": "Funnel"},
    ]
    await stage.robot.call("setMyCommands", commands=commands)
    stage.anna.start()
    page, left, _ = await stage.both(42, stage.team.id)
    await left.get_by_test_id("commands").click()
    await expect(left.get_by_test_id("hints").get_by_role("option")).to_have_count(2)
    await left.get_by_test_id("composer").press_sequentially("/re")
    await expect(left.get_by_test_id("hints").get_by_role("option")).to_have_count(1)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(left.locator(".row.out").last).to_contain_text("/report")
    await expect(left.get_by_test_id("composer")).to_have_value("")


async def test_formatting_is_shown(stage):
    text = (
        "😀 <b>bold <i>both</i></b> <u>under</u> <s>struck</s> <code>x = 1</code> "
        '<tg-spoiler>secret</tg-spoiler> <a href="https://example.com/">link</a>\n<blockquote>quoted</blockquote>after'
    )
    await stage.robot.say(stage.team.id, text)
    _, left, _ = await stage.both(stage.team.id, stage.team.id)
    body = left.locator(".row.in .text").last
    for tag, words in {
        "strong": "bold both",
        "em": "both",
        "u": "under",
        "s": "struck",
        "code": "x = 1",
    }.items():
        await expect(body.locator(tag)).to_have_text(words)
    await expect(body.locator("blockquote")).to_have_text("quoted")
    await expect(body.get_by_role("button", name="link")).to_have_attribute("title", "https://example.com/")
    spoiler = body.locator(".spoiler")
    await expect(spoiler.locator("span")).to_have_css("opacity", "0")
    await spoiler.click()
    await expect(spoiler.locator("span")).to_have_css("opacity", "1")


async def test_a_deep_link_starts_the_bot_here(stage):
    stage.boris.send(stage.team, "https://t.me/helper_bot?start=invite-42")
    _, left, _ = await stage.both(stage.team.id, stage.team.id)
    await left.locator(".text-link").click()
    await expect(left.locator(".row.out")).to_contain_text("/start invite-42")
    assert stage.tg.messages(stage.anna)[-1].text == "/start invite-42"


async def test_a_link_to_a_topic_opens_it_here(stage):
    stage.anna.start()
    forum = stage.tg.add_group("Deals", [stage.anna], bot_admin={}, forum=True)
    topic = forum.open_topic("Windows", by=stage.anna)
    url = f"https://t.me/c/{-forum.id - 10**12}/{topic.id}"
    await stage.robot.say(stage.anna.id, "card", [{"text": "To the topic", "url": url}])
    _, left, _ = await stage.both(42, stage.team.id)
    await left.get_by_role("button", name="To the topic").click()
    await expect(left.get_by_test_id(f"topic-{topic.id}")).to_have_attribute("aria-selected", "true")


async def test_a_web_link_opens_a_tab_of_its_own(stage):
    await stage.robot.say(stage.team.id, "card", [{"text": "Site", "url": f"{stage.url}/client/info"}])
    page, left, _ = await stage.both(stage.team.id, stage.team.id)
    async with page.expect_popup() as opening:
        await left.get_by_role("button", name="Site").click()
    popup = await opening.value
    await popup.wait_for_url("**/client/info")
    assert await popup.evaluate("window.opener") is None


async def test_copying_by_a_button(stage):
    await stage.robot.say(stage.team.id, "card", [{"text": "Phone", "copy_text": {"text": "+79161234567"}}])
    page, left, _ = await stage.both(
        stage.team.id, stage.team.id, permissions=["clipboard-read", "clipboard-write"]
    )
    await left.get_by_role("button", name="Phone", exact=True).click()
    await expect(left.get_by_test_id("toast")).to_have_text("Copied")
    assert await page.evaluate("navigator.clipboard.readText()") == "+79161234567"


async def test_a_blocked_bot_offers_to_be_unblocked(stage):
    stage.anna.start()
    _, left, _ = await stage.both(42, stage.team.id)
    await left.get_by_test_id("chat-menu").click()
    await left.get_by_test_id("do-block").click()
    await left.get_by_test_id("unblock").click()
    await expect(left.get_by_test_id("composer")).to_be_visible()


async def test_two_buttons_may_wait_at_once(stage):
    await stage.robot.say(stage.team.id, "card", [CALL, TAKE])
    _, left, _ = await stage.both(stage.team.id, stage.team.id)
    await left.get_by_role("button", name="Call").click()
    await left.get_by_role("button", name="✅ Take").click()
    await expect(left.locator(".busy")).to_have_count(2)
    presses = [await stage.robot.next("callback_query") for _ in range(2)]
    answers = [stage.robot.call("answerCallbackQuery", callback_query_id=press["id"]) for press in presses]
    await asyncio.gather(*answers)
    await expect(left.locator(".busy")).to_have_count(0)


async def test_a_whisper_is_seen_and_pressed_in_one_phone_only(stage):
    """It stands below the card whose press it answers, changes in place, and outlives a reload."""
    key = [{"text": "Open", "callback_data": "open"}]
    card = await stage.robot.say(stage.team.id, "A deal", key)
    page, left, right = await stage.both(stage.team.id, stage.team.id)
    stage.boris.send(stage.team, "What is it?")
    await cards(left).last.get_by_role("button", name="Open").click()
    press = await stage.robot.next("callback_query")
    to_anna = {"receiver_user_id": stage.anna.id, "callback_query_id": press["id"]}
    sent = await stage.robot.say(stage.team.id, "₽500", key, ephemeral_message_parameters=to_anna)
    await stage.robot.call("answerCallbackQuery", callback_query_id=press["id"])
    whisper = left.locator(".row").last
    await expect(whisper.get_by_test_id("whispered")).to_have_text("Only you see this")
    await expect(whisper).to_contain_text("₽500")
    await whisper.get_by_role("button", name="Open").click()
    again = await stage.robot.next("callback_query")
    assert again["message"]["ephemeral_message_id"] == sent["ephemeral_message_id"]
    await stage.robot.call(
        "editEphemeralMessageText",
        chat_id=stage.team.id,
        receiver_user_id=stage.anna.id,
        ephemeral_message_id=sent["ephemeral_message_id"],
        text="₽700",
    )
    await stage.robot.call("answerCallbackQuery", callback_query_id=again["id"])
    await expect(whisper).to_contain_text("₽700")
    await expect(right.locator(".row").last).to_contain_text("What is it?")
    await expect(right.get_by_test_id("whispered")).to_have_count(0)
    await page.reload()
    await expect(left.locator(".row").last).to_contain_text("₽700")
    await left.locator(".row").last.locator(".bubble").click(button="right")
    await expect(left.get_by_role("menuitem")).to_have_text(["Copy"])
    assert card["message_id"] in stage.team.messages
