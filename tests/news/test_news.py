"""News of the company: written, told, changed and withdrawn; in the channel, or to everybody in private."""

from sqlalchemy import select

from db.models import Deal, NewsPost
from keyboards.news import REQUEST, NewsAgainCb, NewsDropSureCb, NewsEditCb, NewsOneCb, NewsSureCb
from keyboards.profile import CompanyCb
from keyboards.setting_history import CompanyHistoryCb
from sandbox import Group
from services.deal_entry import DealFields
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.tasks.ticking import tick
from tests.world import World


async def open_channel(world: World, title: str = "Company life") -> Group:
    """Olga chooses a channel of hers, from the company's settings on."""
    channel = world.telegram.add_channel(title, world.olga.person, bots=())
    await world.olga.press(data=CompanyCb().pack())
    for label in ("📣 News channel", "📣 Choose a channel"):
        await world.olga.press(label)
    await world.olga.do("share_chat", REQUEST, channel)
    return channel


async def write(world: World, name: str, words: str) -> int:
    """Somebody writes news; their number."""
    await world.hands[name].say(f"/news {words}")
    await world.hands[name].press("📣 Publish")
    return int((await world.rows(select(NewsPost.id).order_by(NewsPost.id.desc()).limit(1)))[0][0])


async def move(world: World, deal: int, stage: str) -> None:
    stages = await stages_by_name(world.db)
    version = (await world.rows(select(Deal.version).where(Deal.id == deal)))[0][0]
    fields = DealFields(amount=100_000_00)
    await world.services.moves.move(
        await actor_of(world.services, "olga"), deal, stages[stage].id, version, fields
    )
    await world.settle()


def told(world: World, channel: Group) -> list[str]:
    return [message.text for message in world.telegram.messages(channel)]


async def test_news_go_into_the_channel_that_the_owner_has_chosen(world: World) -> None:
    channel = await open_channel(world)
    assert "The news come into the channel Company life." in world.olga.text
    assert world.telegram.bot.id in {bot.id for bot in channel.bots()}
    for label in ("📣 News", "✏️ Write news"):
        await world.helen.press(label)
    await world.helen.say("We moved to Tverskaya")
    assert "It goes into the channel Company life." in world.helen.text
    assert told(world, channel) == []
    await world.helen.say("We moved to <b>Arbat</b>")
    assert "— Helen" in world.helen.text
    preview = world.helen.screen
    await world.helen.press("📣 Publish")
    await world.again()
    assert told(world, channel) == ["We moved to <b>Arbat</b>\n\n— Helen"]
    await world.helen.say("/news")
    await world.helen.press("#1 We moved")
    assert "✅ In the channel Company life" in world.helen.text
    assert await world.helen.press(on=preview, data=NewsSureCb().pack()) == (
        "This waits no more: it was told, or given up."
    )
    assert len(told(world, channel)) == 1
    assert all("Arbat" not in message.text for message in world.anna.messages)


async def test_what_was_told_is_changed_and_withdrawn_and_stays_in_the_list(
    world: World,
) -> None:
    channel = await open_channel(world)
    one = await write(world, "helen", "The price list is new")
    await world.helen.press("✏️ Change")
    await world.helen.say("The price list is newer")
    await world.helen.press("💾 Save")
    assert told(world, channel) == ["The price list is newer\n\n— Helen"]
    assert await world.anna.press(data=NewsEditCb(news_id=one).pack()) == "You may not do this."
    assert await world.hugo.press(data=NewsDropSureCb(news_id=one).pack()) == "You may not do this."
    assert await world.olga.press(data=NewsOneCb(news_id=one + 7).pack()) == "There is no such news."
    await world.olga.press(data=NewsOneCb(news_id=one).pack())
    await world.olga.press("🚫 Withdraw")
    old = world.olga.screen
    await world.olga.press("🚫 Yes, withdraw")
    assert told(world, channel) == []
    assert "🚫 Withdrawn" in world.olga.text
    await world.olga.press(on=old, data=NewsDropSureCb(news_id=one).pack())
    assert world.olga.toast == "This has changed meanwhile. Here is how it stands now."
    await world.anna.say("/news")
    assert [entity["type"] for entity in world.anna.screen.content["entities"]][-1] == "strikethrough"
    await world.olga.press(data=CompanyHistoryCb().pack())
    assert "told the news #1: “The price list is new”" in world.olga.text
    assert "changed the news #1: “The price list is new” → “The price list is newer”" in world.olga.text
    assert "Olga: withdrew the news #1" in world.olga.text


async def test_a_post_that_is_too_old_to_be_deleted_says_that_it_was_withdrawn(world: World) -> None:
    channel = await open_channel(world)
    one = await write(world, "olga", "Old")
    channel.promote(world.telegram.bot, {"can_post_messages": True}, by=world.olga.person)
    world.clock.turn(days=3)
    await world.olga.press(data=NewsDropSureCb(news_id=one).pack())
    assert told(world, channel) == ["🚫 This news was withdrawn."]
    for number in range(2, 9):
        await world.services.news.publish(await actor_of(world.services, "olga"), f"Number {number}")
    await world.anna.say("/news")
    assert "Number 8" in world.anna.text
    assert "Old" not in world.anna.text
    await world.anna.press("More ▶️")
    assert [line for line in world.anna.labels if line[0] == "#"] == ["#2 Number 2", "#1 🚫 Old"]


async def test_without_a_channel_everybody_gets_them_in_private_and_at_night_later(world: World) -> None:
    fiona = await actor_of(world.services, "fiona")
    await world.services.quiet.choose(fiona, "11-13")
    one = await write(world, "olga", "Pizza at six")
    for name in ("anna", "boris", "hugo", "max"):
        assert world.hands[name].text == "Pizza at six\n\n— Olga", name
    assert "Everybody gets it from me in private." in world.olga.text
    assert "Pizza" not in world.fiona.text
    assert all("Pizza" not in message.text for message in world.eve.messages)
    world.clock.turn(hours=2)
    await tick(world)
    assert world.fiona.text == "Pizza at six\n\n— Olga"
    before = len(world.anna.messages)
    await world.olga.press(data=NewsDropSureCb(news_id=one).pack())
    assert len(world.anna.messages) == before - 1
    await world.anna.say("/news")
    await world.anna.say("/news Let me in")
    assert world.anna.text == "You may not do this."


async def test_a_channel_that_takes_nothing_is_told_and_the_news_are_sent_again(world: World) -> None:
    channel = await open_channel(world)
    world.telegram.faults.script(
        "sendMessage", kind="400", description="Bad Request: need administrator rights in the channel chat",
        chat=channel.id,
    )  # fmt: skip
    one = await write(world, "helen", "Holiday on Friday")
    assert "🔌 The channel Company life takes no news." in world.helen.text
    assert "I may not post in the channel any more." in world.olga.text
    assert "📣 News channel" in world.olga.labels
    await world.helen.press(data=NewsOneCb(news_id=one).pack())
    assert "⚠️ It did not go out." in world.helen.text
    await world.helen.press("🔁 Send it again")
    assert told(world, channel) == ["Holiday on Friday\n\n— Helen"]
    channel.demote(world.telegram.bot, by=world.olga.person)
    await world.settle()
    two = await write(world, "helen", "No holiday")
    await world.helen.press(data=NewsOneCb(news_id=two).pack())
    assert "I am not in the channel any more, or it was deleted." in world.helen.text
    await world.olga.press("📣 News channel")
    assert "1 piece of news did not go out." in world.olga.text
    await world.olga.press("🔁 Another channel")
    await world.olga.do(
        "share_chat", REQUEST, world.telegram.add_channel("Fresh", world.olga.person, bots=())
    )
    await world.helen.press(data=NewsAgainCb(news_id=two).pack())
    assert "✅ In the channel Fresh" in world.helen.text


async def test_only_a_channel_of_ones_own_in_which_we_may_post_is_taken(world: World) -> None:
    channel = await open_channel(world)
    await world.olga.press("🔁 Another channel")
    await world.olga.say("Company life")
    assert world.olga.text.startswith("Press “Choose a channel”")
    other = world.telegram.add_channel("Mute", world.olga.person, bots=())
    world.telegram.faults.script(
        "getChatMember", kind="400", description="Bad Request: CHANNEL_PRIVATE", chat=other.id
    )
    await world.olga.do("share_chat", REQUEST, other)
    assert world.olga.text.startswith("I may not post in this channel.")
    await world.olga.say("✖️ Cancel")
    assert await world.helen.press(data="pc") == "You may not do this."
    channel.post("/news of the channel's own")
    await world.settle()
    for label in ("📣 News channel", "✖️ Take it off", "✖️ Yes, take it off"):
        await world.olga.press(label, data="pc" if label == "📣 News channel" else None)
    assert "There is none" in world.olga.text
    assert await world.olga.press(data="pcy") == "There is no channel of news."


async def test_a_won_deal_is_told_if_the_owner_wants_that_and_it_stays_won(
    world: World,
) -> None:
    channel = await open_channel(world)
    first = await make_deal(world, stage="Awaiting payment", amount=100_000_00, title="Quiet")
    await move(world, first, "Paid")
    await world.olga.press("🏆 Tell won deals there")
    deal = await make_deal(world, stage="Awaiting payment", amount=100_000_00, title="Windows")
    await move(world, deal, "Paid")
    assert told(world, channel) == []
    world.clock.turn(minutes=6)
    await world.settle()
    assert told(world, channel) == ["🏆 Windows is won! Well done, Anna."]
    back = await make_deal(world, stage="Awaiting payment", amount=100_000_00, title="Ivan +7 916 123-45-67")
    await move(world, back, "Paid")
    await move(world, back, "New")
    world.clock.turn(minutes=6)
    await world.settle()
    assert len(told(world, channel)) == 1
