"""Deals that go to another pipeline by themselves, by the same rules as within one."""

import pytest
from sqlalchemy import select

from db.models import Deal
from services.dto.leads import CallOutcome
from services.errors import AppError, NotFoundError
from services.pipelines.auto_rules import Autos, Happening
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.pipelines.test_autos import where
from tests.pipelines.test_crossing import repair
from tests.tasks.ticking import tick
from tests.world import World


async def test_a_silent_client_goes_to_another_pipeline_chosen_by_buttons(world: World) -> None:
    deal, there = await make_deal(world, stage="In work", amount=100_00), await repair(world)
    helen, olga = world.helen, await actor_of(world.services, "olga")
    work = (await stages_by_name(world.db))["In work"].id
    await world.services.stage_tasks.add(olga, there["Diagnosis"], "Look, 1 day")
    await helen.press(data=f"sau:{work}")
    await helen.press("🔇 Client silent")
    await helen.press("2 days")
    await helen.press("🧭 Repair")
    assert "🧭 Repair: to which stage?" in helen.text
    assert not {"Handed out", "Declined"} & set(helen.labels), "silence closes no deal"
    await helen.press("Diagnosis")
    assert "⚡ 🔇 Client silent, 2 days → Repair: Diagnosis" in helen.text
    way = helen.screen
    world.clock.turn(days=3)
    await tick(world)
    assert await where(world, deal) == "Diagnosis"
    [(pipeline,)] = await world.rows(select(Deal.pipeline_id).where(Deal.id == deal))
    assert pipeline == there[""]
    await world.anna.press(data=f"d:{deal}")
    assert "In work → Repair: Diagnosis · by the rule: the client is silent" in world.anna.text
    assert "📌 Look" in world.anna.text

    autos = world.services.stage_autos
    with pytest.raises(AppError, match=r"stage\.circle"):
        await autos.set(olga, there["Diagnosis"], Happening.SILENT, work, 2)
    for to in (there["Handed out"], there["Declined"], 987_654):
        with pytest.raises(NotFoundError, match=r"stage\.not_found"):
            await autos.set(olga, work, Happening.SILENT, to, 2)
    assert await world.anna.press(data=f"saw:{work}:silent:{there['']}:2") == "You may not do this."
    assert "no such pipeline" in (await helen.press(on=way, data=f"saw:{work}:silent:987654:2") or "")
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    await helen.press(data=f"sau:{work}")
    assert "⚡ 🔇 Клиент молчит, 2 дня → Repair: Diagnosis" in helen.text


async def test_what_the_stage_there_requires_has_to_be_there_and_is_filled_in(world: World) -> None:
    deal, there, anna = await make_deal(world, stage="New"), await repair(world), world.anna
    olga, new = await actor_of(world.services, "olga"), (await stages_by_name(world.db))["New"].id
    await world.services.stage_autos.set(olga, new, Happening.ANSWERED, there["Price to agree"])
    await anna.press(data=f"dcl:{deal}:{CallOutcome.REACHED.value}")
    assert await where(world, deal) == "New"
    assert "by the rule it would go to “Price to agree”, but this is missing: Sum" in anna.text
    await anna.press("✍️ Fill in, to “Price to agree”")
    await anna.say("900")
    assert await where(world, deal) == "Price to agree"


async def test_a_rule_holds_as_long_as_the_pipeline_that_it_leads_to_is_in_use(world: World) -> None:
    deal, there = await make_deal(world, stage="New"), await repair(world)
    olga, new = await actor_of(world.services, "olga"), (await stages_by_name(world.db))["New"].id
    services = world.services
    await services.stage_autos.set(olga, new, Happening.ANSWERED, there["Diagnosis"])
    gone = (await services.stages.drop(olga, there["Diagnosis"])).gone
    assert gone is not None
    assert (await services.stages.card(olga, new)).autos == Autos()
    await services.stages.undo(olga, gone.event)
    assert (await services.stages.card(olga, new)).abroad == {there["Diagnosis"]: ("Repair", "Diagnosis")}
    await services.pipelines.put_away(olga, there[""])
    assert (await services.stages.card(olga, new)).abroad == {}
    anna = await actor_of(services, "anna")
    await services.deals.log_call(anna, deal, CallOutcome.REACHED)
    assert await where(world, deal) == "New", "nobody enters a pipeline that is out of use"
    with pytest.raises(NotFoundError, match=r"pipelines\.not_found"):
        await services.stage_autos.places(olga, new, Happening.ANSWERED, there[""])
    await services.pipelines.take_back(olga, there[""])
    await services.deals.log_call(anna, deal, CallOutcome.REACHED)
    assert await where(world, deal) == "Diagnosis"
