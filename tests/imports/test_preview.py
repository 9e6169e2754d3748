"""What is understood of a file, and what the owner may decide before it goes in."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Deal, Person
from services.dto.imports import DateOrder, Fault, FaultLine, Field, ImportDeed, ImportState, RowFault
from services.errors import NotFoundError, StaleError
from services.imports.columns import understand
from services.imports.naming import judge
from tests.imports.conftest import Desk

Rows = Callable[[Any], Awaitable[list[Any]]]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("opportunity_id", Field.EXTERNAL_ID),
        ("ID сделки", Field.EXTERNAL_ID),
        ("Sales Agent", Field.OWNER),
        ("Ответственный", Field.OWNER),
        ("dealAmount", Field.AMOUNT),
        ("Сумма, руб.", Field.AMOUNT),
        ("Close value (USD)", Field.AMOUNT),
        ("Дата закрытия", Field.CLOSED_ON),
        ("  КОМПАНИЯ ", Field.COMPANY),
        ("E-mail", Field.EMAIL),
        ("Этап сделки", Field.STAGE),
        ("weather", None),
        ("", None),
    ],
)
def test_columns_are_known_by_many_names(name: str, field: Field | None) -> None:
    assert understand([name]) == (field,)


def test_of_two_columns_for_the_same_thing_the_first_counts() -> None:
    assert understand(["amount", "sum", "title"]) == (Field.AMOUNT, None, Field.TITLE)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["name", "amount"], (Field.TITLE, Field.AMOUNT)),
        (["Name", "Phone"], (Field.CONTACT, Field.PHONE)),
        (["name", "deal", "email"], (Field.CONTACT, Field.TITLE, Field.EMAIL)),
        (["name", "contact", "phone"], (Field.TITLE, Field.CONTACT, Field.PHONE)),
        (["название", "телефон"], (Field.TITLE, Field.PHONE)),
    ],
)
def test_a_name_beside_a_phone_is_the_persons(names: list[str], expected: tuple[Field | None, ...]) -> None:
    assert understand(names) == expected


async def test_sums_are_read_as_they_are_typed_in_a_chat(desk: Desk) -> None:
    sums = ("90k", "150 тыс", '"1,5 млн"', "1.5 mln", "2к руб", '"1,500 тыс"', "3k usd")
    card = await desk.hand_in("title,sum\n" + "".join(f"Deal,{one}\n" for one in sums))
    assert card.preview is not None
    assert card.preview.good == 5
    assert {(line.fault.reason, line.fault.detail) for line in card.preview.faults} == {
        (RowFault.BAD_AMOUNT, "1,500 тыс"),
        (RowFault.OTHER_CURRENCY, "USD"),
    }
    await desk.imports.start(desk.owner, card.id)
    await desk.settle(card)
    async with desk.db.read() as uow:
        made = list(await uow.session.scalars(select(Deal.amount).order_by(Deal.id)))
    assert made == [90_000_00, 150_000_00, 1_500_000_00, 1_500_000_00, 2_000_00]


@pytest.mark.parametrize(
    ("names", "values", "expected"),
    [
        (["Клиент"], {Field.COMPANY: ["8 916 123-45-67", "+79031112233"]}, (Field.PHONE,)),
        (["Клиент"], {Field.COMPANY: ["Ромашка", "+79031112233"]}, (Field.COMPANY,)),
        (["Client", "Phone"], {Field.COMPANY: ["8 916 123-45-67"]}, (None, Field.PHONE)),
        (["Контакт", "Клиент"], {Field.CONTACT: ["Иван"], Field.COMPANY: ["89161234567"]},
         (Field.CONTACT, Field.PHONE)),
        (["Контакт", "Клиент"], {Field.CONTACT: ["89161234567"], Field.COMPANY: ["89161234567"]},
         (Field.PHONE, None)),
        (["Заказчик"], {}, (Field.COMPANY,)),
        (["Клиент"], {Field.COMPANY: ["Иван Петров", "Петрова Анна Сергеевна", "Olga"]}, (Field.CONTACT,)),
        (["Клиент"], {Field.COMPANY: ["Иван Петров", "ООО Иван да Марья"]}, (Field.COMPANY,)),
        (["Клиент"], {Field.COMPANY: ["Ромашка", "Вектор", "Окна Плюс"]}, (Field.COMPANY,)),
        (["Client", "Phone"], {Field.COMPANY: ["Ivan Impo", "<b>Bad</b>", "Big"]},
         (Field.CONTACT, Field.PHONE)),
        (["Client"], {Field.COMPANY: ["Ivan Impo", "<b>Bad</b>", "Big"]}, (Field.COMPANY,)),
        (["name", "phone"], {Field.CONTACT: ["Horns LLC", "“Hoofs”"]}, (Field.COMPANY, Field.PHONE)),
        (["Заказчик", "Телефон"], {Field.COMPANY: ["Анна Ли", "ООО Вектор", "РЖД"]},
         (Field.COMPANY, Field.PHONE)),
        (["Customer name"], {Field.CONTACT: ["Horns LLC", "“Hoofs”", "Acme"]}, (Field.COMPANY,)),
        (["Account"], {Field.COMPANY: ["Ivan Petrov", "Acme", "Big"]}, (Field.COMPANY,)),
        (["Клиент", "Контакт"], {Field.COMPANY: ["Иван Петров"], Field.CONTACT: ["Анна"]},
         (Field.COMPANY, Field.CONTACT)),
    ],
)  # fmt: skip
def test_a_column_of_clients_holds_what_it_is_full_of(
    names: list[str], values: dict[Field, list[str]], expected: tuple[Field | None, ...]
) -> None:
    assert judge(names, understand(names), values, "RU") == expected


async def test_stages_that_ours_lack_offer_a_pipeline_of_their_own(desk: Desk) -> None:
    card = await desk.hand_in("title,stage,closed\nA,Sniffing,\nB,Won,2026-01-05\n", "fishing.csv")
    assert card.preview is not None
    assert (card.preview.own_pipeline, card.preview.good, card.preview.faults) == (True, 2, ())
    ours = await desk.settle(await desk.imports.choose_pipeline(desk.owner, card.id, own=False))
    assert ours.preview is not None
    assert ours.preview.good == 1
    assert ours.preview.faults == (FaultLine(Fault(RowFault.UNKNOWN_STAGE, "Sniffing"), 1, 2),)
    assert {(row.name, row.target) for row in ours.preview.stages} == {("Sniffing", None), ("Won", "Paid")}


async def test_many_stages_are_a_pipeline_of_their_own_if_one_wants_them(desk: Desk) -> None:
    rows = "".join(f"Deal {n},Step {n},\n" for n in range(40))
    card = await desk.hand_in(f"title,stage,closed\n{rows}", "steps.csv")
    assert card.preview is not None
    assert (card.preview.own_pipeline, card.preview.good) == (False, 0)
    wanted = await desk.settle(await desk.imports.choose_pipeline(desk.owner, card.id, own=True))
    assert wanted.preview is not None
    assert (wanted.preview.own_pipeline, wanted.preview.good, wanted.preview.faults) == (True, 40, ())


async def test_dates_that_can_be_read_both_ways_are_asked_about(desk: Desk) -> None:
    card = await desk.hand_in("title,created\nA,03/04/2026\nB,05/06/2026\n")
    assert card.preview is not None
    assert card.preview.order_sample in ("03/04/2026", "05/06/2026")
    assert ImportDeed.START not in card.can
    with pytest.raises(StaleError):
        await desk.imports.start(desk.owner, card.id)
    chosen = await desk.settle(await desk.imports.choose_dates(desk.owner, card.id, DateOrder.MONTH_FIRST))
    assert chosen.preview is not None
    assert (chosen.preview.order, chosen.preview.order_sample) == (DateOrder.MONTH_FIRST, None)
    assert ImportDeed.START in chosen.can
    turned = await desk.settle(await desk.imports.choose_dates(desk.owner, card.id, DateOrder.DAY_FIRST))
    assert turned.preview is not None
    assert turned.preview.order == DateOrder.DAY_FIRST


async def test_every_row_that_cannot_be_a_deal_is_counted_with_its_reason(desk: Desk) -> None:
    bad = {
        RowFault.NO_STAGE: "A,,,,5,,,",
        RowFault.BAD_DATE: "B,New,2026-13-45,,5,,,",
        RowFault.DATES_REVERSED: "D,Lost,2026-02-01,2026-01-01,5,,,",
        RowFault.BAD_AMOUNT: f"E,New,,,{'9' * 30},,,",
        RowFault.NEGATIVE_AMOUNT: "F,New,,,-5,,,",
        RowFault.OTHER_CURRENCY: "G,New,,,5,doubloons,,",
        RowFault.BAD_PHONE: "H,New,,,5,,12,",
        RowFault.BAD_EMAIL: "I,New,,,5,,,nobody",
        RowFault.TOO_LONG: f"{'J' * 201},New,,,5,,,",
        RowFault.NO_TITLE: ",New,,,5,,,",
        RowFault.TOO_MANY_CELLS: "K,New,,,5,,,,more",
    }
    header = "title,stage,created,closed,amount,currency,phone,email"
    card = await desk.hand_in("\n".join([header, "Good,New,2026-01-01,,10,RUB,,", *bad.values()]) + "\n")
    assert card.preview is not None
    assert card.preview.good == 1
    assert {fault.fault.reason: fault.number for fault in card.preview.faults} == {
        reason: number for number, reason in enumerate(bad, 3)
    }
    done = await desk.settle(await desk.imports.start(desk.owner, card.id))
    assert (done.made, done.failed) == (1, len(bad))
    failed = await desk.imports.failed_rows(desk.owner, card.id)
    assert [[fault.reason for fault in row.faults] for row in failed.rows] == [[reason] for reason in bad]
    assert failed.rows[4].cells[:5] == ("F", "New", "", "", "-5")
    assert failed.columns == tuple(header.split(","))


async def test_a_closed_deal_without_a_day_is_closed_when_it_was_opened_or_today(
    desk: Desk, rows: Rows
) -> None:
    lines = "A,Won,2026-01-05,,5\nB,Lost,,,5\nC,Won,2026-01-05,2026-01-09,5\nD,New,2026-01-05,,5\n"
    card = await desk.hand_in(f"title,stage,created,closed,amount\n{lines}")
    assert card.preview is not None
    assert (card.preview.good, card.preview.undated, card.preview.faults) == (4, 2, ())
    await desk.settle(await desk.imports.start(desk.owner, card.id))
    closed = dict(await rows(select(Deal.title, Deal.closed_on)))
    assert closed == {"A": date(2026, 1, 5), "B": desk.today, "C": date(2026, 1, 9), "D": None}


async def test_the_preview_tells_only_what_rows_that_pass_will_make(desk: Desk, rows: Rows) -> None:
    """A refused row brings no stage, no person, no company and no tag, and says all that is wrong with it."""
    card = await desk.hand_in(
        "title;company;phone;email;sum;stage;manager;closed;tags\n"
        "A;Horns;89161234567;;5;In work;Zoe;;vip\n"
        "B;Hoofs;12;nobody;-5;Nowhere;Nobody;soon;moon\n"
        "C;Tails;;;9x;Paid;Someone;;\n"
    )
    preview = card.preview
    assert preview is not None
    assert (preview.good, preview.failing, preview.own_pipeline) == (1, 2, False)
    assert [(row.name, row.count) for row in preview.stages] == [("In work", 1)]
    assert (preview.new_people, preview.new_companies, preview.new_tags) == (("Zoe",), 1, ("vip",))
    done = await desk.settle(await desk.imports.start(desk.owner, card.id))
    assert (done.made, done.failed) == (1, 2)
    assert await rows(select(Person.name).where(Person.status == "imported")) == [("Zoe",)]
    second = (await desk.imports.failed_rows(desk.owner, card.id)).rows[0]
    assert {fault.reason for fault in second.faults} == {
        RowFault.BAD_PHONE, RowFault.BAD_EMAIL, RowFault.NEGATIVE_AMOUNT, RowFault.UNKNOWN_STAGE,
        RowFault.BAD_DATE,
    }  # fmt: skip


async def test_a_row_that_is_here_already_makes_nobody(desk: Desk) -> None:
    await desk.run("id,title\n1,A\n")
    again = await desk.hand_in("id,title,manager,tags\n1,A,Zoe,vip\n2,B,Max Moon,\n")
    assert again.preview is not None
    assert (again.preview.good, again.preview.skipped) == (1, 1)
    assert (again.preview.new_people, again.preview.new_tags) == (("Max Moon",), ())
    done = await desk.settle(await desk.imports.start(desk.owner, again.id))
    assert (done.made, done.skipped, done.failed) == (1, 1, 0)


async def test_numbers_that_a_file_has_twice_are_one_deal(desk: Desk) -> None:
    card = await desk.hand_in("id,title\n1,A\n2,B\n1,C\n")
    assert card.preview is not None
    assert (card.preview.good, card.preview.skipped) == (2, 1)
    done = await desk.settle(await desk.imports.start(desk.owner, card.id))
    assert (done.made, done.skipped) == (2, 1)


async def test_another_department_is_chosen_before_the_start_only(desk: Desk) -> None:
    card = await desk.hand_in("title\nA\n")
    service = next(row for row in card.departments if row.name == "Service")
    chosen = await desk.imports.choose_department(desk.owner, card.id, service.id)
    assert chosen.preview is not None
    assert chosen.preview.department == service
    with pytest.raises(NotFoundError):
        await desk.imports.choose_department(desk.owner, card.id, 999)
    await desk.imports.start(desk.owner, card.id)
    with pytest.raises(StaleError):
        await desk.imports.choose_department(desk.owner, card.id, service.id)


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (b"\0" * 1000, "zeros.csv", "table.not_a_table"),
        (b"", "empty.csv", "table.empty"),
        (b"%PDF-1.7", "offer.pdf", "table.not_a_table"),
        (b"PK\x03\x04 broken", "book.xlsx", "table.unreadable"),
        (b'title,amount\n"never closed,5\n', "quote.csv", "table.unclosed_quote"),
        (b"weather,wind\nsun,3\n", "weather.csv", "import.no_columns"),
    ],
)
async def test_a_file_that_is_no_table_of_deals_is_refused_with_a_reason(
    desk: Desk, content: bytes, filename: str, code: str
) -> None:
    card = await desk.hand_in(content, filename)
    assert card.state == ImportState.REFUSED
    assert card.fault is not None
    assert card.fault[0] == code
    assert card.can == frozenset()
    assert not list(desk.runner.path_of(card.id).parent.iterdir())


async def test_a_file_that_is_gone_is_refused(desk: Desk) -> None:
    card = await desk.settle(await desk.imports.receive(desk.owner, "lost.csv", 10))
    assert card.fault == ("import.file_gone", {})


async def test_a_cancelled_import_can_no_longer_be_started(desk: Desk) -> None:
    card = await desk.hand_in("title\nA\n")
    assert (await desk.imports.cancel(desk.owner, card.id)).state == ImportState.CANCELLED
    with pytest.raises(StaleError):
        await desk.imports.start(desk.owner, card.id)
