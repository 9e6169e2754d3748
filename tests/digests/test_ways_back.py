"""Deeds in the lists that a digest leads to: the way on is back to the list, and to the digest."""

from datetime import timedelta

from db.models import Task
from keyboards.watched_data import (
    DigestAskCb,
    DigestGiveCb,
    DigestLateCb,
    DigestLaterCb,
    DigestLeadCb,
    DigestStepCb,
    DigestWordsCb,
)
from tests.cast import actor_of
from tests.control.making import deals_of
from tests.leads.making import free_lead
from tests.tasks.ticking import set_task
from tests.world import World


async def test_after_a_deed_in_a_list_of_a_digest_the_way_leads_back_to_the_digest(world: World) -> None:
    free = await free_lead(world.services, world.db)
    await deals_of(world.db, world.clock, await actor_of(world.services, "boris"), "New", 1)
    await set_task(world, "anna", hours=1)
    world.clock.turn(hours=2)
    await world.settle()
    helen = world.helen
    for label, way, done in (
        ("📥 Free leads: 1", ("🤝", "Boris"), f"#{free.id} → Boris"),
        ("🔴 Overdue tasks: 1", ("🕒", "Tomorrow, 10:00"), "✅ Anna: Call Ivan"),
        ("⚠️ No next step: 1", ("➕", "✍️ In my own words", "call tomorrow at 15"), "✅ Boris: call"),
    ):
        await helen.say("/digest")
        head = helen.text.split("\n")[0]
        await helen.press(label)
        shown = helen.text
        await helen.press(way[0])
        await helen.press("◀️ Back")
        assert helen.text == shown, "back from the question to the list of the digest"
        await helen.press(way[0])
        for step in way[1:]:
            if step.startswith("call"):
                await helen.press("◀️ Back")
                await helen.press("✍️ In my own words")
                await helen.say(step)
            else:
                await helen.press(step)
        assert done in helen.text
        assert "👍 Nothing here." in helen.text
        listed = next(one for one in reversed(helen.messages) if done in one.text)
        await helen.press("◀️ Back", on=listed)
        assert helen.text.split("\n")[0] == head, label
    assert await world.count(Task) == 2


async def test_a_deed_out_of_a_digest_that_came_too_late_or_to_the_wrong_hands(world: World) -> None:
    free = await free_lead(world.services, world.db)
    task = (await set_task(world, "anna", hours=1)).id
    (deal,) = await deals_of(world.db, world.clock, await actor_of(world.services, "anna"), "New", 1)
    boris = (await actor_of(world.services, "boris")).person_id
    presses = (
        DigestLeadCb(period=1, lead_id=free.id),
        DigestGiveCb(period=1, lead_id=free.id, person_id=boris, version=1),
        DigestStepCb(period=1, deal_id=deal),
        DigestAskCb(period=1, deal_id=deal, quick="tom"),
        DigestWordsCb(period=1, deal_id=deal),
        DigestLateCb(period=1, task_id=task),
        DigestLaterCb(period=1, task_id=task, quick="tom"),
    )
    for one in presses:
        assert await world.anna.press(data=one.pack()) == "You may not do this."
    await world.services.leads.take(await actor_of(world.services, "anna"), free.id)
    await world.services.tasks.done(await actor_of(world.services, "anna"), task)
    await world.services.next_steps.ask(
        await actor_of(world.services, "helen"), deal, "Call", world.clock.now() + timedelta(hours=1)
    )
    await world.helen.say("/digest")
    for one in presses[1:]:
        assert await world.helen.press(data=one.pack()), one
    for one in (
        DigestLeadCb(period=1, lead_id=77),
        DigestStepCb(period=1, deal_id=77),
        DigestLateCb(period=1, task_id=77),
    ):
        assert "There is no such" in (await world.helen.press(data=one.pack()) or ""), one
    assert await world.count(Task) == 2
