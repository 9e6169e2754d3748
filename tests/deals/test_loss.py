"""How deals and leads end: never without a reason, and what was still to do ends with them."""

from sqlalchemy import select, update

from db.models import Deal, Event, LossReason, Task, Timer
from tests.cast import stages_by_name
from tests.deals.making import make_deal
from tests.leads.making import taken_lead
from tests.tasks.ticking import set_task
from tests.world import World


async def lose(world: World, deal: int) -> None:
    """Anna loses it because of the price."""
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("🔀 Move")
    await world.anna.press("Lost")
    await world.anna.press("Price")


async def tasks(world: World) -> list[bool]:
    """Which tasks are dropped."""
    return [row[0] for row in await world.rows(select(Task.dropped).order_by(Task.id))]


async def waiting(world: World) -> int:
    return len(await world.rows(select(Timer.id).where(Timer.state == "new")))


async def test_a_lost_deal_s_tasks_are_dropped_and_the_card_says_so(world: World) -> None:
    deal, other = await make_deal(world), await make_deal(world)
    for place in (deal, deal, other):
        await set_task(world, "anna", deal=place)
    assert await waiting(world) == 3
    await lose(world, deal)
    assert "New → Lost · 2 tasks dropped" in world.anna.text
    assert await tasks(world) == [True, True, False]
    assert await waiting(world) == 1
    told = await world.rows(
        select(Event.action, Event.update_id).where(Event.subject == "task").order_by(Event.id)
    )
    assert [tuple(row) for row in told[-2:]] == [("task.delete", None)] * 2


async def test_undo_brings_them_back_with_their_reminders(world: World) -> None:
    deal = await make_deal(world)
    await set_task(world, "anna", deal=deal)
    await lose(world, deal)
    await world.anna.press("↩️ Undo")
    assert "took back: Lost → New · 1 task is back" in world.anna.text
    assert "📌" in world.anna.text
    assert await tasks(world) == [False]
    assert await waiting(world) == 1


async def test_a_task_that_was_deleted_before_stays_deleted(world: World) -> None:
    deal = await make_deal(world)
    task = (await set_task(world, "anna", deal=deal)).id
    await world.anna.press(data=f"tky:{task}")
    await set_task(world, "anna", deal=deal)
    gone = await tasks(world)
    await lose(world, deal)
    assert await tasks(world) == [True, True]
    await world.anna.press("↩️ Undo")
    assert await tasks(world) == gone


async def test_the_way_back_to_a_loss_that_nobody_explained_asks_why(world: World) -> None:
    deal = await make_deal(world, stage="Lost")
    stages = await stages_by_name(world.db)
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("♻️ Return to work")
    await world.anna.press("In work")
    await world.anna.press("↩️ Undo")
    assert "Why is it lost?" in world.anna.text
    assert await _stage(world, deal) == stages["In work"].id
    await world.anna.press("Price")
    assert "💔 Price" in world.anna.text
    assert await _stage(world, deal) == stages["Lost"].id


async def test_the_way_back_to_a_loss_with_its_reason_asks_nothing(world: World) -> None:
    deal = await make_deal(world)
    await lose(world, deal)
    await world.anna.press("♻️ Return to work")
    await world.anna.press("In work")
    await world.anna.press("↩️ Undo")
    assert "💔 Price" in world.anna.text


async def test_no_door_loses_a_deal_without_a_reason(world: World) -> None:
    deal = await make_deal(world)
    lost = (await stages_by_name(world.db))["Lost"].id
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press(data=f"dm:{deal}:{lost}:1")
    assert "Why is it lost?" in world.anna.text
    for reason in (0, 987_654):
        await world.anna.press(data=f"dx:{deal}:{lost}:1:{reason}")
        assert world.anna.toast == "There is no such reason any more."
        assert "Why is it lost?" in world.anna.text
    async with world.db.write() as uow:
        price = update(LossReason).where(LossReason.name == "Price")
        await uow.session.execute(price.values(retired_at=world.clock.now()))
    await world.anna.press("Price")
    assert "Price" not in world.anna.labels, "those that are offered now"
    await world.anna.press(data=f"dm:{deal}:987654:1")
    assert world.anna.toast == "There is no such stage in this pipeline any more."
    assert "Where to?" in world.anna.text
    assert await _stage(world, deal) != lost


async def test_a_rejected_lead_s_tasks_are_dropped_and_come_back_with_it(world: World) -> None:
    lead = (await taken_lead(world)).id
    await world.anna.press(data=f"l:{lead}")
    await world.anna.press("➕ Task")
    await world.anna.say("call tomorrow at 15")
    await world.anna.press(data=f"lxs:{lead}")
    await world.anna.press("Spam")
    assert "rejected the lead · 1 task dropped" in world.anna.text
    assert await tasks(world) == [True]
    assert await waiting(world) == 0
    await world.anna.press("↩️ Undo")
    assert "took the lead up again · 1 task is back" in world.anna.text
    assert await tasks(world) == [False]
    assert await waiting(world) == 2, "its reminder, and the clock of the first answer"


async def test_a_colleague_s_card_of_a_dropped_task_follows(world: World) -> None:
    deal = await make_deal(world)
    task = (await set_task(world, "anna", deal=deal)).id
    await world.anna.press(data=f"tk:{task}")
    lost = (await stages_by_name(world.db))["Lost"].id
    await world.helen.press(data=f"dx:{deal}:{lost}:1:1")
    assert "1 task dropped" in world.helen.text
    assert await world.anna.press(data=f"tkd:{task}")


async def test_a_deal_made_of_a_lead_shows_the_lead_s_life(world: World) -> None:
    lead = (await taken_lead(world)).id
    await world.anna.press(data=f"lc:{lead}:no_answer")
    await world.anna.press(data=f"lno:{lead}")
    await world.anna.say("Wants white frames")
    await world.anna.press(data=f"l:{lead}")
    await world.anna.press("✅ Qualify")
    await world.anna.say("Romashka")
    await world.anna.press("▶️ In work")
    await world.anna.press("🕓 History")
    said = [line.partition("Anna: ")[2] for line in world.anna.text.splitlines() if "Anna: " in line]
    assert said == [
        "New → In work",
        "made a deal of it",
        "Wants white frames",
        "call: no answer",
        "took the lead",
    ]
    assert "Olga: registered the lead" in world.anna.text


async def test_the_lead_s_life_does_not_hide_the_undo(world: World) -> None:
    lead = (await taken_lead(world)).id
    await world.anna.press(data=f"l:{lead}")
    await world.anna.press("✅ Qualify")
    await world.anna.say("Romashka")
    assert "↩️ Undo" not in world.anna.labels
    await world.anna.press("▶️ In work")
    assert "↩️ Undo" in world.anna.labels


async def test_a_settler_sees_nothing_of_the_lead_s_life(world: World) -> None:
    lead = (await taken_lead(world)).id
    await world.anna.press(data=f"lno:{lead}")
    await world.anna.say("He haggles like a pirate")
    await world.anna.press(data=f"l:{lead}")
    await world.anna.press("✅ Qualify")
    await world.anna.say("Romashka")
    stages = await stages_by_name(world.db)
    async with world.db.write() as uow:
        await uow.session.execute(update(Deal).values(stage_id=stages["Awaiting payment"].id))
    since = len(world.telegram.calls)
    await world.fiona.press(data="d:1")
    assert "Awaiting payment" in world.fiona.text
    assert await world.fiona.press(data="dh:1:0") == "You may not do this."
    wire = world.telegram.wire(to=world.fiona.person, since=since)
    assert "pirate" not in wire
    assert "took the lead" not in wire


async def test_a_loss_in_russian(world: World) -> None:
    deal = await make_deal(world)
    await set_task(world, "anna", deal=deal)
    await world.anna.say("/profile")
    await world.anna.press("🌐 In Russian")
    lost = (await stages_by_name(world.db))["Lost"].id
    await world.anna.press(data=f"dx:{deal}:{lost}:1:1")
    assert "снята 1 задача" in world.anna.text
    await world.anna.press("↩️ Отменить")
    assert "возвращена 1 задача" in world.anna.text


async def _stage(world: World, deal: int) -> int:
    return int((await world.rows(select(Deal.stage_id).where(Deal.id == deal)))[0][0])
