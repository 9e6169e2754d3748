"""A head looks at the department on the phone, and gives, asks and puts off from the lists."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from db.models import Deal, Event, Lead, Outbox, Person, Task
from services.dto.tasks import Link
from tests.cast import actor_of
from tests.control.making import deals_of
from tests.leads.making import department_id, free_lead
from tests.world import World

TOMORROW = "Tomorrow, 10:00"


async def busy(world: World) -> list[int]:
    """Two free leads, three deals of Anna's of which one has an overdue task; ids of the deals."""
    for number in (1, 2):
        await free_lead(world.services, world.db, phone=f"+7916000000{number}", title=f"Windows {number}")
    anna = await actor_of(world.services, "anna")
    deals = await deals_of(world.db, world.clock, anna, "New", 3)
    due = world.clock.now() + timedelta(minutes=30)
    await world.services.tasks.create(anna, "Call Ivan", due, Link("deal", deals[0]))
    world.clock.turn(hours=2)
    await world.settle()
    return deals


async def owner_of(world: World, table: type[Deal | Lead], row: int) -> str:
    query = select(Person.name).join(table, table.owner_id == Person.id).where(table.id == row)
    return str((await world.rows(query))[0][0])


async def test_the_screen_tells_what_waits_and_each_figure_opens_its_list(world: World) -> None:
    await busy(world)
    await world.helen.say("/menu")
    assert {"🆓 Free leads · 2", "📥 Leads"} < set(world.helen.labels), "counted once"
    await world.helen.press("🧭 Department now")
    assert "🧭 Sales · now, 14:00" in world.helen.text
    assert "🆓 Free leads: 2, the oldest waits 2 hours" in world.helen.text
    assert "⚠️ Deals without a next step: 2" in world.helen.text
    assert "🔥 Overdue tasks: 1" in world.helen.text
    assert "Anna         0      3" in world.helen.text
    assert "🕓 Today\n· Anna: nothing yet\n· Boris: nothing yet\n" in world.helen.text
    assert world.helen.labels == [
        "🆓 Free leads · 2",
        "⚠️ No step · 2",
        "🔥 Overdue · 1",
        "👤 Anna",
        "🤝 Hand over deals",
        "👤 Boris",
        "👤 Helen",
        "🔄 Refresh",
        "☰ Menu",
    ]
    screen = world.helen.screen.id
    await world.helen.press("🆓 Free leads · 2")
    assert "Windows 1 · ₽150,000 · 2 hours" in world.helen.text
    await world.helen.press("◀️ Back")
    await world.helen.press("⚠️ No step · 2")
    assert "New 1 · ₽1 · Anna" in world.helen.text
    await world.helen.press("◀️ Back")
    await world.helen.press("🔥 Overdue · 1")
    assert "12:30 · Anna: Call Ivan" in world.helen.text
    await world.helen.press("Anna: Call Ivan")
    assert "Call Ivan" in world.helen.text
    assert world.helen.screen.id == screen


async def test_refresh_brings_the_moment_and_the_figures_up_to_date(world: World) -> None:
    await world.helen.say("/now")
    assert "now, 12:00" in world.helen.text
    assert "Free leads: 0" in world.helen.text
    await free_lead(world.services, world.db)
    world.clock.turn(minutes=7)
    screen = world.helen.screen
    await world.helen.press("🔄 Refresh", on=screen)
    shown = next(message for message in world.helen.messages if message.id == screen.id)
    assert "now, 12:07" in shown.text
    assert "Free leads: 1, the oldest waits 7 minutes" in shown.text


async def test_a_free_lead_is_given_from_the_list_and_the_list_goes_on(world: World) -> None:
    await busy(world)
    await world.helen.say("/now")
    screen = world.helen.screen
    await world.helen.press("🆓 Free leads · 2", on=screen)
    await world.helen.press("🤝", on=screen)
    assert "Who takes it?" in screen.text
    assert "waits for 2 hours" in screen.text
    await world.helen.press("Boris", on=screen)
    assert "#1 → Boris" in screen.text
    assert "Windows 2" in screen.text
    assert "Windows 1" not in screen.text
    assert await owner_of(world, Lead, 1) == "Boris"
    assert "Helen gave you a lead" in world.boris.text
    # A lead that somebody has taken meanwhile answers with its card.
    await world.services.leads.take(await actor_of(world.services, "anna"), 2)
    told = await world.helen.press(data=f"nwg:0:2:{(await actor_of(world.services, 'boris')).person_id}:1")
    assert told
    assert await owner_of(world, Lead, 2) == "Anna"


async def test_the_owner_of_a_deal_is_asked_for_a_next_step(world: World) -> None:
    deals = await busy(world)
    await world.helen.say("/now")
    screen = world.helen.screen
    await world.helen.press("⚠️ No step · 2", on=screen)
    await world.helen.press("➕", on=screen)
    assert "👔 Anna · Sales" in screen.text
    await world.helen.press(TOMORROW, on=screen)
    assert "✅ Anna: Plan the next step — tomorrow, 10:00" in screen.text
    assert "New 1" not in screen.text
    assert "New 2" in screen.text
    task = (await world.rows(select(Task).where(Task.deal_id == deals[1])))[0][0]
    anna, helen = await actor_of(world.services, "anna"), await actor_of(world.services, "helen")
    assert (task.assignee_id, task.author_id) == (anna.person_id, helen.person_id)
    assert "Plan the next step" in world.anna.text
    kept = select(Event.action).where(Event.subject == "task", Event.subject_id == task.id)
    assert [row[0] for row in await world.rows(kept)] == ["task.create"]


async def test_asked_twice_it_is_one_task(world: World) -> None:
    deals = await busy(world)
    await world.helen.say("/now")
    old = world.helen.screen
    await world.helen.press(data=f"nwa:0:0:{deals[1]}:tom", on=old)
    await world.again()
    assert await world.helen.press(data=f"nwa:0:0:{deals[1]}:tom", on=old) == "The next step is set already."
    assert await world.helen.press(data=f"nws:0:0:{deals[1]}", on=old) == "The next step is set already."
    assert len(await world.rows(select(Task.id).where(Task.deal_id == deals[1]))) == 1
    assert len(await world.rows(select(Outbox.id).where(Outbox.kind == "task_given"))) == 1


async def test_a_next_step_in_ones_own_words(world: World) -> None:
    deals = await busy(world)
    anna = await actor_of(world.services, "anna")
    await world.helen.say("/now")
    await world.helen.press("👤 Anna")
    assert "💼 Deals in work: 3 · ₽3" in world.helen.text
    assert "🕓 Today: nothing yet" in world.helen.text
    await world.helen.press("⚠️ No step · 2")
    await world.helen.press("➕")
    await world.helen.press("✍️ In my own words")
    assert "What shall Anna do, and when?" in world.helen.text
    await world.helen.say("send the offer")
    assert "could not read a time" in world.helen.text
    await world.helen.say("send the offer tomorrow at 15")
    assert "✅ Anna: send the offer — tomorrow, 15:00" in world.helen.text
    assert "Deals without a next step · Anna" in world.helen.text
    assert [row[0] for row in await world.rows(select(Task.text).where(Task.deal_id == deals[1]))] == [
        "send the offer"
    ]
    # Back in the form leads to the deal that was asked about, Cancel to its card.
    await world.helen.press(data=f"nww:0:{anna.person_id}:{deals[2]}")
    await world.helen.press("◀️ Back")
    assert "New 2 · #" in world.helen.text
    await world.helen.press("✍️ In my own words")
    await world.helen.press("✖️ Cancel")
    assert "⚠️ No next step" in world.helen.text


async def test_a_deal_of_nobody_can_only_be_handed_over(world: World) -> None:
    (deal,) = await deals_of(world.db, world.clock, None, "New", 1, department=await department_id(world.db))
    await world.helen.say("/now")
    await world.helen.press("🤷 No owner · 1")
    assert "Deals that nobody owns" in world.helen.text
    await world.helen.press("◀️ Back")
    await world.helen.press("⚠️ No step · 1")
    await world.helen.press("➕")
    assert "Nobody owns this deal" in world.helen.text
    assert TOMORROW not in world.helen.labels
    sheet = world.helen.screen
    for press in (f"nwa:0:0:{deal}:tom", f"nww:0:0:{deal}"):
        assert "not in the department" in (await world.helen.press(data=press, on=sheet) or "")
    await world.helen.press("🤝 Hand over")
    await world.helen.press("Boris")
    assert await owner_of(world, Deal, deal) == "Boris"


async def test_an_overdue_task_is_put_off_or_given_to_somebody_else(world: World) -> None:
    await busy(world)
    await world.helen.say("/now")
    await world.helen.press("🔥 Overdue · 1")
    await world.helen.press("🕒")
    assert "👤 Anna · was due" in world.helen.text
    listed = world.helen.screen
    await world.helen.press("👤 Assign", on=listed)
    await world.helen.press("◀️ Back", on=listed)
    await world.helen.press(data="nwt:0:0:1", on=listed)
    await world.helen.press(TOMORROW, on=listed)
    assert "✅ Anna: Call Ivan — tomorrow, 10:00" in listed.text
    assert "👍 Nothing here." in listed.text


async def test_a_task_that_is_done_meanwhile_says_so(world: World) -> None:
    await busy(world)
    await world.services.tasks.done(await actor_of(world.services, "anna"), 1)
    await world.helen.say("/now")
    assert await world.helen.press(data="nwt:0:0:1") == "This task is done already."
    assert "Call Ivan" in world.helen.text


async def test_a_form_from_better_days_asks_nobody(world: World) -> None:
    deals = await busy(world)
    await world.helen.say("/now")
    await world.helen.press(data=f"nww:0:0:{deals[1]}")
    async with world.db.write() as uow:
        await uow.session.execute(update(Person).where(Person.name == "Helen").values(role="manager"))
    await world.helen.say("send the offer tomorrow at 15")
    assert await world.rows(select(Task.id).where(Task.deal_id == deals[1])) == []


async def test_what_somebody_did_today_is_told_line_by_line(world: World) -> None:
    await busy(world)
    await world.anna.press(data="lt:1")
    await world.anna.press(data="lc:1:reached")
    await world.helen.say("/now")
    await world.helen.press("👤 Anna")
    assert "🕓 Today: 1 lead taken, 1 call" in world.helen.text
    await world.helen.press("🕓 Today · 2")
    assert "Done today · Anna" in world.helen.text
    assert "14:00 Windows 1: took the lead" in world.helen.text
    assert "14:00 Windows 1: call: reached" in world.helen.text
    await world.helen.press("Windows 1")
    assert "In work since" in world.helen.text


async def test_a_sellers_work_is_handed_over_from_their_screen(world: World) -> None:
    await busy(world)
    await world.anna.press(data="lt:1")
    await world.helen.say("/now")
    person = world.helen.screen
    await world.helen.press("👤 Anna", on=person)
    await world.helen.press("📥 Leads · 1", on=person)
    await world.helen.press("🤝", on=person)
    await world.helen.press("Boris", on=person)
    assert await owner_of(world, Lead, 1) == "Boris"
    await world.helen.say("/now")
    await world.helen.press("👤 Anna")
    await world.helen.press("💼 Deals · 3")
    assert world.helen.labels.count("🤝") == 3
    await world.helen.press("◀️ Back")
    await world.helen.press("🤝 Hand over deals")
    assert "🤝 Hand over all" in world.helen.labels


async def test_the_owner_chooses_a_department(world: World) -> None:
    await busy(world)
    await free_lead(world.services, world.db, "Service", phone="+79160000009", title="Repair")
    await world.olga.say("/now")
    assert "Free leads: 3" in world.olga.text
    await world.olga.press("🏢 Departments")
    assert world.olga.labels[0] == "🏢 All departments"
    await world.olga.press("Service")
    assert "🧭 Service · now" in world.olga.text
    assert "Free leads: 1" in world.olga.text
    assert "Anna" not in world.olga.text
    await world.olga.press("🆓 Free leads · 1")
    assert "Repair" in world.olga.text
    await world.olga.press("🤝")
    await world.olga.press("Victor")
    assert "👍 Nothing here." in world.olga.text


async def test_it_speaks_russian_and_fits_a_phone(world: World) -> None:
    await busy(world)
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    await world.anna.press(data="lt:1")
    await world.helen.say("/now")
    assert "🧭 Sales · сейчас, 14:00" in world.helen.text
    assert "🆓 Свободные лиды: 1, дольше всех ждут 2 часа" in world.helen.text
    assert "🕓 Сегодня\n· Anna: взят 1 лид\n" in world.helen.text
    table = [line for line in world.helen.text.split("\n") if line.startswith(("Anna", "В работе"))]
    assert len(table) == 2
    assert all(len(line) <= 34 for line in table)
    await world.helen.press("👤 Anna")
    assert "🕓 Сегодня: взят 1 лид" in world.helen.text
    await world.helen.press("⚠️ Без шага · 2")
    await world.helen.press("➕")
    await world.helen.press("Завтра, 10:00")
    assert "Спланировать следующий шаг — завтра, 10:00" in world.helen.text


PRESSES = (
    *("now:0:0", "nwd", "nwp:0:3", "nwl:0:free:0:0", "nwl:0:adrift:0:0", "nwl:0:late:0:0", "nwl:0:today:3:0"),
    *("nwh:0:1", "nwg:0:1:4:1", "nws:0:0:2", "nwa:0:0:2:tom", "nww:0:0:2", "nwt:0:0:1", "nwm:0:0:1:tom"),
)


@pytest.mark.parametrize("hand", ["anna", "fiona", "max", "eve"])
async def test_nobody_else_gets_anything_of_it(world: World, hand: str) -> None:
    await busy(world)
    seen = len(world.telegram.calls)
    before = (await world.count(Event), await world.count(Task), await world.count(Outbox))
    card = world.hands["anna" if hand == "eve" else hand].screen
    for press in PRESSES:
        told = await world.hands[hand].press(data=press, on=card)
        assert told == ("" if hand == "eve" else "You may not do this."), press
    await world.hands[hand].say("/now")
    assert (await world.count(Event), await world.count(Task), await world.count(Outbox)) == before
    assert "Windows" not in world.telegram.wire(since=seen)
    if hand != "eve":
        await world.hands[hand].say("/menu")
        assert "🧭 Department now" not in world.hands[hand].labels


async def test_another_heads_presses_find_nothing_of_this_department(world: World) -> None:
    await busy(world)
    sales = await department_id(world.db)
    before = (await world.count(Event), await world.count(Task))
    seen = len(world.telegram.calls)
    for press in PRESSES:
        await world.hugo.press(data=press.replace(":0:", f":{sales}:", 1))
        await world.hugo.press(data=press)
    assert (await world.count(Event), await world.count(Task)) == before
    wire = world.telegram.wire(since=seen)
    assert "Windows" not in wire
    assert "Call Ivan" not in wire
    assert "Anna" not in wire


@pytest.mark.parametrize(
    "press", ["nwl:0:nonsense:0:0", "nwl:0:free:-1:0", "now:x:0", "nwa:0:0:2:never", "nwp"]
)
async def test_forged_buttons_change_nothing_and_get_a_polite_answer(world: World, press: str) -> None:
    await busy(world)
    before = await world.count(Event)
    assert await world.helen.press(data=press)
    assert await world.count(Event) == before


async def test_a_button_of_a_closed_deal_says_so(world: World) -> None:
    anna = await actor_of(world.services, "anna")
    (closed,) = await deals_of(world.db, world.clock, anna, "Paid", 1)
    assert await world.helen.press(data=f"nwa:0:0:{closed}:tom") == "This deal is closed already."
