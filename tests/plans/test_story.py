"""Plans are set in chat by who heads, seen by who has one, and stand beside what was sold."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import select, update

from bot.i18n import Speech
from db.models import Deal, Event, Person, SalesPlan
from handlers.views.digests import digest
from keyboards.plan_data import PlanAskCb, PlanCb, PlanClearCb
from services.errors import AppError, ForbiddenError, NotFoundError
from services.plans.pace import month_code
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.people.test_work_times import place
from tests.world import World

NOVEMBER = month_code(date(2026, 11, 1))


async def win(world: World, owner: str, units: int, day: date = date(2026, 11, 17)) -> None:
    """A deal that was won on a day."""
    deal = await make_deal(world, owner=owner, stage="Paid", amount=units * 100)
    async with world.db.write() as uow:
        await uow.session.execute(update(Deal).where(Deal.id == deal).values(closed_on=day))


async def plans(world: World) -> dict[tuple[int, int | None], int]:
    rows = await world.rows(select(SalesPlan.department_id, SalesPlan.person_id, SalesPlan.amount))
    return {(department, person): amount for department, person, amount in rows}


async def test_a_head_sets_the_plans_and_sees_who_is_how_far(world: World) -> None:
    await win(world, "anna", 620_000)
    await win(world, "anna", 99_000, date(2026, 10, 31))
    await win(world, "victor", 1)
    await make_deal(world, owner="anna", stage="Awaiting payment", amount=5_000_000_00)
    await world.helen.say("/report")
    await world.helen.press("🎯 Plan")
    assert world.helen.text.startswith("🎯 Plan · November 2026 · Sales\nNo plan yet. Sold: ₽620,000")
    await world.helen.press("🏢 Department")
    assert world.helen.text.startswith("🎯 What is Sales to sell in November 2026?")
    await world.helen.say("a lot")
    assert world.helen.text.startswith("I could not read a sum")
    await world.helen.say("1,5 млн")
    assert "🟢 Sold: ₽620,000 of ₽1,500,000 · 41 %\n⏳ To go: ₽880,000" in world.helen.text
    assert "Managers together: ₽0, ₽1,500,000 are given to nobody" in world.helen.text
    for name, sum_ in (("Anna", "1.2 mln"), ("Boris", "400k")):
        await world.helen.press(name)
        await world.helen.say(sum_)
    assert "Managers together: ₽1,600,000, ₽100,000 above the department" in world.helen.text
    assert "📉 By now it would be ₽900,000: behind by ₽280,000" in world.helen.text
    assert "📅 Working days: 12 of 20" in world.helen.text
    table = [line.split() for line in world.helen.text.splitlines() if line.startswith(("Anna", "Boris"))]
    assert table == [["Anna", "1,200,000", "620,000", "52"], ["Boris", "400,000", "0", "0"]]
    await world.helen.press("Boris")
    assert world.helen.text.endswith("Now: ₽400,000")
    await world.helen.press("🗑 No plan")
    await world.helen.press("🏢 Department")
    await world.helen.press("✖️ Cancel")
    await world.helen.press("🏢 Department")
    await world.helen.say("0")
    assert "The plan is that of the managers together." in world.helen.text
    assert "of ₽1,200,000 · 52 %" in world.helen.text
    await world.helen.press("December 2026 ▶️")
    assert world.helen.text.startswith("🎯 Plan · December 2026 · Sales\nNo plan yet. Sold: ₽0")
    told = await world.rows(select(Event.changes).where(Event.action == "plan.set").order_by(Event.id))
    assert [changes["plan"] for (changes,) in told] == [
        [None, 1_500_000_00], [None, 1_200_000_00], [None, 400_000_00], [400_000_00, None],
        [1_500_000_00, None],
    ]  # fmt: skip


async def test_another_plan_is_shown_as_soon_as_it_is_set(world: World) -> None:
    await world.helen.say("/plan")
    for whose, first, then in (("🏢 Department", "1 mln", "2 mln"), ("Anna", "300k", "500k")):
        for typed in (first, then):
            await world.helen.press(whose)
            await world.helen.say(typed)
    assert "Sold: ₽0 of ₽2,000,000" in world.helen.text
    assert "Managers together: ₽500,000" in world.helen.text


async def test_the_owner_sees_all_departments_and_a_manager_only_their_own(world: World) -> None:
    sales, service = await place(world), await place(world, "Service")
    olga = await actor_of(world.services, "olga")
    victor, anna = [(await actor_of(world.services, name)).person_id for name in ("victor", "anna")]
    put = world.services.plans.put
    await put(olga, NOVEMBER, sales, 0, 1_000_000_00)
    await put(olga, NOVEMBER, sales, anna, 300_000_00)
    await put(olga, NOVEMBER, service, victor, 200_000_00)
    await win(world, "anna", 500_000)
    await world.services.people.speak(olga, "ru")
    await world.olga.say("/plan")
    assert world.olga.text.replace("\xa0", " ").startswith(
        "🎯 План · Ноябрь 2026 · все отделы\n🟢 Продано: 500 000 ₽ из 1 200 000 ₽ · 42 %"
    )
    await world.olga.press("Service")
    assert "План отдела — сумма планов менеджеров." in world.olga.text
    await world.olga.press("◀️ Все отделы")
    assert "Sales" in world.olga.labels
    await world.anna.say("/menu")
    await world.anna.press("🎯 My plan")
    assert world.anna.text == (
        "🎯 Plan · November 2026 · Sales\n🟢 Sold: ₽500,000 of ₽300,000 · 167 %\n🏁 The plan is met.\n"
        "📅 Working days: 12 of 20"
    )
    assert "1,000,000" not in world.anna.text
    assert [label for label in world.anna.labels if "2026" not in label] == ["☰ Menu"]
    await world.boris.say("/plan")
    assert "No plan yet. Sold: ₽0" in world.boris.text


async def test_nobody_sets_what_they_do_not_head(world: World) -> None:
    sales, service = await place(world), await place(world, "Service")
    helen = await actor_of(world.services, "helen")
    anna = (await actor_of(world.services, "anna")).person_id
    await world.services.plans.put(helen, NOVEMBER, sales, anna, 1_00)
    before = await plans(world)
    for name in ("anna", "victor", "hugo", "fiona", "max"):
        for data in (
            PlanAskCb(month=NOVEMBER, department_id=sales),
            PlanClearCb(month=NOVEMBER, department_id=sales, person_id=anna),
        ):
            assert await world.hands[name].press(data=data.pack()), (name, data)
    for data in (
        PlanCb(department_id=service),
        PlanCb(department_id=99_999),
        PlanAskCb(month=NOVEMBER, department_id=sales, person_id=99_999),
        PlanAskCb(
            month=NOVEMBER, department_id=sales, person_id=(await actor_of(world.services, "fiona")).person_id
        ),
        PlanClearCb(month=NOVEMBER, department_id=service),
    ):
        assert await world.helen.press(data=data.pack()), data
    assert await plans(world) == before == {(sales, anna): 1_00}
    for name in ("fiona", "max"):
        with pytest.raises(ForbiddenError):
            await world.services.plans.board(await actor_of(world.services, name))
    with pytest.raises(NotFoundError):
        await world.services.plans.board(await actor_of(world.services, "anna"), 0, service)


async def test_two_who_set_a_plan_at_once_leave_one(world: World) -> None:
    sales = await place(world)
    heads = [await actor_of(world.services, name) for name in ("helen", "olga")]
    for person in (0, (await actor_of(world.services, "anna")).person_id):
        await asyncio.gather(
            *(
                world.services.plans.put(head, NOVEMBER, sales, person, n * 100)
                for n, head in enumerate(heads, 1)
            )
        )
    assert len(await plans(world)) == 2
    with pytest.raises(AppError, match=r"currency\.used"):
        await world.services.company.count_in(heads[1], "USD")


async def test_who_has_no_plan_is_not_held_against_those_of_the_others(world: World) -> None:
    for owner, units in (("anna", 87_000), ("boris", 400_000), ("helen", 13_000)):
        await win(world, owner, units)
    sales, helen = await place(world), await actor_of(world.services, "helen")
    people = {name: (await actor_of(world.services, name)).person_id for name in ("anna", "boris")}
    await world.services.plans.put(helen, NOVEMBER, sales, people["anna"], 150_000_00)
    await world.helen.say("/plan")
    told = "🟢 Sold: ₽87,000 of ₽150,000 · 58 %"
    only = "👥 A plan is set for 1 of 3: only their sales are counted."
    assert told in world.helen.text
    assert f"{only}\nAll that was sold here: ₽500,000" in world.helen.text
    await world.olga.say("/plan")
    assert told in world.olga.text
    assert only in world.olga.text
    shown = await world.services.digests.of_headed(helen, date(2026, 11, 16), date(2026, 11, 18))
    assert shown.plan is not None
    assert shown.plan.days is not None
    assert (shown.plan.target.done, shown.plan.days.done) == (87_000_00, 87_000_00)
    assert [one.person.name for one in shown.plan.people] == ["Anna"]
    assert only in digest(shown, Speech("en", helen.zone, world.clock)).text
    await world.services.plans.put(helen, NOVEMBER, sales, 0, 200_000_00)
    await world.helen.say("/plan")
    assert "🟢 Sold: ₽500,000 of ₽200,000" in world.helen.text
    assert "A plan is set for" not in world.helen.text


async def test_what_former_colleagues_have_sold_has_a_row(world: World) -> None:
    for owner, units in (("anna", 10_000), ("boris", 90_000)):
        await win(world, owner, units)
    sales, olga = await place(world), await actor_of(world.services, "olga")
    boris = (await actor_of(world.services, "boris")).person_id
    async with world.db.write() as uow:
        await uow.session.execute(update(Person).where(Person.id == boris).values(status="left"))
    await world.services.plans.put(olga, NOVEMBER, sales, 0, 1_000_000_00)
    await world.helen.say("/plan")
    table = [line.split() for line in world.helen.text.splitlines()]
    assert "Sold: ₽100,000 of" in world.helen.text
    assert ["Anna", "–", "10,000"] in table
    assert ["Ex-colleagues", "–", "90,000"] in table
    assert not [line for line in table if line[:1] == ["Boris"]]


async def test_what_is_counted_is_told_in_whole_units(world: World) -> None:
    await world.helen.say("/plan")
    await world.helen.press("🏢 Department")
    await world.helen.say("1 000 003")
    assert "📉 By now it would be ₽600,002: behind by ₽600,002" in world.helen.text
