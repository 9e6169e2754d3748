"""Acceptance, watchers, files and who may give tasks: a story of each, and the hands that may not."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Event, Note, NoteFile, TaskWatcher
from services.access import Actor
from services.dto.task_lists import Which
from services.dto.tasks import TaskCard
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from services.task_giving import Assigning
from services.understanding.recurrence import Recurrence, Unit
from tests.cast import actor_of
from tests.tasks.ticking import set_task, task_row, tick, told
from tests.world import World


async def given(world: World, heir: str = "anna", **after: float) -> tuple[Actor, Actor, TaskCard]:
    """Helen has set Anna a task that she wants to accept."""
    helen, anna = await actor_of(world.services, "helen"), await actor_of(world.services, heir)
    task = await set_task(world, "helen", "Count the stock", **after)
    task = await world.services.tasks.assign(helen, task.id, anna.person_id, task.version)
    return helen, anna, await world.services.acceptance.ask(helen, task.id, checks=True)


async def test_a_task_is_handed_in_returned_with_a_reason_and_accepted(world: World) -> None:
    _, _, task = await given(world, hours=1)
    await world.settle()
    assert "🔎 To be accepted by its author" in world.anna.text
    world.clock.turn(hours=2)
    await tick(world)
    await world.anna.press("✅ Done")
    assert "🔎 Waits to be accepted since" in world.anna.text
    assert "🔎 Anna: it is done. Do you accept it?" in world.helen.text
    # It is late no more, for nobody, and stands in nobody's day.
    await world.anna.say("/day")
    assert "Nothing is due today" in world.anna.text
    await world.helen.say("/day")
    assert "Waiting for your word: 1 task to accept." in world.helen.text
    assert not [label for label in world.helen.labels if "overdue in the team" in label]
    await world.helen.press("🔎 To accept: 1")
    assert "🔎 🔴 Count the stock" not in world.helen.labels
    await world.helen.press(data=f"tk:{task.id}")
    await world.helen.press("↩️ Return")
    await world.helen.say("The second shelf is missing")
    assert "The second shelf is missing" in world.helen.text
    asked = "Count the stock\nWhat is missing? Write it, and the task goes back with it."
    assert [one.text for one in world.helen.messages if "What is missing?" in one.text] == [f"📌 {asked}"]
    assert "↩️ Helen returned it" in world.anna.text
    assert "The second shelf is missing" in world.anna.text
    assert (await task_row(world, task.id)).handed_in_at is None
    await world.helen.press(data=f"tqa:{task.id}")
    assert world.helen.toast == "This task does not wait to be accepted any more."
    await world.anna.press("✅ Done")
    await world.helen.press("✅ Accept")
    assert "✅ Count the stock" in world.helen.text
    assert "✅ Helen accepted it" in world.anna.text
    row = await task_row(world, task.id)
    anna = await actor_of(world.services, "anna")
    assert (row.done_by, row.handed_in_at) == (anna.person_id, None)
    await world.helen.press("🕓 History")
    for words in ("wants to accept it", "handed it in", "returned it: The second shelf", "accepted it"):
        assert words in world.helen.text


async def test_one_card_of_a_task_stands_in_a_chat_whatever_becomes_of_it(world: World) -> None:
    """News of it are its card; the older one says nothing that could become untrue, and opens it again."""
    await given(world, hours=1)
    await world.settle()
    handed = world.anna.screen
    await world.anna.press("✅ Done")
    assert handed.text.startswith("🔎 Count the stock")
    await world.helen.press("↩️ Return")
    await world.helen.say("The second shelf is missing")
    returned = world.anna.screen
    put_away = "Count the stock\n⬇️ Its card is further down."
    assert (handed.text, handed.labels) == (put_away, ["📌 Open"])
    assert "↩️ Helen returned it\n📌 Count the stock" in returned.text
    await world.anna.press("✅ Done")
    await world.helen.press("✅ Accept")
    accepted = world.anna.screen
    assert returned.text == put_away
    assert "✅ Helen accepted it" in accepted.text
    await world.helen.press("↩️ Not done yet")
    assert accepted.text == put_away, "no card of hers says that it is done"
    assert "👁 Helen: a task is not done after all\n📌 Count the stock" in world.anna.text
    assert "✅ Count the stock" not in "".join(one.text for one in world.anna.messages)
    reopened = world.anna.screen
    await world.anna.press("📌 Open", on=handed)
    assert handed.text.startswith("📌 Count the stock")
    await world.anna.press("✅ Done", on=handed)
    assert "🔎 Anna: it is done. Do you accept it?" in world.helen.text
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await world.helen.press("↩️ Return")
    await world.helen.say("Again")
    assert reopened.text == "Count the stock\n⬇️ Карточка задачи — ниже."
    assert handed.text.startswith("📌 Count the stock"), "what was opened last still shows it"


async def test_only_the_author_and_heads_accept(world: World) -> None:
    helen, anna, task = await given(world, hours=1)
    acceptance, tasks = world.services.acceptance, world.services.tasks
    boris = await actor_of(world.services, "boris")
    with pytest.raises(StaleError, match=r"task\.waits_not"):
        await acceptance.accept(helen, task.id)
    waiting = await tasks.done(anna, task.id)
    assert waiting.handed_in_at is not None
    for who, error in ((anna, ForbiddenError), (boris, NotFoundError)):
        with pytest.raises(error):
            await acceptance.accept(who, task.id)
        with pytest.raises(error):
            await acceptance.give_back(who, task.id, "no")
    with pytest.raises(StaleError, match=r"task\.handed_in"):
        await tasks.done(anna, task.id)
    with pytest.raises(StaleError, match=r"task\.handed_in"):
        await tasks.put_off(anna, task.id, task.due_at)
    with pytest.raises(AppError, match=r"note\.empty"):
        await acceptance.give_back(helen, task.id, " ")
    olga = await actor_of(world.services, "olga")
    found = await asyncio.gather(
        acceptance.accept(helen, task.id), acceptance.give_back(olga, task.id, "No"), return_exceptions=True
    )
    assert len([one for one in found if isinstance(one, StaleError)]) == 1
    # What one has set for oneself nobody accepts; who set it for another closes it at once.
    own = await set_task(world, "anna")
    with pytest.raises(ForbiddenError):
        await acceptance.ask(anna, own.id, checks=True)
    _, _, second = await given(world)
    assert (await tasks.done(helen, second.id)).done_at is not None
    _, _, third = await given(world)
    await tasks.done(anna, third.id)
    assert (await tasks.reopen(anna, third.id)).handed_in_at is None


async def test_watchers_see_the_task_and_hear_what_becomes_of_it(world: World) -> None:
    helen, anna, task = await given(world, hours=5)
    boris = await actor_of(world.services, "boris")
    await world.helen.press(data=f"tk:{task.id}")
    await world.helen.press("👁 Watchers")
    assert "👁 Nobody watches it." in world.helen.text
    await world.helen.press("➕ Colleague")
    await world.helen.press("Boris")
    assert "👁 Watched by: Boris" in world.helen.text
    events = await world.count(Event)
    await world.services.watchers.watch(helen, task.id, boris.person_id, watches=True)
    assert await world.count(Event) == events, "asked twice, it changes once"
    card = await world.services.tasks.card(boris, task.id)
    assert sorted(str(one) for one in card.can) == ["task.comment", "task.view", "task.watch"]
    moved = await world.services.tasks.put_off(anna, task.id, world.clock.now().replace(hour=20))
    await world.settle()
    assert "👁 Anna moved a task" in world.boris.text
    assert [one.id for one in (await world.services.day.mine(boris, which=Which.WATCHED)).tasks] == [task.id]
    assert not (await world.services.day.mine(boris)).tasks
    await world.services.comments.add(helen, moved.id, "By noon, please")
    await world.settle()
    assert "Helen wrote about a task" in world.boris.text
    assert await world.boris.press(data=f"tkd:{task.id}") == "You may not do this."
    with pytest.raises(ForbiddenError):
        await world.services.watchers.watch(boris, task.id, anna.person_id, watches=True)
    await world.boris.press("👁 Watchers 1")
    await world.boris.press("🙈 Do not watch")
    assert await world.count(TaskWatcher) == 0
    with pytest.raises(NotFoundError):
        await world.services.tasks.card(boris, task.id)
    own = await set_task(world, "anna")
    await world.services.marks.hide(anna, own.id, personal=True)
    with pytest.raises(ForbiddenError):
        await world.services.watchers.watch(anna, own.id, boris.person_id, watches=True)


async def test_files_lie_with_the_task_and_open_for_those_who_see_it(world: World) -> None:
    _, _, task = await given(world, hours=5)
    await world.settle()
    await world.anna.do("send_file", None, "list.pdf", b"%PDF", reply_to=world.anna.screen)
    assert "📎 Files 1" in world.anna.labels
    await world.anna.press("📎 Files 1")
    await world.anna.press("➕ File")
    await world.anna.say("no file")
    assert "Please send a file" in world.anna.text
    await world.anna.do("send_file", None, "second.pdf", b"%PDF")
    assert "📎 Files 2" in world.anna.labels
    assert "💬 today, 12:00 Anna: 📎 second.pdf" in world.anna.text
    assert "Anna wrote about a task" in world.helen.text
    assert "Anna: 📎 second.pdf" in world.helen.text
    await world.helen.press("📎 Files 2")
    assert "second.pdf" in world.helen.text
    sent = len(world.helen.messages)
    await world.helen.press("📎 list.pdf")
    assert len(world.helen.messages) == sent + 1
    file = (await world.rows(select(NoteFile.id)))[0][0]
    assert await world.boris.press(data=f"fo:{file}") == "There is no such file, or it is not yours to see."
    assert await world.boris.press(data=f"tf:{task.id}:0") is not None
    assert [row[0] for row in await world.rows(select(Note.task_id))] == [task.id] * 2


async def test_the_owner_says_who_may_give_tasks_to_whom(world: World) -> None:
    anna, boris = await actor_of(world.services, "anna"), await actor_of(world.services, "boris")
    helen, victor = await actor_of(world.services, "helen"), await actor_of(world.services, "victor")
    task = await set_task(world, "anna", "Call the bank")
    assign, items = world.services.tasks.assign, world.services.items
    shown = await items.add(anna, task.id, "Number")
    with pytest.raises(AppError, match=r"task\.give_heads"):
        await assign(anna, task.id, boris.person_id, task.version)
    await world.anna.press(data=f"tkh:{task.id}:0")
    assert world.anna.toast == "In your company only heads give tasks to others. The owner may change this."
    await world.olga.press(data="coq")
    await world.olga.press("everybody, within their department")
    assert "👤 Tasks to others: everybody, within their department" in world.olga.text
    await world.anna.press(data=f"tk:{task.id}")
    await world.anna.press("👤 Assign")
    assert "Boris" in world.anna.labels
    assert not {"Helen", "Victor"} & set(world.anna.labels)
    for beyond in (helen, victor):
        with pytest.raises(AppError, match=r"task\.give_below"):
            await assign(anna, task.id, beyond.person_id, task.version)
        with pytest.raises(AppError, match=r"task\.give_below"):
            await items.give(anna, task.id, shown.items[0].id, beyond.person_id)
    await items.give(anna, task.id, shown.items[0].id, boris.person_id)
    await world.anna.press("Boris")
    assert (await task_row(world, task.id)).assignee_id == boris.person_id
    hidden = await set_task(world, "victor")
    with pytest.raises(NotFoundError):
        await assign(anna, hidden.id, boris.person_id, hidden.version)
    await world.services.company.assign_by(await actor_of(world.services, "olga"), Assigning.ANYONE)
    task = await set_task(world, "anna", "Repair")
    await assign(anna, task.id, victor.person_id, task.version)
    assert await told(world, "task_given") == 2
    with pytest.raises(ForbiddenError):
        await world.services.company.assign_by(helen, Assigning.HEADS)


async def test_acceptance_speaks_russian(world: World) -> None:
    for name in ("anna", "helen"):
        await world.services.people.speak(await actor_of(world.services, name), "ru")
    _, _, task = await given(world, hours=1)
    await world.anna.press(data=f"tk:{task.id}")
    assert "🔎 С приёмкой автором" in world.anna.text
    await world.anna.press("✅ Сделано")
    assert "🔎 Anna: сделано. Принимаете?" in world.helen.text
    await world.helen.press("↩️ Вернуть")
    await world.helen.say("Не хватает полки")
    assert "↩️ Helen: возвращено" in world.anna.text
    await world.helen.press("👁 Наблюдатели")
    assert "👁 Никто не наблюдает." in world.helen.text


async def test_the_author_is_told_what_the_assignee_has_changed_and_not_what_they_changed(
    world: World,
) -> None:
    """The old words are not told: what goes out keeps no words, they may name a client."""
    helen, anna, task = await given(world, hours=1)
    await world.settle()
    heard = len(world.helen.messages)
    await world.services.tasks.rephrase(helen, task.id, "Count the whole stock")
    await world.services.marks.rank(helen, task.id, high=True)
    await world.settle()
    assert len(world.helen.messages) == heard
    await world.services.tasks.rephrase(anna, task.id, "Count the shelf")
    await world.settle()
    assert world.helen.text.startswith(
        "👁 Anna changed the words of a task; now it says:\n📌❗ Count the shelf"
    )
    await world.services.marks.rank(anna, task.id, high=False)
    await world.settle()
    assert world.helen.text.startswith("👁 Anna: a task is not important any more")
    at = world.clock.now() + timedelta(hours=26)
    await world.services.tasks.put_off(anna, task.id, at)
    await world.settle()
    assert world.helen.text.startswith("👁 Anna moved a task: today, 13:00 → tomorrow, 14:00")
    await world.services.series.repeat(anna, task.id, Recurrence(Unit.DAY), at)
    await world.settle()
    assert world.helen.text.startswith("👁 Anna changed how often a task comes: once → every day")
    assert "🔎 To be accepted by its author" in world.helen.text
