"""A task's road, told by hands on phones."""

import asyncio

from sqlalchemy import select, update

from db.models import Event, Task
from services.dto.tasks import Link
from services.errors import StaleError
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.leads.making import taken_lead
from tests.tasks.ticking import set_task, task_row, tick, timers, told
from tests.world import World


async def test_from_a_deal_to_a_reminder_to_the_next_step(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="New")
    await world.anna.press(data=f"d:{deal}")
    assert "No next step" in world.anna.text
    await world.anna.press("➕ Task")
    assert "Windows for Ivan" in world.anna.text
    await world.anna.say("tomorrow at 15 call Ivan about the price")
    assert "Thursday, 19 November, 15:00" in world.anna.text
    assert "💼 Windows for Ivan" in world.anna.labels
    await world.helen.press(data=f"d:{deal}")
    assert "call Ivan about the price" in world.helen.text

    world.clock.turn(hours=27)
    await tick(world)
    assert "It is time" in world.anna.text
    await world.anna.press("In an hour")
    assert "16:00" in world.anna.text
    await tick(world)
    assert await told(world, "task_due") == 1
    world.clock.turn(hours=1)
    await tick(world)
    assert await told(world, "task_due") == 2

    await world.anna.press("✅ Done")
    assert "What next?" in world.anna.text
    assert "No next step" in world.helen.text
    asked = world.anna.screen
    await world.anna.press("In 3 days")
    assert "Sunday, 22 November, 10:00" in world.anna.text
    assert "call Ivan" in world.helen.text
    assert await world.anna.press(data="tkn:1:h1", on=asked) == "The next step is set already."
    assert await world.count(Task) == 2
    # Set, put off, done, set again: one event each, and nothing for the refused press.
    told_of = select(Event.action).where(Event.subject == "task").order_by(Event.id)
    actions = [row[0] for row in await world.rows(told_of)]
    assert actions == ["task.create", "task.do", "task.do", "task.create"]


async def test_a_plain_line_is_understood_in_both_languages_and_corrected(world: World) -> None:
    await world.anna.say("call Ivan tomorrow at 15")
    assert "I will remind you" in world.anna.text
    assert "call Ivan" in world.anna.text
    await world.anna.press("🕒 Another time")
    await world.anna.say("nonsense")
    assert "could not read a time" in world.anna.text
    await world.anna.say("friday at 11")
    assert "Friday, 20 November, 11:00" in world.anna.text
    await world.anna.press("✏️ Text")
    await world.anna.say("ring <b>Ivan</b> & co")
    assert "ring <b>Ivan</b> & co" in world.anna.text
    await world.anna.press("🗑 Delete")
    await world.anna.press("🗑 Yes, delete")
    assert world.anna.toast == "Deleted."
    assert (await task_row(world, 1)).dropped
    assert not await timers(world)
    await world.anna.press(data="tk:1")
    assert "Can be brought back for 30 more days" in world.anna.text
    refusal = "There is no such task, or it is not yours to see."
    assert await world.boris.press(data="tk:1", on=world.anna.screen) == refusal

    await world.services.people.speak(await actor_of(world.services, "boris"), "ru")
    await world.boris.say("завтра в 15 позвонить Ивану")
    assert "четверг, 19 ноября, 15:00" in world.boris.text
    assert "✅ Сделано" in world.boris.labels
    await world.boris.press("🕒 Перенести")
    await world.boris.press("📅 Календарь")
    assert world.boris.labels[3:10] == ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]
    await world.boris.say("/day")
    assert "Мой день" in world.boris.text
    assert "1 задача" in world.boris.text


async def test_what_is_not_clear_is_asked(world: World) -> None:
    await world.anna.say("/task call Ivan")
    assert "When?" in world.anna.text
    await world.anna.press("Tomorrow, 10:00")
    assert "Thursday, 19 November, 10:00" in world.anna.text

    await world.anna.say("yesterday at 15 call Petr")
    assert "is over already" in world.anna.text
    await world.anna.say("in 2 hours, and his boss")
    assert "call Petr, his boss" in world.anna.text
    assert "Wednesday, 18 November, 14:00" in world.anna.text

    await world.anna.say("24 ноября в 10 или 12 встреча")
    assert "several ways" in world.anna.text
    await world.anna.press("24 November, 12:00")
    assert "Tuesday, 24 November, 12:00" in world.anna.text

    await world.anna.say("/task tomorrow at 16")
    assert "What shall I remind you of then?" in world.anna.text
    await world.anna.say("send the offer")
    assert "send the offer" in world.anna.text
    assert await world.count(Task) == 4
    # A line with a phone brings a lead, whatever time it names.
    await world.anna.say("call Ivan tomorrow at 15 +7 916 123-45-67")
    assert await world.count(Task) == 4


async def test_the_calendar_leads_to_a_day_an_hour_or_a_typed_time(world: World) -> None:
    await world.anna.say("/task call Ivan")
    await world.anna.press("📅 Calendar")
    assert world.anna.labels[:4] == [" ", "November 2026", "▶️", "Su"]
    assert "[18]" in world.anna.labels
    assert "17" not in world.anna.labels
    assert not await world.anna.press("·")
    await world.anna.press("[18]")
    assert world.anna.labels[:5] == ["·"] * 5
    assert "13:00" in world.anna.labels
    await world.anna.press("◀️ Back")
    await world.anna.press("▶️")
    assert "December 2026" in world.anna.labels
    await world.anna.press("25")
    assert "Friday, 25 December" in world.anna.text
    await world.anna.press("09:00")
    assert "Friday, 25 December, 09:00" in world.anna.text
    task = (await world.rows(select(Task.id)))[0][0]

    await world.anna.press("🕒 Another time")
    await world.anna.press("📅 Calendar")
    await world.anna.press("20")
    await world.anna.say("14:37")
    assert "Friday, 20 November, 14:37" in world.anna.text
    assert (await task_row(world, task)).version == 2
    [timer] = await timers(world)
    assert timer.due_at == (await task_row(world, task)).due_at


async def test_my_day_shows_what_waits_and_is_done_by_one_tap(world: World) -> None:
    await world.anna.say("/day")
    assert "Nothing is due today" in world.anna.text
    for number in range(8):
        await set_task(world, "anna", f"Task {number}", hours=1 + number % 4)
    await set_task(world, "anna", "For tomorrow", days=1)
    deal = await make_deal(world, owner="anna", stage="In work")
    await make_deal(world, owner="boris", stage="In work", title="Foreign")
    world.clock.turn(hours=2)
    await world.anna.say("/day")
    assert "Overdue: 2" in world.anna.text
    assert "Today: 6" in world.anna.text
    assert "1 task for tomorrow" in world.anna.text
    assert "⚠️ 1 deal without a next step" in world.anna.labels
    await world.anna.press("▶️")
    assert "◀️" in world.anna.labels
    await world.anna.press("◀️")
    day = world.anna.screen
    await world.anna.press("✅ 1")
    assert "Done: Task 0" in world.anna.text
    assert "Overdue: 1" in world.anna.text
    assert await world.anna.press(data="dayd:1:0", on=day) == "This task is done already."
    assert "My day" in world.anna.text
    await world.anna.press("⚠️ 1 deal without a next step")
    await world.anna.press("💼 Windows for Ivan")
    await set_task(world, "anna", "Next", deal=deal)
    await world.anna.press(data="daya:0")
    assert "has its next step" in world.anna.text
    await world.anna.say("/day")
    assert "Next · Windows for Ivan" in world.anna.text
    assert "6. 15:00 Next · Windows for Ivan" in world.anna.labels
    boris = await actor_of(world.services, "boris")
    async with world.db.write() as uow:
        next_ = update(Task).where(Task.text == "Next")
        await uow.session.execute(next_.values(assignee_id=boris.person_id))
    await world.boris.say("/day")
    assert "Next" in world.boris.text
    assert "Windows" not in world.boris.text, "the deal is not his to see"

    await world.helen.say("/day")
    await world.helen.press("👥 1 overdue in the team")
    assert "Anna: Task 4" in world.helen.text
    await world.hugo.say("/day")
    assert not [label for label in world.hugo.labels if "overdue" in label]


async def test_a_head_gives_a_task_and_everybody_sees_it(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="In work")
    task = await set_task(world, "anna", "Send the offer", deal=deal)
    await world.anna.press(data=f"tk:{task.id}")
    assert "👤 Assign" not in world.anna.labels
    await world.helen.press(data=f"tk:{task.id}")
    await world.helen.press("👤 Assign")
    assert "Boris" in world.helen.labels
    assert "Victor" not in world.helen.labels
    await world.helen.press("Boris")
    assert "Boris" in world.helen.text
    assert "Helen gave you a task" in world.boris.text
    # Boris may do it, but the deal is not his to see; Anna wrote it, so she hears of it.
    assert "Windows" not in world.boris.text
    assert "🗑 Delete" not in world.boris.labels
    assert "👁 Helen gave a task to somebody else" in world.anna.text
    assert "Boris" in world.anna.text
    await world.boris.press("✅ Done")
    assert "What next?" not in world.boris.text
    assert "✅" in world.anna.text
    await world.boris.press("↩️ Not done yet")
    assert (await task_row(world, task.id)).done_at is None
    assert len(await timers(world)) == 1


async def test_a_lead_has_tasks_that_go_on_with_its_deal(world: World) -> None:
    lead = await taken_lead(world, "anna")
    await world.anna.press(data=f"l:{lead.id}")
    await world.anna.press("➕ Task")
    await world.anna.say("in 2 hours call back")
    await world.anna.press("📥 Windows")
    assert "📌 call back — today, 14:00" in world.anna.text
    await world.anna.press("✅ Qualify")
    await world.anna.press("No company ▶️")
    assert "call back" in world.anna.text
    world.clock.turn(hours=2)
    await tick(world)
    assert "It is time" in world.anna.text
    assert "💼 Windows" in world.anna.labels
    await world.anna.press("✅ Done")
    await world.anna.press("✍️ Something else")
    await world.anna.say("in an hour send the offer")
    [(first, second)] = [tuple(row[0] for row in await world.rows(select(Task.deal_id).order_by(Task.id)))]
    assert first == second is not None


async def test_what_changes_hands_takes_its_tasks_along(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="In work")
    lead = await taken_lead(world, "anna", phone="+79160000001")
    anna, helen = await actor_of(world.services, "anna"), await actor_of(world.services, "helen")
    boris = await actor_of(world.services, "boris")
    on_deal = await set_task(world, "anna", "Send the offer", deal=deal)
    await set_task(world, "anna", "Her own")
    await world.services.tasks.create(anna, "Call back", on_deal.due_at, Link("lead", lead.id))
    await world.services.deals.hand_over(helen, deal, boris.person_id, 1)
    await world.services.handover.hand_over(helen, lead.id, boris.person_id, lead.version)
    world.clock.turn(hours=1)
    await tick(world)
    assert "Her own" in world.anna.text
    reminded = {message.text for message in world.boris.messages if "It is time" in message.text}
    assert {"Send the offer", "Call back"} == {
        task for task in ("Send the offer", "Call back", "Her own") if any(task in one for one in reminded)
    }


async def test_a_reminder_of_what_went_to_a_colleague_stands_before_nobody_else(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="In work")
    lead = await taken_lead(world, "anna", phone="+79160000001")
    anna, helen = await actor_of(world.services, "anna"), await actor_of(world.services, "helen")
    boris = await actor_of(world.services, "boris")
    due = (await set_task(world, "anna", "Send the offer", deal=deal, hours=1)).due_at
    call = await world.services.tasks.create(helen, "Call back", due, Link("lead", lead.id))
    await world.services.tasks.assign(helen, call.id, anna.person_id, call.version)
    world.clock.turn(hours=1)
    await tick(world)
    standing = [message for message in world.anna.messages if "It is time" in message.text]
    assert len(standing) == 2
    await world.services.deals.hand_over(helen, deal, boris.person_id, 1)
    lead = await world.services.leads.card(helen, lead.id)
    await world.services.handover.hand_over(helen, lead.id, boris.person_id, lead.version)
    await world.settle()
    hers, no_more = sorted(standing, key=lambda message: "access" in message.text)
    assert "Send the offer" in hers.text
    assert "👤 Boris" in hers.text
    assert "✍️ set by Anna" in hers.text
    assert no_more.text == "🔒 You have no access to this any more."
    assert no_more.labels == []


async def test_of_two_next_steps_asked_for_at_once_one_is_set(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="In work")
    task = await set_task(world, "anna", deal=deal)
    anna, helen = await actor_of(world.services, "anna"), await actor_of(world.services, "helen")
    await world.services.tasks.done(anna, task.id)
    world.clock.turn(minutes=1)
    tries = [world.services.tasks.follow_up(who, task.id, task.due_at) for who in (anna, helen, anna)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(result, StaleError) for result in results) == 2
    assert await world.count(Task) == 2


async def test_all_my_tasks_stand_in_one_list_whatever_their_day(world: World) -> None:
    for number in range(9):
        await set_task(world, "anna", f"Task {number}", days=2 + number)
    await set_task(world, "anna", "Today's", hours=3)
    late = await set_task(world, "anna", "Late", minutes=5)
    await set_task(world, "boris", "Secret")
    anna = await actor_of(world.services, "anna")
    await world.services.marks.hide(anna, late.id, personal=True)
    await world.services.marks.rank(anna, 9, high=True)
    world.clock.turn(hours=1)
    await world.anna.say("/day")
    await world.anna.press("🗓 All my tasks")
    assert [label.partition(" Task")[0] for label in world.anna.labels[:2]] == ["🔴 Late", "15:00 Today's"]
    assert world.anna.labels[2].startswith("❗")
    assert "Task 8" in world.anna.labels[2]
    await world.anna.press("▶️")
    assert "Task 7" in world.anna.labels[2]
    assert "Secret" not in " ".join(world.anna.labels)
    await world.anna.press("◀️")
    await world.anna.press("🔴 Late")
    assert "Only you see it" in world.anna.text
    await world.max.press(data="dayl:0")
    assert "Nothing to do" in world.max.text
