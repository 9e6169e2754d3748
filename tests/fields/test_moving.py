"""Fields on the way: asked for by a stage, copied from a lead, and united with a client."""

import pytest
from sqlalchemy import select

from db.models import Event
from db.uow import Database
from keyboards.deal_data import EntryPickCb
from services.bundle import Services
from services.deal_entry import DealFields, MissingFieldsError
from services.dto.clients import ClientKind
from services.dto.common import Sum
from services.dto.fields import FieldKind, FieldSubject, Option
from services.dto.merges import seen_as
from services.errors import AppError, ForbiddenError
from services.fields.entry import code_of
from services.pipelines.shape import StageField
from tests.cast import TurnedClock, stages_by_name
from tests.deals.making import make_deal
from tests.fields.making import Find, make_field, some_contact, some_deal, some_lead
from tests.world import World

DEAL, LEAD, CONTACT = FieldSubject.DEAL, FieldSubject.LEAD, FieldSubject.CONTACT


async def test_a_stage_asks_only_for_the_fields_that_say_nothing_yet(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    olga, anna = await actor("olga"), await actor("anna")
    deal = await some_deal(db, clock, anna)
    stage = (await stages_by_name(db))["In work"].id
    known = await make_field(services, olga, FieldKind.TEXT, "Known")
    floor = await make_field(services, olga, FieldKind.NUMBER, "Floor")
    wood = await make_field(services, olga, FieldKind.CHOICES, "Material", "Wood\nSteel")
    for field in (known, floor, wood):
        card = await services.stages.set(olga, stage, StageField.REQUIRED, code_of(field.id))
    assert [card.own[code] for code in card.required] == ["Known", "Floor", "Material"]
    assert (await services.fields.card(olga, floor.id)).stages == ("In work",), "told before it is deleted"
    await services.filling.write(anna, DEAL, deal, known.id, "yes")
    with pytest.raises(MissingFieldsError) as missing:
        await services.moves.move(anna, deal, stage, 2)
    assert missing.value.fields == [code_of(floor.id), code_of(wood.id)]
    given = {code_of(floor.id): {"text": "-"}, code_of(wood.id): {"ids": [1, 2]}}
    with pytest.raises(AppError, match=r"field\.empty"):
        await services.moves.move(anna, deal, stage, 2, DealFields(fields=given))
    given[code_of(floor.id)] = {"text": "3,5"}
    moved = await services.moves.move(anna, deal, stage, 2, DealFields(fields=given))
    assert moved.stage.id == stage
    assert moved.fields[2].value == (Option(1, "Wood"), Option(2, "Steel"))
    async with db.read() as uow:
        events = (await uow.session.scalars(select(Event).order_by(Event.id.desc()).limit(1))).all()
    assert events[0].changes["fields"][1] == [
        ["Floor", "number", None, "3.5"],
        ["Material", "choices", None, "Wood, Steel"],
    ]
    await services.fields.hide(olga, floor.id, on=True)
    assert (await services.stages.card(olga, stage)).required == (code_of(known.id), code_of(wood.id))


async def test_a_stage_asks_in_the_chat_with_buttons_and_words(world: World) -> None:
    deal = await make_deal(world, amount=100_00)
    olga = await world.services.people.identify(world.olga.person.id)
    assert olga is not None
    await make_field(world.services, olga, FieldKind.CHOICES, "Material", "Wood\nSteel")
    await make_field(world.services, olga, FieldKind.FLAG, "Measured")
    await make_field(world.services, olga, FieldKind.DATE, "Day")
    await world.helen.press("👤 Profile")
    await world.helen.press("🧭 Pipelines")
    await world.helen.press("🧭 Sales")
    await world.helen.press("🔵 In work")
    await world.helen.press("📋 Required")
    for name in ("Material", "Measured", "Day"):
        await world.helen.press(name)
    assert "✓ Day" in world.helen.labels

    anna = world.anna
    await anna.say("/deals")
    await anna.press("💼 #1 Windows for Ivan")
    await anna.press("▶️ In work")
    assert "📋 This stage asks for Material." in anna.text
    await anna.press("Wood")
    await anna.press("Steel")
    await anna.press("✓ Wood")
    await anna.press("▶️ Go on")
    assert "📋 This stage asks for Measured." in anna.text
    await anna.press("Yes")
    await anna.say("31.02")
    assert "I could not read a day" in anna.text
    await anna.say("01.12.2026")
    assert "🔵 In work · ₽100" in anna.text
    assert "▪️ Material: Steel\n▪️ Measured: yes\n▪️ Day: Tuesday, 1 December" in anna.text
    assert "Anna: New → In work · Material: Steel · Measured: yes · Day: Tuesday, 1 December" in anna.text
    await anna.press(data=EntryPickCb(deal_id=deal, choice=1, several=0).pack())
    assert "▪️ Material: Steel" in anna.text, "an old button changes nothing"


async def test_a_lead_takes_its_fields_along_by_the_rules_that_are_set(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    olga, anna = await actor("olga"), await actor("anna")
    budget = await make_field(services, olga, FieldKind.MONEY, "Budget", subject=LEAD)
    kind = await make_field(services, olga, FieldKind.CHOICE, "Kind", "Flat\nHouse", subject=LEAD)
    there = await make_field(services, olga, FieldKind.CHOICE, "Building", "Office\nHOUSE")
    other = await make_field(services, olga, FieldKind.TEXT, "Text")
    with pytest.raises(ForbiddenError):
        await services.field_rules.choices(anna, kind.id)
    with pytest.raises(AppError, match=r"field\.not_found"):
        await services.field_rules.copy(olga, kind.id, DEAL, other.id)
    choice = await services.field_rules.copy(olga, kind.id, DEAL, there.id)
    assert choice.card.copies == ((DEAL, "Building"),)
    assert [one.name for one in choice.there[DEAL][0].options] == ["Office", "HOUSE", "Flat"]
    await services.field_rules.copy_to_new(olga, budget.id, DEAL)
    await services.field_rules.copy_to_new(olga, budget.id, CONTACT)
    lead = await some_lead(db, clock, anna, name="Ivan", phone="+79161234567")
    await services.filling.write(anna, LEAD, lead, budget.id, "150k")
    await services.filling.write(anna, LEAD, lead, kind.id, "House")
    done = await services.outcomes.qualify(anna, lead, 3)
    assert done.deal_id is not None
    card = await services.deals.card(anna, done.deal_id)
    assert [line.value for line in card.fields] == [(Option(2, "HOUSE"),), None, Sum(150_000_00, "RUB")]
    assert card.contact is not None
    contact = await services.clients.card(anna, ClientKind.CONTACT, card.contact.id)
    assert contact.fields[0].value == Sum(150_000_00, "RUB")

    again = await some_lead(db, clock, anna, name="Ivan", phone="+79161234567")
    await services.filling.write(anna, LEAD, again, budget.id, "7")
    await services.field_rules.copy(olga, budget.id, DEAL, 0)
    second = await services.outcomes.qualify(anna, again, 2, again=True)
    assert second.deal_id is not None
    assert [line.value for line in (await services.deals.card(anna, second.deal_id)).fields] == [None] * 3
    contact = await services.clients.card(anna, ClientKind.CONTACT, card.contact.id)
    assert contact.fields[0].value == Sum(150_000_00, "RUB"), "a known client keeps what it says"


async def test_a_united_client_says_what_only_the_other_one_said_until_it_is_taken_back(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    olga, anna = await actor("olga"), await actor("anna")
    kept, gone = [await some_contact(db, clock, anna) for _ in range(2)]
    fields = [await make_field(services, olga, FieldKind.TEXT, name, subject=CONTACT) for name in "AB"]
    for client, field, said in ((kept, 0, "mine"), (gone, 0, "theirs"), (gone, 1, "more")):
        await services.filling.write(anna, CONTACT, client, fields[field].id, said)
    united = await services.merging.merge(anna, ClientKind.CONTACT, kept, gone, seen_as(0, 2, 3))
    assert [line.value for line in united.client.fields] == ["mine", "more"]
    await services.merging.undo(anna, ClientKind.CONTACT, kept, united.merge_id)
    for client, said in ((kept, ["mine", None]), (gone, ["theirs", "more"])):
        card = await services.clients.card(anna, ClientKind.CONTACT, client)
        assert [line.value for line in card.fields] == said
