"""What an import makes: deals, people known by name only, companies, contacts, a pipeline."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from db.models import Company, ContactPoint, Deal, Department, Membership, Person, Pipeline, Stage
from services.dto.imports import ImportState
from tests.imports.conftest import Desk

Rows = Callable[[Any], Awaitable[list[Any]]]


async def test_owners_are_known_again_by_name_and_new_ones_are_names_only(desk: Desk, rows: Rows) -> None:
    await desk.run("title,manager\nA,anna\nB,Ｚoë Bell\nC,ZOE BELL\nD,\n")
    query = (
        select(Deal.title, Person.name, Person.status, Person.role, Person.reachable, Department.name)
        .outerjoin(Person, Person.id == Deal.owner_id)
        .outerjoin(Membership, Membership.person_id == Person.id)
        .outerjoin(Department, Department.id == Membership.department_id)
        .order_by(Deal.title)
    )
    zoe = (await rows(query))[1][1]
    assert [tuple(row) for row in await rows(query)] == [
        ("A", "Anna", "active", "manager", True, "Sales"),
        ("B", zoe, "imported", "manager", False, "Sales"),
        ("C", zoe, "imported", "manager", False, "Sales"),
        ("D", None, None, None, None, None),
    ]


async def test_deals_go_to_the_department_that_their_row_names(desk: Desk, rows: Rows) -> None:
    await desk.run("title,department\nA,service\nB,Moon\n")
    query = select(Deal.title, Department.name).join(Department, Department.id == Deal.department_id)
    assert sorted(tuple(row) for row in await rows(query)) == [("A", "Service"), ("B", "Sales")]


async def test_the_same_phone_or_address_is_the_same_contact(desk: Desk, rows: Rows) -> None:
    await desk.run(
        "title,contact,phone,email,company\n"
        "A,Ivan,8 916 123-45-67,ivan@example.com,Horns\n"
        "B,Ivan Petrov,+79161234567,,Horns\n"
        "C,I. Petrov,,IVAN@example.com,\n"
        "D,Olga,,,Horns\n"
        "E,olga,,,HORNS\n"
        "F,Olga,,,\n"
        "G,Olga,,,\n"
        "H,,,,Hoofs\n"
    )
    contacts = [row[0] for row in await rows(select(Deal.contact_id).order_by(Deal.title))]
    a, b, c, d, e, f, g, h = contacts
    assert a == b == c
    assert d == e
    assert len({a, d, f, g}) == 4
    assert h is None
    assert await rows(select(func.count()).select_from(Company)) == [(2,)]
    points = select(ContactPoint.value).where(ContactPoint.contact_id == a).order_by(ContactPoint.id)
    assert await rows(points) == [("+79161234567",), ("ivan@example.com",)]


async def test_a_column_of_clients_that_holds_phones_makes_contacts_and_no_company(
    desk: Desk, rows: Rows
) -> None:
    card = await desk.run("Сделка,Клиент\nA,8 916 123-45-67\nB,+7 903 111-22-33\nC,89161234567\n")
    assert card.state == ImportState.DONE
    assert await rows(select(func.count()).select_from(Company)) == [(0,)]
    points = select(Deal.title, ContactPoint.value).join(
        ContactPoint, ContactPoint.contact_id == Deal.contact_id
    )
    assert sorted(tuple(row) for row in await rows(points)) == [
        ("A", "+79161234567"),
        ("B", "+79031112233"),
        ("C", "+79161234567"),
    ]


async def test_a_pipeline_as_in_the_file_can_be_won_and_lost(desk: Desk, rows: Rows) -> None:
    card = await desk.run("title,stage\nA,Sniffing\nB,Biting\nC,Awaiting payment\n", "fishing.csv")
    assert (card.state, card.made) == (ImportState.DONE, 3)
    query = (
        select(Stage.name, Stage.kind)
        .join(Pipeline, Pipeline.id == Stage.pipeline_id)
        .where(Pipeline.name == "fishing")
        .order_by(Stage.position)
    )
    assert [tuple(row) for row in await rows(query)] == [
        ("Sniffing", "open"),
        ("Biting", "open"),
        ("Awaiting payment", "payment"),
        ("Paid", "won"),
        ("Lost", "lost"),
    ]
    stage = select(Deal.title, Stage.name).join(Stage, Stage.id == Deal.stage_id).order_by(Deal.title)
    assert [name for _, name in await rows(stage)] == ["Sniffing", "Biting", "Awaiting payment"]
    back = await desk.take_back(card)
    assert back.state == ImportState.UNDONE
    assert await rows(query) == []


async def test_without_a_stage_column_deals_begin_at_the_first_stage(desk: Desk, rows: Rows) -> None:
    await desk.run("product;client;sum\nWindows;Horns;150 000,50\n")
    query = select(Deal.title, Deal.amount, Stage.name).join(Stage, Stage.id == Deal.stage_id)
    assert [tuple(row) for row in await rows(query)] == [("Windows · Horns", 150_000_50, "New")]


async def test_an_open_deal_has_no_day_of_closing(desk: Desk, rows: Rows) -> None:
    await desk.run("title,stage,closed\nHoped for,New,2030-01-01\n")
    assert await rows(select(Deal.closed_on)) == [(None,)]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "<b>&amp;", "\u202eevil", "🦄" * 200])
async def test_whatever_a_cell_says_stays_text(desk: Desk, rows: Rows, text: str) -> None:
    await desk.run(f"title,manager,company\n{text},{text},{text}\n")
    [(title,)] = await rows(select(Deal.title))
    assert title == text.replace("\u202e", "")


async def test_five_thousand_emoji_are_too_long_and_come_back_whole(desk: Desk) -> None:
    unicorns = "🦄" * 5000
    card = await desk.run(f"title,manager\n{unicorns},Anna\nFine,{unicorns}\nGood,Anna\n")
    assert (card.made, card.failed) == (1, 2)
    failed = await desk.imports.failed_rows(desk.owner, card.id)
    assert failed.rows[0].cells[0] == unicorns
    assert len(failed.rows[0].faults[0].detail) < 100


async def test_a_file_of_ever_new_owners_brings_only_so_many(desk: Desk, rows: Rows) -> None:
    lines = "".join(f"Deal {n},Person {n}\n" for n in range(520))
    card = await desk.run(f"title,manager\n{lines}")
    assert (card.made, card.failed) == (500, 20)


async def test_a_file_of_ever_new_stages_makes_no_pipeline(desk: Desk) -> None:
    lines = "".join(f"Deal {n},Stage {n}\n" for n in range(500))
    card = await desk.hand_in(f"title,stage\n{lines}Sold,New\n")
    assert card.preview is not None
    assert (card.preview.own_pipeline, card.preview.good) == (False, 1)
