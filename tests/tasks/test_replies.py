"""A task made of any message by answering it: in private, of what a client wrote, and in groups."""

from sqlalchemy import select

from db.models import NoteFile, Task
from services.task_giving import Assigning
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.talk.test_forwards import forwarded
from tests.tasks.ticking import told
from tests.world import World


async def tasks(world: World) -> list[Task]:
    """All of them, the newest last."""
    return [row[0] for row in await world.rows(select(Task).order_by(Task.id))]


async def test_words_of_a_client_become_a_task_by_an_answer(world: World) -> None:
    await forwarded(world, "Please measure the balcony")
    assert "To which deal?" in world.anna.text
    own = next(one for one in reversed(world.anna.messages) if one.text == "Please measure the balcony")
    await world.anna.say("tomorrow at 15", reply_to=own)
    assert "📌 Please measure the balcony" in world.anna.text
    assert "Thursday, 19 November, 15:00" in world.anna.text
    assert "↪️ from the words of Eve" in world.anna.text
    [task] = await tasks(world)
    assert (task.source_message, task.source_name) == (own.id, "Eve")


async def test_the_command_asks_only_for_what_is_missing(world: World) -> None:
    said = "The printer is broken again"
    await world.anna.say(said)
    own = next(one for one in reversed(world.anna.messages) if one.text == said)
    await world.anna.say("/task", reply_to=own)
    assert "📌 The printer is broken again" in world.anna.text
    assert "When?" in world.anna.text
    await world.anna.say("every monday at 9")
    assert "🔁 on Mondays at 09:00" in world.anna.text
    await world.anna.say("/task call the service in 2 hours", reply_to=own)
    assert "📌 call the service: The printer is broken again" in world.anna.text
    assert [one.source_message for one in await tasks(world)] == [own.id, own.id]
    deal = await make_deal(world, owner="anna", stage="In work")
    await world.anna.press(data=f"d:{deal}")
    await world.anna.say("/task tomorrow at 11 send the offer", reply_to=world.anna.screen)
    assert (await tasks(world))[-1].deal_id == deal
    sent = world.anna.person.send_file(None, "plan.pdf", b"%PDF")
    await world.settle()
    await world.anna.say("/task tomorrow at 12 check", reply_to=sent)
    assert "📎 Files 1" in world.anna.labels
    assert await world.count(NoteFile) == 1


async def test_what_is_understood_as_the_moment_is_no_part_of_the_deed(world: World) -> None:
    words = "Send the offer tomorrow at 11, in two copies"
    await forwarded(world, words)
    own = next(one for one in reversed(world.anna.messages) if one.text == words)
    await world.anna.say("/task", reply_to=own)
    assert [one.text for one in await tasks(world)] == ["Send the offer, in two copies"]


async def test_in_a_group_a_colleague_is_named_as_the_rule_allows(world: World) -> None:
    people = [world.hands[name].person for name in ("helen", "anna", "boris")]
    group = world.telegram.add_group("Team", people)
    said = world.boris.person.send(group, "The lamp in the hall is out")
    await world.settle()
    await world.anna.say("/task@sdelka_bot @boris tomorrow at 10", where=group, reply_to=said)
    assert "In your company only heads give tasks to others." in world.telegram.wire()
    assert not await tasks(world)
    await world.helen.say("/task@sdelka_bot @boris tomorrow at 10", where=group, reply_to=said)
    [task] = await tasks(world)
    boris = await actor_of(world.services, "boris")
    assert (task.assignee_id, task.text) == (boris.person_id, "The lamp in the hall is out")
    assert "Helen gave you a task" in world.boris.text
    assert await told(world, "task_given") == 1
    olga = await actor_of(world.services, "olga")
    await world.services.company.assign_by(olga, Assigning.DEPARTMENT)
    await world.anna.say("/task@sdelka_bot @boris buy a lamp tomorrow at 11", where=group)
    assert (await tasks(world))[-1].text == "buy a lamp"
    await world.anna.say("/task@sdelka_bot @helen pay tomorrow at 11", where=group)
    assert "You may give tasks to colleagues of your department" in world.telegram.wire()
    assert len(await tasks(world)) == 2
    await world.helen.say("/task@sdelka_bot tomorrow at 12 @boriss", where=group, reply_to=said)
    assert "I do not know @boriss here" in world.helen.text
    assert "So the task is yours." in world.helen.text
    assert (await tasks(world))[-1].text == "@boriss: The lamp in the hall is out"
    await world.helen.say("/task buy paper of @shop with @boris")
    await world.helen.say("tomorrow at 11")
    assert "I do not know @shop here" in world.helen.text
    assert "So the task is yours." not in world.helen.text
    assert (await tasks(world))[-1].text == "buy paper of @shop with"


async def test_an_answer_speaks_russian(world: World) -> None:
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await forwarded(world, "Замерьте балкон")
    own = next(one for one in reversed(world.anna.messages) if one.text == "Замерьте балкон")
    await world.anna.say("завтра в 15", reply_to=own)
    assert "↪️ со слов: Eve" in world.anna.text


async def test_a_task_that_begins_with_a_colleagues_name_goes_to_them_by_one_tap(world: World) -> None:
    helen, offer = world.helen, "👤 Assign to Boris"
    for line in (
        "Boris: prepare the report tomorrow at 12",
        "tomorrow at 12 give Boris a task to call Ivan",
    ):
        await helen.say(line)
        assert offer in helen.labels, line
    await helen.press(offer)
    assert "👤 Boris" in helen.text
    assert "Helen gave you a task" in world.boris.text
    await helen.say("Boris: prepare the report tomorrow at 12")
    await helen.press(offer)
    assert "📌 Prepare the report\n" in world.boris.text
    for line in ("Ivan: call him tomorrow at 12", "tomorrow at 12 ask Victoria for the plan"):
        await helen.say(line)
        assert not [one for one in helen.labels if one.startswith("👤 Assign to")], line
    # Only heads give tasks here.
    yours = "☝️ You do not give tasks to Boris, so it is yours."
    await world.anna.say("Boris: prepare the report tomorrow at 12")
    assert offer not in world.anna.labels
    assert yours in world.anna.text
    await world.anna.say("/task Boris, prepare the contract")
    await world.anna.say("tomorrow at 12")
    assert yours in world.anna.text
    for line in ("ask Boris for the price tomorrow at 12", "Ivan: call him tomorrow at 12"):
        await world.anna.say(line)
        assert "☝️" not in world.anna.text, line
