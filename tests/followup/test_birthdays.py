"""Birthdays of clients: told in the morning to whoever keeps them, before days off, once."""

from datetime import date

import pytest
from sqlalchemy import select

from db.models import Contact, Deal, Pipeline, Stage
from services.followup.rules import Rule
from services.understanding.fold import fold
from tests.cast import actor_of
from tests.followup.mornings import Days
from tests.leads.making import department_id


async def client(days: Days, name: str, birthday: str, who: str = "anna", year: int | None = None) -> int:
    actor = await actor_of(days.services, who)
    async with days.db.write() as uow:
        contact = Contact(
            name=name,
            search=fold(name),
            birthday=birthday,
            birth_year=year,
            owner_id=actor.person_id,
            department_id=await department_id(days.db),
            created_at=days.clock.now(),
        )
        uow.session.add(contact)
        await uow.session.flush()
        return contact.id


async def test_birthdays_of_today_and_of_the_days_off_before_the_next_day_of_work(days: Days) -> None:
    today = await client(days, "Maria", "11-20", year=1986)
    sunday = await client(days, "Pyotr", "11-22")
    await client(days, "Olga", "11-23")
    await client(days, "Nina", "11-21", who="victor")
    await days.until("20 09:00")
    anna = await actor_of(days.services, "anna")
    mine = next(row for row in await days.told() if row.person_id == anna.person_id)
    assert mine.params == {"tasks": [], "contacts": [today, sunday]}
    shown = await days.services.follow_ups.told(anna, [], [today, sunday])
    assert [(one.name, one.day, one.turns) for one in shown.greetings] == [
        ("Maria", date(2026, 11, 20), 40),
        ("Pyotr", date(2026, 11, 22), None),
    ]
    victor = await actor_of(days.services, "victor")
    assert (await days.services.follow_ups.told(victor, [], [today])).empty, "they are not his"
    assert len(await days.told()) == 2
    await days.until("20 18:00")
    assert len(await days.told()) == 2


async def test_each_is_told_once_as_early_as_the_earliest_of_their_pipelines_says(
    days: Days,
) -> None:
    """On Friday three days ahead is Monday; Tuesday is three days after Saturday, which is a day off."""
    helen = await actor_of(days.services, "helen")
    async with days.db.write() as uow:
        other = Pipeline(name="Service", position=1, rules={}, created_at=days.clock.now())
        uow.session.add(other)
        await uow.session.flush()
        stage = Stage(pipeline_id=other.id, name="New", position=0, kind="open", required=[])
        uow.session.add(stage)
        await uow.session.flush()
    await days.services.follow_up_settings.set(helen, other.id, Rule.GREET, 3)
    deals = [await days.deal(name=name) for name in ("Both", "There", "There on Tuesday", "Here", "Both too")]
    async with days.db.write() as uow:
        made = {row.name: row for row in (await uow.session.scalars(select(Contact))).all()}
        for name, birthday in (("Both", 23), ("There", 23), ("There on Tuesday", 24), ("Here", 23)):
            made[name].birthday = f"11-{birthday}"
        for deal in (
            await uow.session.scalars(select(Deal).where(Deal.id.in_(deals[1:3] + deals[4:])))
        ).all():
            deal.pipeline_id, deal.stage_id = other.id, stage.id
        (await uow.session.get_one(Deal, deals[4])).contact_id = made["Both"].id
    await days.until("20 09:00")
    early = {made[name].id for name in ("Both", "There", "There on Tuesday")}
    assert [set(row.params["contacts"]) for row in await days.told()] == [early]
    anna = await actor_of(days.services, "anna")
    shown = await days.services.follow_ups.told(anna, [], sorted(early))
    assert [one.day.day for one in shown.greetings] == [23, 23, 24]
    for morning in ("23 09:00", "24 09:00"):
        await days.until(morning)
    assert [row.params["contacts"] for row in await days.told() if row.params["contacts"]][1:] == [
        [made["Here"].id]
    ]


@pytest.mark.parametrize("dealt", [False, True])
async def test_they_are_not_told_where_the_rule_is_off(days: Days, *, dealt: bool) -> None:
    helen = await actor_of(days.services, "helen")
    await days.services.follow_up_settings.set(helen, 1, Rule.GREET, None)
    if dealt:
        await days.deal()
        async with days.db.write() as uow:
            contact = await uow.session.get_one(Contact, 1)
            contact.birthday = "11-19"
    else:
        await client(days, "Maria", "11-19")
    await days.until("19 09:00")
    assert await days.told() == []
    await days.services.follow_up_settings.set(helen, 1, Rule.GREET, 0)
    async with days.db.write() as uow:
        contact = (await uow.session.scalars(select(Contact))).one()
        contact.birthday = "11-20"
    await days.until("20 09:00")
    assert len(await days.told()) == 1
