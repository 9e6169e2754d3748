"""What is said in a deal's topic stays with the deal, and its commands work on that deal."""

from sqlalchemy import select

from db.models import Deal, DealTopic, Event, Note, NoteFile, NoteVersion, Outbox, Stage, TeamChat
from db.models import Task as TaskRow
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.deals.test_topics import bring_in, card_in, move, only_topic, team_group
from tests.world import World


async def said_there(world: World, group: object, topic: int | None) -> list[str]:
    """What the bot has said in a topic, besides its card."""
    found = [one for one in world.telegram.messages(group) if one.from_bot and not one.service]  # type: ignore[arg-type]
    return [one.text for one in found if one.thread == topic][1:]


async def test_words_and_files_of_a_topic_are_the_history_of_its_deal(world: World) -> None:
    """With author and time, in both versions when edited, and kept when deleted; nobody is told twice."""
    group = await team_group(world)
    deal = await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    topic = only_topic(group)
    told = {name: len(world.hands[name].messages) for name in ("anna", "helen")}
    world.clock.turn(minutes=5)
    said = world.boris.person.send(group, "They want brown ones", thread=topic.id)
    await world.settle()
    for number in range(2):
        part = {"thread": topic.id, "album": "a1"}
        await world.boris.do("send_file", group, f"{number}.jpg", b"x", "photo", **part)
    await world.victor.say("I may not see it", group, thread=topic.id)
    await world.eve.say("Neither may I", group, thread=topic.id)
    await world.boris.say("and in the general one", group)
    await world.again()
    assert [text for (text,) in await world.rows(select(Note.text).order_by(Note.id))] == [said.text, ""]
    assert await world.count(NoteFile) == 2
    await world.boris.do("edit", said, "They want white ones")
    await world.boris.do("delete", said)
    assert await world.rows(select(NoteVersion.text)) == [("They want brown ones",)]
    await world.anna.press(data=f"dh:{deal}:0")
    assert "Boris: They want white ones (edited)" in world.anna.text
    assert "it said “They want brown ones”" in world.anna.text
    assert {name: len(world.hands[name].messages) for name in told} == told
    assert await said_there(world, group, topic.id) == []
    hint = "not kept in the history of the deal"
    assert hint in world.victor.text, "who speaks of what they do not see knows that it is not kept"
    touched = select(Deal.touched_at)
    assert await world.rows(touched) == [(None,)], "the client has heard nothing"

    card = card_in(world, group, topic)
    comment = world.boris.person.send(group, "A comment", reply_to=card)
    await world.settle()
    assert comment.reactions, "an answer to the card is a comment"
    assert await world.rows(select(Outbox.id).where(Outbox.kind == "deal_commented")) != []
    told_victor = len(world.victor.messages)
    await world.victor.say("and another word", group, thread=topic.id)
    assert len(world.victor.messages) == told_victor, "mere words are told of once a day"
    await world.victor.say("My answer to the card", group, reply_to=card)
    assert hint in world.victor.text
    assert len(world.victor.messages) == told_victor + 1
    assert await world.rows(select(Note.id).where(Note.text == "My answer to the card")) == []


async def test_commands_in_a_topic_are_about_its_deal(world: World) -> None:
    group = await team_group(world)
    deal = await make_deal(world, title="Windows", amount=777_00)
    await bring_in(world, deal, "boris")
    topic = only_topic(group)

    async def word(name: str, text: str) -> str:
        before = len(await said_there(world, group, topic.id))
        await world.hands[name].say(text, group, thread=topic.id)
        return "\n".join((await said_there(world, group, topic.id))[before:])

    assert await word("boris", "/who") == "👔 Anna · Sales\n👥 with Boris"
    assert await word("anna", "/note The client is ill") == ""
    assert "Write the note after the command" in await word("anna", "/note")
    said = await word("boris", "/task Call them tomorrow at 15")
    assert said == "✅ Task: Call them · tomorrow, 15:00 · Boris"
    boris = await actor_of(world.services, "boris")
    tasks = select(TaskRow.text, TaskRow.deal_id, TaskRow.assignee_id)
    assert await world.rows(tasks) == [("Call them", deal, boris.person_id)]
    assert "Call them" in world.boris.text

    assert await word("anna", "/task Measure it") == "I have a question for you in our private chat."
    assert "Measure it" in world.anna.text, "what is missing is asked for in private"
    await world.anna.say("tomorrow at 16")
    assert ("Measure it", deal) in [row[:2] for row in await world.rows(tasks)]

    stage = select(Stage.name).join(Deal, Deal.stage_id == Stage.id)
    assert await word("boris", "/stage in w") == ""
    assert await world.rows(stage) == [("In work",)]
    assert "No such stage" in await word("boris", "/stage the moon")
    assert "private chat" in await word("boris", "/stage")
    pointer = world.telegram.messages(group)[-1]
    assert (pointer.labels, pointer.keyboard[0][0]["url"]) == (
        ["💬 Open it there"],
        "https://t.me/sdelka_bot",
    )
    [card] = [one for one in world.boris.messages if "Where to?" in one.text]
    assert "🔀 Move" not in card.labels
    await word("boris", "/stage lost")
    assert "Why is it lost?" in card.text
    assert await world.rows(stage) == [("In work",)]
    for text in ("/who", "/note x", "/stage New", "/task Call tomorrow at 15"):
        assert "not yours to see" in await word("victor", text), text
        assert await word("eve", text) == ""
    assert await world.rows(stage) == [("In work",)]
    everything = world.telegram.wire(to=group)
    assert not [secret for secret in ("916", "Ivan", "777") if secret in everything]
    world.clock.turn(minutes=3)
    await world.settle()
    assert pointer.deleted, "nobody needs it any more"
    assert not [one for one in await said_there(world, group, topic.id) if "private chat" in one]


async def test_whoever_is_named_comes_to_work_on_it(world: World) -> None:
    """By somebody who may bring them in; whoever could not work on it does not."""
    group = await team_group(world)
    deal = await make_deal(world, title="Окна")
    await bring_in(world, deal, "boris")
    topic = only_topic(group)
    await world.services.people.speak(await actor_of(world.services, "victor"), "ru")
    await world.boris.say("@Victor and @fiona, @nobody, please look", group, thread=topic.id)
    assert await said_there(world, group, topic.id) == ["👥 They work on the deal now, too: Victor"]
    assert "Окна" in world.victor.text
    link = next(one["url"] for one in world.victor.screen.entities if one["type"] == "text_link")
    assert link.startswith("https://t.me/c/"), "to the message that named them"
    assert "👥 with Boris, Victor" in card_in(world, group, topic).text
    await world.victor.say("Смотрю", group, thread=topic.id)
    await world.victor.say("/who", group, thread=topic.id)
    assert (await said_there(world, group, topic.id))[-1] == "👔 Anna · Sales\n👥 with Boris, Victor"
    await world.victor.say("/stage the moon", group, thread=topic.id)
    assert "No such stage" in (await said_there(world, group, topic.id))[-1], "the group's own language"
    await world.victor.say("/stage", group, thread=topic.id)
    assert (await said_there(world, group, topic.id))[-1] == "Its card is in our private chat."
    assert "Куда переместить?" in world.victor.text, "and in private the reader's"
    await world.anna.press(data=f"dh:{deal}:0")
    assert "Victor: Смотрю" in world.anna.text
    assert "Boris: brought in Victor" in world.anna.text


async def test_whoever_is_named_and_not_in_the_group_is_to_be_added_to_it(world: World) -> None:
    """They work on the deal all the same; no link leads them where they are not."""
    group, deal = await team_group(world), await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    topic = only_topic(group)
    group.leave(world.victor.person, by=world.helen.person)
    await world.services.people.speak(await actor_of(world.services, "boris"), "ru")
    hint = "Пока не в этой группе: Victor"
    await world.boris.say("@Victor please look", group, thread=topic.id)
    assert await said_there(world, group, topic.id) == ["👥 They work on the deal now, too: Victor"]
    assert hint in world.boris.text
    assert "Boris has brought you into a deal" in world.victor.text
    assert [one for one in world.victor.screen.entities if one["type"] == "text_link"] == []
    for inside in (False, True):
        await world.victor.press(data=f"tc:deal:{deal}")
        assert ("🧵 To the topic" in world.victor.labels) is inside
        assert ("🚪 You are not in that group" in world.victor.text) is not inside
        group.join(world.victor.person)
    told = len(world.boris.messages)
    await world.boris.say("@helen please look", group, thread=topic.id)
    assert len(world.boris.messages) == told
    assert [one for one in world.helen.screen.entities if one["type"] == "text_link"] != []


async def test_a_group_of_a_deals_own_is_the_same_without_topics(world: World) -> None:
    deal = await make_deal(world, title="Windows", amount=777_00)
    group = world.telegram.add_group("Windows", [world.anna.person, world.boris.person], bot_admin={})
    async with world.db.write() as uow:
        uow.session.add(TeamChat(chat_id=group.id, deal_id=deal, bound_at=world.clock.now()))
    await world.anna.say("We begin", group)
    await world.anna.say("/stage in work", group)
    assert await world.rows(select(Event.action).where(Event.subject == "deal").order_by(Event.id)) == [
        ("deal.say",),
        ("deal.move",),
    ]
    await move(world, deal, "Awaiting payment", 2)
    assert await world.count(DealTopic) == 0
    assert "777" not in world.telegram.wire(to=group)


async def test_whoever_cannot_be_brought_in_is_told_to_the_one_who_named_them(world: World) -> None:
    """By the name that an account bears now; an answer to the card names as well as any word."""
    world.whispers.on = True
    group = await team_group(world)
    deal = await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    topic = only_topic(group)
    world.victor.person.username, before = "victor_new", len(world.victor.messages)
    await world.victor.start()
    await world.boris.say("@victor_new please look", group, reply_to=card_in(world, group, topic))
    assert "👥 with Boris, Victor" in card_in(world, group, topic).text
    assert "brought you into a deal" in world.victor.text
    assert world.boris.person.whispers(group) == []
    await world.boris.say("@fiona and @helen, look", group, thread=topic.id)
    [whisper] = world.boris.person.whispers(group)
    assert whisper.text.startswith("👀 Fiona cannot see this deal"), "Helen comes"
    assert len(world.victor.messages) > before


async def test_a_name_that_nobody_here_bears_is_told_to_the_one_who_wrote_it(world: World) -> None:
    world.whispers.on = True
    group = await team_group(world)
    deal = await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    topic = only_topic(group)
    await world.boris.say("@nobody_here and @sdelka_bot, look", group, thread=topic.id)
    [whisper] = world.boris.person.whispers(group)
    assert whisper.text == "🤔 Nobody in the company is @nobody_here, so nobody was told."
    await world.boris.say("@another_one, look", group, reply_to=card_in(world, group, topic))
    assert "@another_one" in world.boris.person.whispers(group)[-1].text


async def test_who_may_not_move_a_deal_from_there_is_told_why(world: World) -> None:
    world.whispers.on = True
    group = await team_group(world)
    deal = await make_deal(world, title="Windows", stage="Awaiting payment", amount=777_00)
    await bring_in(world, deal, "boris")
    topic = only_topic(group)
    for said in ("/stage", "/stage Paid"):
        await world.anna.say(said, group, thread=topic.id)
        assert world.anna.person.whispers(group)[-1].text == "From here on a head moves it."
    await world.helen.say("/stage Paid", group, thread=topic.id)
    assert not [one for one in world.helen.person.whispers(group) if "From here" in one.text]


async def test_a_command_without_a_deal_is_answered_to_the_one_who_typed_it(world: World) -> None:
    """Where it works; nothing to what is no command of ours, and nothing to strangers."""
    world.whispers.on = True
    group = await team_group(world)
    before = len(world.telegram.messages(group))

    async def told(name: str, text: str) -> list[str]:
        heard = len(world.hands[name].person.whispers(group))
        await world.hands[name].say(text, group)
        return [one.text for one in world.hands[name].person.whispers(group)[heard:]]

    assert await told("anna", "/who") == ["/who works in the topic of a deal."]
    assert await told("anna", "/note hello") == ["/note works in the topic of a deal."]
    assert await told("anna", "/task") == ["I have a question for you in our private chat."]
    assert world.anna.person.whispers(group)[-1].labels == ["💬 Open it there"]
    assert await told("anna", "/day@sdelka_bot") == ["I answer /day in our private chat."]
    [*_, whisper] = world.anna.person.whispers(group)
    assert [button["url"] for row in whisper.keyboard for button in row] == [
        "https://t.me/sdelka_bot?start=day"
    ]
    for name, text in (("anna", "/day@other_bot"), ("anna", "/abracadabra"), ("eve", "/who")):
        assert await told(name, text) == [], text
    written = [one for one in world.telegram.messages(group)[before:] if one.from_bot]
    assert written == []
    await world.anna.start("day")
    assert "My day" in world.anna.text
    world.whispers.on = False
    await world.anna.say("/who", group)
    assert world.anna.text == "/who works in the topic of a deal."


async def test_whoever_is_named_in_a_note_or_by_an_edit_comes_too(world: World) -> None:
    """Once: who was let go again does not come back by a mere correction."""
    group = await team_group(world)
    deal = await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    topic = only_topic(group)
    await world.anna.say("/note @victor please look", group, thread=topic.id)
    assert await world.rows(select(Note.text)) == [("@victor please look",)]
    assert await said_there(world, group, topic.id) == ["👥 They work on the deal now, too: Victor"]
    assert "brought you into a deal" in world.victor.text
    told = select(Outbox.chat_id).where(Outbox.kind == "deal_commented")
    assert await world.rows(told) == [(1004,)], "a note is told to whoever works on the deal, once to each"
    noted = next(one for one in world.telegram.messages(group) if "please look" in one.text)
    assert noted.reactions

    said = world.anna.person.send(group, "Who measures?", thread=topic.id)
    await world.settle()
    await world.anna.do("edit", said, "Who measures? @helen or @nobody")
    assert (await said_there(world, group, topic.id))[-1] == "👥 They work on the deal now, too: Helen"
    assert "Nobody in the company is @nobody" in world.anna.text
    assert "brought you into a deal" in world.helen.text
    victor = await actor_of(world.services, "victor")
    [(version,)] = await world.rows(select(Deal.version))
    await world.services.crews.remove(await actor_of(world.services, "anna"), deal, victor.person_id, version)
    await world.anna.do("edit", noted, "/note @victor, please look")
    assert await world.rows(select(Note.text).order_by(Note.id)) == [
        ("@victor, please look",),
        ("Who measures? @helen or @nobody",),
    ]
    assert "Victor" not in card_in(world, group, topic).text


async def test_a_command_under_a_photo_takes_it_along(world: World) -> None:
    """Also where another picture of its album came first; what needs no file leaves the words as they are."""
    group = await team_group(world)
    deal = await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    topic = only_topic(group)

    async def photo(caption: str, **more: str) -> None:
        await world.anna.do("send_file", group, "p.jpg", b"x", "photo", caption, thread=topic.id, **more)

    await photo("/note @victor broken handle")
    await photo("", album="a1")
    await photo("/note and this one", album="a1")
    await photo("/task Mend it tomorrow at 10")
    await photo("/who")
    notes = select(Note.text, Note.deal_id, NoteFile.kind).join(NoteFile).order_by(Note.id, NoteFile.id)
    assert await world.rows(notes) == [
        ("@victor broken handle", deal, "photo"),
        ("and this one", deal, "photo"),
        ("and this one", deal, "photo"),
        ("", None, "photo"),
        ("/who", deal, "photo"),
    ]
    assert "👥 with Boris, Victor" in card_in(world, group, topic).text
    assert await world.rows(select(TaskRow.text, TaskRow.deal_id)) == [("Mend it", deal)]
    assert await world.rows(select(TaskRow.id).join(Note, Note.task_id == TaskRow.id)) != []


async def test_who_sees_a_deal_and_may_not_write_to_it_knows_so(world: World) -> None:
    """By either door; and who sees it not, and could not be brought in, is not sent to ask for that."""
    world.whispers.on = True
    group = await team_group(world)
    deal = await make_deal(world, title="Windows", stage="Awaiting payment", amount=777_00)
    await bring_in(world, deal, "boris")
    topic = only_topic(group)
    card = card_in(world, group, topic)
    for name in ("fiona", "max"):
        group.join(world.hands[name].person)

    async def told(name: str, **where: object) -> str:
        await world.hands[name].say("Here is a word", group, **where)
        return world.hands[name].person.whispers(group)[-1].text

    written = "is not kept in the history of the deal: you may see it, not write to it."
    assert written in await told("fiona", thread=topic.id)
    assert written in await told("fiona", reply_to=card)
    assert (await told("max", thread=topic.id)).endswith("it is not yours to see.")
    assert len(world.fiona.person.whispers(group)) == 2
    assert await world.count(Note) == 0


async def test_who_has_blocked_the_bot_is_told_where_they_wrote_and_nothing_waits(world: World) -> None:
    """To them alone, where Telegram takes that; a question that they cannot read is not open."""
    group = await team_group(world)
    deal = await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    topic = only_topic(group)
    words = "I cannot write to you: unblock me in our private chat."
    await world.boris.do("block")
    before = len(world.boris.messages)
    for whispers in (True, False):
        world.whispers.on = whispers
        aloud, heard = len(await said_there(world, group, topic.id)), len(world.boris.person.whispers(group))
        for text in ("/stage", "/task Measure it"):
            await world.boris.say(text, group, thread=topic.id)
        said = [one.text for one in world.boris.person.whispers(group)][heard:]
        assert said == ([words, words] if whispers else [])
        assert (await said_there(world, group, topic.id))[aloud:] == ([] if whispers else [words, words])
    assert await world.boris.press("Open", on=card_in(world, group, topic)) == words
    assert len(world.boris.messages) == before
    await world.boris.start()
    await world.boris.say("tomorrow at 16")
    assert await world.count(TaskRow) == 0
    await world.boris.say("/stage", group, thread=topic.id)
    assert "private chat" in (await said_there(world, group, topic.id))[-1]
    assert [one for one in world.boris.messages if "Where to?" in one.text]


async def test_polls_checklists_and_stickers_are_words(world: World) -> None:
    """Where a deal is spoken of; a sticker in private asks for no deal."""
    group = await team_group(world)
    deal = await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    topic = only_topic(group)
    await world.boris.do("send_poll", group, "Which colour?", ["White", "Brown"], thread=topic.id)
    await world.boris.do("send_checklist", group, "To measure", ["Kitchen", "Hall"], thread=topic.id)
    await world.boris.do("send_sticker", group, "👍", thread=topic.id)
    texts = select(Note.text).where(Note.deal_id == deal).order_by(Note.id)
    assert [text for (text,) in await world.rows(texts)] == [
        "📊 Which colour?\n• White\n• Brown",
        "☑️ To measure\n• Kitchen\n• Hall",
        "👍",
    ]
    asked = len([one for one in world.boris.messages if "Where" in one.text])
    await world.boris.do("send_sticker", None, "👍")
    assert len([one for one in world.boris.messages if "Where" in one.text]) == asked
    assert await world.count(Note) == 3


async def test_a_moment_told_to_us_by_name_in_a_group_is_a_task(world: World) -> None:
    """Of the deal where it is said, or of the message that is answered; only of whoever may."""
    group = await team_group(world)
    deal = await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    topic, card = only_topic(group), card_in(world, group, only_topic(group))
    tasks = select(TaskRow.text, TaskRow.deal_id).order_by(TaskRow.id.desc())
    boris, team = world.boris, world.telegram.add_group("Team", [world.boris.person, world.eve.person])

    await boris.say("@sdelka_bot, завтра в 15 перезвонить", group, thread=topic.id)
    assert (await world.rows(tasks))[0] == ("перезвонить", deal)
    announced = world.telegram.messages(group)[-1].text
    assert announced == "✅ Task: перезвонить · tomorrow, 15:00 · Boris"
    await boris.say("Tomorrow at 16 measure it @SDELKA_BOT", group, thread=topic.id, reply_to=card)
    assert (await world.rows(tasks))[0] == ("measure it", deal)
    said = world.eve.person.send(team, "Who brings the keys?")
    await boris.say("@sdelka_bot tomorrow at 10", team, reply_to=said)
    assert (await world.rows(tasks))[0] == ("Who brings the keys?", None)
    told = len(await world.rows(tasks))
    # No moment, another bot, no name, a stranger, and no right to see the deal: nothing is set.
    loose = ["@sdelka_bot call them", "@sdelka tomorrow at 15 call", "tomorrow at 15 call"]
    for text in loose:
        await boris.say(text, group, thread=topic.id)
    await world.eve.say("@sdelka_bot tomorrow at 15 call", team)
    await world.victor.say("@sdelka_bot tomorrow at 15 call", group, thread=topic.id)
    assert len(await world.rows(tasks)) == told
    notes = await world.rows(select(Note.text).where(Note.deal_id == deal).order_by(Note.id))
    assert [text for (text,) in notes] == loose
    # An old button in a group promises no menu there.
    toast = await boris.press(data="zzz:1", on=card)
    assert toast == "This button is from an old message. Send me /menu in our private chat."
