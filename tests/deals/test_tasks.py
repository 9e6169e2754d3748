"""The tasks of a deal on one screen, from its card."""

import pytest
from sqlalchemy import select

from db.models import Deal
from services.dto.clients import ClientKind
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


async def test_whoever_reads_what_is_said_of_a_deal_reads_a_colleagues_task_there(world: World) -> None:
    """And may say something of it, but change nothing."""
    deal, anna = await make_deal(world), world.anna
    task = (await set_task(world, "helen", "Ask the boss", deal, hours=3)).id
    await anna.press(data=f"dtl:{deal}:0")
    await anna.press("Ask the boss")
    assert "👤 Helen" in anna.text
    assert not {"✅ Done", "🗑 Delete"} & set(anna.labels)
    card = anna.screen
    await anna.say("I know him", reply_to=card)
    assert "I know him" in anna.text
    assert await anna.press(data=f"tkd:{task}", on=card)
    actor = await actor_of(world.services, "anna")
    for deed in (world.services.tasks.done, world.services.task_deleting.drop):
        with pytest.raises(ForbiddenError):
            await deed(actor, task)
    contact = (await world.rows(select(Deal.contact_id).where(Deal.id == deal)))[0][0]
    found = await world.services.clients.touches(actor, ClientKind.CONTACT, contact)
    assert "Ask the boss" in [touch.text for touch in found.touches]
    assert await world.victor.press(data=f"tk:{task}")
    with pytest.raises(NotFoundError):
        await world.services.tasks.card(await actor_of(world.services, "boris"), task)
