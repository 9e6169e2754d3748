"""Digests come at their hour, once, to whom they are for, and lead to the lists behind their figures."""

from datetime import date, datetime

import pytest
from sqlalchemy import select, update

from bot.i18n import Speech
from db.models import Deal, Department, Outbox, Person
from handlers.views.digest_picture import gauges
from keyboards.digests import DigestCb, DigestLossesCb, DigestPeopleCb, DigestPostCb, DigestWantCb
from services.dto.leads import CallOutcome
from services.dto.plans import Target
from services.plans.pace import month_code
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.leads.making import free_lead
from tests.people.test_work_times import place
from tests.tasks.ticking import set_task, tick
from tests.world import World

MONDAY = datetime.fromisoformat("2026-11-23T09:00:30+03:00")
TUESDAY = datetime.fromisoformat("2026-11-24T09:00:30+03:00")
EVENING = datetime.fromisoformat("2026-11-18T18:00:30+03:00")
THURSDAY = datetime.fromisoformat("2026-11-19T09:00:30+03:00")


async def go(world: World, moment: datetime) -> None:
    """To a moment with a round shortly before it, as the program has them all five minutes."""
    for until in (moment.timestamp() - 300, moment.timestamp()):
        world.clock.turn(seconds=until - world.clock.now().timestamp())
        await tick(world)


async def queued(world: World, kind: str) -> list[int]:
    return sorted(row[0] for row in await world.rows(select(Outbox.chat_id).where(Outbox.kind == kind)))


async def a_week(world: World) -> int:
    """Three leads, one answered in time, and three deals closed; the team chat of Sales."""
    anna = await actor_of(world.services, "anna")
    for n in range(3):
        lead = await free_lead(world.services, world.db, phone=f"+791655501{n:02}", title=f"Door {n}")
        if n < 2:
            await world.services.leads.take(anna, lead.id)
        if n == 0:
            world.clock.turn(minutes=4)
            await world.services.leads.log_call(anna, lead.id, CallOutcome.REACHED)
    for owner, stage, amount in (
        ("anna", "Paid", 1),
        ("anna", "Paid", 1),
        ("anna", "Lost", 1),
        ("victor", "Paid", 9),
    ):
        deal = await make_deal(world, owner=owner, stage=stage, amount=amount * 100_000_00)
        async with world.db.write() as uow:
            await uow.session.execute(
                update(Deal).where(Deal.id == deal).values(closed_on=date(2026, 11, 18))
            )
    group = world.telegram.add_group("Sales team", [hand.person for hand in world.hands.values()])
    async with world.db.write() as uow:
        department = await uow.people.department(await place(world))
        assert department is not None
        department.chat_id = group.id
    await world.settle()
    return group.id


async def test_on_monday_the_week_comes_to_the_head_and_the_team_chat_with_its_picture(world: World) -> None:
    await world.services.digest_round.begin()
    chat = await a_week(world)
    await go(world, MONDAY)
    card = next(one for one in reversed(world.helen.messages) if "🗞" in one.text)
    assert card.content["photo"]
    assert card.text.startswith("🗞 Nov 16–22 · Sales\n\n📥 Leads: 3 (▲ 3)\n")
    assert "⚡️ Answered in time: 33 %\n⏱ First answer: usually in 4 min" in card.text
    assert "🟢 Won: 2 · ₽200,000" in card.text
    assert "🔴 Lost: 1" in card.text
    assert "🏆 Anna ₽200,000" in card.text
    posted = [one for one in world.telegram.messages(world.telegram.groups[chat]) if "🗞" in one.text]
    assert len(posted) == 1
    assert posted[0].text == f"{card.text}\n\n📥 Free leads now: 1"
    for figure in ("👥 By manager", "❓ Why lost"):
        await world.helen.press(figure, on=card)
        assert "Anna" in world.helen.text or "no reason given" in world.helen.text
        await world.helen.press("◀️ Back")
        assert world.helen.text.startswith("🗞 Nov 16–22")
    await world.helen.press("📥 Free leads: 1", on=card)
    assert "Door 2" in " ".join(world.helen.labels)
    assert await world.anna.press("📊 Report", on=posted[0]), "a manager has no reports"


async def test_nobody_gets_one_twice_whatever_restarts(world: World) -> None:
    await world.services.digest_round.begin()
    await world.services.digest_round.begin()
    await set_task(world, "anna", hours=30)
    await a_week(world)
    await go(world, EVENING)
    assert await queued(world, "digest") == [1001, 1002, 1005]
    await go(world, THURSDAY)
    mornings = await queued(world, "morning")
    assert mornings == [1002, 1003, 1004, 1005, 1006]
    assert world.anna.text.startswith("☀️ Good morning, Anna!\nToday is Thursday, 19 November.")
    assert "⏰ 1 lead waits for your answer\n📥 1 free lead\n🔴 Overdue: 1\n📌 Today: 1\n" in world.anna.text
    assert world.anna.text.endswith("• today, 18:00 Call Ivan")
    await world.services.digest_round.begin()
    for _ in range(4):
        world.clock.turn(minutes=50)
        await tick(world)
    assert await queued(world, "morning") == mornings
    await go(world, TUESDAY)
    assert await queued(world, "morning") == sorted(2 * mornings), "a night and a weekend without a round"


async def test_after_a_long_outage_only_what_is_still_of_use_comes(world: World) -> None:
    await world.services.digest_round.begin()
    world.clock.turn(seconds=TUESDAY.timestamp() + 6 * 3600 - world.clock.now().timestamp())
    await tick(world)
    assert await queued(world, "morning") == []
    assert set(await queued(world, "digest")) == {1001, 1002, 1005}


async def test_each_switches_off_what_they_do_not_want(world: World) -> None:
    await world.services.digest_round.begin()
    await a_week(world)
    await world.helen.say("/profile")
    await world.helen.press("🗞 Digests")
    for label in ("✅ Monday: the week before", "✅ Evening: how the day went", "✅ Team chat: Sales"):
        await world.helen.press(label)
    assert world.helen.labels[:5] == [
        "✅ Morning: what waits today",
        "⬜️ Evening: how the day went",
        "⬜️ Monday: the week before",
        "✅ Monday: its figures in Excel",
        "⬜️ Team chat: Sales",
    ]
    await go(world, MONDAY)
    assert await queued(world, "digest") == [1001, 1005]
    await world.helen.press(data="gzw:week:1")
    assert "✅ Monday: the week before" in world.helen.labels


async def test_the_week_by_a_command_and_in_russian(world: World) -> None:
    await a_week(world)
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    await world.helen.say("/digest")
    assert world.helen.text.startswith("🗞 16–18 нояб. · Sales\n\n📥 Лидов: 3 (▲ 3)")
    assert "⏱ Первый ответ: обычно за 4 мин" in world.helen.text
    await world.helen.press("📣 Источники")
    assert "сайт" in world.helen.text
    await world.olga.say("/digest")
    assert "all departments" in world.olga.text
    assert "🟢 Won: 3 · ₽1,100,000" in world.olga.text


@pytest.mark.parametrize("who", ["anna", "fiona", "max"])
async def test_nobody_else_sees_or_sets_them(world: World, who: str) -> None:
    hand, sales = world.hands[who], await place(world)
    for data in (
        DigestCb(period=0),
        DigestPeopleCb(period=0),
        DigestLossesCb(period=0),
        DigestPostCb(department_id=sales, on=0),
        DigestWantCb(kind="week", on=0),
    ):
        assert await hand.press(data=data.pack()), data
    [(posts,)] = await world.rows(select(Department.posts_digest).where(Department.id == sales))
    assert posts
    assert [off for (off,) in await world.rows(select(Person.digests_off)) if off] == []


async def test_foreign_departments_and_unknown_digests_are_refused(world: World) -> None:
    sales = await place(world)
    for data in (
        DigestPostCb(department_id=sales, on=0),
        DigestPostCb(department_id=99_999, on=0),
        DigestWantCb(kind="nothing", on=0),
    ):
        assert await world.hugo.press(data=data.pack()), data


async def test_a_manager_who_has_nothing_to_do_is_left_in_peace(world: World) -> None:
    await world.services.digest_round.begin()
    before = len(world.boris.messages)
    await go(world, THURSDAY)
    assert len(world.boris.messages) == before


async def test_the_week_stands_against_the_plan_of_its_month(world: World) -> None:
    await world.services.digest_round.begin()
    chat = await a_week(world)
    helen, sales = await actor_of(world.services, "helen"), await place(world)
    november = month_code(date(2026, 11, 1))
    for person, amount in (
        (0, 1_000_000_00),
        ((await actor_of(world.services, "anna")).person_id, 160_000_00),
    ):
        await world.services.plans.put(helen, november, sales, person, amount)
    await go(world, MONDAY)
    card = next(one for one in reversed(world.helen.messages) if "🗞" in one.text)
    told = (
        "🎯 Plan · November 2026\n🟢 Sold: ₽200,000 of ₽1,000,000 · 20 %\n⏳ To go: ₽800,000\n"
        "📉 By now it would be ₽700,000: behind by ₽500,000"
    )
    assert told in card.text
    posted = [one for one in world.telegram.messages(world.telegram.groups[chat]) if "🗞" in one.text]
    assert told in posted[0].text
    assert "160" not in posted[0].text, "a team chat hears nobody's own plan"
    await world.helen.press("👥 By manager", on=card)
    anna = next(line.split() for line in world.helen.text.splitlines() if line.startswith("Anna"))
    assert anna[-1] == "125%"
    [morning] = [one for one in world.anna.messages if "☀️ Good morning" in one.text]
    assert morning.text.endswith(
        "🎯 Your plan · November 2026\n🟢 Sold: ₽200,000 of ₽160,000 · 125 %\n🏁 The plan is met."
    )
    shown = await world.services.digests.of_headed(helen, date(2026, 11, 16), date(2026, 11, 22))
    assert shown.plan is not None
    assert shown.plan.days == Target(plan=250_000_00, done=200_000_00), "five of twenty working days"
    assert [
        (one.label, one.value, round(one.due, 2))
        for one in gauges(shown, Speech("en", helen.zone, world.clock))
    ] == [
        ("Nov 16–22", "80 %", 0),
        ("November 2026", "20 %", 0.7),
    ]
    long = await world.services.digests.of_headed(helen, date(2026, 11, 1), date(2026, 11, 30))
    assert long.plan is not None
    assert long.plan.days is None
