"""What is to be done after a sale: tasks that a stage sets for deals that are won."""

import pytest
from sqlalchemy import select

from db.models import Task
from services.errors import AppError
from services.payment_methods import Method
from services.pipelines.auto_rules import Happening
from services.pipelines.shape import StageField
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.tasks.ticking import set_task, tick
from tests.world import World

UPKEEP = "Call: is all well? in a month"


async def open_tasks(world: World, deal: int) -> list[str]:
    """The words of what is to be done for a deal."""
    query = select(Task.text).where(Task.deal_id == deal, Task.done_at.is_(None)).order_by(Task.id)
    return [row[0] for row in await world.rows(query)]


async def test_whoever_has_sold_is_reminded_of_the_client_in_a_month(world: World) -> None:
    deal, stages = (
        await make_deal(world, stage="Awaiting payment", amount=100_00),
        await stages_by_name(world.db),
    )
    helen, anna, fiona = world.helen, world.anna, await actor_of(world.services, "fiona")
    awaiting, paid = stages["Awaiting payment"].id, stages["Paid"].id
    await set_task(world, "anna", "Ask for the money", deal, hours=3)
    await helen.press(data=f"st:{paid}")
    await helen.press("🤖 Tasks")
    await helen.say(UPKEEP)
    assert "🤖 Call: is all well? — 1 month, to the deal's owner" in helen.text
    await world.services.stage_autos.set(
        await actor_of(world.services, "helen"), awaiting, Happening.PAID, paid
    )
    world.clock.turn(minutes=1)
    await world.services.payments.record(fiona, deal, 100_00, Method.BANK)
    await world.settle()
    assert "Call: is all well?" in anna.text, "she is told by whom the deal is kept"
    assert await open_tasks(world, deal) == ["Ask for the money", "Call: is all well?"]
    await helen.press(data=f"d:{deal}")
    await helen.press("🧹 Close 1 open task")
    assert await open_tasks(world, deal) == ["Call: is all well?"], "what is to be done now is not left over"
    world.clock.turn(days=33)
    await tick(world)
    assert "Call: is all well?" in anna.text, "it rings though the deal is closed"
    await anna.press(data="day")
    assert "Call: is all well?" in anna.text

    card = await world.services.deals.card(await actor_of(world.services, "helen"), deal)
    actor = await actor_of(world.services, "helen")
    await world.services.moves.move(actor, deal, stages["In work"].id, card.version)
    world.clock.turn(minutes=1)
    card = await world.services.deals.card(actor, deal)
    card = await world.services.moves.move(actor, deal, paid, card.version)
    assert card.leftovers == 0, "nor when the deal is won once more"
    assert await open_tasks(world, deal) == ["Call: is all well?"]


async def test_a_win_that_is_taken_back_takes_its_tasks_along(world: World) -> None:
    deal, stages = (
        await make_deal(world, stage="Awaiting payment", amount=100_00),
        await stages_by_name(world.db),
    )
    olga = await actor_of(world.services, "olga")
    await world.services.stage_tasks.add(olga, stages["Paid"].id, UPKEEP)
    await world.helen.press(data=f"d:{deal}")
    await world.helen.press("▶️ Paid")
    assert await open_tasks(world, deal) == ["Call: is all well?"]
    await world.helen.press("↩️ Undo")
    assert await open_tasks(world, deal) == []


async def test_a_lost_deal_is_set_no_tasks(world: World) -> None:
    stages, olga = await stages_by_name(world.db), await actor_of(world.services, "olga")
    with pytest.raises(AppError, match=r"stage\.lost"):
        await world.services.stage_tasks.add(olga, stages["Lost"].id, UPKEEP)
    await world.helen.press(data=f"st:{stages['Lost'].id}")
    assert "🤖 Tasks" not in world.helen.labels
    made = await world.services.stages.add(olga, stages["Paid"].pipeline_id, "Given up")
    await world.services.stage_tasks.add(olga, made.id, UPKEEP)
    assert (await world.services.stages.set(olga, made.id, StageField.KIND, "won")).robots
    assert not (await world.services.stages.set(olga, made.id, StageField.KIND, "lost")).robots
