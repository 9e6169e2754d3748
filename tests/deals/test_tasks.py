"""The tasks of a deal on one screen, from its card."""

import pytest

from services.errors import ForbiddenError, NotFoundError
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.tasks.ticking import set_task
from tests.world import World


async def test_the_card_leads_to_all_tasks_of_a_deal_and_to_what_was_done(world: World) -> None:
    deal = await make_deal(world, title="Windows")
    for hours, text in ((3, "Call Ivan"), (1, "Measure"), (5, "Send <b>the offer</b>")):
        await set_task(world, "anna", text, deal, hours=hours)
    await world.services.tasks.done(await actor_of(world.services, "anna"), 2)
    world.clock.turn(hours=4)
    await world.helen.press(data=f"d:{deal}")
    await world.helen.press("📌 Tasks")
    lines = world.helen.text.split("\n")
    assert lines[0] == "📌 Tasks · Windows"
    assert lines[1].startswith("🔴 today, ")
    assert lines[1].endswith("· Anna: Call Ivan")
    assert lines[2].startswith("📌 today, ")
    assert lines[2].endswith("· Anna: Send <b>the offer</b>")
    assert lines[-1].startswith("✅ today, ")
    assert lines[-1].endswith("· Anna: Measure")
    assert [label.split()[0] for label in world.helen.labels] == ["🔴", "today,", "➕", "◀️"]
    await world.helen.press("Call Ivan")
    assert "👤 Anna" in world.helen.text
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    await world.helen.press(data=f"dtl:{deal}:0")
    assert world.helen.text.startswith("📌 Задачи · Windows")


async def test_many_tasks_go_over_pages(world: World) -> None:
    deal = await make_deal(world)
    for number in range(10):
        await set_task(world, "anna", f"Step {number}", deal, hours=number + 1)
    await world.anna.press(data=f"dtl:{deal}:0")
    await world.anna.press("▶️")
    assert next(label for label in world.anna.labels if "Step" in label).endswith("Step 8")
    assert "▶️" not in world.anna.labels


async def test_whoever_does_not_see_the_talk_sees_no_task(world: World) -> None:
    deal = await make_deal(world, stage="Awaiting payment", amount=100_00)
    await set_task(world, "anna", "Call Ivan", deal, hours=3)
    for name, error in (("fiona", ForbiddenError), ("victor", NotFoundError), ("boris", NotFoundError)):
        with pytest.raises(error):
            await world.services.deal_tasks.page(await actor_of(world.services, name), deal)
    assert "📌 Tasks" not in world.fiona.labels
    assert await world.victor.press(data=f"dtl:{deal}:0") is not None
    assert await world.anna.press(data="dtl:999999:0") is not None
