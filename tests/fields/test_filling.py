"""Fields filled on the real database: who may, what is told, what is found, and what a card costs."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import delete, select, text

from db.models import Deal, Event, FieldValue, FieldWord
from db.repositories.field_conditions import FieldCondition, has_field
from db.uow import Database
from services.bin.days import DAYS, empty
from services.bundle import Services
from services.dto.clients import ClientKind
from services.dto.fields import FieldKind, FieldSubject, Option
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from services.fields.shape import MOST
from tests.cast import TurnedClock
from tests.fields.making import Find, make_field, some_contact, some_deal, some_lead
from tests.reports.test_queries import counted

DEAL = FieldSubject.DEAL


async def test_a_field_is_filled_told_and_cleared_by_who_may_change_the_deal(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    olga, anna, victor, fiona = [await actor(name) for name in ("olga", "anna", "victor", "fiona")]
    deal = await some_deal(db, clock, anna)
    wood = await make_field(services, olga, FieldKind.CHOICES, "Material", "Wood\nSteel")
    floor = await make_field(services, olga, FieldKind.NUMBER, "Floor")
    phone = await make_field(services, olga, FieldKind.PHONE, "Guard")
    filling = services.filling
    await filling.write(anna, DEAL, deal, floor.id, "3,5")
    await filling.write(anna, DEAL, deal, phone.id, "+7 916 123-45-67")
    sheet = await filling.sheet(anna, DEAL, deal)
    sheet = await filling.tick(anna, DEAL, deal, wood.id, [2, 1], sheet.version)
    assert sheet.lines[0].value == (Option(1, "Wood"), Option(2, "Steel"))
    assert (await services.deals.card(anna, deal)).fields == sheet.lines
    with pytest.raises(StaleError):
        await filling.tick(anna, DEAL, deal, wood.id, [1], sheet.version - 1)
    with pytest.raises(AppError, match=r"field\.bad_choice"):
        await filling.tick(anna, DEAL, deal, wood.id, [2, 9], sheet.version)
    sheet = await filling.tick(anna, DEAL, deal, wood.id, [2], sheet.version)
    assert sheet.lines[0].value == (Option(2, "Steel"),)
    same = await filling.write(anna, DEAL, deal, floor.id, "3.5")
    assert same.version == sheet.version, "the same once more is no change"
    await filling.clear(anna, DEAL, deal, floor.id, sheet.version)
    for stranger, refusal in ((victor, NotFoundError), (fiona, NotFoundError)):
        with pytest.raises(refusal):
            await filling.write(stranger, DEAL, deal, floor.id, "1")
    lead_field = await make_field(services, olga, FieldKind.TEXT, subject=FieldSubject.LEAD)
    for wrong in (lead_field.id, 987_654):
        with pytest.raises(NotFoundError, match="field"):
            await filling.write(anna, DEAL, deal, wrong, "x")
    async with db.read() as uow:
        events = (
            await uow.session.scalars(select(Event).where(Event.subject == "deal").order_by(Event.id))
        ).all()
    told = [(one.changes["field"][1], *one.changes["value"]) for one in events]
    assert told == [
        ("Floor", None, "3.5"), ("Guard", False, True), ("Material", None, "Wood, Steel"),
        ("Material", "Wood, Steel", "Steel"), ("Floor", "3.5", None),
    ]  # fmt: skip
    assert all(one.actor_id == anna.person_id and one.action == "deal.edit" for one in events)


async def test_finance_sees_money_and_what_is_shown_to_it_and_fills_nothing(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    olga, anna, fiona = [await actor(name) for name in ("olga", "anna", "fiona")]
    deal = await some_deal(db, clock, anna, "Awaiting payment")
    secret = await make_field(services, olga, FieldKind.TEXT, "Secret")
    bill = await make_field(services, olga, FieldKind.INVOICE, "Bill")
    for field, typed in ((secret, "hush"), (bill, "17, 100, 12.11")):
        await services.filling.write(anna, DEAL, deal, field.id, typed)
    assert [line.field.name for line in (await services.deals.card(fiona, deal)).fields] == ["Bill"]
    sheet = await services.filling.sheet(fiona, DEAL, deal)
    assert ([line.field.name for line in sheet.lines], sheet.edits) == (["Bill"], False)
    with pytest.raises(ForbiddenError):
        await services.filling.write(fiona, DEAL, deal, bill.id, "18, 1")
    await services.fields.show_to_finance(olga, secret.id, on=True)
    assert len((await services.filling.sheet(fiona, DEAL, deal)).lines) == 2


async def test_leads_and_clients_have_their_own_fields(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    olga, anna, boris = [await actor(name) for name in ("olga", "anna", "boris")]
    ids = {
        FieldSubject.LEAD: await some_lead(db, clock, anna),
        FieldSubject.CONTACT: await some_contact(db, clock, anna),
    }
    for subject, subject_id in ids.items():
        field = await make_field(services, olga, FieldKind.DATE, "Day", subject=subject)
        sheet = await services.filling.write(anna, subject, subject_id, field.id, "12.05.2027")
        assert [line.value for line in sheet.lines] == [date(2027, 5, 12)]
        with pytest.raises(NotFoundError):
            await services.filling.sheet(boris, subject, subject_id)
    assert (await services.leads.card(anna, ids[FieldSubject.LEAD])).fields[0].value == date(2027, 5, 12)
    contact = await services.clients.card(anna, ClientKind.CONTACT, ids[FieldSubject.CONTACT])
    assert contact.fields[0].value == date(2027, 5, 12)


async def test_of_two_who_fill_it_at_once_one_is_told_that_it_has_changed(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    olga, anna = await actor("olga"), await actor("anna")
    deal = await some_deal(db, clock, anna)
    field = await make_field(services, olga, FieldKind.CHOICE, "Material", "Wood\nSteel")
    both = ((anna, 1), (olga, 2))
    presses = [services.filling.choose(who, DEAL, deal, field.id, choice, 1) for who, choice in both]
    done = await asyncio.gather(*presses, return_exceptions=True)
    assert sorted(isinstance(one, StaleError) for one in done) == [False, True]


async def test_fields_are_made_changed_hidden_and_deleted_by_owner_and_heads(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    helen, anna = await actor("helen"), await actor("anna")
    deal = await some_deal(db, clock, anna)
    fields = services.fields
    with pytest.raises(ForbiddenError):
        await fields.all(anna, DEAL)
    ready = await fields.take_ready(helen, DEAL, "potential")
    own = await fields.add(helen, DEAL, "Material", FieldKind.CHOICE, "Wood\nSteel")
    assert (ready.field.key, own.field.key, own.place) == ("potential", "material", 1)
    for name, code in (("material", "field.name_taken"), ("..", "field.name_empty")):
        with pytest.raises(AppError, match=code):
            await fields.add(helen, DEAL, name, FieldKind.TEXT)
    assert (await fields.shift(helen, own.field.id, 1, later=False)).place == 0
    with pytest.raises(StaleError):
        await fields.shift(helen, own.field.id, 1, later=False)
    await services.filling.write(anna, DEAL, deal, own.field.id, "Steel")
    listed = await fields.list_options(helen, own.field.id, "Wood\nGlass")
    assert [one.name for one in listed.field.offered] == ["Wood", "Glass"]
    line = (await services.deals.card(anna, deal)).fields[0]
    assert line.value == (Option(2, "Steel", gone=True),), "what was chosen stays chosen"
    await services.filling.write(anna, DEAL, deal, own.field.id, "-")
    listed = await fields.list_options(helen, own.field.id, "Glass")
    assert [one.name for one in listed.field.options] == ["Glass"], "nobody has the others"
    await services.filling.write(anna, DEAL, deal, own.field.id, "Glass")
    await fields.hide(helen, own.field.id, on=True)
    assert [one.field.name for one in (await services.deals.card(anna, deal)).fields] == ["Potential"]
    with pytest.raises(NotFoundError):
        await services.filling.write(anna, DEAL, deal, own.field.id, "Glass")
    back = await fields.hide(helen, own.field.id, on=False)
    assert (back.place, back.filled) == (1, 1)
    assert (await fields.rename(helen, own.field.id, "Stuff")).field.key == "material"
    with pytest.raises(StaleError):
        await fields.drop(helen, own.field.id, 0)
    left = await fields.drop(helen, own.field.id, 1)
    assert ([one.name for one in left.used], [one.name for one in left.dropped]) == (["Potential"], ["Stuff"])
    assert [one.field.name for one in (await services.deals.card(anna, deal)).fields] == ["Potential"]
    namesake = await fields.add(helen, DEAL, "Stuff", FieldKind.TEXT)
    with pytest.raises(AppError, match=r"field\.name_taken"):
        await services.dropped_fields.bring_back(helen, own.field.id)
    await fields.rename(helen, namesake.field.id, "Other stuff")
    back = await services.dropped_fields.bring_back(helen, own.field.id)
    assert (back.filled, back.field.key, back.field.archived) == (1, "material", False)
    for gone in (own.field.id, 987):
        with pytest.raises(NotFoundError):
            await services.dropped_fields.bring_back(helen, gone)
    with pytest.raises(ForbiddenError):
        await services.dropped_fields.bring_back(anna, own.field.id)
    await fields.drop(helen, namesake.field.id, 0)
    await fields.drop(helen, own.field.id, 1)
    assert (await services.dropped_fields.card(helen, own.field.id)).days_left == DAYS
    clock.turn(days=DAYS + 1)
    await empty(db, clock.now())
    assert (await fields.all(helen, DEAL)).dropped == ()
    async with db.read() as uow:
        assert (await uow.session.scalars(select(FieldValue))).all() == []
        made = (await uow.session.scalars(select(Event.action).where(Event.subject == "field"))).all()
    assert set(made) == {"field.edit"}
    for number in range(MOST - 1):
        await fields.add(helen, DEAL, f"F{number}", FieldKind.TEXT)
    with pytest.raises(AppError, match=r"field\.many"):
        await fields.add(helen, DEAL, "One more", FieldKind.TEXT)


async def test_a_card_costs_nothing_more_without_fields_and_one_statement_with_any_number(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    olga, anna = await actor("olga"), await actor("anna")
    deal = await some_deal(db, clock, anna)

    async def cost() -> int:
        with counted(db) as statements:
            await services.deals.card(anna, deal)
        assert not [one for one in statements if "FROM field_value" in one]
        return len(statements)

    await services.deals.card(anna, deal)  # The first one reads the stages, too.
    without = await cost()
    for number in range(1, 12):
        field = await make_field(services, olga, FieldKind.TEXT, f"F{number}")
        await services.filling.write(anna, DEAL, deal, field.id, f"value {number}")
        if number in (1, 11):
            assert await cost() == without + 1


async def test_deals_are_found_by_what_a_field_says_with_an_index(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    olga, anna = await actor("olga"), await actor("anna")
    deals = [await some_deal(db, clock, anna) for _ in range(3)]
    floor = await make_field(services, olga, FieldKind.NUMBER, "Floor")
    note = await make_field(services, olga, FieldKind.TEXT, "Note")
    for deal, typed, said in zip(deals, ("1", "2.5", "10"), ("Ёлка у дома", "дом", "дым"), strict=True):
        await services.filling.write(anna, DEAL, deal, floor.id, typed)
        await services.filling.write(anna, DEAL, deal, note.id, said)
    cases = {
        FieldCondition(floor.id, low=25_000): deals[1:],
        FieldCondition(floor.id, low=10_000, high=25_000): deals[:2],
        FieldCondition(floor.id): deals,
        FieldCondition(note.id, words=("дом",)): deals[:2],
        FieldCondition(note.id, words=("дом", "елк")): deals[:1],
    }
    async with db.read() as uow:
        for condition, found in cases.items():
            query = select(Deal.id).where(has_field(condition, Deal.id)).order_by(Deal.id)
            assert list((await uow.session.scalars(query)).all()) == found
            if db.backend == "sqlite":
                sql = str(query.compile(uow.session.get_bind(), compile_kwargs={"literal_binds": True}))
                plan = " ".join(
                    row[3] for row in await uow.session.execute(text(f"EXPLAIN QUERY PLAN {sql}"))
                )
                assert "SCAN field_" not in plan, plan


async def test_what_is_deleted_takes_its_values_along(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    olga, anna = await actor("olga"), await actor("anna")
    deal, other = [await some_deal(db, clock, anna) for _ in range(2)]
    field = await make_field(services, olga, FieldKind.TEXT)
    for one in (deal, other):
        await services.filling.write(anna, DEAL, one, field.id, "kept")
    async with db.write() as uow:
        await uow.session.execute(delete(Deal).where(Deal.id == deal))
        await uow.fields.forget("deal", [deal])
    async with db.read() as uow:
        for kept in (FieldValue, FieldWord):
            assert list((await uow.session.scalars(select(kept.subject_id))).all()) == [other]
