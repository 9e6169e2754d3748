"""What is forwarded and sent without words finds its deal, and opens again from there."""

import pytest
from sqlalchemy import select

from db.models import Event, Note, NoteFile, NoteSource
from sandbox.messages import Message
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.talk.hostile import NAMES
from tests.world import World


async def forwarded(world: World, text: str = "We need white windows") -> Message:
    """Somebody writes to Anna elsewhere, and she forwards it to the bot."""
    elsewhere = world.telegram.add_group("Elsewhere", [world.eve.person, world.anna.person], bots=())
    said = world.eve.person.send(elsewhere, text)
    await world.anna.do("forward", said)
    return said


async def test_forwarded_words_ask_for_their_deal_and_keep_their_source(world: World) -> None:
    deal = await make_deal(world, title="Windows")
    await forwarded(world)
    assert "To which deal?" in world.anna.text
    assert "Eve" in world.anna.text
    await world.anna.press("Windows")
    assert "Eve, today" in world.anna.text
    assert "We need white windows" in world.anna.text
    note, origin, name = (
        await world.rows(
            select(Note, NoteSource.origin, NoteSource.origin_name).join(
                NoteSource, NoteSource.note_id == Note.id
            )
        )
    )[0]
    assert (note.deal_id, note.text, origin, name) == (deal, "We need white windows", "user", "Eve")


async def test_forwarded_words_may_become_a_lead(world: World) -> None:
    await forwarded(world, "Windows, Ivan +7 916 123-45-67, 150k")
    await world.anna.press("New lead")
    assert "Ivan" in world.anna.text
    assert "+7 916 123-45-67" in world.anna.text


@pytest.mark.parametrize("kind", ["voice", "photo", "video_note", "video", "audio", "document"])
async def test_each_kind_of_file_is_kept_and_opened_again(world: World, kind: str) -> None:
    await make_deal(world, title="Windows")
    name = {"photo": "house.jpg", "document": "plan.pdf"}.get(kind, "sound.ogg")
    await world.anna.do("send_file", None, name, b"\xff\xd8\xff", kind)
    await world.anna.press("Windows")
    await world.anna.press("Files")
    assert "Files of Windows" in world.anna.text
    await world.anna.press(world.anna.labels[0])
    assert kind in world.anna.screen.content


async def test_an_album_is_one_note_with_all_its_files(world: World) -> None:
    deal = await make_deal(world, title="Windows")
    for number in range(3):
        world.anna.person.send_file(
            None, f"{number}.jpg", b"\xff\xd8\xff", "photo", "The house" if number == 0 else "", album="77"
        )
    await world.settle()
    assert "3 files" in world.anna.text
    questions = [one for one in world.anna.messages if "To which deal?" in one.text]
    assert len(questions) == 1
    await world.anna.press("Windows")
    assert [tuple(row) for row in await world.rows(select(Note.text, Note.deal_id))] == [("The house", deal)]
    assert await world.count(NoteFile) == 3
    assert "3 files The house" in world.anna.text


async def test_an_album_in_reply_to_a_card_is_one_note_too(world: World) -> None:
    deal = await make_deal(world, title="Windows")
    await world.anna.press(data=f"d:{deal}")
    card = world.anna.screen
    for number in range(3):
        world.anna.person.send_file(
            None,
            f"{number}.jpg",
            b"\xff\xd8\xff",
            "photo",
            album="77",
            reply_to=card if number == 0 else None,
        )
    await world.settle()
    assert (await world.count(Note), await world.count(NoteFile)) == (1, 3)
    assert "3 files" in world.anna.text


async def test_several_forwards_go_to_one_deal_together(world: World) -> None:
    await make_deal(world, title="Windows")
    await forwarded(world, "First")
    await forwarded(world, "Second")
    assert "2 messages" in world.anna.text
    await world.anna.press("Windows")
    assert sorted(row[0] for row in await world.rows(select(Note.text))) == ["First", "Second"]
    assert len(await world.rows(select(Event).where(Event.action == "note.add"))) == 1


async def test_a_deal_is_found_by_typing(world: World) -> None:
    for number in range(7):
        await make_deal(world, title=f"Door {number}")
    await make_deal(world, "boris", title="Door of Boris")
    world.clock.turn(hours=1)
    await world.anna.do("send_location", None, 55.75, 37.61)
    assert len([label for label in world.anna.labels if "Door" in label]) == 5
    await world.anna.say("gate")
    assert "No deal of yours fits “gate”" in world.anna.text
    await world.anna.say("door")
    assert not [label for label in world.anna.labels if "Boris" in label]
    await world.anna.press("Door 3")
    assert "📍 55.750000, 37.610000" in world.anna.text


async def test_what_was_sent_may_be_given_up(world: World) -> None:
    deal = await make_deal(world, title="Windows")
    await world.anna.do("send_file", None, "voice.ogg", b"OggS", "voice")
    key = world.anna.messages[-2].id
    await world.anna.press("Cancel")
    assert "put away already" in (await world.anna.press(data=f"np:{key}:{deal}") or "")
    await world.anna.do("send_file", None, "voice.ogg", b"OggS", "voice")
    assert "put away already" in (await world.anna.press(data=f"np:{key}:{deal}") or "")
    assert "put away already" in (await world.anna.press(data=f"npl:{key}") or "")
    assert await world.count(Note) == 0


async def test_a_deal_of_somebody_else_takes_nothing(world: World) -> None:
    await make_deal(world, title="Windows")
    foreign = await make_deal(world, "boris", title="Foreign")
    await world.anna.do("send_file", None, "voice.ogg", b"OggS", "voice")
    key = world.anna.messages[-2].id
    for target in (foreign, 987_654):
        assert "not yours to see" in (await world.anna.press(data=f"np:{key}:{target}") or "")
    assert await world.count(Note) == 0


@pytest.mark.parametrize("name", ["fiona", "max"])
async def test_who_has_no_deals_is_not_asked_for_one(world: World, name: str) -> None:
    hand = world.hands[name]
    await hand.do("send_file", None, "voice.ogg", b"OggS", "voice")
    assert "To which deal?" not in hand.text


@pytest.mark.parametrize("name", NAMES)
async def test_names_of_files_are_text_and_never_markup(world: World, name: str) -> None:
    await make_deal(world, title="Windows")
    await world.anna.do("send_file", None, name, b"x", "document")
    await world.anna.press("Windows")
    await world.anna.press("Files")
    assert "\u202e" not in world.anna.text
    await world.anna.press(world.anna.labels[0])
    assert "document" in world.anna.screen.content


@pytest.mark.parametrize("name", ["boris", "victor", "fiona", "max"])
async def test_files_of_others_are_not_opened(world: World, name: str) -> None:
    deal = await make_deal(world, title="Windows")
    await world.anna.do("send_file", None, "plan.pdf", b"x")
    await world.anna.press("Windows")
    number = (await world.rows(select(NoteFile.id)))[0][0]
    hand = world.hands[name]
    for data in (f"df:{deal}:0", f"fo:{number}", "fo:987654"):
        assert await hand.press(on=hand.messages[-1], data=data) in {
            "There is no such deal, or it is not yours to see.",
            "There is no such file, or it is not yours to see.",
            "You may not do this.",
        }
    assert "plan.pdf" not in world.telegram.wire(to=hand.person)


async def test_a_file_that_telegram_has_lost_is_told_of(world: World) -> None:
    await make_deal(world, title="Windows")
    await world.anna.do("send_file", None, "plan.pdf", b"x")
    await world.anna.press("Windows")
    await world.anna.press("Files")
    world.telegram.faults.script("sendDocument", kind="400", description="Bad Request: wrong file identifier")
    assert await world.anna.press("plan.pdf") == "Telegram does not give this file out any more."


async def test_files_of_the_lead_stay_with_its_deal(world: World) -> None:
    await world.anna.say("/lead Windows, Ivan +7 916 123-45-67")
    await world.anna.do(
        "send_file", None, "plan.pdf", b"x", "document", "Their plan", reply_to=world.anna.screen
    )
    assert "Their plan" in world.anna.text
    await world.anna.press("Qualify")
    await world.anna.press(world.anna.labels[0])
    await world.anna.press("Files")
    assert "plan.pdf" in world.anna.text
    await world.anna.press("plan.pdf")
    assert "document" in world.anna.screen.content


async def test_the_question_is_asked_in_russian(world: World) -> None:
    await make_deal(world, title="Окна")
    anna = await actor_of(world.services, "anna")
    await world.services.people.speak(anna, "ru")
    await world.anna.do("send_file", None, "voice.ogg", b"OggS", "voice")
    assert "К какой сделке?" in world.anna.text
    await world.anna.press("Окна")
    assert "🎤 голосовое" in world.anna.text
