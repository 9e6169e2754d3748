"""Tasks that a won deal has left open: closed by one tap, brought back by another, never by themselves."""

import asyncio

import pytest
from sqlalchemy import select

from db.models import Event, Task
from services.errors import ForbiddenError, NotFoundError, StaleError
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.tasks.ticking import set_task, task_row, timers
from tests.world import World


async def won(world: World, *texts: str) -> int:
    """A deal with tasks of Anna's, just won by Helen, and one that Anna has set since."""
    deal = await make_deal(world, stage="Awaiting payment", amount=100_00)
    for text in texts:
        await set_task(world, "anna", text, deal, hours=3)
    helen, stages = await actor_of(world.services, "helen"), await stages_by_name(world.db)
    world.clock.turn(minutes=1)
    card = await world.services.deals.card(helen, deal)
    await world.services.moves.move(helen, deal, stages["Paid"].id, card.version)
    world.clock.turn(minutes=1)
    await set_task(world, "anna", "Ask", deal, hours=9)
    await world.settle()
    return deal


async def open_tasks(world: World) -> list[str]:
    rows = await world.rows(select(Task.text).where(Task.done_at.is_(None)).order_by(Task.id))
    return [row[0] for row in rows]


async def test_what_a_won_deal_has_left_open_is_closed_by_one_tap_and_brought_back_by_another(
    world: World,
) -> None:
    deal = await won(world, "Call Ivan", "Send the offer")
    assert await open_tasks(world) == ["Call Ivan", "Send the offer", "Ask"], "nothing closes by itself"
    await world.helen.press(data=f"d:{deal}")
    await world.helen.press("🧹 Close 2 open tasks")
    assert "2 tasks dropped" in world.helen.text
    assert "🧹" not in " ".join(world.helen.labels)
    assert await open_tasks(world) == ["Ask"], "what was set since stays"
    ringing = {timer.subject_id for timer in await timers(world) if timer.kind.startswith("task")}
    assert ringing == {3}
    await world.again()
    events = select(Event.actor_id).where(Event.subject == "deal", Event.action == "task.delete")
    assert len(await world.rows(events)) == 1
    await world.helen.press("↩️ Open the tasks again")
    assert "2 tasks are back" in world.helen.text
    assert await open_tasks(world) == ["Call Ivan", "Send the offer", "Ask"]
    assert "🧹 Close 2 open tasks" in world.helen.labels
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    await world.helen.press(data=f"d:{deal}")
    await world.helen.press("🧹 Закрыть 2 открытые задачи")
    await world.helen.press("↩️ Вернуть задачи")
    assert "возвращен" in world.helen.text


async def test_an_old_button_closes_nothing_and_opens_nothing(world: World) -> None:
    deal = await won(world, "Call Ivan")
    await world.helen.press(data=f"d:{deal}")
    card = world.helen.screen
    await world.helen.press("🧹 Close 1 open task", on=card)
    gone = "No task of this deal is open any more that you may close."
    assert await world.helen.press(data=f"dty:{deal}", on=card) == gone
    closing = select(Event.id).where(Event.subject == "deal", Event.action == "task.delete")
    [(event,)] = await world.rows(closing)
    await world.helen.press("↩️ Open the tasks again", on=card)
    assert await world.helen.press(data=f"dtu:{deal}:{event}", on=card)
    assert await world.helen.press(data=f"dtu:{deal}:{event + 777}", on=card)
    await world.services.tasks.done(await actor_of(world.services, "anna"), 1)
    assert await world.helen.press(data=f"dty:{deal}", on=card) == gone
    for data in ("dty:777", "dtu:777:1"):
        assert "There is no such deal" in (await world.helen.press(data=data, on=card) or "")


async def test_each_closes_only_what_they_may_do(world: World) -> None:
    deal = await won(world, "Call Ivan")
    helen, anna = await actor_of(world.services, "helen"), await actor_of(world.services, "anna")
    other = await make_deal(world, stage="New", title="Doors")
    assert (await world.services.deals.card(anna, deal)).leftovers == 1, "the other one came after the win"
    fiona, victor = [await actor_of(world.services, who) for who in ("fiona", "victor")]
    assert (await world.services.deals.card(fiona, deal)).leftovers == 0
    for who, error in ((fiona, ForbiddenError), (victor, NotFoundError)):
        with pytest.raises(error):
            await world.services.leftovers.close(who, deal)
        with pytest.raises(error):
            await world.services.leftovers.bring_back(who, deal, 1)
    with pytest.raises(StaleError):
        await world.services.leftovers.close(anna, other)
    card = await world.services.leftovers.close(anna, deal)
    assert card.reopens is not None
    assert (await world.services.deals.card(helen, deal)).reopens is None
    with pytest.raises(StaleError):
        await world.services.leftovers.bring_back(helen, deal, card.reopens)
    assert await open_tasks(world) == ["Ask"]
    await world.services.leftovers.bring_back(anna, deal, card.reopens)
    assert (await task_row(world, 1)).done_at is None


async def test_of_two_who_close_them_at_once_one_does(world: World) -> None:
    deal = await won(world, "Call Ivan")
    people = [await actor_of(world.services, who) for who in ("helen", "anna")]
    done = await asyncio.gather(
        *(world.services.leftovers.close(one, deal) for one in people), return_exceptions=True
    )
    assert sorted(isinstance(one, StaleError) for one in done) == [False, True]
    assert await open_tasks(world) == ["Ask"]


async def test_closing_them_waits_for_whoever_does_one_without_keeping_them_from_the_deal(
    world: World,
) -> None:
    deal, anna = await won(world, "Call Ivan", "Send the offer"), await actor_of(world.services, "anna")
    async with world.db.write() as uow:
        assert await uow.tasks.change(1, 1, done_at=world.clock.now(), done_by=anna.person_id)
        closing = asyncio.create_task(world.services.leftovers.close(anna, deal))
        await asyncio.sleep(0.15)
        await uow.follow_ups.touch("task", 1, world.clock.now())
    await closing
    assert not (await task_row(world, 1)).dropped
    assert await open_tasks(world) == ["Ask"]


async def test_a_lost_deal_has_nothing_left_to_close(world: World) -> None:
    deal = await make_deal(world, stage="New")
    await set_task(world, "anna", "Call Ivan", deal, hours=3)
    await world.anna.press(data=f"d:{deal}")
    assert "🧹" not in " ".join(world.anna.labels)
    stages = await stages_by_name(world.db)
    card = await world.services.deals.card(await actor_of(world.services, "anna"), deal)
    await world.anna.press(data=f"dm:{deal}:{stages['Lost'].id}:{card.version}")
    await world.anna.press("Price")
    assert "1 task dropped" in world.anna.text
    assert "🧹" not in " ".join(world.anna.labels)
    assert await world.anna.press(data=f"dty:{deal}")
