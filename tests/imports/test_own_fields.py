"""Columns of a file that fill the company's own fields of deals."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.i18n import Speech
from bot.importing import ImportRunner
from bot.outside import TableFiles
from db.models import Company, FieldValue, FieldWord
from handlers.views.import_preview import preview_text
from keyboards.imports import ImportCardCb, ImportOwnCb
from keyboards.tongue import Html
from services.dto.clients import ClientField, ClientKind, ContactCard, FirmCard
from services.dto.common import Sum
from services.dto.fields import FieldKind, FieldSubject, Option
from services.dto.imports import OwnTarget, RowFault
from services.errors import NotFoundError
from services.imports.work import ImportWork
from services.understanding.birthdays import Birthday
from tests.cast import actor_of
from tests.fields.making import make_field
from tests.imports.conftest import Desk
from tests.world import World


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
    own = [(column.name, column.own.own) for column in card.preview.columns if column.own]
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
    told = [(line.name, line.own) for line in card.preview.columns if line.own is not None]
    assert [(name, one.whose, one.own or one.of_client) for name, one in told] == [
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


async def test_the_owner_taps_what_else_a_column_fills_or_leaves_it_out(world: World, tmp_path: Path) -> None:
    olga = await actor_of(world.services, "olga")
    await make_field(world.services, olga, FieldKind.TEXT, "Shoe size", subject=FieldSubject.CONTACT)
    work = ImportWork(world.db, world.clock, TableFiles())
    runner = ImportRunner(None, work, world.services.imports.bell, "test", tmp_path)
    desk = Desk(world.services, world.db, olga, runner, tmp_path)
    card = await desk.hand_in("title;contact;phone;numbers;birthday\nA;Ivan;+79161234567;43;12.05.1980\n")
    show, hand = ImportCardCb(import_id=card.id).pack(), world.olga
    await hand.press(data=show)
    await hand.press("🔤 Correct a column")
    await hand.press("birthday → contact: 🎂 Birthday")
    await hand.press("Leave it out")
    await desk.settle(card)
    await hand.press(data=show)
    await hand.press("🔤 Correct a column")
    await hand.press("numbers → left out")
    await hand.press("🗂 A field of the deal or the client")
    assert "Which field does the column numbers fill?" in hand.text
    await hand.press("contact: 🗂 Shoe size")
    await desk.settle(card)
    await hand.press(data=show)
    assert "numbers → contact: 🗂 Shoe size" in hand.text
    assert "birthday" not in hand.text.split("Left out")[0]
    await hand.press("🔤 Correct a column")
    await hand.press("numbers → contact: 🗂 Shoe size")
    assert "✓ 🗂 A field of the deal or the client" in hand.labels
    told = await desk.imports.choose_column(olga, card.id, 4, None, OwnTarget(FieldSubject.CONTACT, "note"))
    again = OwnTarget(FieldSubject.CONTACT, "note", of_client=ClientField.NOTE)
    await desk.settle(told)
    told = await desk.imports.choose_column(olga, card.id, 0, None, again)
    await desk.settle(told)
    await hand.press(data=show)
    assert "title → contact: 🗒" in hand.text, "later words count"
    assert "birthday" in hand.text.split("Left out")[1]
    done = await desk.imports.start(olga, card.id)
    await desk.settle(done)
    found = (await world.services.search.find(olga, "ivan")).contacts.items[0]
    person = await world.services.clients.card(olga, ClientKind.CONTACT, found.id)
    assert isinstance(person, ContactCard)
    assert (person.fields[0].value, person.birthday) == ("43", None)
    for press in (ImportOwnCb(import_id=card.id, column=0, what="firm.f9"),
                  ImportOwnCb(import_id=card.id, column=9, what="firm.inn"),
                  ImportOwnCb(import_id=987_654, column=0, what="moon.inn")):  # fmt: skip
        await hand.press(data=press.pack())
        assert hand.toast
    with pytest.raises(NotFoundError, match=r"field\.not_found"):
        await desk.imports.choose_column(olga, card.id, 0, None, OwnTarget(FieldSubject.DEAL, "f987654"))
