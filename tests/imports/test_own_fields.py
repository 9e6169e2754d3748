"""Columns of a file that fill the company's own fields of deals."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from db.models import FieldValue, FieldWord
from services.dto.common import Sum
from services.dto.fields import FieldKind, FieldSubject, Option
from services.dto.imports import RowFault
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
