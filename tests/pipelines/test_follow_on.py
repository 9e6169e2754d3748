"""After a closed deal a new one begins by itself, and the sale stays where it was counted."""

from typing import Any

import pytest
from sqlalchemy import select, update

from db.models import Deal, Person, Task, Timer
from services.errors import NotFoundError
from services.pipelines.auto_rules import Autos, Happening
from services.pipelines.shape import StageField
from tests.cast import CAST, actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.deals.test_loss import lose
from tests.pipelines.test_autos import where
from tests.pipelines.test_crossing import repair
from tests.tasks.ticking import tick
from tests.world import World


async def deals(world: World) -> list[Any]:
    """All deals, oldest first."""
    return [row[0] for row in await world.rows(select(Deal).order_by(Deal.id))]


async def win(world: World, deal: int) -> None:
    """Close it as its head does."""
    helen, paid = await actor_of(world.services, "helen"), (await stages_by_name(world.db))["Paid"].id
    version = (await world.services.deals.card(helen, deal)).version
    await world.services.moves.move(helen, deal, paid, version)


async def test_upkeep_begins_days_after_a_sale_and_the_sale_counts_on(world: World) -> None:
    long_ago, there = await make_deal(world, stage="Paid", amount=70_00), await repair(world)
    paid, helen, anna = (await stages_by_name(world.db))["Paid"].id, world.helen, world.anna
    olga = await actor_of(world.services, "olga")
    await world.services.stage_tasks.add(olga, there["Diagnosis"], "Ask whether all is well, 1 day")
    world.clock.turn(days=7)
    await helen.press(data=f"st:{paid}")
    await helen.press("⚡ Automatic moves")
    assert "When shall a new deal begin for the client?" in helen.text
    assert not any("💳" in one or "📞" in one for one in helen.labels)
    await helen.press("🔇 Client silent")
    await helen.press("3 days")
    await helen.press("🧭 Repair")
    assert not {"Handed out", "Declined"} & set(helen.labels)
    await helen.press("Diagnosis")
    assert "⚡ 🔇 Client silent, 3 days → a new deal, Repair: Diagnosis" in helen.text
    sold = await make_deal(world, stage="Awaiting payment", amount=100_00)
    await win(world, sold)
    world.clock.turn(days=7)
    await tick(world)
    old, before, new = await deals(world)
    assert [await where(world, one.id) for one in (old, before)] == ["Paid", "Paid"]
    assert before.closed_on is not None, "the sale is counted where it was"
    assert old.id == long_ago, "what was sold before the rule was made begins nothing"
    assert (new.pipeline_id, new.stage_id) == (there[""], there["Diagnosis"])
    assert (new.contact_id, new.owner_id, new.amount) == (before.contact_id, before.owner_id, None)
    assert f"⚡ 🔇 Client silent after #{sold}: by the rule this new deal has begun" in anna.text
    assert f"begun by the rule, after #{sold} · 1 task set" in anna.text
    assert [row[0] for row in await world.rows(select(Task.deal_id))] == [new.id]
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await anna.press(data=f"d:{sold}")
    assert f"по правилу началась новая сделка: #{new.id}" in anna.text
    await world.again()
    await tick(world)
    assert len(await deals(world)) == 3

    again = await make_deal(world, stage="Awaiting payment", amount=100_00)
    async with world.db.write() as uow:
        await uow.session.execute(update(Deal).where(Deal.id == again).values(contact_id=new.contact_id))
    await win(world, again)
    world.clock.turn(days=7)
    await tick(world)
    assert len(await deals(world)) == 4, "nothing more while the client has a deal in work there"


async def test_whom_we_lost_is_asked_again_by_the_department_where_the_owner_has_left(world: World) -> None:
    deal, there, stages = await make_deal(world), await repair(world), await stages_by_name(world.db)
    services, olga, lost = world.services, await actor_of(world.services, "olga"), stages["Lost"].id
    autos = services.stage_autos
    await autos.set(olga, lost, Happening.SILENT, there["Price to agree"], 2)
    for what, to in (
        (Happening.SILENT, stages["New"].id),
        (Happening.SILENT, there["Handed out"]),
        (Happening.ANSWERED, there["Diagnosis"]),
    ):
        with pytest.raises(NotFoundError, match=r"stage\.not_found"):
            await autos.set(olga, lost, what, to, 2)
    await lose(world, deal)
    armed = select(Timer.id).where(Timer.kind == "deal_silent", Timer.state == "new")
    assert len(await world.rows(armed)) == 1
    world.clock.turn(days=7)
    await tick(world)
    assert len(await deals(world)) == 1
    assert (
        "by the rule a new deal would begin in “Price to agree”, but this is missing: Sum" in world.anna.text
    )

    await autos.set(olga, lost, Happening.SILENT, there["Diagnosis"], 2)
    other = await make_deal(world)
    await lose(world, other)
    async with world.db.write() as uow:
        gone = update(Person).where(Person.telegram_id == CAST["anna"].telegram_id).values(status="left")
        await uow.session.execute(gone)
    world.clock.turn(days=7)
    await tick(world)
    new = (await deals(world))[-1]
    assert (new.stage_id, new.owner_id) == (there["Diagnosis"], None)
    assert f"after #{other}: by the rule this new deal has begun" in world.helen.text
    assert await where(world, other) == "Lost"
    card = await services.stages.add(olga, stages["Paid"].pipeline_id, "Given up")
    await services.stages.set(olga, card.id, StageField.KIND, "lost")
    await autos.set(olga, card.id, Happening.SILENT, there["Diagnosis"], 2)
    assert (await services.stages.set(olga, card.id, StageField.KIND, "open")).autos == Autos()


async def test_who_fell_silent_while_the_rule_was_away_is_not_forgotten(world: World) -> None:
    """It goes with the stage to which it leads, and returns with it."""
    there, olga = await repair(world), await actor_of(world.services, "olga")
    paid, diagnosis = (await stages_by_name(world.db))["Paid"].id, there["Diagnosis"]
    await world.services.stage_autos.set(olga, paid, Happening.SILENT, diagnosis, 3)
    await win(world, await make_deal(world, stage="Awaiting payment", amount=100_00))
    gone = (await world.services.stages.drop(olga, diagnosis)).gone
    assert gone is not None
    world.clock.turn(days=7)
    await tick(world)
    assert len(await deals(world)) == 1
    await world.services.stages.restore(olga, gone.event)
    await tick(world)
    _, begun = await deals(world)
    assert begun.stage_id == diagnosis
    await tick(world)
    assert len(await deals(world)) == 2
