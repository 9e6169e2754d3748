"""Fields that find: lists by filter, search, reports, exports, and leads that come by the API."""

import json
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from api.leads import read_lead
from api.problems import FIELD_WORDS, RefusalError
from db.models import Deal
from db.repositories import windows
from db.uow import Database
from keyboards.list_data import FilterFieldCb
from services.access import Actor
from services.bundle import Services
from services.dto.fields import CHOSEN, Field, FieldKind, FieldSubject, Option
from services.dto.inquiries import InquiryInput, KeyScope, Shape
from services.dto.lists import Lost
from services.dto.reports import ByField
from services.dto.talk import FileKind, SentFile
from services.errors import AppError, NotFoundError, StaleError
from services.fields.filters import NOTHING, condition_of, read_filter
from services.fields.outside import FieldsWrongError
from services.lists.filters import What
from services.report_periods import Named
from tests.cast import TurnedClock, actor_of, stages_by_name
from tests.fields.making import Find, make_field, some_contact, some_deal, some_lead
from tests.fields.test_reading import LISTED, WHERE, field
from tests.world import World

DEAL, LEAD = FieldSubject.DEAL, FieldSubject.LEAD


@pytest.mark.parametrize(
    ("kind", "typed", "asked"),
    [
        (FieldKind.NUMBER, "5", [50_000, 50_000]),
        (FieldKind.NUMBER, "от 2,5", [25_000, None]),
        (FieldKind.NUMBER, "<= 10", [None, 100_000]),
        (FieldKind.NUMBER, "10 - 5", [50_000, 100_000]),
        (FieldKind.NUMBER, "-3..-1", [-30_000, -10_000]),
        (FieldKind.MONEY, "from 150k to 200k", [150_000_00, 200_000_00]),
        (FieldKind.INVOICE, "до 99,50", [None, 99_50]),
        (FieldKind.DATE, "с 01.12.2026 по 31.12.2026", [739_951, 739_981]),
        (FieldKind.FLAG, "да", 1),
        (FieldKind.CHOICE, "wood", 1),
        (FieldKind.TEXT, " Дом 5 ", "Дом 5"),
        (FieldKind.NUMBER, "many", "field.bad_number"),
        (FieldKind.DATE, "01.12.2026-31.12.2026", [739_951, 739_981]),
        (FieldKind.NUMBER, "5-10", [50_000, 100_000]),
        (FieldKind.NUMBER, "-5", [-50_000, -50_000]),
        (FieldKind.DATE, "from somewhen", "field.bad_days"),
        (FieldKind.NUMBER, "-", "field.empty"),
        (FieldKind.TEXT, "!", "field.empty"),
    ],
)
def test_what_is_asked_of_a_field_is_read(kind: FieldKind, typed: str, asked: object) -> None:
    if isinstance(asked, str) and asked.startswith("field."):
        with pytest.raises(AppError, match=asked):
            read_filter(field(kind), typed, WHERE)
    else:
        assert read_filter(field(kind), typed, WHERE) == asked


def test_a_phone_is_asked_for_by_its_end() -> None:
    asked = condition_of(field(FieldKind.PHONE), "8 (916) 123-45-67")
    assert asked.words == ("~7654321619",)
    assert LISTED[0] == Option(1, "Wood")


async def filled(
    db: Database, services: Services, clock: TurnedClock, olga: Actor, anna: Actor
) -> tuple[list[int], dict[str, Field]]:
    """Three deals with fields of several kinds."""
    deals = [await some_deal(db, clock, anna, stage) for stage in ("New", "In work", "Awaiting payment")]
    fields = {
        "wood": await make_field(services, olga, FieldKind.CHOICES, "Material", "Wood\nSteel"),
        "floor": await make_field(services, olga, FieldKind.NUMBER, "Floor"),
        "note": await make_field(services, olga, FieldKind.TEXT, "Note"),
        "guard": await make_field(services, olga, FieldKind.PHONE, "Guard"),
        "bill": await make_field(services, olga, FieldKind.INVOICE, "Bill"),
    }
    said = {
        "wood": ("Wood", "Wood, Steel", "Steel"),
        "floor": ("1", "2.5", "10"),
        "note": ("Ёлка у дома-17", "домик", "дым"),
        "guard": ("8 916 123-45-67", "8 916 123-45-68", "8 916 765-43-21"),
        "bill": ("A-17, 100", "18, 200", "777, 300"),
    }
    for name, values in said.items():
        for deal, typed in zip(deals, values, strict=True):
            await services.filling.write(anna, DEAL, deal, fields[name].id, typed)
    return deals, fields


async def test_a_list_asks_what_fields_say_by_an_index_or_through_a_window(
    db: Database, services: Services, actor: Find, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    olga, anna, fiona = await actor("olga"), await actor("anna"), await actor("fiona")
    deals, fields = await filled(db, services, clock, olga, anna)
    lists = services.lists
    for rare in (2_000, 0):
        monkeypatch.setattr(windows, "RARE", rare)
        card = await lists.filter(anna, (await lists.pick_field(anna, 0, fields["wood"].id, 2)).listing_id)
        assert [line.id for line in (await lists.page(anna, card.id)).page.items] == [deals[2], deals[1]]
        card = await lists.ask_field(anna, card.id, fields["floor"].id, "до 5")
        assert [line.id for line in (await lists.page(anna, card.id)).page.items] == [deals[1]]
        assert card.count.n == 1
        card = await lists.ask_field(anna, 0, fields["note"].id, "дом")
        assert [line.id for line in (await lists.page(anna, card.id)).page.items] == [deals[1], deals[0]]
        card = await lists.ask_field(anna, card.id, fields["guard"].id, "123-45-67")
        assert [line.id for line in (await lists.page(anna, card.id)).page.items] == [deals[0]]
    choices = await lists.choices(anna, card.id, What.FIELD)
    assert [one.label for one in choices.choices if one.chosen] == ["Note", "Guard"]
    with pytest.raises(NotFoundError, match="field"):
        await lists.ask_field(fiona, 0, fields["note"].id, "дом")
    await services.fields.hide(olga, fields["note"].id, on=True)
    assert (await lists.page(anna, card.id)).asked.lost == {Lost.FIELD}


async def test_a_list_asks_what_is_not_filled_in_of_every_kind_and_a_view_keeps_it(
    db: Database, services: Services, actor: Find, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    olga, anna, fiona = await actor("olga"), await actor("anna"), await actor("fiona")
    lists = services.lists
    makers = {
        DEAL: lambda: some_deal(db, clock, anna),
        LEAD: lambda: some_lead(db, clock, anna),
        FieldSubject.CONTACT: lambda: some_contact(db, clock, anna),
    }
    sent = SentFile(FileKind.DOCUMENT, "file-1", "unique-1", "plan.pdf")
    for subject, make in makers.items():
        full, bare = await make(), await make()
        kinds = FieldKind if subject is DEAL else (FieldKind.FLAG, FieldKind.FILE)
        fields = [
            await make_field(services, olga, kind, kind.value, LISTS.get(kind, ""), subject) for kind in kinds
        ]
        for one in fields:
            file = sent if one.kind is FieldKind.FILE else None
            await services.filling.write(anna, subject, full, one.id, TYPED[one.kind], file)
        start = await lists.of(anna, subject)
        monkeypatch.setattr(windows, "RARE", 0 if subject is LEAD else 2_000)
        for one in fields:
            card = await lists.ask_field(anna, start.id, one.id, "Не заполнено")
            assert await lists.ids(anna, card.id, 9) == ([bare], False), one
        filled = await lists.ask_field(anna, start.id, one.id, "filled  in")
        assert await lists.ids(anna, filled.id, 9) == ([full], False)
        assert card == await lists.ask_empty(anna, start.id, one.id)
        assert card.asked.fields[0].value == NOTHING
    both = await lists.ask_field(anna, card.id, fields[0].id, "filled in")
    assert both.count.n == 0
    view = await services.views.save(anna, card.id, "No bill")
    assert len((await lists.open_view(anna, view.view.id)).page.items) == 1
    file = next(one for one in fields if one.kind is FieldKind.FILE)
    with pytest.raises(AppError, match=r"field\.only_filled"):
        await lists.ask_field(anna, start.id, file.id, "plan")
    with pytest.raises(StaleError, match=r"list\.gone"):
        await lists.ask_empty(fiona, start.id, file.id)
    with pytest.raises(NotFoundError):
        await lists.ask_empty(anna, start.id, 987_654)


async def test_not_filled_in_is_a_button_and_told_in_words(world: World) -> None:
    olga, anna = await actor_of(world.services, "olga"), await actor_of(world.services, "anna")
    field_ = await make_field(world.services, olga, FieldKind.FLAG, "Measured")
    await some_deal(world.db, world.clock, anna)
    start = await world.services.lists.filter(anna)
    await world.anna.press(data=FilterFieldCb(listing_id=start.id, field_id=field_.id).pack())
    await world.anna.press("Not filled in")
    assert "Measured: not filled in" in world.anna.text
    assert "▶️ Show · 1" in world.anna.labels


LISTS = dict.fromkeys(CHOSEN, "Wood\nSteel")
TYPED = {
    FieldKind.TEXT: "House", FieldKind.NUMBER: "5", FieldKind.MONEY: "100", FieldKind.DATE: "01.12.2026",
    FieldKind.CHOICE: "Wood", FieldKind.CHOICES: "Wood", FieldKind.FLAG: "no", FieldKind.LINK: "example.com",
    FieldKind.PHONE: "+79161234567", FieldKind.FILE: "", FieldKind.INVOICE: "17, 100",
}  # fmt: skip
"""What each kind of field may say."""


async def test_the_search_finds_words_numbers_and_phones_of_fields(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    olga, anna, fiona = await actor("olga"), await actor("anna"), await actor("fiona")
    deals, _ = await filled(db, services, clock, olga, anna)

    async def found(who: Actor, text: str) -> list[int]:
        return sorted(hit.id for hit in (await services.search.find(who, text)).deals.items)

    assert await found(anna, "елка дома-17") == [deals[0]]
    assert await found(anna, "windows дом") == deals[:2], "a word of the title, a word of a field"
    assert await found(anna, "+7 916 123-45-68") == [deals[1]]
    assert await found(anna, "123-45-67") == [deals[0]]
    assert await found(anna, "777") == [deals[2]]
    assert await found(fiona, "дым") == []
    assert await found(fiona, "777") == [deals[2]], "finance sees bills"
    assert await found(fiona, "300") == [deals[2]], "and finds them by their sums"
    assert await found(anna, "стил") == []
    assert await found(anna, "steel") == await found(anna, "windows STE") == deals[1:]
    assert await found(anna, "wood дом") == deals[:2]
    assert await found(anna, "2,5") == await found(anna, "2.5") == [deals[1]]
    assert await found(fiona, "steel") == await found(fiona, "2.5") == [], "finance sees no other fields"
    lead = await make_field(services, olga, FieldKind.LINK, "Site", subject=LEAD)
    made = await services.inquiries.receive(
        await way(services, olga, anna),
        InquiryInput(Shape.API, phone="+79167771122", fields={lead.key: "site.ru/oak"}),
    )
    assert [hit.id for hit in (await services.search.find(olga, "site.ru/oak")).leads.items] == [made.lead_id]


async def test_a_report_counts_deals_by_what_a_field_says(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    olga, anna, hugo = await actor("olga"), await actor("anna"), await actor("hugo")
    deals, fields = await filled(db, services, clock, olga, anna)
    won = (await stages_by_name(db))["Paid"].id
    async with db.write() as uow:
        for deal in (await uow.session.scalars(select(Deal))).all():
            deal.amount = deal.id * 100_00
            if deal.id == deals[2]:
                deal.stage_id, deal.closed_on = won, clock.now().date()
    reports = services.field_reports
    assert [one.name for one in await reports.fields(olga)] == ["Material", "Floor"]
    period = services.reports.period(olga, Named.MONTH)
    shown = await reports.by_field(olga, period, fields["wood"].id)
    assert isinstance(shown, ByField)
    told = [(one.value, one.figures.won, one.figures.won_sum, one.open, one.open_sum) for one in shown.lines]
    assert told == [
        ("Steel", 1, deals[2] * 100_00, 1, deals[1] * 100_00),
        ("Wood", 0, 0, 2, (deals[0] + deals[1]) * 100_00),
    ]  # fmt: skip
    theirs = await reports.by_field(hugo, period, fields["wood"].id)
    assert isinstance(theirs, ByField)
    assert theirs.lines == ()
    with pytest.raises(NotFoundError):
        await reports.by_field(olga, period, fields["note"].id)


async def test_an_export_has_a_column_for_each_field_as_it_could_be_typed(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    olga, anna = await actor("olga"), await actor("anna")
    await filled(db, services, clock, olga, anna)
    await make_field(services, olga, FieldKind.TEXT, "Source")
    columns = await services.exports.columns(olga)
    assert columns[-6:] == ("material", "floor", "note", "guard", "bill", "field_source")
    rows = [dict(zip(columns, row, strict=True)) async for row in services.exports.rows(olga)]
    assert (rows[1]["material"], rows[1]["floor"], rows[1]["bill"]) == (
        "Wood, Steel",
        Decimal("2.5"),
        "18; 200",
    )
    assert rows[0]["field_source"] == ""


async def way(services: Services, olga: Actor, anna: Actor) -> Any:
    """A program that may bring leads."""
    key = await services.api_keys.make(olga, "shop", [KeyScope.LEADS_WRITE], min(anna.departments))
    found = await services.ways.by_key(key.secret)
    assert found is not None
    return found


async def test_a_lead_of_the_api_brings_fields_or_hears_what_is_wrong_with_each(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    olga, anna = await actor("olga"), await actor("anna")
    for kind, name, options in (
        (FieldKind.MONEY, "Budget", ""), (FieldKind.FLAG, "Measured", ""),
        (FieldKind.CHOICES, "Material", "Wood, oak\nSteel"), (FieldKind.FILE, "Plan", ""),
    ):  # fmt: skip
        await make_field(services, olga, kind, name, options, LEAD)
    program = await way(services, olga, anna)
    body = {"budget": 1500.5, "Measured": True, "material": ["Wood, oak"]}
    given = read_lead(json.dumps({"phone": "+79161234567", "fields": body}).encode(), "mark")
    receipt = await services.inquiries.receive(program, given)
    assert receipt.lead_id is not None
    card = await services.leads.card(anna, receipt.lead_id)
    assert [line.value for line in card.fields][1:] == [True, (Option(1, "Wood, oak"),), None]
    assert str(card.fields[0].value) == "Sum(minor=150050, currency='RUB')"
    again = await services.inquiries.receive(program, given)
    assert again.repeated
    wrong = {"budget": "many", "plan": "x.pdf", "floor": 1, "material": ["Glass"]}
    bad = read_lead(json.dumps({"phone": "+79160000001", "fields": wrong}).encode(), None)
    with pytest.raises(FieldsWrongError) as refused:
        await services.inquiries.receive(program, bad)
    answer = RefusalError.of(refused.value)
    assert answer.status == 422
    assert {one["field"]: one["message"] for one in answer.errors} == {
        "fields.budget": FIELD_WORDS["field.bad_money"],
        "fields.plan": FIELD_WORDS["field.wants_file"],
        "fields.floor": FIELD_WORDS["field.unknown"],
        "fields.material": "Glass is not among the choices.",
    }
