"""What is understood of a new request, what is asked, and what happens when the client is known."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from db.models import Department, Event, Lead, Membership, Note, Person
from services.dto.lead_intake import LeadInput
from services.errors import AppError, ForbiddenError, NotFoundError
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.leads.making import (
    PHONE,
    contact_of,
    department_id,
    free_lead,
    handled_again,
    lead_row,
    taken_lead,
)
from tests.world import World

LINE = "Windows, Ivan +7 916 123-45-67, 150k, website"


async def test_the_command_with_a_line_is_understood_at_once(world: World) -> None:
    await world.anna.say(f"/lead {LINE}")
    assert "Saved as yours" in world.anna.text
    assert await world.count(Lead) == 1


async def test_only_what_is_missing_is_asked(world: World) -> None:
    await world.anna.press(data="ln")
    await world.anna.say("Oak doors 200k")
    assert "How can the client be reached?" in world.anna.text
    assert "🙋 Mine" not in world.anna.labels
    await world.anna.say("89161234567")
    lead = await lead_row(world, 1)
    assert (lead.title, lead.phone, lead.amount) == ("Oak doors", PHONE, 200_000_00)
    assert lead.status == "in_work"


async def test_a_name_is_enough_to_save(world: World) -> None:
    await world.anna.say("/lead")
    await world.anna.say("Oak doors")
    await world.anna.say("Zaphod Beeblebrox")
    await world.anna.press("👥 To the department")
    lead = await lead_row(world, 1)
    assert (lead.title, lead.name, lead.status) == ("Oak doors", "Zaphod Beeblebrox", "new")


async def test_a_sent_contact_is_a_lead(world: World) -> None:
    vcard = "BEGIN:VCARD\nFN:Ivan Petrov\nEMAIL;TYPE=WORK:ivan@example.com\nORG:Romashka;Sales\nEND:VCARD"
    await world.anna.do("send_contact", None, "79161234567", "Ivan", "Petrov", vcard=vcard)
    lead = await lead_row(world, 1)
    assert (lead.name, lead.phone, lead.email) == ("Ivan Petrov", PHONE, "ivan@example.com")
    assert "Romashka" in (lead.comment or "")


async def test_a_head_chooses_between_the_department_and_themselves(world: World) -> None:
    await world.helen.say(LINE)
    assert "not saved yet" in world.helen.text
    assert await world.count(Lead) == 0
    await world.helen.press("👥 To the department")
    assert (await lead_row(world, 1)).owner_id is None
    assert "✋ Take" in world.anna.labels
    await world.helen.say(LINE.replace("45-67", "45-68"))
    await world.helen.press("🙋 Mine")
    assert (await lead_row(world, 2)).status == "in_work"


async def test_marketing_brings_leads_to_its_department_and_corrects_them_until_they_are_taken(
    world: World,
) -> None:
    await world.max.say(LINE)
    assert "🙋 Mine" not in world.max.labels
    await world.max.press("👥 To the department")
    assert "✋ Take" not in world.max.labels
    await world.max.press("✏️ Edit")
    await world.max.press("✏️ Title")
    await world.max.say("Doors")
    assert (await lead_row(world, 1)).title == "Doors"
    await world.anna.press("✋ Take")
    assert world.max.text == "#1 · taken by Anna"
    assert "no such lead" in (await world.max.press(data="le:1") or "")


async def test_who_typed_a_free_lead_by_mistake_takes_it_back(world: World) -> None:
    await world.max.say(LINE)
    await world.max.press("👥 To the department")
    await world.max.press("🗑 Not a lead")
    await world.max.press("My mistake")
    assert (await lead_row(world, 1)).status == "rejected"
    assert "Not a lead: written down by mistake" in world.anna.text
    assert "✋ Take" not in world.anna.labels
    await world.max.press("↩️ Undo")
    assert (await lead_row(world, 1)).status == "new"
    assert "✋ Take" in world.anna.labels


async def test_the_owner_names_one_of_all_departments(world: World) -> None:
    await world.olga.say(LINE)
    assert "👥 Sales" in world.olga.labels
    await world.olga.press("👥 Service")
    assert (await lead_row(world, 1)).department_id == await department_id(world.db, "Service")
    assert "✋ Take" in world.victor.labels
    assert "Windows" not in world.anna.text


async def test_who_belongs_to_several_departments_is_asked_for_which(world: World) -> None:
    anna = await actor_of(world.services, "anna")
    async with world.db.write() as uow:
        service = await department_id(world.db, "Service")
        uow.session.add(Membership(person_id=anna.person_id, department_id=service, head=False))
    await world.anna.say(LINE)
    assert await world.count(Lead) == 0
    await world.anna.press("🙋 Mine · Service")
    lead = await lead_row(world, 1)
    assert (lead.department_id, lead.owner_id) == (service, anna.person_id)


async def test_a_draft_is_changed_before_it_is_saved(world: World) -> None:
    await world.helen.say(LINE)
    await world.helen.press("✏️ Edit")
    await world.helen.press("💰 Sum")
    await world.helen.say("many")
    assert "I could not read this sum" in world.helen.text
    await world.helen.say("1.5 mln")
    await world.helen.press("✏️ Edit")
    await world.helen.press("📣 Source")
    await world.helen.press("VK")
    await world.helen.press("👥 To the department")
    lead = await lead_row(world, 1)
    assert (lead.amount, lead.source) == (1_500_000_00, "vk")


async def test_a_known_phone_of_ones_own_client_names_it_and_opens_it(world: World) -> None:
    await contact_of(world, "anna")
    await world.anna.say(LINE)
    assert "This phone is Petrov's, owner Anna." in world.anna.text
    assert await world.count(Lead) == 0
    await world.anna.press("👀 Open")
    assert "Petrov" in world.anna.text


async def test_of_a_client_out_of_sight_only_the_owner_is_named(world: World) -> None:
    await contact_of(world, "anna")
    await world.boris.say(LINE)
    assert "This phone belongs to Anna's clients." in world.boris.text
    assert "Petrov" not in world.boris.text
    assert "👀 Open" not in world.boris.labels
    assert "➕ Add as a new touch" not in world.boris.labels
    await world.boris.press("🆕 New lead anyway")
    await world.boris.press("🙋 Mine")
    assert await world.count(Lead) == 1


async def test_a_new_touch_is_noted_with_the_older_lead_and_its_owner_is_told(world: World) -> None:
    await taken_lead(world, "anna", title="Windows", name="Petrov")
    await world.boris.say("Doors, Ivan +7 916 123-45-67")
    await world.boris.press("➕ Add as a new touch")
    assert world.boris.text == "✅ Noted. Anna knows."
    assert await world.count(Lead) == 1
    note = (await world.rows(select(Note)))[0][0]
    assert note.lead_id == 1
    assert "Doors" in note.text
    assert "Boris has noted a new request" in world.anna.text
    assert "Doors" in world.anna.text


async def test_a_new_touch_of_a_client_is_noted_with_their_open_deal(world: World) -> None:
    deal = await make_deal(world, owner="anna", stage="Proposal")
    await world.boris.say("Doors, Ivan +7 916 123-45-67")
    await world.boris.press("➕ Add as a new touch")
    assert (await world.rows(select(Note.deal_id)))[0][0] == deal
    assert "Boris has noted a new request" in world.anna.text
    assert "💼" not in world.boris.text


async def test_a_phone_that_became_known_meanwhile_is_shown_before_a_second_lead_is_made(
    world: World,
) -> None:
    await world.helen.say(LINE)
    draft = world.helen.screen
    await free_lead(world.services, world.db, name="Petrov")
    await world.helen.press("👥 To the department", on=draft)
    assert "This phone is Petrov's" in draft.text
    assert await world.count(Lead) == 1


async def test_an_older_draft_waits_while_others_are_written_looked_for_and_planned(world: World) -> None:
    await world.helen.say("Doors, Olga, website")
    old = world.helen.screen
    await world.helen.say("Kitchen, Oleg +7 916 222-33-44, 300k, avito")
    assert "Kitchen" in world.helen.text
    assert "📝 The draft “Olga” is kept." in world.helen.text
    for typed, answer in (
        ("4567", "Nothing found for “4567”"),
        ("#361", "Nothing found for “#361”"),
        ("tomorrow 3pm call John", "I will remind you"),
    ):
        await world.helen.press("✏️ Edit", on=old)
        await world.helen.press("◀️ Back", on=old)
        await world.helen.say(typed)
        assert answer in world.helen.text
    await world.helen.press("👥 To the department", on=old)
    await world.helen.say("Kitchen, Oleg +7 916 222-33-44, 300k, avito")
    await world.helen.press("👥 To the department")
    leads = [await lead_row(world, number) for number in (1, 2)]
    assert [(lead.title, lead.name, lead.amount) for lead in leads] == [
        ("Doors", "Olga", None),
        ("Kitchen", "Oleg", 300_000_00),
    ]


async def test_a_line_that_is_handled_again_after_a_crash_makes_no_second_lead(world: World) -> None:
    await world.anna.say(LINE)
    for _ in range(3):
        await handled_again(world)
        assert "Windows" in world.anna.text
        assert "not saved yet" not in world.anna.text
    assert await world.count(Lead) == 1
    assert len(await world.rows(select(Event).where(Event.action == "lead.create"))) == 1


async def test_another_door_makes_leads_by_the_same_service(world: World) -> None:
    max_ = await actor_of(world.services, "max")
    given = LeadInput(title="From the site", phone="8 916 123-45-67", source="site")
    card = await world.services.leads.create(max_, given)
    assert (await lead_row(world, card.id)).phone == PHONE
    with pytest.raises(AppError, match="phone_known"):
        await world.services.leads.create(max_, given)
    await world.services.leads.create(max_, replace(given, again=True))
    with pytest.raises(AppError, match="unreachable"):
        await world.services.leads.create(max_, LeadInput(title="Nobody"))
    with pytest.raises(NotFoundError):
        await world.services.leads.create(max_, replace(given, department_id=999, again=True))
    anna = await actor_of(world.services, "anna")
    elsewhere = await department_id(world.db, "Service")
    with pytest.raises(ForbiddenError):
        await world.services.leads.create(anna, replace(given, department_id=elsewhere, again=True))
    with pytest.raises(ForbiddenError):
        await world.services.leads.create(max_, replace(given, mine=True, again=True))
    assert await world.count(Lead) == 2


async def test_what_is_no_phone_is_kept_in_the_comment(world: World) -> None:
    max_ = await actor_of(world.services, "max")
    card = await world.services.leads.create(max_, LeadInput(name="Ivan", phone="12 ext 3"))
    assert (card.phone, card.comment) == (None, "12 ext 3")


async def test_the_road_in_russian(world: World) -> None:
    async with world.db.write() as uow:
        for person in (await uow.session.scalars(select(Person))).all():
            person.language = "ru"
        for department in (await uow.session.scalars(select(Department))).all():
            department.name = "Продажи"
    await world.helen.say("Окна, Иван +7 916 123-45-67, 150к, с сайта")
    assert "Новый лид, ещё не сохранён" in world.helen.text
    await world.helen.press("👥 В отдел")
    await world.anna.press("✋ Взять")
    assert "В работе" in world.anna.text
    assert "сайт" in world.anna.text
    await world.anna.press("📞 Итог звонка")
    await world.anna.press("📵 Не отвечает")
    await world.anna.press("✖️ Отмена")
    await world.anna.press("🗑 Не лид")
    await world.anna.press("Спам")
    assert "Не лид: спам" in world.anna.text
    await world.anna.press("↩️ Отменить")
    await world.anna.press("✅ В сделку")
    assert "Для какой компании?" in world.anna.text
