"""Wrong hands, missing tasks, old and forged buttons: nothing changes, and the answer is plain."""

from typing import Any

import pytest
from sqlalchemy import select, update

from db.models import Deal, Event, Outbox, Task, Timer
from services.dto.tasks import Link
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from services.tasks import Tasks
from tests.cast import CAST, actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.leads.making import taken_lead
from tests.tasks.ticking import set_task, task_row, tick, timers
from tests.world import World

PRESSES = (
    *("tk:{0}", "tkd:{0}", "tkr:{0}", "tke:{0}", "tkx:{0}", "tky:{0}", "tkh:{0}:0", "tkg:{0}:4:1"),
    *("tkn:{0}:h1", "tko:{0}", "w:{0}:0", "wq:{0}:0:h1", "wa:{0}:0:39000000", "wm:{0}:0:0"),
    *("wd:{0}:0:739950", "dayd:{0}:0", "tkc:{0}", "tki:{0}:1", "tkp:{0}:1", "tkb:{0}", "tka:{0}:15"),
    *("tks:{0}:h1", "tkt:{0}"),
)
MISSING = 987_654


async def digest(world: World) -> tuple[Any, ...]:
    tasks = await world.rows(select(Task.id, Task.text, Task.due_at, Task.assignee_id, Task.version))
    return (*tasks, await world.count(Event), await world.count(Timer), await world.count(Outbox))


@pytest.mark.parametrize("hand", ["boris", "hugo", "fiona", "max", "eve"])
async def test_it_refuses_the_wrong_hand_as_if_there_were_no_task(world: World, hand: str) -> None:
    deal = await make_deal(world, owner="anna", stage="In work", title="Secret one")
    task = await set_task(world, "anna", "Secret call", deal=deal)
    before = await digest(world)
    card = world.hands["anna" if hand == "eve" else hand].screen
    seen = len(world.telegram.calls)
    for press in (*PRESSES, "dta:{0}", "lta:{0}"):
        foreign = await world.hands[hand].press(data=press.format(task.id), on=card)
        missing = await world.hands[hand].press(data=press.format(MISSING), on=card)
        assert foreign == missing, press
        assert hand == "eve" or foreign, press
    for text in ("/day", "/task"):
        await world.hands[hand].say(text)
    assert await digest(world) == before
    assert "Secret" not in world.telegram.wire(since=seen)


async def test_finance_does_its_own_tasks_and_sees_a_deal_only_once_it_is_settled(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="In work", title="Secret one")
    task = await set_task(world, "olga", "Check the contract", deal=deal)
    await world.olga.press(data=f"tk:{task.id}")
    await world.olga.press("👤 Assign")
    await world.olga.press("Fiona")
    assert "Check the contract" in world.fiona.text
    assert "Secret" not in world.fiona.text
    await world.fiona.say("/day")
    await world.fiona.press(data=f"tk:{task.id}")
    assert "Secret" not in world.fiona.text
    stages = await stages_by_name(world.db)
    fiona = await actor_of(world.services, "fiona")
    with pytest.raises(NotFoundError):
        await world.services.tasks.place(fiona, Link("deal", deal))
    async with world.db.write() as uow:
        await uow.session.execute(update(Deal).values(stage_id=stages["Awaiting payment"].id))
    card = await world.services.tasks.card(fiona, task.id)
    assert card.linked is not None
    assert not card.leads_on
    with pytest.raises(ForbiddenError):
        await world.services.tasks.place(fiona, Link("deal", deal))


async def test_who_may_assign_to_whom(world: World) -> None:
    task = await set_task(world, "anna")
    tasks: Tasks = world.services.tasks
    people = {name: await actor_of(world.services, name) for name in CAST}
    # A head gives to those whom they head, and to nobody else; nobody gives to who has it already.
    for heir in ("victor", "fiona", "olga", "anna"):
        with pytest.raises(NotFoundError):
            await tasks.assign(people["helen"], task.id, people[heir].person_id, 1)
    with pytest.raises(ForbiddenError):
        await tasks.assign(people["anna"], task.id, people["boris"].person_id, 1)
    with pytest.raises(NotFoundError):
        await tasks.assign(people["hugo"], task.id, people["victor"].person_id, 1)
    given = await tasks.assign(people["olga"], task.id, people["victor"].person_id, 1)
    assert given.assignee.name == "Victor"
    with pytest.raises(StaleError):
        await tasks.assign(people["olga"], task.id, people["boris"].person_id, 1)
    # It is Service's now, too: its assignee works there. What Victor has he may not delete.
    assert (await tasks.card(people["hugo"], task.id)).id == task.id
    with pytest.raises(ForbiddenError):
        await world.services.task_deleting.drop(people["victor"], task.id)
    with pytest.raises(NotFoundError):
        await tasks.card(people["helen"], task.id)
    async with world.db.write() as uow:
        await uow.session.execute(update(Task).values(assignee_id=people["anna"].person_id))
    assert (await tasks.card(people["helen"], task.id)).assignee.name == "Anna"


async def test_old_buttons_tell_how_it_stands_a_month_later(world: World) -> None:
    task = await set_task(world, "anna")
    await world.anna.press(data=f"tk:{task.id}")
    await world.anna.press("🕒 Another time")
    asked = world.anna.screen
    await world.anna.press("📅 Calendar")
    world.clock.turn(days=31)
    await tick(world)
    # The calendar is still good: days that have passed meanwhile lead nowhere, the others do.
    assert "over already" in (await world.anna.press("25", on=asked) or "")
    await world.anna.press("▶️", on=asked)
    await world.anna.press("24", on=asked)
    await world.anna.press("10:00", on=asked)
    assert "Thursday, 24 December, 10:00" in asked_text(world, asked.id)
    await world.anna.press("✅ Done", on=asked)
    assert await world.anna.press(data=f"tkd:{task.id}", on=asked) == "This task is done already."
    for stale in (f"wq:{task.id}:0:h1", f"w:{task.id}:0", f"tke:{task.id}", f"wd:{task.id}:0:739980"):
        assert await world.anna.press(data=stale, on=asked) == "This task is done already."
        assert "✅" in asked_text(world, asked.id)
    row = await task_row(world, task.id)
    assert (row.version, row.due_at.day) == (3, 24)
    assert not await timers(world)

    # A draft lives no longer than its form, and a button only speaks for its own draft.
    await world.anna.say("/task call Petr")
    first = world.anna.screen
    old = {key["text"]: key["callback_data"] for row in first.keyboard for key in row}
    await world.anna.say("/task call Pavel")
    gone = "This question is answered already: the task is saved, or was left. My day shows your tasks."
    for label in ("In an hour", "📅 Calendar"):
        assert await world.anna.press(on=first, data=old[label]) == gone
    await world.anna.press("✖️ Cancel")
    assert await world.anna.press(on=first, data=old["In an hour"]) == gone
    assert await world.count(Task) == 1


def asked_text(world: World, message_id: int) -> str:
    """What a message of Anna's chat says now."""
    return next(message.text for message in world.anna.messages if message.id == message_id)


async def test_forged_and_hostile_input_is_answered_plainly(world: World) -> None:
    task = await set_task(world, "anna")
    card = world.anna.screen
    for forged in (
        *(f"wa:{task.id}:0:9999999999999", f"wd:{task.id}:0:9999999999999", f"wd:{task.id}:0:0"),
        *(f"wq:{task.id}:0:zz", f"wa:{task.id}:0:1", f"tkn:{task.id}:h1", "wq:0:0:h1", "dayp:9999999999999"),
    ):
        await world.anna.press(data=forged, on=card)
    await world.anna.press(data=f"wm:{task.id}:0:9999999999999", on=card)
    assert "November 2028" in world.anna.labels
    assert (await task_row(world, task.id)).version == 1

    anna = await actor_of(world.services, "anna")
    for text, code in (("", "task.empty"), ("\u200b \n", "task.empty"), ("я" * 1001, "task.too_long")):
        with pytest.raises(AppError, match=code):
            await world.services.tasks.rephrase(anna, task.id, text)
    await world.anna.say("/task " + "я" * 1001)
    assert "1000" in world.anna.text
    await world.anna.say("tomorrow at 15 <b>&lt;</b> \u202e" + "🪟" * 300)
    assert "<b>&lt;</b>" in world.anna.text
    assert await world.count(Task) == 2


async def test_a_task_for_a_lead_or_deal_needs_its_owner(world: World) -> None:
    lead = await taken_lead(world, "anna")
    deal = await make_deal(world, owner="anna", stage="New")
    await world.boris.press(data=f"lta:{lead.id}")
    await world.boris.press(data=f"dta:{deal}")
    await world.boris.say("tomorrow at 15 spy")
    # It is Boris's own task then, and of no deal.
    row = (await world.rows(select(Task)))[0][0]
    assert (row.lead_id, row.deal_id) == (None, None)
    await world.anna.press(data=f"lta:{lead.id}")
    await world.services.leads.card(await actor_of(world.services, "anna"), lead.id)
    await world.anna.press("✖️ Cancel")
    assert "Windows" in world.anna.text
