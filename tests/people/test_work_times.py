"""Working time of departments: the head says when they work, the owner too, and nobody else."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from db.models import Department, Event, SpecialDay
from keyboards.work_times import HolidaysCb, SpecialDayDropCb, WorkHoursCb, WorkTimeCb, WorkZoneCb
from services.calendars import calendars
from tests.cast import actor_of
from tests.world import World

SALES = "🗓 Working time · Sales"


async def place(world: World, name: str = "Sales") -> int:
    [(found,)] = await world.rows(select(Department.id).where(Department.name == name))
    return int(found)


async def opens(world: World, moment: datetime) -> datetime:
    async with world.db.read() as uow:
        return (await calendars(uow))[await place(world)].opens(moment)


async def open_work_time(world: World, who: str) -> None:
    hand = world.hands[who]
    await hand.say("/team")
    await hand.press(next(label for label in hand.labels if label.startswith("Sales")))
    await hand.press("🗓 Working time")


async def test_a_head_says_when_the_department_works(world: World) -> None:
    helen = world.helen
    await open_work_time(world, "helen")
    assert helen.text == (
        f"{SALES}\n🟢 Open until today, 18:00\n\nHours: Mo–Fr 9:00–18:00 (as the company)\n"
        "Time zone: Moscow (as the company)\nPublic holidays: closed"
    )
    await helen.press("🗓 Hours")
    await helen.say("mon-fri 9-13, 14-18, sat 10")
    assert "I could not read “10”" in helen.text
    await helen.say("mon-fri 9-13, 14-18, sat 10-15")
    assert "🟢 Open until today, 13:00" in helen.text
    assert "Hours: Mo–Fr 9:00–13:00, 14:00–18:00; Sa 10:00–15:00" in helen.text
    await helen.press("🕒 Time zone")
    await helen.press("Vladivostok")
    assert "🔴 Closed until tomorrow, 02:00" in helen.text
    await helen.press("🕒 Time zone")
    await helen.press("🏢 As the company")
    await helen.press("📅 Special day")
    await helen.say("31.12")
    assert "Send the day and its hours" in helen.text
    await helen.say("17.11.2026 10-15")
    assert "That day is over" in helen.text
    await helen.say("1.12-31.03 closed")
    assert "more than 31 days" in helen.text
    await helen.say("30-31 December closed")
    assert "📅 30 December – 31 December: closed" in helen.text
    await helen.press("📅 Special day")
    await helen.say("5 January 10-15")
    assert await opens(world, datetime(2026, 12, 29, 16, tzinfo=UTC)) == datetime(2027, 1, 5, 7, tzinfo=UTC)
    await helen.press("✖️ 30 December – 31 December: closed")
    await helen.press("🎉 Work on holidays")
    assert "Public holidays: open" in helen.text
    assert await opens(world, datetime(2026, 12, 29, 16, tzinfo=UTC)) == datetime(2026, 12, 30, 6, tzinfo=UTC)
    told = [
        changes
        for (changes,) in await world.rows(select(Event.changes).where(Event.action == "department.rules"))
    ]
    assert [next(iter(changes)) for changes in told] == [
        "hours", "time_zone", "time_zone", "special_days", "special_days", "special_days", "keeps_holidays",
    ]  # fmt: skip


async def test_a_department_without_hours_of_its_own_goes_by_the_company(world: World) -> None:
    await world.services.company.work(await actor_of(world.services, "olga"), "mon-fri 10-19")
    await open_work_time(world, "olga")
    assert "Hours: Mo–Fr 10:00–19:00 (as the company)" in world.olga.text
    await world.olga.press("🗓 Hours")
    await world.olga.press("every day 9:00–21:00")
    assert "Hours: every day 9:00–21:00\n" in world.olga.text
    await world.olga.press("🗓 Hours")
    await world.olga.press("🏢 As the company")
    assert "Hours: Mo–Fr 10:00–19:00 (as the company)" in world.olga.text


async def test_in_russian(world: World) -> None:
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    await world.helen.press(data=WorkTimeCb(department_id=await place(world)).pack())
    assert world.helen.text.startswith("🗓 Рабочее время · Sales\n🟢 Открыто, закроется сегодня, 18:00")
    await world.helen.press("📅 Особый день")
    await world.helen.say("1-8 января выходной")
    assert "📅 1 января 2027 – 8 января 2027: выходной" in world.helen.text


@pytest.mark.parametrize("who", ["hugo", "anna", "fiona", "max"])
async def test_nobody_else_may(world: World, who: str) -> None:
    sales, hand = await place(world), world.hands[who]
    day = date(2026, 12, 31).toordinal()
    for data in (
        WorkTimeCb(department_id=sales),
        WorkHoursCb(department_id=sales, value="daily 9-21"),
        WorkZoneCb(department_id=sales, value="Asia/Omsk"),
        HolidaysCb(department_id=sales, on=0),
        SpecialDayDropCb(department_id=sales, first=day, last=day),
    ):
        assert await hand.press(data=data.pack()), data
    [(hours, zone, keeps)] = await world.rows(
        select(Department.hours, Department.time_zone, Department.keeps_holidays).where(
            Department.id == sales
        )
    )
    assert (hours, zone, keeps) == (None, None, True)


async def test_old_and_forged_buttons_change_nothing(world: World) -> None:
    sales, helen = await place(world), world.helen
    assert await helen.press(data=WorkTimeCb(department_id=99_999).pack())
    assert await helen.press(data=WorkZoneCb(department_id=sales, value="Mars/Olympus").pack())
    assert await helen.press(data=WorkHoursCb(department_id=sales, value="never").pack())
    for first, last in ((0, 5), (5, 4), (1, 10**9)):
        assert await helen.press(data=SpecialDayDropCb(department_id=sales, first=first, last=last).pack())
    await helen.press(data=SpecialDayDropCb(department_id=sales, first=740_000, last=740_000).pack())
    assert await world.count(SpecialDay) == 0
    assert SALES in helen.text
