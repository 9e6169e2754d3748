"""A group of a client's own: bound from their card, what is said there is their history."""

import pytest
from sqlalchemy import select

from db.models import Company, Contact, Deal, Event, ImportBatch, Note, NoteFile, NoteVersion, Task, TeamChat
from keyboards.team_chats import REQUEST
from sandbox import Group
from sandbox.members import Member
from sandbox.messages import Message
from services.access import Action
from services.dto.clients import ClientKind
from services.errors import ForbiddenError
from tests.cast import actor_of
from tests.clients.making import PHONE, make_client, make_firm
from tests.deals.making import make_deal
from tests.deals.test_topics import bring_in
from tests.people.test_chats import group_of
from tests.world import Hand, World

BOUND = select(TeamChat.chat_id, TeamChat.contact_id, TeamChat.company_id)
EVERYBODY = ("anna", "helen", "boris", "victor", "fiona", "max", "eve")
GONE = {
    "contact": "There is no such client, or they are not yours to see.",
    "firm": "There is no such company, or it is not yours to see.",
}


async def client_of(world: World, kind: str = "contact", **given: object) -> int:
    making = make_client if kind == "contact" else make_firm
    return await making(world, phones=(PHONE,), **given)


async def bind(world: World, kind: str, client: int, who: str = "anna", title: str = "Their room") -> Group:
    """By Telegram's own list of groups, with everybody in the group."""
    group = group_of(world, who, *(name for name in EVERYBODY if name != who), title=title)
    hand = world.hands[who]
    await hand.press(data=f"tcc:{kind}:{client}")
    await hand.do("share_chat", REQUEST, group)
    return group


def lead(group: Group, hand: Hand) -> None:
    """Let somebody choose the group in Telegram's list, which asks for its admins."""
    group.members[hand.person.id] = Member(hand.person, "creator")


def said_in(world: World, group: Group) -> list[Message]:
    """What the bot has said in a group."""
    return [one for one in world.telegram.messages(group) if one.from_bot and not one.service]


def card_in(world: World, group: Group) -> Message:
    """The client's card there."""
    [card] = [one for one in said_in(world, group) if one.keyboard]
    return card


async def deeds_of(world: World, kind: str, client: int) -> list[str]:
    """What the history tells of a client, the oldest first."""
    mine = select(Event.action).where(Event.subject == kind, Event.subject_id == client)
    return [action for (action,) in await world.rows(mine.order_by(Event.id))]


@pytest.mark.parametrize(("kind", "opens"), [("contact", "c"), ("firm", "kf")])
async def test_whoever_may_change_a_client_gives_them_a_group(world: World, kind: str, opens: str) -> None:
    client = await client_of(world, kind)
    anna, name = world.anna, "Ivan Petrov" if kind == "contact" else "Romashka"
    group = group_of(world, "anna", "victor", title="Their room")
    await anna.press(data=f"{opens}:{client}")
    await anna.press("💬 Chat")
    assert f"💬 Team chat · {name}\nIt has no group yet.\nWhat those who may change" in anna.text
    await anna.press("💬 Choose a group")
    await anna.do("share_chat", REQUEST, group)
    assert "✅ It has a group.\n👥 Group: Their room\n" in anna.text
    ids = (client, None) if kind == "contact" else (None, client)
    assert await world.rows(BOUND) == [(group.id, *ids)]
    greeting, card = said_in(world, group)
    assert greeting.text.startswith("👋 This is the team chat about a client now. What you say here stays")
    assert card.text.startswith(f"{'👤' if kind == 'contact' else '🏢'} {name}\n👔 Anna · Sales")
    assert not [word for word in ("916", "123") if word in world.telegram.wire(to=group)]
    await anna.press("◀️ Back")
    assert PHONE[-2:] in anna.text
    await anna.press("🕓 History")
    assert "Anna: gave it the group “Their room”" in anna.text

    await world.helen.press("Open", on=card)
    assert name in world.helen.text, "whoever may see them has the whole card, for themselves"
    assert PHONE[-2:] in world.helen.text
    for reader in ("victor", "boris"):
        told = len(world.hands[reader].messages)
        assert await world.hands[reader].press("Open", on=card) == GONE[kind]
        assert len(world.hands[reader].messages) == told
    assert not await world.eve.press("Open", on=card)

    await anna.press(data=f"tcx:{kind}:{client}")
    assert (
        f"Take the group off {name}?\n👥 Group: Their room\nWhat is said there will not be kept" in anna.text
    )
    await anna.press("✖️ Yes, take it off")
    assert "It has no group yet." in anna.text
    assert await world.rows(BOUND) == []
    assert card.text == "✖️ This is the group of no client any more: what is said here is not kept."
    assert card.labels == []
    await anna.say("Is anybody here?", group)
    assert await world.count(Note) == 0
    await anna.press(data=f"{opens}:{client}")
    await anna.press("🕓 History")
    assert "Anna: took the group off" in anna.text


@pytest.mark.parametrize("kind", ["contact", "firm"])
async def test_what_is_said_there_is_the_history_of_the_client_and_no_touch(world: World, kind: str) -> None:
    deal, client = await make_deal(world, contact=False), await client_of(world, kind)
    column = Deal.contact_id if kind == "contact" else Deal.company_id
    async with world.db.write() as uow:
        setattr(await uow.session.get_one(Deal, deal), column.key, client)
    touched, mine = select(Deal.touched_at), Note.contact_id if kind == "contact" else Note.company_id
    group = await bind(world, kind, client)
    told = {name: len(world.hands[name].messages) for name in ("anna", "helen")}
    world.clock.turn(minutes=5)
    said = world.anna.person.send(group, "They want brown ones")
    await world.settle()
    await world.anna.do("send_file", group, "plan.jpg", b"x", "photo")
    await world.helen.say("@boris look", group)
    await world.again()
    texts = [text for (text,) in await world.rows(select(Note.text).where(mine == client).order_by(Note.id))]
    assert texts == [said.text, "", "@boris look"]
    assert await world.count(NoteFile) == 1
    await world.anna.do("edit", said, "They want white ones")
    assert await world.rows(select(NoteVersion.text)) == [("They want brown ones",)]
    assert await world.rows(touched) == [(None,)], "the client has heard nothing"
    assert {name: len(world.hands[name].messages) for name in told} == told
    assert len(said_in(world, group)) == 2, "the greeting and the card"

    comment = world.helen.person.send(group, "A comment", reply_to=card_in(world, group))
    await world.settle()
    assert comment.reactions, "an answer to the card is a comment"
    await world.anna.say("/note The client is ill", group)
    assert await world.rows(touched) == [(world.clock.now(),)]
    assert (await deeds_of(world, kind, client))[1:] == [
        *(Action.CHAT_BIND, "client.say", "client.say", "client.say"),
        *(Action.NOTE_ADD, Action.NOTE_ADD, Action.NOTE_ADD),
    ]
    search = world.services.talk_search
    for name, found in (("anna", 1), ("helen", 1), ("boris", 0), ("victor", 0)):
        page = await search.page(await actor_of(world.services, name), "white")
        assert len(page.items) == found, name
    with pytest.raises(ForbiddenError):
        await search.page(await actor_of(world.services, "fiona"), "white")
    await world.anna.press(data=f"kh:{kind}:{client}:0")
    assert "They want white ones" in world.anna.text
    assert "The client is ill" in world.anna.text


async def test_commands_there_are_about_the_client(world: World) -> None:
    client = await client_of(world)
    group = await bind(world, "contact", client)

    async def word(name: str, text: str) -> str:
        before = len(said_in(world, group))
        await world.hands[name].say(text, group)
        return "\n".join(one.text for one in said_in(world, group)[before:])

    commands = {
        one["command"]: one["description"]
        for one in world.telegram.bot.commands_for(("chat", group.id), language="en")
    }
    assert commands == {
        "who": "Who keeps this client",
        "task": "A task for this client",
        "note": "A note on this client",
    }
    assert await word("anna", "/who") == "👔 Anna · Sales"
    assert "Write the note after the command" in await word("anna", "/note")
    assert await word("helen", "/task Call them tomorrow at 15") == (
        "✅ Task: Call them · tomorrow, 15:00 · Helen"
    )
    assert await word("anna", "@sdelka_bot tomorrow at 16 measure it") == (
        "✅ Task: measure it · tomorrow, 16:00 · Anna"
    )
    tasks = select(Task.text, Task.contact_id).order_by(Task.id)
    assert await world.rows(tasks) == [("Call them", client), ("measure it", client)]
    assert (await word("anna", "/stage In work")).startswith("A client has no stage: their deals have.")
    for text in ("/who", "/note x", "/stage New", "/task Call tomorrow at 15"):
        for name in ("victor", "boris"):
            assert await word(name, text) == GONE["contact"], text
        assert await word("eve", text) == ""
    assert (await world.rows(tasks), await world.count(Note)) == (
        [("Call them", client), ("measure it", client)],
        0,
    )
    wire = world.telegram.wire(to=group)
    assert not [secret for secret in ("916", "123-45") if secret in wire]


async def test_words_of_those_who_may_not_are_not_kept(world: World) -> None:
    """Who does not see the client, who only sees them, and who is nobody here."""
    world.whispers.on = True
    client = await client_of(world)
    deal = await make_deal(world, contact=False)
    async with world.db.write() as uow:
        (await uow.session.get_one(Deal, deal)).contact_id = client
    await bring_in(world, deal, "boris")
    group = await bind(world, "contact", client)
    hidden = "🤐 What you say here is not kept in the history of the client: they are not yours to see."
    seen = hidden.replace("they are not yours to see.", "you may see their card, not change it.")
    for name, words in (("victor", hidden), ("fiona", hidden), ("max", hidden), ("boris", seen)):
        hand = world.hands[name]
        await hand.say("Here is a word", group)
        await hand.say("and another one", group)
        assert [one.text for one in hand.person.whispers(group)] == [words], name
        await hand.say("My answer to the card", group, reply_to=card_in(world, group))
        assert [one.text for one in hand.person.whispers(group)] == [words, words], "told each time"
    await world.eve.say("Hello", group)
    assert world.eve.person.whispers(group) == []
    assert await world.count(Note) == 0
    await world.fiona.press(data=f"tc:contact:{client}")
    assert world.fiona.toast == "You may not do this."


@pytest.mark.parametrize("kind", ["contact", "firm"])
async def test_nobody_else_gives_a_client_a_group_or_takes_it_off(world: World, kind: str) -> None:
    client = await client_of(world, kind)
    group = await bind(world, kind, client)
    other = group_of(world, "victor")
    forged = [f"{button}:{kind}:{{}}" for button in ("tc", "tcc", "tcx", "tcy")]
    forged += [f"tct:{kind}:{{}}:{-other.id}", f"tcs:{kind}:{{}}:{-other.id}:1"]
    for data in forged:
        for name in ("victor", "hugo", "boris"):
            for number in (client, 4242):
                assert await world.hands[name].press(data=data.format(number)) == GONE[kind], (data, name)
        assert await world.fiona.press(data=data.format(client)) == "You may not do this."
        assert await world.anna.press(data=data.format(4242)) == GONE[kind]
        assert not await world.eve.press(data=data.format(client), on=card_in(world, group))
    await world.anna.press(data="tc:company:1")
    await world.anna.press(data=f"tcc:{kind}:{client}")
    olga, boris = await actor_of(world.services, "olga"), await actor_of(world.services, "boris")
    [(version,)] = await world.rows(select((Contact if kind == "contact" else Company).version))
    given = (ClientKind(kind), client, boris.person_id, version)
    await world.services.client_changes.hand_over(olga, *given)
    await world.anna.do("share_chat", REQUEST, group_of(world, "anna"))
    assert world.anna.text == GONE[kind], "a question from better days gives no right"
    assert [chat for chat, *_ in await world.rows(BOUND)] == [group.id]


async def test_who_works_on_a_deal_of_theirs_sees_the_client_and_gives_no_group(world: World) -> None:
    client = await client_of(world)
    deal = await make_deal(world, contact=False)
    async with world.db.write() as uow:
        (await uow.session.get_one(Deal, deal)).contact_id = client
    await bring_in(world, deal, "boris")
    await world.boris.press(data=f"c:{client}")
    assert "Ivan Petrov" in world.boris.text
    assert "💬 Chat" not in world.boris.labels
    assert await world.boris.press(data=f"tcc:contact:{client}") == "You may not do this."
    assert await world.count(TeamChat) == 0


async def test_a_group_is_taken_over_by_whoever_may_take_it_off_there(world: World) -> None:
    client, deal = await client_of(world), await make_deal(world, "victor", title="Doors")
    group = await bind(world, "contact", client)
    await world.victor.press(data=f"tcc:deal:{deal}")
    lead(group, world.victor)
    await world.victor.do("share_chat", REQUEST, group)
    assert world.victor.text == "This chat belongs to something else already.", "not to whom"
    await world.victor.say("✖️ Cancel")
    own = await make_deal(world, "anna", title="Windows")
    await bring_in(world, own, "boris")
    lead(group, world.boris)
    await world.boris.press(data=f"tcc:deal:{own}")
    await world.boris.do("share_chat", REQUEST, group)
    assert world.boris.text == "This chat belongs to something else already."
    await world.anna.press(data=f"tcc:deal:{own}")
    await world.anna.do("share_chat", REQUEST, group)
    assert (
        "This is the group of the client Ivan Petrov.\nTaken over, it is no longer there." in world.anna.text
    )
    await world.anna.press("🔁 Take it over")
    assert await world.rows(select(TeamChat.chat_id, TeamChat.deal_id, TeamChat.contact_id)) == [
        (group.id, own, None)
    ]
    texts = [one.text for one in said_in(world, group)]
    assert texts[1].startswith("✖️ This is the group of no client any more")
    assert "Windows" in texts[-1]
    await world.anna.say("Of the deal", group)
    assert await world.rows(select(Note.deal_id, Note.contact_id)) == [(own, None)]


async def test_who_sees_a_client_is_told_whose_group_it_is(world: World) -> None:
    client, deal = await client_of(world), await make_deal(world, contact=False, title="Windows")
    async with world.db.write() as uow:
        (await uow.session.get_one(Deal, deal)).contact_id = client
    await bring_in(world, deal, "boris")
    group = await bind(world, "contact", client)
    lead(group, world.boris)
    await world.boris.press(data=f"tcc:deal:{deal}")
    await world.boris.do("share_chat", REQUEST, group)
    assert world.boris.text.startswith("This is the group of the client Ivan Petrov. Take it off there first")


async def test_a_client_goes_to_another_group_and_the_old_one_learns_nothing_more(world: World) -> None:
    client = await client_of(world)
    first = await bind(world, "contact", client)
    second = await bind(world, "contact", client, title="Another room")
    assert await world.rows(BOUND) == [(second.id, client, None)]
    assert card_in(world, second).text.startswith("👤 Ivan Petrov")
    assert [one.text for one in said_in(world, first)][-1].startswith("✖️ This is the group of no client")
    async with world.db.write() as uow:
        (await uow.session.get_one(Contact, client)).name = "Pyotr"
    await world.anna.say("/note Called so now", second)
    assert "Pyotr" not in world.telegram.wire(to=first)


async def test_a_group_that_is_gone_moves_or_hears_no_more(world: World) -> None:
    """What Telegram tells of groups: their history has it, and whoever keeps the client hears of deafness."""
    client = await client_of(world, "firm")
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    small = world.telegram.add_group("Ромашка", [world.anna.person])
    await world.anna.press(data=f"tcc:firm:{client}")
    await world.anna.do("share_chat", REQUEST, small)
    assert "✅ Группа выбрана.\n👥 Группа: Ромашка\nЧто там скажут те" in world.anna.text
    group = small.upgrade(forum=True)
    await world.settle()
    await world.again()
    assert await world.rows(BOUND) == [(group.id, None, client)]
    await world.anna.say("Мы переехали", group)
    assert await world.rows(select(Note.company_id)) == [(client,)]
    group.demote(world.telegram.bot)
    await world.settle()
    assert "🙉 Я больше не админ в группе «Romashka»" in world.anna.text
    await world.anna.press("💬 Рабочий чат")
    assert "и в историю клиента это не попадает" in world.anna.text
    assert "останется в истории" not in world.anna.text
    group.leave(world.telegram.bot, by=world.anna.person)
    await world.settle()
    assert await world.count(TeamChat) == 0
    await world.anna.press(data=f"kf:{client}")
    await world.anna.press("🕓 История")
    for told in (
        "привязал(а) группу «Ромашка»",
        "бот больше не админ в группе клиента",
        "группы клиента больше нет",
    ):
        assert told in world.anna.text


async def test_a_name_that_tells_a_phone_does_not_stand_in_a_group(world: World) -> None:
    """And where the owner protects clients nobody forwards their card from there."""
    await world.services.company.protect(await actor_of(world.services, "olga"), on=True)
    client = await client_of(world, name="Ivan 916 123-45-67")
    card = card_in(world, await bind(world, "contact", client))
    assert (card.text, card.protected) == (f"👤 Client #{client}\n👔 Anna · Sales", True)


async def test_an_imported_client_with_a_group_is_not_taken_back(world: World) -> None:
    olga, now = await actor_of(world.services, "olga"), world.clock.now()
    clients = {kind: await client_of(world, kind) for kind in ("contact", "firm")}
    await bind(world, "contact", clients["contact"])
    await bind(world, "firm", clients["firm"])
    async with world.db.write() as uow:
        batch = ImportBatch(
            author_id=olga.person_id, filename="a.csv", state="done", total=2, done=2, failed=0, plan={},
            created_at=now,
        )  # fmt: skip
        uow.session.add(batch)
        await uow.session.flush()
        for model, client in ((Contact, clients["contact"]), (Company, clients["firm"])):
            (await uow.session.get_one(model, client)).import_id = batch.id
        await uow.session.flush()
        undo = uow.import_undo
        assert [await undo.remove_contacts(batch.id, 9), await undo.remove_companies(batch.id, 9)] == [0, 0]


async def test_whoever_leaves_is_named_with_the_groups_of_their_clients(world: World) -> None:
    await bind(world, "contact", await client_of(world))
    anna, olga = await actor_of(world.services, "anna"), await actor_of(world.services, "olga")
    boris = await actor_of(world.services, "boris")
    farewell = await world.services.leaving.remove(olga, anna.person_id, boris.person_id)
    assert [name for _, name in farewell.groups] == ["Ivan Petrov"]


@pytest.mark.parametrize("kind", ["contact", "firm"])
async def test_in_the_bin_a_group_waits_for_its_client(world: World, kind: str) -> None:
    client = await client_of(world, kind)
    group = await bind(world, kind, client)
    await world.anna.say("We begin", group)
    card, olga = card_in(world, group), await actor_of(world.services, "olga")
    [(version,)] = await world.rows(select((Contact if kind == "contact" else Company).version))
    bin_id = await world.services.deleting.delete(olga, kind, client, version)
    await world.settle()
    assert (await world.rows(BOUND), card.text) == ([], f"🗑 #{client} · deleted")
    await world.anna.say("Is anybody here?", group)
    await world.services.bin.restore(olga, bin_id)
    await world.settle()
    assert [chat for chat, *_ in await world.rows(BOUND)] == [group.id]
    assert "👔 Anna · Sales" in card.text
    await world.anna.say("We go on", group)
    assert [text for (text,) in await world.rows(select(Note.text).order_by(Note.id))] == [
        "We begin",
        "We go on",
    ]


async def test_an_erasure_covers_what_was_said_there(world: World) -> None:
    client = await client_of(world)
    group = await bind(world, "contact", client, title="Ivan Petrov, our room")
    said = world.anna.person.send(group, "Ivan is ill")
    await world.settle()
    await world.anna.do("edit", said, "Ivan is well")
    card, olga = card_in(world, group), await actor_of(world.services, "olga")
    [(version,)] = await world.rows(select(Contact.version))
    await world.services.erasing.erase(olga, client, version)
    await world.settle()
    for table in (Note, NoteVersion, TeamChat):
        assert await world.count(table) == 0, table
    assert card.text.startswith("✖️ This is the group of no client any more")
    told = await world.rows(select(Event.changes).where(Event.subject == "contact"))
    assert "Ivan" not in str(told)
    await world.anna.say("Is anybody here?", group)
    assert await world.count(Note) == 0
