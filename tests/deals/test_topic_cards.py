"""Where a deal is spoken of, told by cards that change by themselves; and groups that make no topics."""

import pytest
from sqlalchemy import select

from db.models import DealTopic, Note, Outbox
from sandbox import Group
from sandbox.messages import Message
from services import team_chats
from services.deal_entry import DealFields
from services.dto.team_chats import Holder, HolderKind
from services.notices import Priority
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.deals.test_topics import (
    RIGHTS,
    SALES,
    bring_in,
    card_in,
    last_words,
    move,
    only_topic,
    team_group,
)
from tests.world import World

OPENED = "🧵 It has a topic in the team's group."
NO_TOPICS = "🧵 The team's group has no topics. An admin of the group can switch them on in its settings."


def another_group(world: World, name: str, *, forum: bool = False, supergroup: bool = True) -> Group:
    people = [world.hands[name].person for name in ("helen", "anna", "boris", "victor", "eve")]
    return world.telegram.add_group(name, people, bot_admin=RIGHTS, forum=forum, supergroup=supergroup)


async def bind(world: World, group: Group) -> None:
    """The group becomes that of Sales."""
    holder = Holder(HolderKind.DEPARTMENT, (await world.rows(SALES))[0][0])
    await world.services.team_chats.bind(await actor_of(world.services, "olga"), holder, group.id)
    await world.settle()


def cards(world: World, group: Group) -> list[Message]:
    """What the bot has said in the group itself."""
    return [one for one in world.telegram.messages(group) if one.from_bot and one.thread is None]


def links(card: Message) -> list[str]:
    return [button["url"] for row in card.keyboard for button in row if "url" in button]


async def test_the_card_changes_by_itself_when_the_topic_is_open(world: World) -> None:
    """In every chat in which it stands, and also when the topic was lost and is opened once more."""
    group = await team_group(world)
    deal = await make_deal(world, title="Windows")
    for hand in (world.anna, world.helen):
        await hand.press(data=f"tc:deal:{deal}")
        assert "🧵 Open a topic" in hand.labels
    before = {name: len(world.hands[name].messages) for name in ("anna", "helen")}
    await world.anna.press("🧵 Open a topic")
    shown = [str(call.params["text"]) for call in world.telegram.calls.of("editMessageText")]
    assert [text for text in shown if "🧵 Its topic is being opened." in text]
    topic = only_topic(group)
    for hand in (world.anna, world.helen):
        assert OPENED in hand.text
        assert [link.rpartition("/")[2] for link in links(hand.screen)] == [str(topic.id)]
    group.delete_topic(topic)
    await move(world, deal, "In work", 1)
    second = only_topic(group)
    assert [link.rpartition("/")[2] for link in links(world.helen.screen)] == [str(second.id)]
    assert {name: len(world.hands[name].messages) for name in before} == before
    await world.anna.press(data=f"dto:{deal}")
    assert OPENED in world.anna.text, "an old button brings the card as it is"
    assert len(world.telegram.calls.of("createForumTopic")) == 2


async def test_whoever_went_on_is_told_why_there_is_none(world: World) -> None:
    await team_group(world, forum=False)
    deal = await make_deal(world, title="Windows")
    await world.services.topics.open(await actor_of(world.services, "anna"), deal)
    before = len(world.anna.messages)
    await world.settle()
    assert len(world.anna.messages) == before + 1
    assert NO_TOPICS in world.anna.text
    assert "🧵 Try again" in world.anna.labels
    await world.anna.press("◀️ Back")
    await world.anna.press(data=f"dto:{deal}")
    assert NO_TOPICS in world.anna.text
    assert len(world.anna.messages) == before + 1


async def test_a_group_without_topics_shows_the_card_itself_until_it_has_them(world: World) -> None:
    """Its deal had a topic elsewhere. What is answered to the card stays with the deal."""
    old = await team_group(world)
    deal = await make_deal(world, title="Windows", amount=777_00)
    await bring_in(world, deal, "boris")
    first, plain = only_topic(old), another_group(world, "New")
    quiet = len(world.anna.messages), len(world.helen.messages)
    await bind(world, plain)
    assert first.closed
    assert last_words(world, old, first) == ["➡️ Deal #1 is spoken of in the group of Sales now."]
    [card] = cards(world, plain)
    assert card.text.startswith(f"Windows · #{deal}")
    assert NO_TOPICS in card.text
    assert card.silent
    assert (len(world.anna.messages), len(world.helen.messages)) == quiet
    await move(world, deal, "Awaiting payment", 2)
    assert "🟡 Awaiting payment" in card.text
    await world.boris.say("They want brown ones", plain, reply_to=card)
    assert await world.rows(select(Note.text)) == [("They want brown ones",)]
    for name, answer in (("victor", "There is no such deal, or it is not yours to see."), ("eve", "")):
        assert (await world.hands[name].press("🧵 Try again", on=card) or "") == answer
    assert plain.topics == {}
    await world.boris.press("🧵 Try again", on=card)
    assert NO_TOPICS in world.boris.text
    assert cards(world, plain) == [card]

    plain.forum = True
    await world.eve.say("Now we have topics", plain)
    second = only_topic(plain)
    assert (second.name, second.closed) == (f"🟨 Windows · Awaiting payment · #{deal}", False)
    assert card_in(world, plain, second).id == plain.pinned[-1]
    assert card.text == "➡️ Deal #1 is spoken of in its topic in the group of Sales now."
    assert [link.rpartition("/")[2] for link in links(card)] == [str(second.id)]
    assert OPENED in world.boris.text
    said = len(world.telegram.messages(plain))
    await world.again()
    await world.eve.say("Indeed", plain)
    assert len(world.telegram.messages(plain)) == said + 1
    await move(world, deal, "Paid", 3)
    assert card.text == "➡️ Deal #1 is spoken of in its topic in the group of Sales now."
    assert "777" not in world.telegram.wire(to=plain)


async def test_a_card_in_a_group_leads_on_to_the_next_group(world: World) -> None:
    """A deal that was refused a topic gets one where it goes, and a closed deal stays where it was."""
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    first = await team_group(world, forum=False)
    deal, done = await make_deal(world, title="Windows"), await make_deal(world, title="Doors")
    for one in (deal, done):
        await bring_in(world, one, "boris")
    here, there = cards(world, first)
    await move(world, done, "Lost", 2, DealFields(loss_reason_id=1))
    await world.anna.press(data=f"tc:deal:{deal}")
    assert "🧵 В рабочей группе нет тем." in world.anna.text
    second = another_group(world, "Second")
    await bind(world, second)
    assert here.text == "➡️ Deal #1 is spoken of in the group of Sales now."
    assert "🔴 Lost" in there.text
    [card] = cards(world, second)
    assert NO_TOPICS in card.text
    third = another_group(world, "Third", forum=True)
    await bind(world, third)
    assert card.text.startswith("➡️")
    assert only_topic(third).name == f"🟦 Windows · New · #{deal}"
    assert "🧵 У сделки есть тема в рабочей группе." in world.anna.text
    assert await world.rows(select(DealTopic.deal_id, DealTopic.state).order_by(DealTopic.deal_id)) == [
        (deal, "open"),
        (done, "refused"),
    ]


async def test_topics_come_with_the_supergroup_and_with_the_right(world: World) -> None:
    """Switching topics on makes a group a supergroup, where the bot has to be given its rights anew."""
    group = another_group(world, "Sales", supergroup=False)
    await bind(world, group)
    deal = await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    new = group.upgrade(forum=True)
    new.promote(world.telegram.bot, {"can_pin_messages": True})
    await world.settle()
    await world.anna.say("Here we are", new)
    assert new.topics == {}
    await world.anna.press(data=f"tc:deal:{deal}")
    assert "I may not manage topics in the team's group." in world.anna.text
    new.promote(world.telegram.bot, RIGHTS)
    await world.settle()
    assert only_topic(new).name == f"🟦 Windows · New · #{deal}"
    assert OPENED in world.anna.text


async def test_a_helper_who_gets_the_deal_is_its_owner_alone(world: World) -> None:
    group = await team_group(world)
    deal = await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    topic = only_topic(group)
    helen, boris = await actor_of(world.services, "helen"), await actor_of(world.services, "boris")
    await world.services.deals.hand_over(helen, deal, boris.person_id, 2)
    await world.settle()
    card = card_in(world, group, topic)
    assert "👔 Boris · Sales" in card.text
    assert "👥" not in card.text
    await world.boris.say("/who", group, thread=topic.id)
    assert world.telegram.messages(group)[-1].text == "👔 Boris · Sales"


async def test_topics_that_are_switched_off_are_gone_until_they_are_back(world: World) -> None:
    """Heard of at the next call about one; the deals' cards stand in the group itself meanwhile."""
    group = await team_group(world)
    first, second = await make_deal(world, amount=777_00), await make_deal(world, title="Doors")
    for deal in (first, second):
        await bring_in(world, deal, "boris")
    await world.anna.press(data=f"tc:deal:{first}")
    group.forum = False
    told = len(world.anna.messages)
    await move(world, first, "Awaiting payment", 2)
    assert NO_TOPICS in world.anna.text
    assert "🧵 Try again" in world.anna.labels
    assert [one.text for one in world.telegram.messages(group) if NO_TOPICS in one.text] != []
    await world.anna.press(data=f"tc:deal:{second}")
    assert NO_TOPICS in world.anna.text, "the group is looked at, nothing was asked about the topic yet"
    await world.anna.press("🔁 Restore the topic")
    assert NO_TOPICS in world.anna.text
    assert len(world.anna.messages) == told, "the screen that stands says it"
    group.forum = True
    await world.anna.say("Back again", group)
    assert OPENED in world.anna.text
    states = await world.rows(select(DealTopic.state, DealTopic.refusal))
    assert states == [("open", None), ("open", None)]


async def test_deals_of_two_get_topics_when_their_group_comes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many at once as Telegram bears, the newest first; the others with their next change."""
    alone, older, newer, lost = [
        await make_deal(world, title=title) for title in ("One", "Older", "Newer", "Lost")
    ]
    for deal in (older, newer, lost):
        await bring_in(world, deal, "boris")
    await move(world, lost, "Lost", 2, DealFields(loss_reason_id=1))
    monkeypatch.setattr(team_chats, "AT_ONCE", 1)
    group = another_group(world, "Sales", forum=True)
    await world.anna.press(data=f"tc:deal:{newer}")
    await bind(world, group)
    assert only_topic(group).name == f"🟦 Newer · New · #{newer}"
    await world.anna.press(data=f"tc:deal:{alone}")
    assert "as soon as a second person works on it." in world.anna.text
    await world.anna.press(data=f"tc:deal:{older}")
    assert "🧵 It has no topic in the team's group yet: it gets one with its next change." in world.anna.text
    assert "🧵 Open a topic" in world.anna.labels
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await world.anna.press(data=f"tc:deal:{older}")
    assert "Темы в рабочей группе пока нет: она появится при следующем изменении сделки." in world.anna.text
    await world.services.deals.set_amount(await actor_of(world.services, "anna"), older, 200_00)
    await world.settle()
    assert [topic.name for topic in group.topics.values()] == [
        f"🟦 Newer · New · #{newer}",
        f"🟦 Older · New · #{older}",
    ]
    assert "🧵 У сделки есть тема в рабочей группе." in world.anna.text
    bulk = select(Outbox.params).where(Outbox.kind == "topic", Outbox.priority == Priority.BULK)
    assert await world.rows(bulk) == [({"id": newer},)], "new leads for the group do not wait for them"
