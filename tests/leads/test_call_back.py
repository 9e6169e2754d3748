"""A promise to call back becomes a task in one step."""

from sqlalchemy import select

from db.models import Task
from tests.leads.making import taken_lead
from tests.world import World


async def test_it_asks_at_once_when_and_takes_the_moment_in_words(world: World) -> None:
    lead = await taken_lead(world, "anna", name="Ivan")
    await world.anna.say(f"/find #{lead.id}")
    await world.anna.press("📞 Call outcome")
    await world.anna.press("🔁 Call back")
    assert "Call back: Ivan" in world.anna.text
    assert "📅 Calendar" in world.anna.labels
    await world.anna.say("tomorrow at 15")
    assert "I will remind you" in world.anna.text
    (task,) = (await world.rows(select(Task.text, Task.lead_id)))[0:1]
    assert tuple(task) == ("Call back: Ivan", lead.id)


async def test_the_way_back_leads_to_the_lead_with_the_call_noted(world: World) -> None:
    lead = await taken_lead(world, "anna", name="Ivan")
    await world.anna.say(f"/find #{lead.id}")
    await world.anna.press("📞 Call outcome")
    await world.anna.press("🔁 Call back")
    await world.anna.press("✖️ Cancel")
    assert "call: asked to call back" in world.anna.text
    assert "📞 Call outcome" in world.anna.labels
