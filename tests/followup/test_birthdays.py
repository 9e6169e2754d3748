"""Birthdays of clients: told in the morning to whoever keeps them, before days off, once."""

from datetime import date

import pytest
from sqlalchemy import select

from db.models import Contact
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


@pytest.mark.parametrize("dealt", [False, True])
async def test_they_are_not_told_where_the_rule_is_off(days: Days, *, dealt: bool) -> None:
    helen = await actor_of(days.services, "helen")
    await days.services.follow_up_settings.set(helen, 1, Rule.GREET, 0)
    if dealt:
        await days.deal()
        async with days.db.write() as uow:
            contact = await uow.session.get_one(Contact, 1)
            contact.birthday = "11-19"
    else:
        await client(days, "Maria", "11-19")
    await days.until("19 09:00")
    assert await days.told() == []
    await days.services.follow_up_settings.set(helen, 1, Rule.GREET, 1)
    async with days.db.write() as uow:
        contact = (await uow.session.scalars(select(Contact))).one()
        contact.birthday = "11-20"
    await days.until("20 09:00")
    assert len(await days.told()) == 1
