"""A deal's topic in the group of its department: made, named, closed and found again."""

import asyncio

import pytest
from sqlalchemy import select, update

from db.models import DealTopic, Department, Note, TeamChat
from sandbox import Group
from sandbox.chats import Topic
from sandbox.messages import Message
from services.deal_entry import DealFields
from services.dto.team_chats import Holder, HolderKind
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.world import World

SALES = select(Department.id).where(Department.name == "Sales")
RIGHTS = {"can_manage_topics": True, "can_pin_messages": True}


async def team_group(world: World, *, forum: bool = True, **rights: bool) -> Group:
    """The group of Sales, with everybody in it."""
    people = [world.hands[name].person for name in ("helen", "anna", "boris", "victor", "eve")]
    group = world.telegram.add_group(
        "Sales", people, bot_admin=rights or RIGHTS, forum=forum, supergroup=True
    )
    async with world.db.write() as uow:
        await uow.session.execute(
            update(Department).where(Department.name == "Sales").values(chat_id=group.id)
        )
    return group


def only_topic(group: Group) -> Topic:
    [topic] = group.topics.values()
    return topic


def card_in(world: World, group: Group, topic: Topic) -> Message:
    """The only message of ours in a topic, whatever others have said there, but for words where it went."""
    mine = [one for one in world.telegram.messages(group) if one.from_bot and not one.service]
    mine = [one for one in mine if not one.text.startswith("➡️")]
    [card] = [one for one in mine if one.thread == topic.id and one.keyboard]
    return card


def last_words(world: World, group: Group, topic: Topic) -> list[str]:
    """What was said in a topic when its deal went elsewhere."""
    said = [one.text for one in world.telegram.messages(group) if one.thread == topic.id]
    return [text for text in said if text.startswith("➡️")]


async def bring_in(world: World, deal: int, name: str, version: int = 1) -> None:
    colleague = await actor_of(world.services, name)
    await world.services.crews.add(await actor_of(world.services, "anna"), deal, colleague.person_id, version)
    await world.settle()


async def move(world: World, deal: int, stage: str, version: int, fields: DealFields | None = None) -> None:
    stages = await stages_by_name(world.db)
    actor = await actor_of(world.services, "helen")
    await world.services.moves.move(actor, deal, stages[stage].id, version, fields)
    await world.settle()


async def test_a_topic_lives_as_its_deal_does(world: World) -> None:
    """Made when a second person comes, renamed with the stage, closed and reopened with the deal."""
    group = await team_group(world)
    deal = await make_deal(world, title="Windows", amount=777_00)
    await bring_in(world, deal, "boris")
    topic = only_topic(group)
    assert topic.name == f"🟦 Windows · New · #{deal}"
    assert topic.icon_custom_emoji_id
    card = card_in(world, group, topic)
    assert "👥 with Boris" in card.text
    assert not [word for word in ("777", "Ivan", "916") if word in card.text]
    assert group.pinned == [card.id]
    await world.anna.press(data=f"tc:deal:{deal}")
    assert "🧵 It has a topic in the team's group." in world.anna.text
    link = next(button["url"] for row in world.anna.screen.keyboard for button in row if "url" in button)
    assert link.endswith(f"/{topic.id}")

    await move(world, deal, "Awaiting payment", 2)
    assert topic.name == f"🟨 Windows · Awaiting payment · #{deal}"
    assert "🟡 Awaiting payment" in card_in(world, group, topic).text
    assert card_in(world, group, topic) is card, "the one card is edited in place"
    await move(world, deal, "Lost", 3, DealFields(loss_reason_id=1))
    assert (topic.name[0], topic.closed) == ("🟥", True)
    await move(world, deal, "In work", 4)
    assert (topic.name, topic.closed) == (f"🟦 Windows · In work · #{deal}", False)
    calls = len(world.telegram.calls)
    await bring_in(world, deal, "helen", 5)
    assert [call.method for call in list(world.telegram.calls)[calls:] if "Topic" in call.method] == []


async def test_whoever_may_not_see_the_deal_presses_nothing_of_value(world: World) -> None:
    group = await team_group(world)
    deal = await make_deal(world, title="Call +7 916 123-45-67")
    await bring_in(world, deal, "boris")
    topic = only_topic(group)
    assert topic.name == f"🟦 New · #{deal}"
    card = card_in(world, group, topic)
    assert f"Deal #{deal}" in card.text
    before = len(world.telegram.messages(group))
    for name, answer in (("victor", "There is no such deal, or it is not yours to see."), ("eve", "")):
        hand = world.hands[name]
        told = len(hand.messages)
        assert (await hand.press("Open", on=card) or "") == answer
        assert len(hand.messages) == told
    assert await world.boris.press("Open", on=card) == "Its card is in our private chat."
    assert "+7 916 123-45-67" in world.boris.text
    assert len(world.telegram.messages(group)) == before


async def test_what_was_deleted_by_hand_is_made_again(world: World) -> None:
    """The card, the topic, and both after the deal was closed meanwhile."""
    group = await team_group(world)
    deal = await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    first = only_topic(group)
    await world.anna.do("delete", card_in(world, group, first))
    await move(world, deal, "Proposal", 2, DealFields(amount=100_00))
    card = card_in(world, group, first)
    assert "Proposal" in card.text
    assert group.pinned[-1] == card.id
    await world.anna.do("delete", card)
    group.delete_topic(first)
    anna = await actor_of(world.services, "anna")
    await world.services.deals.set_amount(anna, deal, 200_00)
    await world.settle()
    second = only_topic(group)
    assert second.id != first.id
    assert card_in(world, group, second).id == group.pinned[-1]
    await world.anna.press(data=f"tc:deal:{deal}")
    for gone in (True, False):
        here = only_topic(group)
        if gone:
            group.delete_topic(here)
        else:
            await world.anna.do("delete", card_in(world, group, here))
        toast = await world.anna.press("🔁 Restore the topic")
        assert toast == "I ask Telegram for the topic. If it is gone, I make a new one at once."
        assert (only_topic(group) is here) is not gone, "at once, and not with the deal's next change"
        assert card_in(world, group, only_topic(group)).id == group.pinned[-1]
        assert world.anna.screen.keyboard[0][0]["url"].endswith(f"/{only_topic(group).id}")
    second = only_topic(group)
    calls = len(world.telegram.calls)
    await world.services.people.speak(anna, "ru")
    await world.anna.press(data=f"tc:deal:{deal}")
    assert (
        await world.anna.press("🔁 Восстановить тему")
        == "Проверяю тему в Telegram. Если её нет, сразу сделаю новую."
    )
    assert "createForumTopic" not in [call.method for call in list(world.telegram.calls)[calls:]]
    group.delete_topic(second)
    await move(world, deal, "Lost", 4, DealFields(loss_reason_id=1))
    assert group.topics == {}, "a closed deal needs none"
    await move(world, deal, "In work", 5)
    assert only_topic(group).name == f"🟦 Windows · In work · #{deal}"


async def test_two_who_ask_at_once_get_one_topic(world: World) -> None:
    group = await team_group(world)
    deal = await make_deal(world, title="Windows")
    anna, helen = [await actor_of(world.services, name) for name in ("anna", "helen")]
    await asyncio.gather(*(world.services.topics.open(who, deal) for who in (anna, helen, anna, helen)))
    await world.settle()
    assert len(world.telegram.calls.of("createForumTopic")) == 1
    assert card_in(world, group, only_topic(group)).id in group.pinned


async def test_a_yes_that_was_not_heard_is_found_again_where_people_speak(world: World) -> None:
    """Nobody can ask Telegram what came of a call: it is made once more, and then a person has to ask.

    Whoever speaks in what was left behind has it adopted, or closed where there is another one.
    """
    group = await team_group(world)
    deal = await make_deal(world, title="Windows")
    unheard = world.telegram.faults.script("createForumTopic", kind="reset_after", times=3)
    anna = await actor_of(world.services, "anna")
    await world.services.topics.open(anna, deal)
    for _ in range(4):
        await world.topics.keep(deal)
    assert unheard.hits == len(group.topics) == 2
    await world.settle()
    assert "Telegram has opened no topic in the team's group." in world.anna.text
    unheard.stop()
    first, second = group.topics
    await world.boris.say("Where does this belong?", group, thread=second)
    assert [row[0] for row in await world.rows(select(DealTopic.thread))] == [second], "it is adopted"
    assert [group.messages[one].thread for one in group.pinned] == [second]
    await world.boris.say("And this?", group, thread=first)
    await world.again()
    assert group.topics[first].closed
    assert not group.topics[second].closed
    assert len(world.telegram.calls.of("createForumTopic")) == 2


@pytest.mark.parametrize(
    ("forum", "rights", "told"),
    [
        (False, RIGHTS, "В рабочей группе нет тем. Админ группы может включить их в её настройках."),
        (True, {"can_pin_messages": True}, "Мне нельзя управлять темами в рабочей группе."),
    ],
)
async def test_whoever_asked_hears_why_there_is_none_and_asks_again(
    world: World, forum: bool, rights: dict[str, bool], told: str
) -> None:
    group = await team_group(world, forum=forum, **rights)
    deal = await make_deal(world, title="Окна")
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await bring_in(world, deal, "boris")
    quiet = len(world.anna.messages)
    await world.anna.press(data=f"tc:deal:{deal}")
    assert told in world.anna.text
    await world.anna.press("🧵 Попробовать ещё раз")
    assert told in world.anna.text
    assert len(world.anna.messages) == quiet, "nobody hears of what came by itself, the card says the rest"
    group.forum = True
    group.promote(world.telegram.bot, RIGHTS)
    await world.anna.press("🧵 Попробовать ещё раз")
    assert only_topic(group).name == f"🟦 Окна · New · #{deal}"


async def test_a_topic_is_asked_for_where_there_is_a_group(world: World) -> None:
    """Not without one; that of the pipeline comes first; and what was lost with the group is gone."""
    deal = await make_deal(world)
    toast = await world.anna.press(data=f"dto:{deal}")
    assert toast == "Neither the pipeline nor the department of this deal has a group yet."
    sales = await team_group(world)
    group = world.telegram.add_group("All", [world.olga.person], bot_admin=RIGHTS, forum=True)
    async with world.db.write() as uow:
        uow.session.add(TeamChat(chat_id=group.id, pipeline_id=1, bound_at=world.clock.now()))
    await world.anna.press(data=f"dto:{deal}")
    assert (len(group.topics), len(sales.topics)) == (1, 0)
    group.leave(world.telegram.bot, by=world.olga.person)
    await world.settle()
    assert await world.rows(select(DealTopic.deal_id)) == []
    await world.anna.press(data=f"dto:{deal}")
    assert len(sales.topics) == 1


async def test_a_topic_goes_along_when_another_group_is_the_deal_s(world: World) -> None:
    """The old one is closed with a word where to; what comes is shown in the new one alone."""
    old = await team_group(world)
    deal, done = await make_deal(world, title="Windows"), await make_deal(world, title="Doors")
    for one in (deal, done):
        await bring_in(world, one, "boris")
    await move(world, done, "Lost", 2, DealFields(loss_reason_id=1))
    first, ended = old.topics.values()
    olga = await actor_of(world.services, "olga")
    repair = await world.services.pipelines.from_template(olga, "repair")
    people = [world.hands[name].person for name in ("helen", "anna", "boris")]
    fresh = [
        world.telegram.add_group(name, people, bot_admin=RIGHTS, forum=True, supergroup=True)
        for name in ("New", "Repair")
    ]
    chats, place = world.services.team_chats, (await world.rows(SALES))[0][0]
    late = await world.services.topics.plan(deal)
    await chats.bind(olga, Holder(HolderKind.DEPARTMENT, place), fresh[0].id)
    assert late is not None
    await world.services.topics.made(late, ended.id)
    await chats.bind(olga, Holder(HolderKind.PIPELINE, repair.id), fresh[1].id)
    await world.settle()
    assert first.closed
    assert last_words(world, old, first) == ["➡️ Deal #1 is spoken of in the group of Sales now."]
    second = only_topic(fresh[0])
    assert (second.name, second.closed) == (f"🟦 Windows · New · #{deal}", False)
    assert card_in(world, fresh[0], second).id == fresh[0].pinned[-1]
    assert last_words(world, old, ended) == []

    calls = len(world.telegram.wire(to=old))
    await world.services.moves.move(olga, deal, repair.stages[1].id, 2)
    await world.settle()
    assert second.closed
    assert last_words(world, fresh[0], second) == ["➡️ Deal #1 is spoken of in the group of Repair now."]
    third = only_topic(fresh[1])
    assert "Repair: Diagnosis" in card_in(world, fresh[1], third).text
    assert len(world.telegram.wire(to=old)) == calls, "the first group hears no more"
    await world.boris.say("They want brown ones", fresh[1], thread=third.id)
    assert await world.rows(select(Note.text)) == [("They want brown ones",)]
    again = len(world.telegram.calls)
    await world.again()
    await chats.unbind(olga, Holder(HolderKind.PIPELINE, repair.id))
    await world.settle()
    [word] = last_words(world, fresh[1], third)
    assert word == "➡️ Deal #1 is spoken of in its topic in the group of Sales now."
    made = [call for call in list(world.telegram.calls)[again:] if call.method == "createForumTopic"]
    assert made == [], "it has one there"
    assert (only_topic(fresh[0]), second.closed) == (second, False)


async def test_bound_there_and_back_a_deal_goes_on_in_its_old_topic(world: World) -> None:
    """With the card that is pinned there; and with a new one, or in a new topic, where that was deleted."""
    group, deal = await team_group(world), await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    topic = only_topic(group)
    card, olga = card_in(world, group, topic), await actor_of(world.services, "olga")
    other = world.telegram.add_group("Other", [world.helen.person], bot_admin=RIGHTS, forum=True)
    sales = Holder(HolderKind.DEPARTMENT, (await world.rows(SALES))[0][0])

    async def there_and_back() -> None:
        await world.services.team_chats.bind(olga, sales, other.id)
        await world.settle()
        await world.services.team_chats.bind(olga, sales, group.id)
        await world.settle()

    await world.services.team_chats.bind(olga, sales, other.id)
    await world.settle()
    assert topic.closed
    stages = await stages_by_name(world.db)
    await world.services.moves.move(olga, deal, stages["Proposal"].id, 2, DealFields(amount=100_00))
    await world.settle()
    assert "Proposal" not in card.text, "what comes is not told in a topic that was left"
    await world.services.team_chats.bind(olga, sales, group.id)
    await world.settle()
    assert (only_topic(group), topic.closed) == (topic, False)
    assert "Proposal" in card_in(world, group, topic).text
    assert (card_in(world, group, topic), group.pinned[-1]) == (card, card.id)
    await world.boris.say("They want brown ones", group, thread=topic.id)
    assert await world.rows(select(Note.text)) == [("They want brown ones",)]

    await world.helen.do("delete", card)
    await there_and_back()
    assert only_topic(group) is topic
    assert card_in(world, group, topic).id == group.pinned[-1]
    await world.services.team_chats.bind(olga, sales, other.id)
    await world.settle()
    group.delete_topic(topic)
    await world.services.team_chats.bind(olga, sales, group.id)
    await world.settle()
    assert card_in(world, group, only_topic(group)).id == group.pinned[-1]


async def test_a_topic_that_is_the_deal_s_again_is_not_closed_any_more(world: World) -> None:
    """The group changed there and back before Telegram was told anything."""
    group, deal = await team_group(world), await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    olga = await actor_of(world.services, "olga")
    other = world.telegram.add_group("Other", [world.helen.person], bot_admin=RIGHTS, forum=True)
    sales = Holder(HolderKind.DEPARTMENT, (await world.rows(SALES))[0][0])
    for chat in (other, group):
        await world.services.team_chats.bind(olga, sales, chat.id)
    await world.settle()
    assert (only_topic(group).closed, other.topics) == (False, {})
