"""A department's pipeline has ways of its own to give out its leads, or goes by the department's."""

from datetime import timedelta

from sqlalchemy import select

from db.models import Event, Lead, Membership, PipelineShare, PipelineWay
from keyboards.distribution import DistributionCb, DistributionOwnCb, DistributionSetCb, WeightCb
from services.distribution.settings import Setting
from services.response.rules import Step
from tests.cast import actor_of
from tests.inflow.test_pipelines import second_pipeline
from tests.leads.making import free_lead, lead_row
from tests.leads.test_distribution import owner, to_one
from tests.leads.test_unanswered import wait
from tests.people.test_work_times import place
from tests.tasks.ticking import tick
from tests.world import World


async def come(world: World, pipeline: int | None = None, title: str = "Windows") -> int:
    """A lead that will enter a pipeline, and a second later it has found somebody, or nobody."""
    phone = f"+7916555{await world.count(Lead):04}"
    lead = await free_lead(world.services, world.db, title=title, phone=phone, pipeline_id=pipeline)
    await tick(world)
    return lead.id


async def test_a_pipeline_has_its_own_turn_weights_and_limit_and_else_the_departments(world: World) -> None:
    pipeline, _ = await second_pipeline(world)
    sales = await to_one(world)
    helen, boris = await actor_of(world.services, "helen"), await actor_of(world.services, "boris")
    service = world.services.distribution
    assert {await owner(world, await come(world, one)) for one in (pipeline, None)} == {"Anna", "Boris"}
    before = await world.rows(select(Membership.credit).order_by(Membership.person_id))

    await service.part(helen, sales, pipeline, own=True)
    await service.weigh(helen, sales, boris.person_id, 3, pipeline)
    own = [await owner(world, await come(world, pipeline)) for _ in range(8)]
    assert sorted(map(str, own)) == ["Anna"] * 2 + ["Boris"] * 6
    assert own[:4] == own[4:]
    assert await world.rows(select(Membership.credit).order_by(Membership.person_id)) == before
    assert {await owner(world, await come(world)) for _ in range(2)} == {"Anna", "Boris"}

    await service.set(helen, sales, Setting.LIMIT, "2", pipeline)
    waiting = await come(world, pipeline)
    assert await owner(world, waiting) is None, "both have more in hand than this pipeline allows"
    assert await owner(world, await come(world)) is not None, "what came after it goes as usual"
    assert (
        (await service.card(helen, sales)).waiting
        == (await service.card(helen, sales, pipeline)).waiting
        == 1
    )
    async with world.db.write() as uow:
        await uow.people.place(boris.person_id, [await place(world, "Service")], head=False)
    shares = await world.rows(select(PipelineShare.person_id).distinct())
    assert (boris.person_id,) not in shares, "whoever leaves the department has no share in it"
    assert shares
    await service.part(helen, sales, pipeline, own=False)
    await tick(world)
    assert await owner(world, waiting) is not None
    assert await world.count(PipelineShare) == await world.count(PipelineWay) == 0


async def test_one_pipeline_is_offered_and_another_shown_to_all(world: World) -> None:
    pipeline, _ = await second_pipeline(world)
    helen, sales = await actor_of(world.services, "helen"), await place(world)
    service = world.services.distribution
    await service.set(helen, sales, Setting.MODE, "offer", pipeline)
    await service.set(helen, sales, Setting.MINUTES, "3", pipeline)
    seen = len(world.helen.messages)
    offered = await lead_row(world, await come(world, pipeline, "Doors"))
    assert offered.offered_until is not None
    assert timedelta(minutes=2) < offered.offered_until - world.clock.now() <= timedelta(minutes=3)
    assert len(world.helen.messages) == seen
    await come(world, None, "Windows")
    assert all("Windows" in world.hands[who].text for who in ("anna", "boris", "helen"))

    anna, boris = await actor_of(world.services, "anna"), await actor_of(world.services, "boris")
    for one in (anna, boris):
        await service.weigh(helen, sales, one.person_id, 0, pipeline)
    await wait(world, minutes=6)
    assert (await service.waiters(helen, sales)).waiting == 1, "the one for all waits for nobody's turn"
    assert "1 free lead waits" in world.helen.text
    assert "Doors" not in world.boris.text
    await service.set(helen, sales, Setting.MODE, "all", pipeline)
    await world.settle()
    assert "Doors" in world.boris.text
    assert world.boris.labels[0] == "✋ Take"


async def test_a_lead_that_nobody_answers_is_passed_on_in_the_turn_of_its_pipeline(world: World) -> None:
    pipeline, _ = await second_pipeline(world)
    sales = await to_one(world)
    helen, anna = await actor_of(world.services, "helen"), await actor_of(world.services, "anna")
    await world.services.distribution.weigh(helen, sales, helen.person_id, 1)
    await world.services.distribution.set(helen, sales, Setting.LIMIT, "0", pipeline)
    await world.services.distribution.weigh(helen, sales, helen.person_id, 0, pipeline)
    await world.services.distribution.weigh(helen, sales, anna.person_id, 9, pipeline)
    lead = await come(world, pipeline)
    assert await owner(world, lead) == "Anna"
    await wait(world, minutes=31)
    assert await owner(world, lead) == "Boris"
    assert (await lead_row(world, lead)).step != Step.PASS_ON


async def test_heads_set_it_in_chat(world: World) -> None:
    helen, sales = world.helen, await place(world)
    await helen.press(data=DistributionCb(department_id=sales).pack())
    assert not [label for label in helen.labels if label.startswith("🧭")], "there is only one pipeline"
    pipeline, _ = await second_pipeline(world)
    await helen.press(data=DistributionCb(department_id=sales).pack())
    await helen.press("🧭 Service")
    assert helen.text.startswith(
        "🎯 Distribution · Sales · Service\nLeads of this pipeline go as the department's others do.\n"
    )
    await helen.press("✏️ Set otherwise here")
    await helen.press("🎯 To one")
    await helen.press("📚 At most in hand: no limit")
    await helen.press("5")
    assert "📚 At most in hand: 5" in helen.labels
    await helen.press("🟢 Boris ×1")
    await helen.press("×4")
    await helen.press("◀️ Back")
    assert "🟢 Boris ×4" in helen.labels
    await helen.press("◀️ Back")
    assert "Otherwise set for: Service" in helen.text
    assert {"🧭 Service ✏️", "🟢 Boris ×1", "✅ 👥 To all"} <= set(helen.labels)
    await helen.press("🧭 Service ✏️")
    old = helen.screen
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    await helen.press(on=old, data=DistributionOwnCb(department_id=sales, pipeline_id=pipeline, own=0).pack())
    assert "Лиды этой воронки распределяются как остальные лиды отдела." in helen.text
    assert "✏️ Настроить иначе" in helen.labels
    events = await world.rows(select(Event.changes).where(Event.action == "department.rules"))
    assert {"limit": [0, 5], "pipeline_id": [pipeline] * 2} in [one for (one,) in events]

    place_ = {"department_id": sales, "pipeline_id": 99}
    for data, answer in (
        (DistributionCb(**place_), "Такой воронки больше нет."),
        (DistributionSetCb(**place_, setting="limit", value="5"), "Такой воронки больше нет."),
        (DistributionOwnCb(department_id=sales, pipeline_id=0, own=1), "Такой воронки больше нет."),
        (
            WeightCb(department_id=sales, pipeline_id=pipeline, person_id=1, weight=1),
            "Такого варианта больше нет.",
        ),
    ):
        assert await helen.press(data=data.pack()) == answer, data
