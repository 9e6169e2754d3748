"""The pipeline of a source: its leads name it, and enter it when they become deals."""

import pytest
from sqlalchemy import select

from db.models import ApiKey, Deal, Pipeline, Stage
from keyboards.inflow import WayPipelineCb
from services.dto.inquiries import InquiryInput, KeyScope, Shape
from services.dto.lead_intake import LeadInput
from tests.cast import actor_of
from tests.inflow.test_story import open_source
from tests.world import World


async def second_pipeline(world: World) -> tuple[int, int]:
    """Another way of selling; its id, and that of its first stage."""
    async with world.db.write() as uow:
        pipeline = Pipeline(name="Service", position=1, rules={}, created_at=world.clock.now())
        uow.session.add(pipeline)
        await uow.session.flush()
        stage = Stage(pipeline_id=pipeline.id, name="Asked", position=0, kind="open", required=[])
        uow.session.add(stage)
        await uow.session.flush()
        return pipeline.id, stage.id


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_the_owner_chooses_where_the_leads_of_a_source_go(world: World, language: str) -> None:
    await world.olga.say("/menu")
    token = await open_source(world)
    assert not [label for label in world.olga.labels if label.startswith("🧭")], "there is only one"
    service, asked = await second_pipeline(world)
    await world.services.people.speak(await actor_of(world.services, "olga"), language)
    await world.olga.press(data="rqs:1")
    label, question, chosen = {
        "en": (
            "🧭 Pipeline: Sales",
            "🧭 Which pipeline do the leads of Landing enter",
            "🧭 Pipeline: Service",
        ),
        "ru": ("🧭 Воронка: Sales", "🧭 В какую воронку попадают лиды из Landing", "🧭 Воронка: Service"),
    }[language]
    await world.olga.press(label)
    assert world.olga.text.startswith(question)
    assert "✅ Sales" in world.olga.labels
    await world.olga.press("Service")
    assert chosen in world.olga.labels
    gone = await world.olga.press(data=WayPipelineCb(kind="source", way_id=1, pipeline_id=99).pack())
    assert gone in ("There is no such pipeline any more.", "Такой воронки больше нет.")

    way = await world.services.ways.by_token(token)
    assert way is not None
    receipt = await world.services.inquiries.receive(way, InquiryInput(Shape.FORM, phone="89161234567"))
    await world.settle()
    assert "🧭 Service" in world.anna.text
    anna = await actor_of(world.services, "anna")
    taken = await world.services.leads.take(anna, receipt.subject_id)
    await world.services.outcomes.qualify(anna, taken.id, taken.version)
    assert await world.rows(select(Deal.pipeline_id, Deal.stage_id)) == [(service, asked)]


async def test_a_key_leads_to_a_pipeline_too_and_what_is_typed_in_to_the_first(world: World) -> None:
    service, _ = await second_pipeline(world)
    olga, anna = await actor_of(world.services, "olga"), await actor_of(world.services, "anna")
    sales = (await world.services.sources.ways(olga)).departments[0].id
    made = await world.services.api_keys.make(olga, "Shop", [KeyScope.LEADS_WRITE], sales)
    await world.olga.press(data="rqi:1")
    await world.olga.press("🧭 Pipeline: Sales")
    await world.olga.press("Service")
    assert "🧭 Pipeline: Service" in world.olga.labels
    assert await world.rows(select(ApiKey.pipeline_id)) == [(service,)]
    way = await world.services.ways.by_key(made.secret)
    assert way is not None
    assert way.pipeline_id == service
    lead = await world.services.leads.create(anna, LeadInput(phone="+79161234500", mine=True))
    await world.services.outcomes.qualify(anna, lead.id, lead.version)
    assert await world.rows(select(Deal.pipeline_id)) == [(1,)]
    receipt = await world.services.inquiries.receive(way, InquiryInput(Shape.API, phone="89161234501"))
    await world.services.pipelines.put_away(olga, service, 1)
    taken = await world.services.leads.take(anna, receipt.subject_id)
    assert taken.pipeline is None, "it is out of use"
    await world.services.outcomes.qualify(anna, taken.id, taken.version)
    assert await world.rows(select(Deal.pipeline_id)) == [(1,), (1,)]
