"""Others' tasks for those who watch over them: by person, by when they are due, and given on from there."""

from datetime import timedelta

import pytest

from services.errors import ForbiddenError, NotFoundError
from tests.cast import CAST, actor_of
from tests.deals.making import make_deal
from tests.tasks.ticking import set_task, task_row
from tests.world import World


async def test_a_head_sees_who_has_what_and_gives_it_on(world: World) -> None:
    await set_task(world, "anna", "Late one", minutes=30)
    await set_task(world, "anna", "Today's", hours=5)
    await set_task(world, "anna", "Important today", hours=6)
    await set_task(world, "anna", "For Friday", days=2)
    await set_task(world, "boris", "His own", days=1)
    await set_task(world, "victor", "Of Service", hours=5)
    anna, helen = await actor_of(world.services, "anna"), await actor_of(world.services, "helen")
    await world.services.marks.rank(anna, 3, high=True)
    world.clock.turn(hours=1)
    await world.helen.say("/day")
    await world.helen.press("👥 Tasks of the team")
    assert world.helen.labels[:2] == ["Anna · 🔴 1  📌 2  🗓 1", "Boris · 🗓 1"]
    assert not [label for label in world.helen.labels if "Victor" in label]
    await world.helen.press("Anna · 🔴 1  📌 2  🗓 1")
    assert "🔴 overdue 1 · 📌 today 2 · 🗓 later 1" in world.helen.text
    assert world.helen.labels[:3] == ["🔴 Late one", "❗ 18:00 Important today", "17:00 Today's"]
    assert "For Friday" in world.helen.labels[3]
    await world.helen.press("🔴 Late one")
    await world.helen.press("👤 Assign")
    await world.helen.press("Boris")
    boris = await actor_of(world.services, "boris")
    assert (await task_row(world, 1)).assignee_id == boris.person_id
    shown = await world.services.team_tasks.of_person(helen, boris.person_id)
    assert [line.text for line in shown.tasks] == ["Late one", "His own"]
    assert shown.load.overdue == shown.load.later == 1


async def test_what_lies_with_the_department_is_seen_whoever_does_it(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="In work")
    task = await set_task(world, "anna", "Check the contract", deal=deal)
    await set_task(world, "fiona", "Of finance alone")
    olga, fiona = await actor_of(world.services, "olga"), await actor_of(world.services, "fiona")
    await world.services.tasks.assign(olga, task.id, fiona.person_id, task.version)
    await world.helen.press(data="tkl:0")
    await world.helen.press("Fiona · 📌 1")
    assert "Check the contract" in world.helen.labels[0]
    assert "Of finance" not in " ".join(world.helen.labels)
    await world.olga.press(data=f"tku:{fiona.person_id}:0")
    assert "📌 today 2" in world.olga.text


async def test_personal_tasks_are_in_no_list_and_no_count(world: World) -> None:
    task = await set_task(world, "anna", "Dentist")
    anna, olga = await actor_of(world.services, "anna"), await actor_of(world.services, "olga")
    await world.services.marks.hide(anna, task.id, personal=True)
    await world.olga.press(data="tkl:0")
    assert "Nobody has open tasks" in world.olga.text
    await world.olga.press(data=f"tku:{anna.person_id}:0")
    assert "Nothing to do" in world.olga.text
    assert (await world.services.team_tasks.of_person(olga, anna.person_id)).tasks == ()


async def test_long_lists_are_turned_page_by_page(world: World) -> None:
    for number in range(9):
        await set_task(world, "anna", f"Task {number}", hours=1 + number)
    await set_task(world, "anna", "Done", hours=1)
    anna = await actor_of(world.services, "anna")
    await world.services.tasks.done(anna, 10)
    await world.helen.press(data=f"tku:{anna.person_id}:0")
    assert "Task 8" not in " ".join(world.helen.labels)
    await world.helen.press("▶️")
    assert world.helen.labels[0] == "21:00 Task 8"
    await world.helen.press("◀️")
    assert world.helen.labels[0] == "13:00 Task 0"
    await world.helen.press("◀️ Back")
    assert "Tasks of the team" in world.helen.text


async def test_it_refuses_who_watches_over_nobody(world: World) -> None:
    people = {name: await actor_of(world.services, name) for name in CAST}
    await set_task(world, "anna", "Secret")
    for name in ("anna", "boris", "fiona", "max"):
        with pytest.raises(ForbiddenError):
            await world.services.team_tasks.people(people[name])
        with pytest.raises(ForbiddenError):
            await world.services.team_tasks.of_person(people[name], people["anna"].person_id)
        await world.hands[name].say("/day")
        assert "👥 Tasks of the team" not in world.hands[name].labels
    for foreign in (people["anna"].person_id, people["helen"].person_id, 987_654):
        with pytest.raises(NotFoundError):
            await world.services.team_tasks.of_person(people["hugo"], foreign)
    assert await world.hugo.press(data=f"tku:{people['anna'].person_id}:0") == await world.hugo.press(
        data="tku:987654:0"
    )
    await world.hugo.press(data="tkl:0")
    assert "Nobody has open tasks" in world.hugo.text


async def test_the_team_speaks_russian(world: World) -> None:
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    task = await set_task(world, "anna", "Позвонить")
    assert task.due_at - world.clock.now() == timedelta(hours=1)
    await world.helen.say("/day")
    await world.helen.press("👥 Задачи команды")
    await world.helen.press("Anna · 📌 1")
    assert "сегодня 1" in world.helen.text
