"""The board of a department: columns, people, deeds from it, and figures alone in its team chat."""

import pytest

from bot.i18n import Speech
from handlers.commands import commands_for
from services.dto.task_board import Column
from services.dto.team_chats import Holder, HolderKind
from services.errors import NotFoundError
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.tasks.ticking import set_task
from tests.world import World


async def test_a_head_sees_the_columns_and_acts_from_them(world: World) -> None:
    helen, anna = await actor_of(world.services, "helen"), await actor_of(world.services, "anna")
    boris = await actor_of(world.services, "boris")
    late = await set_task(world, "anna", "Late one", minutes=30)
    await set_task(world, "boris", "Later", days=2)
    done = await set_task(world, "anna", "Done one")
    hidden = await set_task(world, "anna", "Dentist", minutes=30)
    await set_task(world, "victor", "Of Service", minutes=30)
    await world.services.marks.hide(anna, hidden.id, personal=True)
    await world.services.tasks.done(anna, done.id)
    given = await set_task(world, "helen", "Count", hours=3)
    given = await world.services.tasks.assign(helen, given.id, boris.person_id, given.version)
    await world.services.acceptance.ask(helen, given.id, checks=True)
    await world.services.tasks.done(boris, given.id)
    await world.settle()
    world.clock.turn(hours=1)
    await world.helen.say("/board")
    assert "🔴 overdue 1 · 📌 to do 1 · 🔎 to be accepted 1 · ✅ done today 1" in world.helen.text
    assert "Anna: 🔴 1  ✅ 1\nBoris: 📌 1  🔎 1" in world.helen.text
    await world.helen.press("🔎 to be accepted: 1")
    assert "Boris: 🔎 Count" in world.helen.text
    await world.helen.press("🔎 Boris: Count")
    await world.helen.press("✅ Accept")
    await world.helen.say("/day")
    await world.helen.press("🗂 Board")
    assert "🔴 overdue 1" in world.helen.text
    for who, offered in ((helen, True), (anna, False)):
        commands = commands_for(who, Speech("en", who.zone, world.clock))
        assert ("board" in {one.command for one in commands}) is offered
    board = await world.services.task_board.board(helen)
    assert [board.count(column) for column in Column] == [1, 1, 0, 2]
    assert "Dentist" not in world.telegram.wire()
    column = await world.services.task_board.column(helen, board.department.id, Column.OVERDUE)
    assert [line.task.id for line in column.tasks] == [late.id]
    olga, hugo = await actor_of(world.services, "olga"), await actor_of(world.services, "hugo")
    assert len((await world.services.task_board.board(olga)).others) == 1
    with pytest.raises(NotFoundError):
        await world.services.task_board.board(hugo, board.department.id)
    with pytest.raises(NotFoundError):
        await world.services.task_board.column(hugo, board.department.id, Column.TODO)
    assert await world.anna.press(data="tb:0") == "You may not do this."


async def test_equal_tasks_are_told_apart_by_what_they_are_for(world: World) -> None:
    """By the name of the deal, lead or client: a head of the department sees those of their people."""
    deal = await make_deal(world, title="Kitchens")
    await set_task(world, "anna", "Send the contract", deal=deal, minutes=30)
    await set_task(world, "boris", "Send the contract", minutes=30)
    await world.helen.say("/board")
    await world.helen.press("📌 to do: 2")
    assert "Anna: Send the contract · Kitchens\n" in f"{world.helen.text}\n"
    assert "Boris: Send the contract\n" in f"{world.helen.text}\n"
    assert "Anna: Send the contract · Kitchens" in world.helen.labels


async def test_a_team_chat_is_shown_figures_and_never_a_task(world: World) -> None:
    helen = await actor_of(world.services, "helen")
    department = min(helen.headed)
    people = [world.hands[name].person for name in ("helen", "anna", "victor")]
    group = world.telegram.add_group("Sales floor", people)
    await world.services.team_chats.bind(helen, Holder(HolderKind.DEPARTMENT, department), group.id)
    await world.settle()
    await set_task(world, "anna", "Secret client", minutes=30)
    seen = len(world.telegram.calls)
    await world.anna.say("/board@sdelka_bot", where=group)
    wire = world.telegram.wire(since=seen)
    assert "Anna: 📌 1" in wire
    assert "Secret client" not in wire
    seen = len(world.telegram.calls)
    await world.victor.say("/board@sdelka_bot", where=group)
    assert "Anna: 📌 1" not in world.telegram.wire(since=seen)


async def test_the_board_speaks_russian(world: World) -> None:
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    await set_task(world, "anna", "Позвонить")
    await world.helen.say("/board")
    assert "📌 к выполнению 1" in world.helen.text
