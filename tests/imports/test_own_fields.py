"""Columns of a file that fill the company's own fields of deals."""

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.i18n import Speech
from db.models import Company, FieldValue, FieldWord
from handlers.views.import_preview import preview_text
from keyboards.tongue import Html
from services.dto.clients import ClientField, ClientKind, ContactCard, FirmCard
from services.dto.common import Sum
from services.dto.fields import FieldKind, FieldSubject, Option
from services.dto.imports import RowFault
from services.understanding.birthdays import Birthday
from tests.fields.making import make_field
from tests.imports.conftest import Desk


async def test_columns_fill_fields_by_key_or_name_and_are_taken_back_with_their_deals(desk: Desk) -> None:
    for kind, name, options in (
        (FieldKind.CHOICES, "Материал", "Дерево\nСталь"), (FieldKind.NUMBER, "Floor", ""),
        (FieldKind.DATE, "Measured", ""), (FieldKind.MONEY, "Budget 2", ""), (FieldKind.TEXT, "Source", ""),
    ):  # fmt: skip
        await make_field(desk.services, desk.owner, kind, name, options)
    file = (
        "title;материал;floor;Measured;budget_2;field_source;Moon\n"
        "A;сталь, дерево;2,5;31.12.2025;1500,50;Ёлка;x\n"
        "B;;;;;;\n"
        "C;Glass;1;;;;\n"
        "D;;;31.02.2025;;;\n"
    )
    card = await desk.hand_in(file)
    assert card.preview is not None
    own = [(column.name, column.own) for column in card.preview.columns if column.own]
    assert own == [
        ("материал", "Материал"), ("floor", "Floor"), ("Measured", "Measured"),
        ("budget_2", "Budget 2"), ("field_source", "Source"),
    ]  # fmt: skip
    assert [(one.fault.reason, one.fault.column, one.count) for one in card.preview.faults] == [
        (RowFault.BAD_FIELD, "материал", 1), (RowFault.BAD_FIELD, "Measured", 1),
    ]  # fmt: skip
    await desk.imports.start(desk.owner, card.id)
    done = await desk.settle(card)
    assert (done.made, done.failed) == (2, 2)
    deal = (await desk.services.search.find(desk.owner, "елка")).deals.items[0]
    sheet = await desk.services.filling.sheet(desk.owner, FieldSubject.DEAL, deal.id)
    assert [line.value for line in sheet.lines] == [
        (Option(1, "Дерево"), Option(2, "Сталь")), Decimal("2.5"), date(2025, 12, 31),
        Sum(1500_50, "RUB"), "Ёлка",
    ]  # fmt: skip
    await desk.take_back(done)
    async with desk.db.read() as uow:
        for kept in (FieldValue, FieldWord):
            assert (await uow.session.scalars(select(kept.field_id))).all() == []


async def test_columns_fill_what_stands_on_the_cards_of_new_clients_and_leave_known_ones(desk: Desk) -> None:
    contact, firm = FieldSubject.CONTACT, FieldSubject.FIRM
    for whose, kind, name in (
        (contact, FieldKind.NUMBER, "Children"), (firm, FieldKind.FLAG, "VIP"),
        (contact, FieldKind.TEXT, "Code"), (firm, FieldKind.TEXT, "Code"),
    ):  # fmt: skip
        await make_field(desk.services, desk.owner, kind, name, subject=whose)
    given = await desk.services.client_making.understand(desk.owner, ClientKind.FIRM, "Old Firm")
    old = await desk.services.client_making.create(desk.owner, given)
    file = (
        "title;company;contact;phone;Контакт: День рождения;children;ИНН;vip;Company - code;Code;note\n"
        "A;New Firm;Ivan;+79161234567;12.05.1980;2;7707083893;yes;N1;x;y\n"
        "B;New Firm;Ivan;+79161234567;13.06;3;;no;N2;;\n"
        "C;Old Firm;;;;;7707083893;yes;;;\n"
        "D;;;;;;7707083893;;;;\n"
        "E;Other;;;31.02.1980;;1;;;;\n"
    )
    card = await desk.hand_in(file)
    assert card.preview is not None
    assert [(one.name, one.whose, one.own or one.of_client) for one in card.preview.columns if one.whose] == [
        ("Контакт: День рождения", contact, ClientField.BIRTHDAY), ("children", contact, "Children"),
        ("ИНН", firm, ClientField.INN), ("vip", firm, "VIP"), ("Company - code", firm, "Code"),
    ]  # fmt: skip
    shown = preview_text(
        Html("x"), card.total, card.preview, Speech("ru", ZoneInfo("UTC"), desk.services.clock)
    )
    assert "ИНН → компания: 🔢 ИНН" in shown
    assert "vip → компания: 🗂 VIP" in shown
    assert "Не беру: Code, note" in shown
    assert {(one.fault.reason, one.fault.column) for one in card.preview.faults} == {
        (RowFault.NO_CLIENT, ""), (RowFault.BAD_FIELD, "Контакт: День рождения"), (RowFault.BAD_FIELD, "ИНН"),
    }  # fmt: skip
    await desk.imports.start(desk.owner, card.id)
    done = await desk.settle(card)
    assert (done.made, done.failed) == (3, 2)
    found = await desk.services.search.find(desk.owner, "new firm")
    made = await desk.services.clients.card(desk.owner, ClientKind.FIRM, found.firms.items[0].id)
    assert isinstance(made, FirmCard)
    assert (made.inn, [line.value for line in made.fields], made.version) == ("7707083893", [True, "N1"], 1)
    person = await desk.services.clients.card(desk.owner, ClientKind.CONTACT, made.people[0].id)
    assert isinstance(person, ContactCard)
    assert person.birthday == Birthday(5, 12, 1980)
    assert [line.value for line in person.fields] == [Decimal(2), None]
    known = await desk.services.clients.card(desk.owner, ClientKind.FIRM, old.id)
    assert isinstance(known, FirmCard)
    assert (known.inn, [line.value for line in known.fields]) == (None, [None, None])
    await desk.take_back(done)
    async with desk.db.read() as uow:
        for kept in (FieldValue, FieldWord):
            assert (await uow.session.scalars(select(kept.field_id))).all() == []
        assert (await uow.session.scalars(select(Company.name))).all() == ["Old Firm"]
