"""Two people talk on the page: what one does on the left arrives on the right."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from sandbox.inline import InlineAnswer

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def last(phone, side="in"):
    return phone.locator(f".row.{side}").last


async def menu(phone, message, deed):
    await message.locator(".bubble").click(button="right")
    await phone.get_by_test_id(deed).click()


async def test_two_people_see_each_other_live(stage, write):
    _, left, right = await stage.both(stage.team.id, stage.team.id)
    await write(left, "Who takes the windows?")
    await expect(last(right)).to_contain_text("Who takes the windows?")
    await expect(last(right)).to_contain_text("Anna Orlova")
    await write(right, "I do")
    await expect(last(left)).to_contain_text("I do")


async def test_shift_enter_makes_a_second_line(stage):
    _, left, right = await stage.both(stage.team.id, stage.team.id)
    composer = left.get_by_test_id("composer")
    await composer.fill("one")
    await composer.press("Shift+Enter")
    await composer.press_sequentially("two")
    await left.get_by_test_id("send").click()
    await expect(last(right).locator(".text")).to_have_text(re.compile(r"one\ntwo"), use_inner_text=True)


async def test_a_reply_quotes_and_its_quote_leads_back(stage, write):
    for number in range(60):
        stage.boris.send(stage.team, f"line {number}")
    question = stage.boris.send(stage.team, "the question")
    for number in range(60):
        stage.boris.send(stage.team, f"later {number}")
    stage.anna.read(stage.team)
    stage.anna.send(stage.team, "the answer", reply_to=question)
    _, left, _ = await stage.both(stage.team.id, stage.team.id)
    await expect(last(left, "out").get_by_test_id("quote")).to_contain_text("the question")
    asked = left.get_by_test_id(f"message-{question.id}")
    await expect(asked).to_have_count(0)
    await last(left, "out").get_by_test_id("quote").click()
    await expect(asked).to_be_in_viewport()


async def test_replying_by_the_menu(stage, write):
    stage.boris.send(stage.team, "ready? " + "a long line " * 9)
    _, left, right = await stage.both(stage.team.id, stage.team.id)
    await menu(left, last(left), "do-reply")
    await expect(left.get_by_test_id("context-reply")).to_contain_text("ready?")
    await write(left, "yes")
    await expect(last(right).get_by_test_id("quote")).to_contain_text("Boris Levin")
    edges = "node => node.closest('.row').getBoundingClientRect().left - node.getBoundingClientRect().left"
    assert await last(left, "out").get_by_test_id("quote").evaluate(edges) <= 0, "the quote keeps within"
    await expect(left.get_by_test_id("context-reply")).to_be_hidden()


async def test_editing_marks_the_message_and_deleting_takes_it_away(stage, write):
    _, left, right = await stage.both(stage.team.id, stage.team.id)
    await write(left, "helo")
    await expect(last(right)).to_contain_text("helo")
    await left.get_by_test_id("composer").press("ArrowUp")
    await write(left, "hello")
    await expect(last(right)).to_contain_text("hello")
    await expect(last(right).get_by_test_id("edited")).to_be_visible()
    await menu(left, last(left, "out"), "do-delete")
    await left.get_by_test_id("dialog-yes").click()
    await expect(right.locator(".row")).to_have_count(0)


async def test_forwarding_names_the_author(stage):
    stage.boris.send(stage.team, "a lead")
    stage.anna.start()
    _, left, _ = await stage.both(stage.team.id, stage.team.id)
    await menu(left, last(left), "do-forward")
    await left.get_by_test_id("forward-to-42").click()
    await left.get_by_test_id("back").click()
    await left.get_by_test_id("chat-42").click()
    await expect(last(left, "out")).to_contain_text("Forwarded from Boris Levin")


async def test_a_reaction_is_seen_by_the_other(stage):
    stage.boris.send(stage.team, "done")
    _, left, right = await stage.both(stage.team.id, stage.team.id)
    await menu(left, last(left), "react-🔥")
    await expect(last(right, "out").get_by_test_id("reactions")).to_contain_text("🔥")


async def test_files_and_pictures_arrive(stage):
    page, left, right = await stage.both(stage.team.id, stage.team.id)
    async with page.expect_file_chooser() as choosing:
        await left.get_by_test_id("attach").click()
        await left.get_by_test_id("attach-file").click()
    price = {"name": "price.csv", "mimeType": "text/csv", "buffer": b"a;b\n1;2\n"}
    await (await choosing.value).set_files(price)
    await left.get_by_test_id("field-caption").fill("the prices")
    await left.get_by_test_id("sheet-send").click()
    await expect(last(right).get_by_test_id("file")).to_contain_text("price.csv")
    await expect(last(right)).to_contain_text("the prices")
    async with page.expect_download() as downloading:
        await last(right).get_by_test_id("file").click()
    assert (await downloading.value).suggested_filename == "price.csv"


async def test_a_picture_opens_large(stage, tmp_path):
    page, left, right = await stage.both(stage.team.id, stage.team.id)
    await page.screenshot(path=tmp_path / "shot.png")
    await left.get_by_test_id("photo-input").set_input_files(tmp_path / "shot.png")
    await left.get_by_test_id("sheet-send").click()
    picture = last(right).get_by_test_id("photo")
    assert await picture.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    await picture.click()
    await expect(right.locator(".viewer")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(right.locator(".viewer")).to_have_count(0)


async def test_contacts_of_people_and_typed_ones(stage):
    _, left, right = await stage.both(stage.team.id, stage.team.id)
    await left.get_by_test_id("attach").click()
    await left.get_by_test_id("attach-contact").click()
    await left.get_by_test_id("contact-1002").click()
    await expect(last(right).get_by_test_id("contact")).to_contain_text("+79160000002")
    await left.get_by_test_id("attach").click()
    await left.get_by_test_id("attach-contact").click()
    await left.get_by_test_id("field-name").fill("Ivan Petrov")
    await left.get_by_test_id("field-phone").fill("+79161234567")
    await left.get_by_test_id("sheet-send").click()
    await expect(last(right).get_by_test_id("contact")).to_contain_text("Ivan Petrov")


async def test_a_place_arrives(stage):
    _, left, right = await stage.both(stage.team.id, stage.team.id)
    await left.get_by_test_id("attach").click()
    await left.get_by_test_id("attach-location").click()
    await left.get_by_test_id("sheet-send").click()
    await expect(last(right).get_by_test_id("location")).to_contain_text("55.75124")


async def test_unread_marks_come_and_go(stage):
    people = f"left={stage.anna.id}&right={stage.boris.id}"
    page = await stage.open(people)
    left = page.get_by_test_id("phone-left")
    await expect(left.get_by_test_id(f"chat-{stage.team.id}")).to_be_visible()
    stage.boris.send(stage.team, "one")
    stage.boris.send(stage.team, "two")
    await expect(left.get_by_test_id(f"unread-{stage.team.id}")).to_have_text("2")
    await left.get_by_test_id(f"chat-{stage.team.id}").click()
    await expect(last(left)).to_contain_text("two")
    await left.get_by_test_id("back").click()
    await expect(left.get_by_test_id(f"unread-{stage.team.id}")).to_have_count(0)
    assert not stage.team.unread.get(stage.anna.id)


async def test_new_messages_do_not_move_a_reader_of_old_ones(stage):
    for number in range(80):
        stage.boris.send(stage.team, f"line {number}")
    stage.anna.read(stage.team)
    page, left, _ = await stage.both(stage.team.id, stage.team.id)
    await expect(last(left)).to_contain_text("line 79")
    await expect(last(left)).to_be_in_viewport()
    await left.get_by_test_id("timeline").hover()
    await page.mouse.wheel(0, -900)
    await expect(left.get_by_test_id("to-bottom")).to_be_visible()
    place = await left.get_by_test_id("timeline").get_by_text("line 60").bounding_box()
    stage.boris.send(stage.team, "news")
    await expect(left.get_by_test_id("to-bottom")).to_have_text("1")
    assert await left.get_by_test_id("timeline").get_by_text("line 60").bounding_box() == place
    await left.get_by_test_id("to-bottom").click()
    await expect(last(left)).to_contain_text("news")
    await expect(last(left)).to_be_in_viewport()
    await expect(left.get_by_test_id("to-bottom")).to_be_hidden()


async def test_a_message_in_another_chat_shows_a_banner(stage):
    stage.anna.start()
    _, left, _ = await stage.both(42, stage.team.id)
    await expect(left.locator(".row.out")).to_contain_text("/start")
    stage.boris.send(stage.team, "look here")
    await left.get_by_test_id("banner").click()
    await expect(last(left)).to_contain_text("look here")


async def test_the_topics_of_a_forum(stage, write):
    forum = stage.tg.add_group("Leads", [stage.anna, stage.boris], {"can_manage_topics": True}, forum=True)
    topic = await stage.robot.call("createForumTopic", chat_id=forum.id, name="Windows")
    thread = topic["message_thread_id"]
    stage.boris.send(forum, "outside")
    _, left, _ = await stage.both(forum.id, stage.team.id)
    await left.get_by_test_id(f"topic-{thread}").click()
    await expect(left.get_by_test_id("timeline").get_by_text("outside")).to_have_count(0)
    await write(left, "inside")
    await expect(last(left, "out")).to_contain_text("inside")
    sent = stage.tg.messages(forum)[-1]
    assert (sent.text, sent.thread) == ("inside", thread)
    await left.get_by_test_id("topic-all").click()
    await expect(last(left, "out").locator(".topic-tag")).to_have_text("Windows")


async def test_a_closed_topic_says_so_in_the_page_s_language(stage, write):
    forum = stage.tg.add_group("Leads", [stage.anna, stage.boris], {"can_manage_topics": True}, forum=True)
    topic = forum.open_topic("Windows", by=stage.anna)
    said = stage.boris.send(forum, "inside", thread=topic.id)
    forum.close_topic(topic, by=stage.anna)
    page, _, right = await stage.both(stage.team.id, forum.id)
    await page.goto(page.url.replace("lang=en", "lang=ru"))
    await menu(right, right.get_by_test_id(f"message-{said.id}"), "do-reply")
    await write(right, "and this?")
    await expect(right.get_by_test_id("toast")).to_have_text("Эта тема закрыта")


async def test_a_refusal_is_told_and_the_text_is_kept(stage, write):
    _, left, _ = await stage.both(stage.team.id, stage.team.id)
    await expect(left.get_by_test_id("composer")).to_be_visible()
    stage.team.leave(stage.anna)
    await left.get_by_test_id("composer").fill("are you there?")
    await left.get_by_test_id("send").click()
    await expect(left.get_by_test_id("toast")).to_have_text("there is no such chat")
    await expect(left.get_by_test_id("composer")).to_have_value("are you there?")


async def test_a_message_that_comes_while_the_chat_loads_is_not_lost(stage):
    answered, arrived = asyncio.Event(), asyncio.Event()

    async def hold(route):
        answer = await route.fetch()
        answered.set()
        await arrived.wait()
        await route.fulfill(response=answer)

    page = await stage.open(f"left={stage.anna.id}&right={stage.boris.id}")
    await page.route("**/messages?*", hold)
    left = page.get_by_test_id("phone-left")
    await left.get_by_test_id(f"chat-{stage.team.id}").click()
    await answered.wait()
    stage.boris.send(stage.team, "in between")
    await expect(left.get_by_test_id(f"chat-{stage.team.id}")).to_contain_text("in between")
    arrived.set()
    await expect(last(left)).to_contain_text("in between")


async def test_inline_results_are_offered_and_one_is_sent(stage):
    stage.tg.bot.inline = True
    _, left, right = await stage.both(stage.team.id, stage.team.id)
    came = asyncio.Event()
    stage.tg.bot.updates.on_push = lambda _update: came.set()
    await left.get_by_test_id("composer").press_sequentially("@helper_bot deal")
    await came.wait()
    question = next(iter(stage.tg.inline_queries.values()))
    assert question.query == "deal"
    result = {
        "id": "d1",
        "title": "A <deal>",
        "description": "Deal",
        "content": {"text": "Chosen"},
        "markup": None,
    }
    question.settle(InlineAnswer((result,), {"text": "To the bot", "start": "find"}))
    await expect(left.get_by_test_id("inline-button")).to_have_text("To the bot")
    await left.get_by_test_id("inline-d1").click()
    await expect(last(right)).to_contain_text("Chosen")
    await expect(last(right)).to_contain_text("via @helper_bot")
    await expect(left.get_by_test_id("inline-results")).to_be_hidden()
