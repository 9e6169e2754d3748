"""Important tasks come first everywhere; personal ones are seen by nobody else, whoever heads their owner."""

import pytest
from sqlalchemy import select

from db.models import Event, Task
from services.errors import ForbiddenError, NotFoundError
from tests.cast import CAST, actor_of
from tests.deals.making import make_deal
from tests.tasks.ticking import set_task, task_row, tick
from tests.world import World


async def test_what_is_important_comes_first_and_is_marked(world: World) -> None:
    for number in range(3):
        await set_task(world, "anna", f"Task {number}", hours=1 + number)
    last = await set_task(world, "anna", "Sign the contract", hours=5)
    await world.anna.press(data=f"tk:{last.id}")
    await world.anna.press("❗ Important")
    assert "📌❗ Sign the contract" in world.anna.text
    assert "▫️ Not important" in world.anna.labels
    await world.anna.say("/day")
    assert world.anna.labels[0].startswith("1. ❗")
    assert "Sign the contract" in world.anna.labels[0]
    # What is overdue still comes before what is only important.
    world.clock.turn(hours=1, minutes=30)
    await world.anna.say("/day")
    assert world.anna.labels[0] == "1. 🔴 Task 0"
    world.clock.turn(hours=5)
    await world.anna.say("/day")
    assert world.anna.labels[0] == "1. ❗ 🔴 Sign the contract"
    await world.helen.say("/day")
    await world.helen.press("👥 4 overdue in the team")
    assert "Sign the contract" in world.helen.labels[0]
    await tick(world)
    assert world.anna.text.index("Sign the contract") < world.anna.text.index("Task 0")
    await world.anna.press(data=f"tki:{last.id}:0")
    assert "❗ Important" in world.anna.labels
    changes = select(Event.changes).where(Event.subject == "task", Event.action == "task.edit")
    assert [row[0] for row in await world.rows(changes.order_by(Event.id))] == [
        {"high": [False, True]},
        {"high": [True, False]},
    ]


async def test_a_personal_task_is_seen_by_nobody_else(world: World) -> None:
    task = await set_task(world, "anna", "Dentist", hours=1)
    await world.helen.press(data=f"tk:{task.id}")
    assert "Dentist" in world.helen.text
    await world.anna.press(data=f"tk:{task.id}")
    await world.anna.press("🔒 Only for me")
    assert "Only you see it" in world.anna.text
    seen = len(world.telegram.calls)
    for name in set(CAST) - {"anna"}:
        answer = await world.hands[name].press(data=f"tk:{task.id}")
        assert answer == "There is no such task, or it is not yours to see.", name
        with pytest.raises(NotFoundError):
            await world.services.tasks.card(await actor_of(world.services, name), task.id)
    world.clock.turn(hours=2)
    for name in ("helen", "olga"):
        await world.hands[name].say("/day")
        assert not [label for label in world.hands[name].labels if "overdue in the team" in label]
        await world.hands[name].press(data="dayt:0")
        assert "Nobody is late" in world.hands[name].text
    assert "Dentist" not in world.telegram.wire(since=seen)
    # To its owner it is like any other.
    await tick(world)
    assert "Dentist" in world.anna.text
    await world.anna.say("/day")
    assert "Overdue: 1" in world.anna.text
    await world.anna.press(data=f"tk:{task.id}")
    await world.anna.press("🔓 Not only for me")
    await world.helen.press(data=f"tk:{task.id}")
    assert "Dentist" in world.helen.text


async def test_only_what_concerns_nobody_else_becomes_personal(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="In work")
    of_deal = await set_task(world, "anna", "Send the offer", deal=deal)
    anna, helen = await actor_of(world.services, "anna"), await actor_of(world.services, "helen")
    boris = await actor_of(world.services, "boris")
    await world.anna.press(data=f"tk:{of_deal.id}")
    assert "🔒 Only for me" not in world.anna.labels
    given = await set_task(world, "helen", "Call the bank")
    await world.services.tasks.assign(helen, given.id, boris.person_id, given.version)
    marks = world.services.marks
    for actor, task in ((anna, of_deal), (helen, of_deal), (helen, given), (boris, given)):
        with pytest.raises(ForbiddenError):
            await marks.hide(actor, task.id, personal=True)
    assert not (await task_row(world, given.id)).personal
    own = await set_task(world, "helen", "Her own")
    await marks.hide(helen, own.id, personal=True)
    with pytest.raises(ForbiddenError):
        await world.services.tasks.assign(helen, own.id, boris.person_id, own.version + 1)
    with pytest.raises(ForbiddenError):
        await world.services.tasks.heirs(helen, own.id)


async def test_personal_tasks_are_not_handed_over_with_the_work(world: World) -> None:
    mine, shared = await set_task(world, "anna", "Dentist"), await set_task(world, "anna", "Send the offer")
    anna, olga = await actor_of(world.services, "anna"), await actor_of(world.services, "olga")
    boris = await actor_of(world.services, "boris")
    await world.services.marks.hide(anna, mine.id, personal=True)
    assert (await world.services.leaving.plan(olga, anna.person_id)).load.tasks == 1
    farewell = await world.services.leaving.remove(olga, anna.person_id, boris.person_id)
    assert farewell.load.tasks == 1
    assert (await task_row(world, shared.id)).assignee_id == boris.person_id
    assert (await task_row(world, mine.id)).assignee_id == anna.person_id
    world.clock.turn(hours=2)
    await tick(world)
    assert "Dentist" not in world.anna.text


async def test_marks_speak_russian(world: World) -> None:
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    task = await set_task(world, "anna", "Стоматолог")
    await world.anna.press(data=f"tk:{task.id}")
    await world.anna.press("❗ Важно")
    await world.anna.press("🔒 Только для меня")
    assert "Видите только вы" in world.anna.text


async def test_a_line_that_says_so_makes_an_important_task(world: World) -> None:
    await world.anna.say("завтра в 15 позвонить Ивану, важно")
    assert "📌❗ позвонить Ивану\n" in world.anna.text
    row = (await world.rows(select(Task)))[0][0]
    assert (row.text, row.high) == ("позвонить Ивану", True)
