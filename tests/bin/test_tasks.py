"""Deleted tasks are found for thirty days, and brought back by whoever may delete them."""

from datetime import timedelta

from sqlalchemy import event, update

from db.models import Person
from services.access import Action
from services.bin.days import DAYS
from services.dto.tasks import Link
from services.rows import task_deeds
from tests.cast import CAST, actor_of
from tests.deals.making import make_deal
from tests.deals.test_topics import bring_in
from tests.leads.making import taken_lead
from tests.tasks.test_acceptance import given
from tests.tasks.ticking import set_task, task_row, tick, timers
from tests.world import World

GONE = "This is not in the bin any more."


async def test_a_deleted_task_is_found_and_restored_by_its_head(world: World) -> None:
    anna, helen, olga, fiona = world.anna, world.helen, world.olga, world.fiona
    task = await set_task(world, "anna", "Count the stock", hours=5)
    await helen.press(data=f"tk:{task.id}")
    card = helen.screen
    await anna.press(data=f"tk:{task.id}")
    await anna.press("🗑 Delete")
    await anna.press("🗑 Yes, delete")
    assert "🗑 Deleted tasks" in anna.labels
    assert not await timers(world)
    assert "Deleted today, 12:00 by Anna" in card.text, "it stands before whoever may bring it back"
    await helen.press(data="me")
    await helen.press("🗑 Bin")
    await helen.press("🗑 Deleted tasks")
    assert "Count the stock · today, 12:00 · Anna · 30 days left" in helen.text
    await helen.press("📌 Count the stock")
    assert "Can be brought back for 30 more days" in helen.text
    for name in ("boris", "victor", "hugo", "fiona"):
        hand = world.hands[name]
        assert (await hand.press(data=f"tjr:{task.id}") or GONE) == GONE, name
        assert "Count" not in hand.text, name
    assert await helen.press("↩️ Restore") == "It is back."
    assert "📌 Count the stock" in helen.text
    row = await task_row(world, task.id)
    assert (row.dropped, row.dropped_at, row.done_at) == (False, None, None)
    assert [one.kind for one in await timers(world)] == ["task_remind"]
    assert await helen.press(data=f"tjo:{task.id}") == GONE
    assert "✅ Done" in helen.labels, "an old button shows how it stands now"
    await helen.press("🕓 History")
    assert "Helen: the task is back" in helen.text
    # Finance has tasks of its own and no bin; one who has left leaves theirs to whoever brings it back.
    own = await set_task(world, "fiona", "Check the bill", hours=5)
    await world.services.task_deleting.drop(await actor_of(world.services, "fiona"), own.id)
    await fiona.press(data="me")
    await fiona.press("🗑 Deleted tasks")
    assert "📌 Check the bill" in fiona.labels
    async with world.db.write() as uow:
        await uow.session.execute(update(Person).where(Person.name == "Fiona").values(status="left"))
    await olga.press(data=f"tjr:{own.id}")
    assert (await task_row(world, own.id)).assignee_id == (await actor_of(world.services, "olga")).person_id


async def test_the_card_of_a_deleted_task_comes_alive_again_before_who_has_to_do_it(world: World) -> None:
    """They learn who deleted it, and have no button of the bin."""
    anna, helen = world.anna, world.helen
    _, _, task = await given(world, hours=1)
    await world.settle()
    world.clock.turn(hours=2)
    await tick(world)
    await anna.press("✅ Done")
    await helen.press("✅ Accept")
    for way in ("↩️ Undo", "↩️ Restore"):
        live = [one for one in anna.messages if "↩️ Not done yet" in str(one.labels)]
        assert len(live) == 2
        await helen.press(data=f"tk:{task.id}")
        await helen.press("🗑 Delete")
        await helen.press("🗑 Yes, delete")
        assert anna.text == "🗑 Helen deleted a task: Count the stock"
        for card in live:
            assert card.text.startswith("🗑 📌 Count the stock\nDeleted today, 14:00 by Helen")
            assert card.labels == ["☰ Menu"]
        for data in (f"tjo:{task.id}", f"tjr:{task.id}"):
            assert await anna.press(data=data, on=live[0]) == GONE
        if way == "↩️ Restore":
            await helen.press("🗑 Deleted tasks")
            await helen.press("📌 Count the stock")
        await helen.press(way)
        for card in live:
            assert card.text.startswith("✅ Count the stock"), way
            assert "↩️ Not done yet" in str(card.labels)
        assert anna.text == "↩️ Helen brought a task back: Count the stock"
        await anna.press("📌 Open")
        assert anna.text.startswith("✅ Count the stock")


async def test_who_finds_a_deleted_task_may_delete_it(world: World) -> None:
    """The list and the rule of the rights say the same of everybody."""
    services, later = world.services, world.clock.now() + timedelta(hours=1)
    anna, helen = await actor_of(services, "anna"), await actor_of(services, "helen")
    deal, lead = await make_deal(world), await taken_lead(world, phone="+79160000001")
    elsewhere = await make_deal(world, "victor", title="Other")
    await bring_in(world, deal, "boris")
    given = await set_task(world, "helen", "Given")
    await services.tasks.assign(helen, given.id, anna.person_id, given.version)
    hidden = await set_task(world, "anna", "Hidden")
    await services.marks.hide(anna, hidden.id, personal=True)
    olga = await actor_of(services, "olga")
    made = [given.id, hidden.id]
    made += [(await set_task(world, name, "Own")).id for name in ("anna", "hugo", "fiona")]
    for link in (Link("deal", deal), Link("lead", lead.id), Link("deal", elsewhere)):
        made.append((await services.tasks.create(olga, "Linked", later, link)).id)
    for one in made:
        author = anna if one == hidden.id else olga
        await services.task_deleting.drop(author, one)
    asked: list[str] = []
    sync = world.db.engine.sync_engine
    event.listen(sync, "before_cursor_execute", lambda *given: asked.append(given[2]))
    for name in CAST:
        actor, found, page = await actor_of(services, name), set[int](), 0
        while True:
            asked.clear()
            shelf = await services.task_bin.page(actor, page)
            assert len([one for one in asked if "FROM event" in one]) <= 1
            found |= {line.id for line in shelf.items}
            if not shelf.more:
                break
            page += 1
        async with world.db.read() as uow:
            facts = [await uow.task_facts.get(one, dropped=True) for one in made]
        may = {one.task.id for one in facts if one and Action.TASK_DELETE in task_deeds(actor, one)}
        assert found == may, name
    world.clock.turn(days=DAYS + 1)
    assert not (await services.task_bin.page(olga)).items
    assert await services.task_bin.of(olga, given.id) is None
