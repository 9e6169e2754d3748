"""A lead that becomes a deal goes by the rules of the stage that it enters, in the chosen pipeline."""

import pytest
from sqlalchemy import select, update

from db.models import Deal, Stage
from keyboards.lead_data import LeadEntryNextCb, LeadEntryPickCb
from services.access import Role
from services.deal_entry import DealFields, MissingFieldsError
from services.dto.fields import FieldKind
from services.errors import AppError
from services.fields.entry import code_of
from tests.cast import actor_of, stages_by_name
from tests.fields.making import make_field
from tests.inflow.test_pipelines import second_pipeline
from tests.leads.making import taken_lead
from tests.world import World


async def rule(world: World, stage: str = "New", **rules: object) -> None:
    async with world.db.write() as uow:
        await uow.session.execute(update(Stage).where(Stage.name == stage).values(**rules))


async def test_what_the_stage_asks_for_is_asked_one_after_the_other(world: World) -> None:
    olga, anna = await actor_of(world.services, "olga"), world.anna
    wood = await make_field(world.services, olga, FieldKind.CHOICES, "Material", "Wood\nSteel")
    floor = await make_field(world.services, olga, FieldKind.NUMBER, "Floor")
    await rule(world, required=["amount", code_of(wood.id), code_of(floor.id)])
    lead = await taken_lead(world, amount=None)
    await anna.press(data=f"l:{lead.id}")
    await anna.press("✅ Qualify")
    assert not [label for label in anna.labels if "🧭" in label], "there is nothing to choose from"
    await anna.say("Romashka")
    assert "💰 What is the sum?" in anna.text
    await anna.say("nobody knows")
    assert "I could not read a sum" in anna.text
    await anna.say("0")
    assert "asks for a sum above zero" in anna.text
    assert await world.count(Deal) == 0
    await anna.say("150k")
    assert "📋 This stage asks for Material." in anna.text
    await anna.press("Wood")
    await anna.press("Steel")
    await anna.press("✓ Wood")
    await anna.press("▶️ Go on")
    assert "📋 This stage asks for Floor." in anna.text
    await anna.say("3,5")
    assert "🔵 New · ₽150,000" in anna.text
    assert "🏢 Romashka" in anna.text
    assert "▪️ Material: Steel\n▪️ Floor: 3.5" in anna.text
    for old in (LeadEntryPickCb(lead_id=lead.id, choice=1, several=0), LeadEntryNextCb(lead_id=lead.id)):
        await anna.press(data=old.pack())
    assert await world.count(Deal) == 1


async def test_whom_the_stage_does_not_let_in_makes_no_deal(world: World) -> None:
    await rule(world, enter=[Role.OWNER.value])
    lead, anna = await taken_lead(world), world.anna
    await anna.press(data=f"l:{lead.id}")
    shut = "“New” is closed to you: others bring deals there. Ask them to make the deal."
    assert await anna.press("✅ Qualify") == shut
    assert await anna.press(data=f"lqd:{lead.id}:{lead.version}") == shut
    assert await world.count(Deal) == 0
    service, asked = await second_pipeline(world)
    await anna.press("✅ Qualify")
    assert "The deal goes to the pipeline Service." in anna.text, "the only one that is open to her"
    await anna.press("No company ▶️")
    assert await world.rows(select(Deal.pipeline_id, Deal.stage_id)) == [(service, asked)]


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_the_pipeline_is_chosen_by_one_tap_and_is_the_usual_one_else(
    world: World, language: str
) -> None:
    anna, sales = world.anna, (await stages_by_name(world.db))["New"].pipeline_id
    service, asked = await second_pipeline(world)
    await rule(world, "Asked", required=["amount"])
    await world.services.people.speak(await actor_of(world.services, "anna"), language)
    qualify, goes, bare, another = {
        "en": ("✅ Qualify", "pipeline {}.", "No company ▶️", "➕ Make another all the same"),
        "ru": ("✅ В сделку", "воронку {}.", "Без компании ▶️", "➕ Всё равно создать ещё одну"),
    }[language]
    first, second = await taken_lead(world), await taken_lead(world, again=True, amount=None)
    await anna.press(data=f"l:{first.id}")
    await anna.press(qualify)
    assert [one for one in anna.labels if "🧭" in one] == ["✓ 🧭 Sales", "🧭 Service"]
    assert goes.format("Sales") in anna.text
    await anna.press(bare)
    await anna.press(data=f"l:{second.id}")
    await anna.press(qualify)
    await anna.press("🧭 Service")
    assert goes.format("Service") in anna.text
    await anna.press(bare)
    await anna.press(another)
    await anna.say("70k")
    assert await world.rows(select(Deal.pipeline_id).order_by(Deal.id)) == [(sales,), (service,)]
    assert (await world.rows(select(Deal.amount, Deal.stage_id).order_by(Deal.id)))[1] == (70_000_00, asked)


async def test_a_pipeline_that_is_gone_or_no_such_field_is_no_way(world: World) -> None:
    lead, anna = await taken_lead(world, amount=None), await actor_of(world.services, "anna")
    qualify = world.services.outcomes.qualify
    with pytest.raises(AppError, match=r"pipelines\.not_found"):
        await qualify(anna, lead.id, lead.version, pipeline_id=99)
    await world.anna.press(data=f"l:{lead.id}")
    await second_pipeline(world)
    await world.anna.press("✅ Qualify")
    gone = await world.anna.press(data=f"lqw:{lead.id}:{lead.version}:99")
    assert gone == "There is no such pipeline any more."
    assert "✓ 🧭 Sales" in world.anna.labels
    await rule(world, required=["amount"])
    with pytest.raises(MissingFieldsError) as missing:
        await qualify(anna, lead.id, lead.version)
    assert missing.value.fields == ["amount"]
    with pytest.raises(AppError, match=r"field\.not_found"):
        await world.services.outcomes.asked(anna, lead.id, 99)
    boris = await actor_of(world.services, "boris")
    for refused in (world.services.outcomes.ways(boris, lead.id, 2), qualify(boris, lead.id, 2)):
        with pytest.raises(AppError, match=r"lead\.not_found"):
            await refused
    made = await qualify(anna, lead.id, lead.version, fields=DealFields(amount=5_00))
    assert made.deal_id is not None
