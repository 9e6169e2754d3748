"""Team chats and strangers: whose chat the bot stays in, and what those outside the company hear."""

import pytest
from sqlalchemy import select

from db.models import Card, Department, Inbox, Outbox, Person, TeamChat
from keyboards.team_chats import REQUEST
from sandbox import Group
from sandbox.members import Member
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.leads.making import free_lead
from tests.world import World


async def chat_of(world: World, name: str) -> int | None:
    [(chat,)] = await world.rows(select(Department.chat_id).where(Department.name == name))
    return chat


def group_of(world: World, *names: str, title: str = "Sales floor") -> Group:
    members = [world.hands[name].person for name in names]
    return world.telegram.add_group(title, members, supergroup=True, bots=())


async def add_bot(world: World, group: Group, by: str) -> None:
    group.join(world.telegram.bot, by=world.hands[by].person)
    await world.settle()


def bot_is_in(world: World, group: Group) -> bool:
    return group.member(world.telegram.bot).present


async def test_a_head_gives_a_group_to_their_department_by_one_press(world: World) -> None:
    group = group_of(world, "helen", "anna", title="<Sales> & co")
    await add_bot(world, group, "helen")
    assert "You added me to <Sales> & co" in world.helen.text
    assert "Service" not in world.helen.labels
    await world.helen.press("Sales")
    assert await chat_of(world, "Sales") == group.id
    assert "new leads of Sales will come to this team chat" in world.helen.text
    assert "This is the team chat of Sales now" in world.telegram.messages(group)[-1].text


async def test_the_owner_chooses_among_all_departments(world: World) -> None:
    group = group_of(world, "olga")
    await add_bot(world, group, "olga")
    assert {"Sales", "Service"} <= set(world.olga.labels)
    await world.olga.press("Service")
    assert await chat_of(world, "Service") == group.id


@pytest.mark.parametrize("name", ["anna", "fiona", "eve"])
async def test_a_group_of_anybody_else_is_left_with_one_polite_line(world: World, name: str) -> None:
    group = group_of(world, name)
    before = len(world.hands[name].messages)
    await add_bot(world, group, name)
    assert not bot_is_in(world, group)
    said = [
        message.text for message in world.telegram.messages(group) if message.from_bot and not message.service
    ]
    assert said == ["Sorry, I only work in the team chats of my own company. Goodbye!"]
    assert len(world.hands[name].messages) == before


async def test_the_bot_does_not_stay_where_it_may_not_write(world: World) -> None:
    group = group_of(world, "eve")
    world.telegram.faults.script(
        "sendMessage", kind="403", description="Forbidden: bot was kicked", chat=group.id, times=None
    )
    await add_bot(world, group, "eve")
    assert not bot_is_in(world, group)


async def test_a_head_who_cannot_be_asked_is_not_waited_for(world: World) -> None:
    await world.helen.do("block")
    group = group_of(world, "helen")
    await add_bot(world, group, "helen")
    assert not bot_is_in(world, group)


async def test_removing_the_bot_clears_the_binding(world: World) -> None:
    group = group_of(world, "helen")
    await add_bot(world, group, "helen")
    await world.helen.press("Sales")
    group.leave(world.telegram.bot, by=world.helen.person)
    await world.settle()
    assert await chat_of(world, "Sales") is None


async def lose_chat(world: World) -> Group:
    group = group_of(world, "helen")
    await add_bot(world, group, "helen")
    await world.helen.press("Sales")
    group.leave(world.telegram.bot, by=world.helen.person)
    await world.settle()
    return group


async def test_the_heads_and_the_owner_hear_that_their_chat_is_lost(world: World) -> None:
    silent = {name: len(world.hands[name].messages) for name in ("anna", "hugo", "fiona", "eve")}
    await lose_chat(world)
    for name in ("helen", "olga"):
        assert "I am not in the team chat of Sales any more" in world.hands[name].text
        assert "💬 Choose another chat" in world.hands[name].labels
    assert {name: len(world.hands[name].messages) for name in silent} == silent
    await world.helen.press("💬 Choose another chat")
    group = group_of(world, "helen", title="Another floor")
    await world.helen.do("share_chat", REQUEST, group)
    assert await chat_of(world, "Sales") == group.id


async def test_the_news_of_a_lost_chat_is_told_in_russian(world: World) -> None:
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    group = group_of(world, "helen")
    await add_bot(world, group, "helen")
    await world.helen.press("Sales")
    group.leave(world.telegram.bot, by=world.helen.person)
    await world.settle()
    assert "Меня больше нет в рабочем чате отдела Sales" in world.helen.text
    await world.helen.press("💬 Выбрать другой чат")
    assert "Telegram добавит меня в неё с нужными правами" in world.helen.text


async def test_nobody_else_chooses_a_chat_for_a_department(world: World) -> None:
    sales = (await world.rows(select(Department.id).where(Department.name == "Sales")))[0][0]
    chooses = f"tcc:department:{sales}"
    gone = "There is no such department any more."
    for name, data in (("anna", chooses), ("hugo", chooses), ("olga", "tcc:department:4242")):
        assert await world.hands[name].press(data=data) == gone, name
    assert await world.fiona.press(data=chooses) == "You may not do this."


async def test_nothing_piles_up_for_a_chat_that_is_lost(world: World) -> None:
    group = group_of(world, "helen")
    await add_bot(world, group, "helen")
    await world.helen.press("Sales")
    lead = (await free_lead(world.services, world.db)).id
    await world.settle()
    waiting = select(Outbox.state).where(Outbox.chat_id == group.id)
    assert await world.rows(select(Card.subject_id).where(Card.chat_id == group.id)) == [(lead,)]
    world.clock.turn(minutes=1)
    await free_lead(world.services, world.db, phone="+79160000007")
    group.leave(world.telegram.bot, by=world.helen.person)
    await world.settle()
    await world.anna.press(data=f"lt:{lead}")
    assert await world.rows(select(Card.subject_id).where(Card.chat_id == group.id)) == []
    assert {state for (state,) in await world.rows(waiting)} <= {"sent", "cancelled", "dead"}
    assert await world.rows(waiting.where(Outbox.state == "new")) == []


async def test_a_chat_belongs_to_one_department(world: World) -> None:
    group = group_of(world, "helen", "hugo")
    await add_bot(world, group, "helen")
    await world.helen.press("Sales")
    service = (await world.rows(select(Department.id).where(Department.name == "Service")))[0][0]
    stolen = await world.hugo.press(data=f"cb:{service}:{-group.id}")
    assert (stolen or "").startswith("This is the group of the department Sales."), "to what it belongs"
    assert (stolen or "").endswith("or ask: Helen, Olga.")
    assert "belongs to something" in (await world.hugo.press(data=f"cl:{-group.id}") or "")
    assert await chat_of(world, "Service") is None
    assert bot_is_in(world, group)


async def test_a_head_binds_no_chat_to_anothers_department(world: World) -> None:
    group = group_of(world, "helen")
    await add_bot(world, group, "helen")
    service = (await world.rows(select(Department.id).where(Department.name == "Service")))[0][0]
    await world.helen.press(data=f"cb:{service}:{-group.id}")
    assert world.helen.toast == "There is no such department any more."
    assert await chat_of(world, "Service") is None


async def test_managers_bind_nothing(world: World) -> None:
    assert await world.anna.press(data="cb:1:1000001") == "You may not do this."
    assert await world.anna.press(data="cl:1000001") == "You may not do this."
    assert await chat_of(world, "Sales") is None


async def test_the_bot_leaves_a_chat_that_nobody_needs(world: World) -> None:
    group = group_of(world, "helen")
    await add_bot(world, group, "helen")
    await world.helen.press("Leave the chat")
    assert not bot_is_in(world, group)
    assert "I have left the chat." in world.helen.text


async def test_becoming_an_administrator_asks_nothing_again(world: World) -> None:
    group = group_of(world, "helen")
    await add_bot(world, group, "helen")
    before = len(world.helen.messages)
    group.promote(world.telegram.bot, by=world.helen.person)
    await world.settle()
    assert len(world.helen.messages) == before


async def test_blocking_and_coming_back_are_remembered(world: World) -> None:
    reachable = select(Person.reachable).where(Person.telegram_id == 1003)
    await world.anna.do("block")
    assert await world.rows(reachable) == [(False,)]
    await world.helen.say("/team")
    await world.helen.press("Sales")
    assert "🔕 Anna" in world.helen.labels
    await world.anna.do("unblock")
    assert await world.rows(reachable) == [(True,)]


async def test_start_makes_somebody_reachable(world: World) -> None:
    async with world.db.write() as uow:
        (await uow.people.by_telegram(1003))[0][0].reachable = False
    await world.anna.say("/start")
    assert await world.rows(select(Person.reachable).where(Person.telegram_id == 1003)) == [(True,)]


async def test_a_stranger_hears_one_short_word_an_hour(world: World) -> None:
    for text in ("hello", "/menu", "/start", "what?", "+7 916 123-45-67"):
        await world.eve.say(text)
    said = [message.text for message in world.eve.messages if message.from_bot]
    assert len(said) == 1
    assert "works for the people of one company" in said[0]
    world.clock.turn(hours=1, seconds=1)
    await world.eve.say("hello again")
    assert len([message for message in world.eve.messages if message.from_bot]) == 2


@pytest.mark.parametrize(
    ("code", "english", "russian"),
    [("en-GB", True, False), ("ru", False, True), ("de", True, True), ("", True, True)],
)
async def test_a_stranger_is_answered_in_their_language_or_in_both(
    world: World, code: str, english: bool, russian: bool
) -> None:
    world.eve.person.language_code = code
    await world.eve.say("hello")
    assert ("invitation link" in world.eve.text) == english
    assert ("ссылку-приглашение" in world.eve.text) == russian


async def test_strangers_hear_nothing_in_groups_and_their_presses_do_nothing(world: World) -> None:
    group = world.telegram.add_group("Floor", [world.helen.person, world.eve.person], supergroup=True)
    await world.eve.say("/menu@sdelka_bot", group)
    await world.eve.say("/start@sdelka_bot", group)
    await world.eve.press(on=world.helen.screen, data="tm")
    assert [message for message in world.telegram.messages(group) if message.from_bot] == []
    assert world.eve.messages == []


async def test_a_thousand_guesses_let_nobody_in(world: World) -> None:
    people = await world.count(Person)
    for number in range(1000):
        world.eve.person.send(None, f"/start {number:022}")
    await world.settle()
    assert await world.count(Person) == people
    assert len([message for message in world.eve.messages if message.from_bot]) == 5
    assert await world.rows(select(Inbox.id).where(Inbox.state == "quarantined")) == []


async def test_a_group_is_bound_to_whatever_by_one_choice_in_telegrams_own_list(world: World) -> None:
    """A department, a pipeline and a deal, by whoever may; one group belongs to one of them."""
    deal = await make_deal(world, title="Windows")
    sales = (await world.rows(select(Department.id).where(Department.name == "Sales")))[0][0]
    bound = []
    for name, holder in (
        ("helen", f"department:{sales}"),
        ("olga", "pipeline:1"),
        ("anna", f"deal:{deal}"),
    ):
        hand, group = world.hands[name], group_of(world, name, title=f"Group of {name}")
        await hand.press(data=f"tc:{holder}")
        assert f"It has no group {'of its own' if 'deal' in holder else 'yet'}." in hand.text
        await hand.press("💬 Choose a group")
        await hand.do("share_chat", REQUEST, group)
        assert f"✅ It has a group.\n👥 Group: Group of {name}\n" in hand.text
        assert group.member(world.telegram.bot).may("can_manage_topics")
        greeting = next(one for one in world.telegram.messages(group) if one.from_bot and not one.service)
        assert "👋 This is the" in greeting.text
        assert not [m for m in hand.messages if "Whose team chat is it?" in m.text], "nothing is asked twice"
        bound.append(group)
    assert await chat_of(world, "Sales") == bound[0].id
    found = await world.rows(select(TeamChat.chat_id, TeamChat.pipeline_id, TeamChat.deal_id))
    assert set(found) == {(bound[2].id, None, deal), (bound[1].id, 1, None)}
    bound[1].members[world.anna.person.id] = Member(world.anna.person, "creator")
    await world.anna.press(data=f"tcc:deal:{deal}")
    await world.anna.do("share_chat", REQUEST, bound[1])
    assert world.anna.text.startswith("This is the group of the pipeline Sales. Take it off there first")
    await world.anna.say("✖️ Cancel")
    await world.anna.press(data=f"tc:deal:{deal}")
    await world.anna.press("✖️ Take it off")
    assert "Take the group off Windows?\n👥 Group: Group of anna\nWhat is said there" in world.anna.text
    assert await world.count(TeamChat) == 2
    await world.anna.press("✖️ Yes, take it off")
    assert "It has no group of its own." in world.anna.text
    assert await world.rows(select(TeamChat.deal_id).where(TeamChat.deal_id.is_not(None))) == []
    bound[1].leave(world.telegram.bot, by=world.olga.person)
    await world.settle()
    assert await world.count(TeamChat) == 0


async def test_a_group_that_becomes_a_supergroup_stays_what_it_was(world: World) -> None:
    deal = await make_deal(world)
    group = world.telegram.add_group("Deal", [world.anna.person])
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await world.anna.press(data=f"tcc:deal:{deal}")
    await world.anna.say("эту")
    assert "Нажмите «Выбрать группу»" in world.anna.text
    await world.anna.do("share_chat", REQUEST, group)
    assert "✅ Группа выбрана." in world.anna.text
    new = group.upgrade(forum=True)
    await world.settle()
    await world.again()
    assert await world.rows(select(TeamChat.chat_id, TeamChat.deal_id)) == [(new.id, deal)]
