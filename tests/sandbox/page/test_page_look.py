"""How the page stands: both languages, colours, narrow screens, deep links, hostile texts, keyboard."""

import re

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PHONE = {"viewport": {"width": 390, "height": 780}}
CLIPPED = """nodes => nodes.filter(n => n.scrollWidth > n.clientWidth && n.clientWidth > 0
    || n.scrollHeight > n.parentElement.clientHeight + 1).map(n => n.textContent)"""


async def test_both_languages(stage):
    asked = []

    async def translate(language):
        asked.append(language)
        stage.anna.first_name = {"ru": "Анна", "en": "Anna"}[language]
        stage.anna.language_code = stage.boris.language_code = language

    stage.tg.on_language = translate
    page, left, _ = await stage.both(42, stage.team.id)
    await expect(left.get_by_test_id("start")).to_have_text("Start")
    await page.get_by_test_id("language-ru").click()
    await expect(left.get_by_test_id("start")).to_have_text("Начать")
    await expect(left.get_by_test_id("person-switch")).to_contain_text("Анна")
    await expect(page.locator("html")).to_have_attribute("lang", "ru")
    assert asked == ["ru"]
    await page.reload()
    await expect(left.get_by_test_id("start")).to_have_text("Начать")
    assert asked == ["ru"]


async def test_a_world_in_which_something_was_done_is_given_up_only_on_purpose(stage):
    asked = []

    async def translate(language):
        asked.append(language)
        stage.anna.language_code = stage.boris.language_code = language
        stage.tg.touched = False

    stage.tg.on_language = translate
    page, left, _ = await stage.both(42, stage.team.id)
    await left.get_by_test_id("start").click()
    await page.get_by_test_id("language-ru").click()
    await expect(left.get_by_test_id("dialog")).to_contain_text("starts anew")
    await left.get_by_test_id("dialog-no").click()
    await page.goto(page.url.replace("lang=en", "lang=ru"))
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    assert asked == []
    await page.get_by_test_id("language-ru").click()
    await left.get_by_test_id("dialog-yes").click()
    await expect(page.locator("html")).to_have_attribute("lang", "ru")
    assert asked == ["ru"]


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_no_words_are_cut(stage, language):
    stage.anna.start()
    long = {"text": "Перевести в «Ожидает оплаты» и поставить задачу", "callback_data": "a"}
    word = {"text": "Сверхдлинноесловобезпробелов", "callback_data": "b"}
    days = [{"text": str(day), "callback_data": f"d{day}"} for day in range(21, 28)]
    keys = [[{"text": long["text"]}, {"text": word["text"]}, {"text": "3"}]]
    await stage.robot.say(stage.anna.id, "x", reply_markup={"keyboard": keys})
    await stage.robot.say(stage.anna.id, "card", [long, word], days, [word, word, word])
    page, left, _ = await stage.both(42, stage.team.id)
    await page.goto(page.url.replace("lang=en", f"lang={language}"))
    await expect(left.get_by_test_id("keyboard").get_by_test_id("label")).to_have_count(12)
    await expect(left.get_by_test_id("reply-keyboard")).to_be_visible()
    labels = page.locator("[data-testid=label]:visible, .start:visible, .segmented button:visible")
    for width in (340, 390, 760, 1280):
        await page.set_viewport_size({"width": width, "height": 800})
        await expect(left).to_be_visible()
        assert await labels.evaluate_all(CLIPPED) == []
        await left.get_by_test_id("attach").click()
        assert await page.locator(".menu span:visible").evaluate_all(CLIPPED) == []
        await page.keyboard.press("Escape")
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("title", ["Sdelka — CRM в Телеграме", "Sdelka — the CRM in Telegram"])
async def test_the_title_is_whole_on_a_narrow_screen(stage, title):
    stage.tg.title = title
    page = await stage.open(f"left={stage.anna.id}&right={stage.boris.id}", **PHONE)
    heading = page.locator("h1")
    await expect(heading).to_have_text(title)
    for width in (340, 390):
        await page.set_viewport_size({"width": width, "height": 780})
        assert await heading.evaluate_all(CLIPPED) == []
        bar, box = await page.locator(".top").bounding_box(), await heading.bounding_box()
        assert bar["y"] <= box["y"]
        assert box["y"] + box["height"] <= bar["y"] + bar["height"] <= 60


WIDTH_IN_LETTERS = """text => {
  const style = getComputedStyle(document.body), pen = document.createElement("canvas").getContext("2d");
  pen.font = `${style.fontSize} ${style.fontFamily}`;
  return pen.measureText(text).width / pen.measureText("н").width;
}"""


async def test_figures_and_spaces_are_those_of_letters_whatever_fonts_there_are(stage):
    page = await stage.open(f"left={stage.anna.id}&right={stage.boris.id}")
    assert await page.evaluate(WIDTH_IN_LETTERS, "1 1 1") < 6  # Fonts of emoji have both, twice as wide.


async def test_at_phone_width_one_phone_fills_the_screen(stage, write):
    page = await stage.open(f"left={stage.anna.id}&right={stage.boris.id}", **PHONE)
    left, right = page.get_by_test_id("phone-left"), page.get_by_test_id("phone-right")
    await expect(left).to_be_visible()
    await expect(right).to_be_hidden()
    box = await left.bounding_box()
    assert box is not None
    assert box["width"] == 390
    await left.get_by_test_id(f"chat-{stage.team.id}").click()
    await write(left, "over there")
    await page.get_by_test_id("show-right").click()
    await expect(left).to_be_hidden()
    await expect(right.get_by_test_id(f"unread-{stage.team.id}")).to_have_text("1")
    await right.get_by_test_id(f"chat-{stage.team.id}").click()
    await expect(right.locator(".row.in")).to_contain_text("over there")


async def test_the_browsers_back_leaves_the_chat(stage):
    page = await stage.open(f"left={stage.anna.id}&right={stage.boris.id}", **PHONE)
    left = page.get_by_test_id("phone-left")
    await left.get_by_test_id("chat-42").click()
    await expect(left.get_by_test_id("start")).to_be_visible()
    await page.go_back()
    await expect(left.get_by_test_id("chats")).to_be_visible()
    await expect(left.get_by_test_id("start")).to_be_hidden()
    await left.get_by_test_id("chat-42").click()
    await left.get_by_test_id("back").click()
    await expect(left.get_by_test_id("start")).to_be_hidden()
    assert await page.evaluate("history.state?.chat") is None


async def test_at_phone_width_the_chosen_tab_chooses_the_person(stage):
    page = await stage.open(f"left={stage.anna.id}&right={stage.boris.id}", **PHONE)
    await page.get_by_test_id("show-left").click()
    await page.get_by_test_id("phone-left").get_by_test_id("person-1002").click()
    await expect(page.get_by_test_id("show-left")).to_contain_text("Boris")


async def test_the_person_on_a_phone_is_changed_and_remembered(stage):
    stage.tg.add_person(1003, "Vera", subtitle="Finance")
    page = await stage.open(f"left={stage.anna.id}&right={stage.boris.id}&leftChat=42")
    left = page.get_by_test_id("phone-left")
    await expect(left.get_by_test_id("start")).to_be_visible()
    await left.get_by_test_id("person-switch").click()
    await left.get_by_test_id("person-1003").click()
    await expect(left.get_by_test_id("person-switch")).to_contain_text("Vera")
    await expect(left.get_by_test_id(f"chat-{stage.team.id}")).to_have_count(0)
    await left.get_by_test_id("chat-42").click()
    await expect(page).to_have_url(re.compile(r"left=1003.*leftChat=42"))
    await page.goto(stage.url)
    await expect(left.get_by_test_id("person-switch")).to_contain_text("Vera")
    await expect(left.get_by_test_id("start")).to_be_visible()


async def test_colours_follow_the_system_and_the_switch(stage):
    page = await stage.open(color_scheme="dark")
    root = page.locator("html")
    await expect(root).to_have_attribute("data-theme", "dark")
    await page.get_by_test_id("theme").click()
    await expect(root).to_have_attribute("data-theme", "light")
    await page.reload()
    await expect(root).to_have_attribute("data-theme", "light")


async def test_hostile_texts_stay_texts(stage):
    attack = '<img src=x onerror="alert(1)"><b>bold</b>'
    eve = stage.tg.add_person(1666, attack, "\u202eevil", subtitle=attack)
    group = stage.tg.add_group(attack, [eve, stage.boris], {})
    eve.send(group, attack)
    eve.send_contact(group, "+7<b>1</b>", attack)
    eve.send_file(group, "<svg onload=alert(1)>.html", b"<script>alert(1)</script>", caption=attack)
    button = {"text": attack[:60], "callback_data": "x"}
    await stage.robot.say(group.id, "card", [button, {"text": "js", "url": "https://example.com/"}])
    page = await stage.open(f"left=1666&right={stage.boris.id}&leftChat={group.id}&rightChat={group.id}")
    right = page.get_by_test_id("phone-right")
    await expect(right.get_by_test_id("keyboard")).to_be_visible()
    await expect(right.locator(".row.in .text").first).to_contain_text(attack)
    await expect(right.locator(".name").first).to_contain_text(attack)
    await page.get_by_test_id("phone-left").get_by_test_id("person-switch").click()
    for injected in ("img[src=x]", ".text b", ".name b", ".peer b", "main script", "main svg[onload]"):
        await expect(page.locator(injected)).to_have_count(0)


async def test_the_page_refuses_markup_by_itself(stage):
    page = await stage.open()
    refused = await page.evaluate(
        "() => { try { document.body.innerHTML = '<i>x</i>'; return false } catch { return true } }"
    )
    assert refused


async def test_a_chat_is_read_with_the_keyboard_alone(stage):
    stage.boris.send(stage.team, "hello")
    page = await stage.open(f"left={stage.anna.id}&right={stage.boris.id}")
    left = page.get_by_test_id("phone-left")
    await left.get_by_test_id(f"chat-{stage.team.id}").focus()
    await page.keyboard.press("Enter")
    await expect(left.get_by_test_id("composer")).to_be_focused()
    await expect(left.locator(".row.in").last).to_be_visible()
    await left.get_by_test_id("timeline").focus()
    await page.keyboard.press("ArrowUp")
    await expect(left.locator(".row.in").last).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(left.get_by_test_id("do-reply")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(left.locator(".row.in").last).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(left.get_by_test_id(f"chat-{stage.team.id}")).to_be_focused()


async def test_everything_that_can_be_pressed_has_a_name(stage):
    stage.anna.start()
    await stage.robot.say(stage.anna.id, "card", [{"text": "Take", "callback_data": "t"}])
    page, left, _ = await stage.both(42, stage.team.id)
    await expect(left.get_by_test_id("keyboard")).to_be_visible()
    nameless = await page.locator("button, input, textarea").evaluate_all(
        "nodes => nodes.filter(n => n.type !== 'file')"
        ".filter(n => !(n.ariaLabel || n.textContent.trim() || n.labels?.length)).map(n => n.outerHTML)"
    )
    assert nameless == []


async def test_nothing_comes_from_elsewhere(stage):
    page = await stage.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(stage.url)
    await expect(page.get_by_test_id("chats").first).to_be_visible()
    assert [url for url in asked if not url.startswith(stage.url)] == []


async def test_every_word_is_there_in_both_languages(stage):
    page = await stage.open()
    keys = await page.evaluate(
        "import('/page/js/locales.js')"
        ".then(module => Object.values(module.LOCALES).map(words => Object.keys(words).sort()))"
    )
    assert len(keys) == 2
    assert keys[0] == keys[1]


async def test_a_lost_connection_is_told_and_made_up_for(stage):
    page = await stage.new_page()
    await page.route("**/events", lambda route: route.fulfill(status=500))
    await page.goto(f"{stage.url}/?lang=en&left={stage.anna.id}&leftChat={stage.team.id}")
    left = page.get_by_test_id("phone-left")
    await expect(left.get_by_test_id("chat-kind")).to_have_text("connecting…")
    await expect(left.get_by_test_id("chat").get_by_text("No messages here yet")).to_be_visible()
    stage.boris.send(stage.team, "did you see it?")
    await page.unroute("**/events")
    await expect(left.locator(".row.in")).to_contain_text("did you see it?")
    await expect(left.get_by_test_id("chat-kind")).to_have_text("2 members")
