"""Taking an import back: everything that it made, but for what somebody has touched since."""

from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.i18n import Speech
from db.models import Company, Contact, Deal, Person
from handlers.views import imports as views
from services.access import Actor
from services.bundle import Services
from services.dto.imports import ImportState
from services.errors import StaleError
from tests.cast import TurnedClock
from tests.imports.conftest import Desk

Rows = Callable[[Any], Awaitable[list[Any]]]
Find = Callable[[str], Awaitable[Actor]]

TABLE = (
    "title,manager,company,contact,phone\n"
    "Changed,Zoe,Horns,Ivan,+79161234501\n"
    "Noted,Zoe,Horns,Petr,+79161234502\n"
    "Untouched,Yan,Hoofs,Olga,+79161234503\n"
)


async def deal_named(rows: Rows, title: str) -> int:
    [(deal,)] = await rows(select(Deal.id).where(Deal.title == title))
    return int(deal)


async def test_what_was_touched_since_stays_and_is_named(desk: Desk, services: Services, rows: Rows) -> None:
    card = await desk.run(TABLE)
    await services.deals.set_amount(desk.owner, await deal_named(rows, "Changed"), 500_00)
    await services.deals.add_note(desk.owner, await deal_named(rows, "Noted"), "He called back")
    back = await desk.take_back(card)
    assert (back.state, back.removed, back.kept) == (ImportState.UNDONE, 1, 2)
    assert [deal.name for deal in back.kept_deals] == ["Changed", "Noted"]
    assert sorted(await rows(select(Company.name))) == [("Horns",)]
    assert sorted(await rows(select(Contact.name))) == [("Ivan",), ("Petr",)]
    assert sorted(await rows(select(Person.name).where(Person.status == "imported"))) == [("Zoe",)]


async def test_it_is_taken_back_once_however_often_it_is_asked(desk: Desk) -> None:
    card = await desk.run(TABLE)
    await desk.imports.take_back(desk.owner, card.id)
    with pytest.raises(StaleError):
        await desk.imports.take_back(desk.owner, card.id)
    back = await desk.settle(card)
    assert back.removed == 3
    with pytest.raises(StaleError):
        await desk.imports.take_back(desk.owner, card.id)


async def test_people_who_got_deals_of_another_import_stay(desk: Desk, rows: Rows) -> None:
    card = await desk.run(TABLE)
    await desk.run("title,manager,company\nOther,Zoe,Horns\n")
    await desk.take_back(card)
    assert await rows(select(Deal.title)) == [("Other",)]
    assert await rows(select(Person.name).where(Person.status == "imported")) == [("Zoe",)]
    assert await rows(select(Company.name)) == [("Horns",)]


async def test_people_who_have_joined_meanwhile_stay(desk: Desk, rows: Rows) -> None:
    card = await desk.run(TABLE)
    async with desk.db.write() as uow:
        zoe = await uow.session.scalar(select(Person).where(Person.name == "Zoe"))
        assert zoe is not None
        zoe.status, zoe.telegram_id = "active", 4242
    back = await desk.take_back(card)
    assert (back.joined, back.joined_people) == (1, ("Zoe",))
    assert await rows(select(Person.name).where(Person.import_id == card.id)) == [("Zoe",)]
    told = views.card(back, Speech("en", ZoneInfo("UTC"), TurnedClock()))
    assert "1 person has joined meanwhile and stays: Zoe" in told.text
    told = views.card(back, Speech("ru", ZoneInfo("UTC"), TurnedClock()))
    assert "1 человек уже работает с ботом и остаётся: Zoe" in told.text


async def test_a_large_import_goes_portion_by_portion(desk: Desk, rows: Rows) -> None:
    lines = "".join(f"{n},Deal {n},Company {n}\n" for n in range(1203))
    card = await desk.run(f"id,title,company\n{lines}")
    assert card.made == 1203
    back = await desk.take_back(card)
    assert (back.removed, back.kept) == (1203, 0)
    assert await rows(select(func.count()).select_from(Company)) == [(0,)]


async def test_what_was_taken_back_leaves_its_numbers_to_nobody(desk: Desk, rows: Rows) -> None:
    """Buttons and history go on naming what is deleted; they must never name something else."""
    first = await desk.run(TABLE)
    models = (Deal, Contact, Company, Person)
    before = [set(await rows(select(model.id).where(model.import_id == first.id))) for model in models]
    assert all(before)
    await desk.take_back(first)
    second = await desk.run(TABLE)
    after = [set(await rows(select(model.id).where(model.import_id == second.id))) for model in models]
    assert all(after)
    assert not [model for model, old, new in zip(models, before, after, strict=True) if old & new]
