"""Comments on tasks: on the card with author and time, told to the other side, refused to everybody else."""

import pytest
from sqlalchemy import select

from db.models import Event, Note, Outbox
from services.errors import AppError, NotFoundError
from tests.cast import actor_of
from tests.tasks.ticking import set_task, told
from tests.world import World


async def test_both_sides_talk_about_a_task(world: World) -> None:
    task = await set_task(world, "helen", "Send the offer")
    helen, boris = await actor_of(world.services, "helen"), await actor_of(world.services, "boris")
    await world.services.tasks.assign(helen, task.id, boris.person_id, task.version)
    await world.boris.press(data=f"tk:{task.id}")
    await world.boris.press("💬 Comment")
    question = world.boris.screen
    assert question.text == "📌 Send the offer\nWhat would you like to add? Just write it."
    await world.boris.say("Which prices, <b>old</b> & new?")
    assert (question.text.count("\n"), question.labels) == (1, [])
    assert "💬 today, 12:00 Boris: Which prices, <b>old</b> & new?" in world.boris.text
    assert "Boris wrote about a task" in world.helen.text
    assert "Which prices, <b>old</b> & new?" in world.helen.text
    await world.helen.press("💬 Comment")
    await world.helen.say("The new ones")
    assert "Helen wrote about a task" in world.boris.text
    assert world.boris.text.index("Which prices") < world.boris.text.index("The new ones")
    assert await told(world, "task_commented") == 2
    # The words stay out of the history; whoever watches over both is told of nothing, but sees it.
    await world.olga.press(data=f"tk:{task.id}")
    assert "The new ones" in world.olga.text
    assert not await world.rows(
        select(Outbox.id).where(Outbox.kind == "task_commented", Outbox.chat_id == 1001)
    )
    events = select(Event.changes).where(Event.action == "task.comment").order_by(Event.id)
    assert [row[0] for row in await world.rows(events)] == [{"note": [None, 1]}, {"note": [None, 2]}]


async def test_who_watches_tells_both_sides_and_a_card_shows_the_newest(world: World) -> None:
    task = await set_task(world, "helen")
    helen, boris = await actor_of(world.services, "helen"), await actor_of(world.services, "boris")
    olga = await actor_of(world.services, "olga")
    await world.services.tasks.assign(helen, task.id, boris.person_id, task.version)
    await world.services.tasks.done(boris, task.id)
    for number in range(4):
        world.clock.turn(minutes=1)
        await world.services.comments.add(olga, task.id, f"Word {number}")
    await world.settle()
    for hand in (world.helen, world.boris):
        assert "Olga wrote about a task" in hand.text
        assert "Word 0" not in hand.text
        assert "Word 3" in hand.text
        # Several that wait are one message.
        assert sum("Olga wrote" in message.text for message in hand.messages) == 1


async def test_it_refuses_strangers_and_what_is_no_comment(world: World) -> None:
    task = await set_task(world, "anna")
    anna, boris = await actor_of(world.services, "anna"), await actor_of(world.services, "boris")
    comments = world.services.comments
    for missing in (task.id, 987_654):
        with pytest.raises(NotFoundError):
            await comments.add(boris, missing, "Let me see")
        assert await world.boris.press(data=f"tkc:{missing}", on=world.boris.screen)
    for text, code in (("", "note.empty"), ("\u200b \n", "note.empty"), ("я" * 1001, "note.too_long")):
        with pytest.raises(AppError, match=code):
            await comments.add(anna, task.id, text)
    await world.anna.press(data=f"tkc:{task.id}")
    await world.anna.say("я" * 1001)
    assert "1000" in world.anna.text
    await world.anna.press("◀️ Back")
    assert "Call Ivan" in world.anna.text
    await world.anna.press("💬 Comment")
    await world.anna.press("✖️ Cancel")
    assert await world.count(Note) == 0
    # The form outlives the right: what is typed then is kept nowhere.
    await world.anna.press("💬 Comment")
    await world.services.task_deleting.drop(anna, task.id)
    await world.anna.say("Too late")
    assert await world.count(Note) == 0


async def test_comments_speak_russian(world: World) -> None:
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    task = await set_task(world, "anna")
    await world.anna.press(data=f"tk:{task.id}")
    await world.anna.press("💬 Комментарий")
    assert "Что добавить?" in world.anna.text
    await world.services.comments.add(await actor_of(world.services, "helen"), task.id, "Как дела?")
    await world.settle()
    assert "Helen пишет по задаче" in world.anna.text


async def test_a_reply_to_the_card_is_a_comment_whatever_it_says(world: World) -> None:
    task = await set_task(world, "anna")
    await world.anna.press(data=f"tk:{task.id}")
    await world.anna.say("Ivan +7 916 123-45-67, tomorrow at 15", reply_to=world.anna.screen)
    assert "Anna: Ivan +7 916 123-45-67, tomorrow at 15" in world.anna.text
    card = world.anna.screen
    await world.anna.say("/day")
    await world.services.task_deleting.drop(await actor_of(world.services, "anna"), task.id)
    await world.anna.say("Too late", reply_to=card)
    assert "Deleted today, 12:00 by Anna" in world.anna.text
    assert await world.count(Note) == 1
