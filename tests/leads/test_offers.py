"""A lead is offered to one person after the other, each for some minutes."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Event, Lead, Person, Timer
from keyboards.lead_data import LeadPassCb, LeadTakeCb
from services.access import Actor
from services.distribution.shifts import Word
from services.dto.leads import LeadCard
from services.errors import AppError, StaleError
from tests.cast import actor_of
from tests.leads.making import free_lead, lead_row, sellers
from tests.leads.test_distribution import come, owner, say, to_one
from tests.leads.test_unanswered import team_chat, wait
from tests.tasks.ticking import away, fire, tick
from tests.world import World


async def offered(world: World, lead: int) -> str | None:
    rows = await world.rows(
        select(Person.name).join(Lead, Lead.offered_to == Person.id).where(Lead.id == lead)
    )
    return rows[0][0] if rows else None


async def deeds(world: World, lead: int) -> list[str]:
    query = select(Event.action).where(Event.subject == "lead", Event.subject_id == lead).order_by(Event.id)
    return [action.removeprefix("lead.") for (action,) in await world.rows(query)]


async def test_an_offer_is_passed_runs_out_and_then_it_waits(world: World) -> None:
    chat = world.telegram.groups[await team_chat(world)]
    await to_one(world, "offer")
    lead = await come(world)
    anna, boris = world.anna, world.boris
    assert anna.text.splitlines()[:2] == [f"Windows · #{lead}", "🎯 For you · take it by 12:05"]
    assert anna.labels[:2] == ["✋ Take", "⏭ Pass"]
    assert "Windows" not in boris.text
    public = world.telegram.messages(chat)[-1]
    assert "🎯 Offered to Anna until 12:05" in public.text
    assert not public.labels
    for data in (LeadTakeCb(lead_id=lead), LeadPassCb(lead_id=lead)):
        assert await boris.press(data=data.pack()) == "It is offered to a colleague first."
        assert await world.victor.press(data=data.pack())
    card = anna.screen
    await anna.press("⏭ Pass")
    assert anna.text == f"⏭ #{lead} · has gone on"
    assert await anna.press(data=LeadPassCb(lead_id=lead).pack(), on=card)
    await tick(world)
    assert boris.text.splitlines()[1] == "🎯 For you · take it by 12:05"
    assert await offered(world, lead) == "Boris"
    card = boris.screen
    await wait(world, minutes=5)
    assert world.boris.text == f"⏭ #{lead} · has gone on"
    assert await boris.press(data=LeadPassCb(lead_id=lead).pack(), on=card)
    for _ in range(2):
        world.clock.turn(seconds=30)
        await tick(world)
    assert world.helen.text.startswith("📥 Nobody is free · Sales\n1 free lead waits")
    assert await deeds(world, lead) == ["create", "offer", "pass", "offer", "run_out", "queue"]
    await boris.press(data=LeadTakeCb(lead_id=lead).pack())
    assert await owner(world, lead) == "Boris", "it is free, also for who has let it pass"
    assert "taken by Boris" in world.telegram.messages(chat)[-1].text


async def test_whoever_takes_an_offer_gets_their_time_to_answer(world: World) -> None:
    await to_one(world, "offer", minutes="30")
    lead = await come(world)
    await wait(world, minutes=20)
    assert len([one for one in world.boris.messages if "Windows" in one.text]) == 0
    await world.anna.press("✋ Take")
    row = await lead_row(world, lead)
    assert (row.offered_to, row.turn, row.step) == (None, 2, "remind")
    assert row.step_at == world.clock.now() + timedelta(minutes=10)
    await world.anna.press(data=LeadTakeCb(lead_id=lead).pack())
    assert (await lead_row(world, lead)).version == row.version
    await wait(world, minutes=31)
    assert await owner(world, lead) == "Boris", "and it is passed on as any other"


async def test_whoever_goes_lets_their_offers_go_and_may_get_them_again(world: World) -> None:
    await to_one(world, "offer")
    lead = await come(world)
    assert await offered(world, lead) == "Anna"
    await world.anna.say("/shift")
    await world.anna.press("🍽 Lunch, 1 h")
    await tick(world)
    assert await offered(world, lead) == "Boris"
    await say(world, "boris", Word.OFF)
    await tick(world)
    assert await offered(world, lead) is None
    world.clock.turn(hours=1)
    await tick(world)
    assert await offered(world, lead) == "Anna"
    await world.helen.press(data=LeadTakeCb(lead_id=lead).pack())
    assert await owner(world, lead) == "Helen", "who may give it to anybody may take it"
    row = await lead_row(world, lead)
    assert (row.offered_to, row.declined) == (None, [])


async def test_an_outage_gives_an_offer_its_time_back(world: World) -> None:
    await to_one(world, "offer", minutes="10")
    lead = await come(world)
    world.clock.turn(minutes=4)
    await away(world, minutes=30)
    [(early,)] = await world.rows(select(Timer).where(Timer.kind == "lead_offer", Timer.state == "new"))
    await world.services.outages.notice()
    await world.services.timers.fire(early)
    await tick(world)
    assert await offered(world, lead) == "Anna"
    assert "🎯 For you · take it by 12:40" in world.anna.text
    await wait(world, minutes=5)
    assert await offered(world, lead) == "Anna"
    await wait(world, minutes=2)
    await tick(world)
    assert await offered(world, lead) == "Boris"


@pytest.mark.parametrize("round_", range(4))
async def test_at_the_deadline_exactly_one_thing_happens(world: World, round_: int) -> None:
    await to_one(world, "offer")
    racers = [await actor_of(world.services, "anna"), await actor_of(world.services, "boris")]
    racers += await sellers(world.services, world.db, 3)
    lead = (await free_lead(world.services, world.db)).id
    await fire(world)
    row = await lead_row(world, lead)
    [holder] = [one for one in racers if one.person_id == row.offered_to]
    [(timer,)] = await world.rows(select(Timer).where(Timer.kind == "lead_offer", Timer.state == "new"))
    world.clock.turn(minutes=5)
    tries = [world.services.timers.fire(timer), *(world.services.leads.take(one, lead) for one in racers)]
    tries = tries[round_:] + tries[:round_]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert all(isinstance(one, LeadCard | AppError) or one is None for one in results), results
    cards = [one for one in results if isinstance(one, LeadCard)]
    row, done = await lead_row(world, lead), await deeds(world, lead)
    assert done.count("take") == len(cards) == (row.owner_id is not None)
    assert done.count("run_out") <= 1
    if "run_out" not in done:
        assert row.owner_id == holder.person_id, "nobody else takes what is offered"
        assert row.declined == []
    else:
        assert row.declined == [holder.person_id]
    assert row.offered_to is None
    waiting = await world.rows(select(Timer.id).where(Timer.kind == "lead_step", Timer.state == "new"))
    assert len(waiting) == 1, "its clock runs once"


async def test_two_taps_at_once_take_or_pass_it_once(world: World) -> None:
    await to_one(world, "offer")
    anna = await actor_of(world.services, "anna")
    leads = world.services.leads

    async def both(first: Actor, lead: int) -> list[object]:
        return await asyncio.gather(
            leads.take(first, lead), world.services.offers.let_pass(first, lead), return_exceptions=True
        )

    for _ in range(4):
        lead = await come(world)
        if await offered(world, lead) != "Anna":
            continue
        results = await both(anna, lead)
        assert sum(isinstance(one, StaleError) for one in results) <= 1
        done = await deeds(world, lead)
        assert done.count("take") == (await owner(world, lead) == "Anna")
        assert done.count("pass") <= 1


async def test_people_who_come_and_go_while_leads_are_given_block_nobody(world: World) -> None:
    await to_one(world, "offer")
    anna, boris = await actor_of(world.services, "anna"), await actor_of(world.services, "boris")
    shifts = world.services.shifts
    for n in range(4):
        for more in range(3):
            await free_lead(world.services, world.db, phone=f"+7916555{n}{more:03}")
        due = await world.rows(select(Timer).where(Timer.state == "new", Timer.due_at <= world.clock.now()))
        results = await asyncio.gather(
            *(world.services.timers.fire(timer) for (timer,) in due),
            shifts.say(anna, anna.person_id, Word.OFF),
            shifts.say(boris, boris.person_id, Word.LUNCH),
            shifts.say(anna, anna.person_id, Word.ON),
            world.services.outages.notice(),
            return_exceptions=True,
        )
        wrong = [one for one in results if isinstance(one, Exception) and not isinstance(one, StaleError)]
        assert not wrong
        await shifts.say(boris, boris.person_id, Word.ON)
        await shifts.say(anna, anna.person_id, Word.ON)
        world.clock.turn(minutes=2)
        await tick(world)
    rows = [row for (row,) in await world.rows(select(Lead))]
    assert all(row.offered_to in (anna.person_id, boris.person_id) for row in rows)
    assert len(rows) == 12


async def test_offers_speak_russian(world: World) -> None:
    for name in ("anna", "helen"):
        await world.services.people.speak(await actor_of(world.services, name), "ru")
    await world.helen.say("/team")
    await world.helen.press(next(label for label in world.helen.labels if label.startswith("Sales")))
    await world.helen.press("🎯 Распределение")
    await world.helen.press("🚕 По предложению")
    await world.helen.press("⏳ Предложение: 5 мин")
    await world.helen.press("15")
    assert "Новый лид предлагается одному (15 минут), потом следующему: по очереди" in world.helen.text
    lead = await come(world)
    assert "🎯 Вам · взять до 12:15" in world.anna.text
    await world.anna.press("⏭ Пропустить")
    assert world.anna.text == f"⏭ #{lead} · ушёл дальше"
