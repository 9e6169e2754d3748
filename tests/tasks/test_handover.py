"""Many tasks given away at once: planned, whole or not at all, by one of two heads, and taken back."""

import asyncio
from collections import Counter

import pytest
from sqlalchemy import select

from db.models import DealHelper, Event, Task
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from services.task_handover import divided
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.engine.kill import every_death, run
from tests.tasks.ticking import set_task, told
from tests.world import World

HAND_OVER = "tests.tasks.children:hand_over"


async def whose(world: World) -> Counter[int]:
    """How many open tasks everybody has."""
    rows = await world.rows(select(Task.assignee_id).where(Task.done_at.is_(None)))
    return Counter(row[0] for row in rows)


async def some_tasks(world: World, count: int = 5) -> tuple[int, int, int]:
    """Tasks of Anna, two of them of one deal; the ids of Anna, Boris and Helen."""
    deal = await make_deal(world, owner="anna", stage="In work")
    for number in range(count):
        await set_task(world, "anna", f"Task {number}", deal=deal if number < 2 else None, hours=1 + number)
    people = [(await actor_of(world.services, name)).person_id for name in ("anna", "boris", "helen")]
    return people[0], people[1], people[2]


async def test_a_head_chooses_sees_the_plan_gives_and_takes_back(world: World) -> None:
    anna, boris, helen = await some_tasks(world)
    world.clock.turn(hours=2, minutes=30)
    await world.helen.press(data=f"tku:{anna}:0")
    await world.helen.press("🤝 Hand several over")
    assert "Chosen: 0" in world.helen.text
    await world.helen.press("Overdue")
    assert "Chosen: 2" in world.helen.text
    await world.helen.press("All")
    await world.helen.press("☑️ 16:00 Task 3")
    assert "Chosen: 4" in world.helen.text
    await world.helen.press("To whom? (4) ▶️")
    await world.helen.press("◻️ Boris")
    await world.helen.press("◻️ Helen")
    await world.helen.press("Show the plan ▶️")
    theirs = "🙈 Task 0 · Windows for Ivan\n🙈 Task 1 · Windows for Ivan"
    assert f"👤 Boris: 2 tasks\n{theirs}\n👤 Helen: 2 tasks\n· Task 2\n· Task 4" in world.helen.text
    await world.helen.press("🤝 Hand over 4 tasks")
    assert "✅ Handed over from Anna" in world.helen.text
    assert await whose(world) == {anna: 1, boris: 2, helen: 2}
    assert "🤝 Helen gave you 2 tasks of Anna:\n· today, 13:00 · Task 0\n" in world.boris.text
    assert await told(world, "work_given") == 1
    lost = "🤝 Helen gave 4 tasks of yours to others:\n👤 Boris: 2 tasks\n· Task 0 · Windows for Ivan"
    assert world.anna.text.startswith(lost)
    assert world.anna.text.endswith("👤 Helen: 2 tasks\n· Task 2\n· Task 4")
    # What was touched since stays where it is.
    await world.services.tasks.rephrase(await actor_of(world.services, "boris"), 1, "Mine now")
    await world.helen.press("↩️ Give them back")
    assert "↩️ 3 tasks went back to Anna." in world.helen.text
    assert "↩️ Yours again: 3 tasks. By Helen." in world.anna.text
    assert world.boris.text == "🤝 Helen gave 1 task of yours to others:\n👤 Anna: 1 task\n· Task 1"
    assert await told(world, "tasks_gone") == 2, "each once, and nobody what they did themselves"
    assert await whose(world) == {anna: 4, boris: 1}
    events = await world.rows(select(Event.subject).where(Event.action == "task.give"))
    assert Counter(row[0] for row in events) == {"person": 2, "task": 4 + 3}


async def test_who_does_not_see_the_deal_is_brought_into_it_with_the_task(world: World) -> None:
    anna, _, _ = await some_tasks(world, count=2)
    await world.helen.press(data=f"tgp:{anna}:0")
    assert "◻️ 13:00 Task 0 · Windows for Ivan" in world.helen.labels
    await world.helen.press("All")
    await world.helen.press("To whom? (2) ▶️")
    await world.helen.press("◻️ Boris")
    await world.helen.press("Show the plan ▶️")
    assert "🙈 Whoever gets it does not see its deal" in world.helen.text
    await world.helen.press("👥 With 1 deal: work on it, too")
    assert "🙈" not in world.helen.text
    await world.boris.press("Task 1 · Windows for Ivan")
    assert "💼 Windows for Ivan" in world.boris.labels
    await world.helen.press("↩️ Give them back")
    assert await world.rows(select(DealHelper.deal_id)) == []
    assert await whose(world) == {anna: 2}
    crews = await world.rows(select(Event.subject).where(Event.action == "deal.share"))
    assert len(crews) == 2


async def test_the_card_of_one_task_says_so_and_offers_the_same(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="In work")
    task = await set_task(world, "anna", deal=deal)
    boris = (await actor_of(world.services, "boris")).person_id
    await world.helen.press(data=f"tkg:{task.id}:{boris}:{task.version}")
    assert "🙈 Boris does not see this deal." in world.helen.text
    await world.helen.press("👥 Bring Boris into the deal")
    await world.helen.press(data=f"tk:{task.id}")
    assert "🙈" not in world.helen.text


async def test_of_two_heads_at_once_one_gives_and_the_other_is_told(world: World) -> None:
    anna, boris, helen = await some_tasks(world)
    actors = [await actor_of(world.services, name) for name in ("helen", "olga")]
    handover, ids = world.services.task_handover, [1, 2, 3, 4, 5]
    plans = [
        await handover.plan(actors[0], anna, ids, [boris]),
        await handover.plan(actors[1], anna, ids, [helen]),
    ]
    found = await asyncio.gather(
        handover.hand_over(actors[0], anna, ids, [boris], plans[0].mark),
        handover.hand_over(actors[1], anna, ids, [helen], plans[1].mark),
        world.services.tasks.done(actors[0], 3),
        return_exceptions=True,
    )
    done = [plan for plan in found[:2] if not isinstance(plan, BaseException)]
    assert len(done) <= 1
    refused = [one for one in found if isinstance(one, BaseException)]
    assert all(isinstance(one, StaleError | AppError) for one in refused), refused
    now = await whose(world)
    if done:
        assert now[done[0].parts[0][0].id] >= 4
        assert now[anna] == 0
    else:
        assert now[anna] == 4


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_it_is_whole_or_not_at_all_wherever_the_program_dies(world: World) -> None:
    anna, boris, helen = await some_tasks(world)
    url = world.db.engine.url.render_as_string(hide_password=False)
    arguments = (url, helen, anna, [boris, helen])
    await world.db.engine.dispose()
    deaths = 0
    async for death in every_death(HAND_OVER, lambda: arguments, stride=6):
        deaths += 1
        before = await whose(world)
        over = death.points[-1] == "after commit"
        assert before == ({boris: 3, helen: 2} if over else {anna: 5}), death.points[-1]
        if over:
            break
    await world.db.engine.dispose()
    await run(HAND_OVER, *arguments)
    await run(HAND_OVER, *arguments)
    assert await whose(world) == {boris: 3, helen: 2}
    given = await world.rows(select(Event.id).where(Event.action == "task.give", Event.subject == "task"))
    assert len(given) == 5
    assert deaths >= 2


async def test_only_who_watches_over_tasks_gives_them_and_only_within_the_rule(world: World) -> None:
    anna, boris, _ = await some_tasks(world)
    handover = world.services.task_handover
    helen, hugo = await actor_of(world.services, "helen"), await actor_of(world.services, "hugo")
    manager = await actor_of(world.services, "boris")
    with pytest.raises(ForbiddenError):
        await handover.plan(manager, anna, [1], [boris])
    with pytest.raises(NotFoundError, match=r"employee\.not_found"):
        await handover.plan(hugo, anna, [1], [hugo.person_id])
    with pytest.raises(NotFoundError, match=r"employee\.not_found"):
        await handover.plan(helen, anna, [1], [hugo.person_id])
    with pytest.raises(AppError, match=r"tasks\.nothing"):
        await handover.plan(helen, anna, [], [boris])
    hidden = await set_task(world, "anna", "Dentist")
    await world.services.marks.hide(await actor_of(world.services, "anna"), hidden.id, personal=True)
    plan = await handover.plan(helen, anna, [1, hidden.id], [boris])
    assert plan.count == 1
    with pytest.raises(StaleError):
        await handover.hand_over(helen, anna, [1], [boris], plan.mark + 1)
    done = await handover.hand_over(helen, anna, [1, hidden.id], [boris], plan.mark)
    olga = await actor_of(world.services, "olga")
    with pytest.raises(AppError, match=r"tasks\.gone"):
        await handover.take_back(olga, anna, done.event or 0)
    await handover.take_back(helen, anna, done.event or 0)
    with pytest.raises(AppError, match=r"tasks\.gone"):
        await handover.take_back(helen, anna, done.event or 0)


def test_what_belongs_together_stays_together_and_the_rest_is_even() -> None:
    tasks = [Task(id=number, deal_id=1 if number < 4 else None) for number in range(1, 8)]
    found = divided(tasks, [10, 20])
    assert len({found[number] for number in (1, 2, 3)}) == 1
    assert sorted(Counter(found.values()).values()) == [3, 4]


async def test_handing_over_speaks_russian(world: World) -> None:
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    anna, _, _ = await some_tasks(world, count=2)
    await world.helen.press(data=f"tgp:{anna}:0")
    await world.helen.press("Все")
    await world.helen.press("Кому? (2) ▶️")
    await world.helen.press("◻️ Boris")
    await world.helen.press("Показать план ▶️")
    await world.helen.press("🤝 Передать 2 задачи")
    assert "✅ Передано, было у: Anna" in world.helen.text
