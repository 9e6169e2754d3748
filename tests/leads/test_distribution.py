"""Who gets a new lead: in turn among those on shift, and what waits when nobody is there."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Contact, Department, Event, Lead, Membership, Person, Timer
from keyboards.distribution import (
    DistributionAskCb,
    DistributionCb,
    DistributionOwnCb,
    DistributionSetCb,
    TakerCb,
    WeightCb,
)
from keyboards.shifts import ShiftAwayCb, ShiftCb, ShiftHeirCb, ShiftHeirsCb, ShiftSayCb
from services.distribution.settings import Setting
from services.distribution.shifts import Word
from services.dto.lead_intake import LeadInput
from services.dto.leads import RejectReason
from services.lead_making import make_lead
from tests.cast import actor_of
from tests.leads.making import contact_of, free_lead, lead_row
from tests.people.test_work_times import place
from tests.stories.desk import unhurried
from tests.tasks.ticking import tick
from tests.world import World


async def to_one(world: World, mode: str = "assign", **also: str) -> int:
    """Sales gives each lead to one person."""
    helen, sales = await actor_of(world.services, "helen"), await place(world)
    for setting, value in {"mode": mode, **also}.items():
        await world.services.distribution.set(helen, sales, Setting(setting), value)
    return sales


async def come(world: World, title: str = "Windows") -> int:
    """A lead, and a second later it has found somebody, or nobody."""
    lead = await free_lead(
        world.services, world.db, title=title, phone=f"+7916555{await world.count(Lead):04}"
    )
    await tick(world)
    return lead.id


async def owner(world: World, lead: int) -> str | None:
    query = select(Person.name).join(Lead, Lead.owner_id == Person.id).where(Lead.id == lead)
    rows = await world.rows(query)
    return rows[0][0] if rows else None


async def say(world: World, who: str, word: Word) -> None:
    actor = await actor_of(world.services, who)
    await world.services.shifts.say(actor, actor.person_id, word)


async def weigh(world: World, who: str, weight: int) -> None:
    helen, one = await actor_of(world.services, "helen"), await actor_of(world.services, who)
    await world.services.distribution.weigh(helen, await place(world), one.person_id, weight)


async def test_leads_go_in_turn_by_weight_and_each_is_told(world: World) -> None:
    await to_one(world)
    await weigh(world, "boris", 2)
    told = len(world.helen.messages)
    owners = [await owner(world, await come(world)) for _ in range(6)]
    assert sorted(owners, key=str) == ["Anna"] * 2 + ["Boris"] * 4
    assert owners[:3] == owners[3:]
    assert world.anna.text.startswith("🎯 For you\n\nWindows")
    assert "⏳ Answer by today, 12:10" in world.anna.text
    assert len(world.helen.messages) == told, "nobody else is called to it"
    await world.anna.press("📞 Call outcome", on=world.anna.screen)
    await world.anna.press("✅ Reached")
    [(action,)] = await world.rows(
        select(Event.action).where(Event.action == "lead.assign", Event.subject_id == 1)
    )
    assert action


async def test_nobody_gets_one_who_is_off_at_lunch_or_has_enough(world: World) -> None:
    await unhurried(world)
    await to_one(world, order="least", limit="3")
    await say(world, "anna", Word.LUNCH)
    assert [await owner(world, await come(world)) for _ in range(2)] == ["Boris"] * 2
    world.clock.turn(hours=1)
    assert [await owner(world, await come(world)) for _ in range(4)].count("Anna") == 3
    waiting = await come(world)
    assert await owner(world, waiting) is None
    anna = await actor_of(world.services, "anna")
    [(mine, version)] = await world.rows(
        select(Lead.id, Lead.version).where(Lead.owner_id == anna.person_id).limit(1)
    )
    await world.services.outcomes.reject(anna, mine, version, RejectReason.SPAM)
    await tick(world)
    assert await owner(world, waiting) == "Anna", "somebody has fewer than the limit again"


async def test_what_waits_goes_in_order_to_whoever_comes_and_the_head_is_told_once(world: World) -> None:
    await to_one(world)
    for who in ("anna", "boris"):
        await say(world, who, Word.OFF)
    first = await come(world, "First")
    second = await come(world, "Second")
    world.clock.turn(seconds=30)
    await tick(world)
    assert world.helen.text.startswith("📥 Nobody is free · Sales\n2 free leads wait")
    told = len(world.helen.messages)
    for _ in range(3):
        world.clock.turn(hours=1)
        await tick(world)
    assert len(world.helen.messages) == told
    await world.boris.say("/shift обед")
    assert "✅ 🍽 Lunch, 1 h" in world.boris.labels
    await world.boris.say("/shift off")
    await world.boris.say("/day")
    assert "🌙 You are off: no leads come to you" in world.boris.text
    await world.boris.press("🕘 My shift")
    await world.boris.press("🟢 On shift")
    assert "✅ 🟢 On shift" in world.boris.labels
    await tick(world)
    assert [await owner(world, one) for one in (first, second)] == ["Boris"] * 2
    events = await world.rows(
        select(Event.subject_id).where(Event.action == "lead.assign").order_by(Event.id)
    )
    assert [one for (one,) in events] == [first, second]
    row = await lead_row(world, second)
    assert row.step == "remind"
    assert row.step_at == world.clock.now() + timedelta(minutes=10)


async def test_when_all_are_to_see_them_again_they_are_told_of_what_waits(world: World) -> None:
    await to_one(world)
    for who in ("anna", "boris"):
        await weigh(world, who, 0)
    await come(world, "Doors")
    assert "Doors" not in world.anna.text
    await to_one(world, "all")
    await world.settle()
    assert "Doors" in world.anna.text
    assert world.anna.labels[0] == "✋ Take"


async def test_whoever_is_off_is_not_called_to_what_everybody_sees(world: World) -> None:
    await say(world, "anna", Word.OFF)
    await come(world)
    assert "Windows" in world.boris.text
    assert "Windows" not in world.anna.text
    await say(world, "boris", Word.LUNCH)
    await come(world, "Doors")
    assert "Doors" not in world.boris.text
    assert world.helen.labels[0] == "✋ Take"
    assert not world.helen.screen.silent, "the head's phone rings when no manager's does"


async def test_whoever_would_not_hear_of_a_lead_in_quiet_hours_gets_none(world: World) -> None:
    await to_one(world)
    anna = await actor_of(world.services, "anna")
    await world.services.quiet.choose(anna, "11-14")
    assert [await owner(world, await come(world)) for _ in range(2)] == ["Boris"] * 2
    await world.anna.say("/shift")
    assert "🔕 Quiet hours, no new leads" in world.anna.text
    await world.helen.press(data=DistributionCb(department_id=await place(world)).pack())
    assert "🔕 Anna ×1 · in quiet hours" in world.helen.text
    await world.services.quiet.wake(anna, on=True)
    assert "Anna" in [await owner(world, await come(world)) for _ in range(2)]


async def test_at_night_they_wait_for_the_department_to_open(world: World) -> None:
    await unhurried(world)
    await to_one(world)
    world.clock.turn(hours=8)  # 20:00 in Moscow
    lead = await come(world)
    assert await owner(world, lead) is None
    await world.helen.press(data=DistributionCb(department_id=await place(world)).pack())
    assert "⚪ Closed now: leads wait until it opens.\n📥 1 free lead waits" in world.helen.text
    world.clock.turn(hours=12, minutes=59)
    await tick(world)
    assert await owner(world, lead) is None
    world.clock.turn(minutes=1)
    await tick(world)
    assert await owner(world, lead) is not None
    await say(world, "boris", Word.ON)
    world.clock.turn(hours=11)
    assert await owner(world, await come(world)) == "Boris", "the shift of one who has begun it by hand"
    world.clock.turn(hours=2)
    assert await owner(world, await come(world)) is None, "and who has forgotten to end it"


async def test_a_substitute_gets_the_leads_of_who_is_away(world: World) -> None:
    await unhurried(world)
    await to_one(world)
    await world.anna.say("/shift")
    assert world.anna.text == "🕘 My shift\n🟢 On shift · until today, 18:00"
    await world.anna.press("👤 Substitute")
    assert world.anna.labels[:2] == ["Boris", "Helen"]
    await world.anna.press("Helen")
    await world.anna.press("🌴 Away until…")
    await world.anna.say("soon")
    assert "like 25.11" in world.anna.text
    await world.anna.say("25.11")
    assert world.anna.text.startswith(
        "🕘 My shift\n🌙 Off, no new leads · until 25 November, 00:00\n👤 Substitute"
    )
    assert sorted([str(await owner(world, await come(world))) for _ in range(2)]) == ["Boris", "Helen"]
    assert "in place of Anna" in world.helen.text
    world.clock.turn(days=7)
    assert sorted([str(await owner(world, await come(world))) for _ in range(2)]) == ["Anna", "Boris"]


async def test_a_head_sets_it_all_in_chat(world: World) -> None:
    helen = world.helen
    await helen.say("/team")
    await helen.press(next(label for label in helen.labels if label.startswith("Sales")))
    await helen.press("🎯 Distribution")
    assert helen.text.startswith("🎯 Distribution · Sales\nA new lead is shown to all, the first tap wins.")
    await helen.press("🎯 To one")
    await helen.press("📉 Fewest leads")
    assert "A new lead is somebody's at once: to whoever has the fewest in hand." in helen.text
    await helen.press("📚 At most in hand: no limit")
    await helen.press("5")
    assert "📚 At most in hand: 5" in helen.labels
    await helen.press("🟢 Anna ×1")
    await helen.press("×3")
    assert helen.text.startswith("🟢 Anna ×3 · on shift · in hand: 0")
    await helen.press("🕘 Shift")
    assert helen.text.startswith("🕘 Shift · Anna\n🟢 On shift")
    await helen.press("🌙 Off")
    assert "✅ 🌙 Off" in helen.labels
    [(rules,)] = await world.rows(select(Department.distribution).where(Department.id == await place(world)))
    assert rules == {"mode": "assign", "order": "least", "minutes": 5, "limit": 5}
    weights = select(Membership.weight).join(Person, Person.id == Membership.person_id)
    assert await world.rows(weights.where(Person.name == "Anna")) == [(3,)]
    events = await world.rows(select(Event.action).where(Event.action.in_(("department.rules", "shift.set"))))
    assert len(events) == 5


async def test_a_number_that_is_typed_answers_the_question(world: World) -> None:
    sales, helen = await place(world), world.helen
    await helen.press(data=DistributionAskCb(department_id=sales, setting="limit").pack())
    assert "Choose or send a number." in helen.text
    await helen.say("a few")
    assert "Please send a number from 0 to" in helen.text
    await helen.say(" 7 ")
    assert "📚 At most in hand: 7" in helen.labels
    await helen.press("📚 At most in hand: 7")
    await helen.press("✖️ Cancel")
    assert "📚 At most in hand: 7" in helen.labels


async def test_nobody_else_sets_it_and_forged_values_are_refused(world: World) -> None:
    sales = await place(world)
    anna = (await actor_of(world.services, "anna")).person_id
    one = {"department_id": sales}
    forged = [
        DistributionCb(**one),
        DistributionAskCb(**one, setting="limit"),
        DistributionSetCb(**one, setting="mode", value="assign"),
        DistributionOwnCb(**one, pipeline_id=1, own=1),
        TakerCb(**one, person_id=anna),
        WeightCb(**one, person_id=anna, weight=2),
    ]
    shifts = [
        ShiftCb(person_id=anna),
        ShiftSayCb(person_id=anna, word="off"),
        ShiftAwayCb(person_id=anna),
        ShiftHeirsCb(person_id=anna),
        ShiftHeirCb(person_id=anna, heir_id=0),
    ]
    for who, presses in {"hugo": [*forged, *shifts], "boris": [*forged, *shifts], "anna": forged}.items():
        for data in presses:
            assert await world.hands[who].press(data=data.pack()), (who, data)
    for data in (
        DistributionSetCb(**one, setting="mode", value="offering"),
        DistributionSetCb(**one, setting="limit", value="9999"),
        DistributionSetCb(**one, setting="minutes", value="0"),
        DistributionSetCb(**one, setting="colour", value="0"),
        DistributionSetCb(department_id=99_999, setting="limit", value="5"),
        DistributionAskCb(**one, setting="mode"),
        WeightCb(**one, person_id=anna, weight=11),
        WeightCb(**one, person_id=99_999, weight=1),
        TakerCb(**one, person_id=99_999),
        ShiftCb(person_id=99_999),
        ShiftSayCb(person_id=anna, word="dancing"),
        ShiftHeirCb(person_id=anna, heir_id=99_999),
    ):
        assert await world.helen.press(data=data.pack()), data
    [(rules,)] = await world.rows(select(Department.distribution).where(Department.id == sales))
    assert rules == {}
    assert await world.rows(select(Person.id).where(Person.shift != "auto")) == []


async def test_a_client_who_comes_again_goes_to_their_own_manager_or_the_substitute(world: World) -> None:
    await to_one(world)
    helen, anna = await actor_of(world.services, "helen"), await actor_of(world.services, "anna")
    client = await contact_of(world, "anna", phone="+79165550000")
    owners = []
    for n in range(3):
        async with world.db.write() as uow:
            contact = await uow.session.get_one(Contact, client)
            given = LeadInput(
                name="Petrov", phone=f"+7916555000{n}", again=True, department_id=await place(world)
            )
            lead = await make_lead(uow, helen, world.clock.now(), given, client=contact)
            owners.append(lead.owner_id)
        if n:
            boris = (await actor_of(world.services, "boris")).person_id
            await world.services.shifts.stand_in(anna, anna.person_id, boris)
        await say(world, "anna", Word.OFF)
    assert owners == [anna.person_id, anna.person_id, boris], "without a substitute it waits for them"


@pytest.mark.parametrize("leads", [6])
async def test_several_looks_at_once_give_each_lead_once(world: World, leads: int) -> None:
    await to_one(world)
    for n in range(leads):
        await free_lead(world.services, world.db, phone=f"+7916555{n:04}")
    timers = [
        row[0]
        for row in await world.rows(select(Timer).where(Timer.state == "new", Timer.kind == "lead_queue"))
    ]
    assert len(timers) > leads
    await asyncio.gather(*(world.services.timers.fire(timer) for timer in timers))
    rows = [row[0] for row in await world.rows(select(Lead))]
    assert [row.turn for row in rows] == [2] * leads
    owners = [row.owner_id for row in rows]
    assert all(owners.count(one) == leads // 2 for one in set(owners))
    given = await world.rows(select(Event.subject_id).where(Event.action == "lead.assign"))
    assert sorted(one for (one,) in given) == sorted(row.id for row in rows)
    assert await world.rows(select(Timer.id).where(Timer.state == "new", Timer.kind == "lead_queue")) == []


async def test_the_screens_speak_russian(world: World) -> None:
    for name in ("anna", "helen"):
        await world.services.people.speak(await actor_of(world.services, name), "ru")
    sales = await to_one(world)
    await weigh(world, "boris", 0)
    await come(world)
    assert world.anna.text.startswith("🎯 Вам\n\nWindows")
    await world.helen.press(data=DistributionCb(department_id=sales).pack())
    assert "Новый лид сразу получает один: по очереди, с учётом веса." in world.helen.text
    await world.anna.say("/shift")
    await world.anna.press("🌙 Не на смене")
    assert "Не на смене, новые лиды не приходят" in world.anna.text
    await come(world)
    world.clock.turn(seconds=30)
    await tick(world)
    assert world.helen.text.startswith("📥 Никто не свободен · Sales\n1 свободный лид ждёт")
