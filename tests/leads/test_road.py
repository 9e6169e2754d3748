"""A lead's road from a chat message to a deal, told by hands on phones."""

from sqlalchemy import select, update

from db.models import Call, Company, Contact, Deal, Department, Event, Lead, Note, Task
from tests.cast import actor_of, stages_by_name
from tests.leads.making import department_id, free_lead, lead_row, taken_lead
from tests.world import World

LINE = "Windows, Ivan +7 916 123-45-67, 150k, website"


async def _to_stage(world: World, deal: int, name: str) -> None:
    stage = (await stages_by_name(world.db))[name]
    closed = world.clock.now().date() if stage.kind == "lost" else None
    async with world.db.write() as uow:
        values = {"stage_id": stage.id, "closed_on": closed, "version": Deal.version + 1}
        await uow.session.execute(update(Deal).where(Deal.id == deal).values(**values))


async def test_the_whole_road_from_a_line_to_a_deal(world: World) -> None:
    await world.anna.say(LINE)
    assert "Saved as yours" in world.anna.text
    assert "+7 916 123-45-67" in world.anna.text
    lead = await lead_row(world, 1)
    assert (lead.title, lead.name, lead.phone) == ("Windows", "Ivan", "+79161234567")
    assert (lead.amount, lead.source, lead.status) == (150_000_00, "site", "in_work")
    assert "Windows" not in world.boris.text

    await world.anna.press("👥 To the department")
    assert "Windows" in world.boris.text
    await world.boris.press("✋ Take")
    assert world.anna.text == "#1 · taken by Boris"

    await world.boris.press("📞 Call outcome")
    await world.boris.press("✅ Reached")
    assert "call: reached" in world.boris.text
    await world.boris.press("📝 Note")
    await world.boris.say("Wants oak frames")
    assert "Wants oak frames" in world.boris.text
    await world.boris.press("✅ Qualify")
    await world.boris.say("Romashka")

    everything = select(Deal, Contact, Company).join(Contact, Contact.id == Deal.contact_id)
    deal, contact, company = (await world.rows(everything.join(Company, Company.id == Deal.company_id)))[0]
    boris = (await actor_of(world.services, "boris")).person_id
    assert (deal.title, deal.amount, deal.source, deal.owner_id) == ("Windows", 150_000_00, "site", boris)
    assert (deal.contact_id, deal.company_id, deal.lead_id) == (contact.id, company.id, 1)
    assert (contact.name, contact.phone, contact.company_id) == ("Ivan", "+79161234567", company.id)
    assert company.name == "Romashka"
    closed = await lead_row(world, 1)
    assert (closed.status, closed.contact_id) == ("qualified", contact.id)
    assert "Romashka" in world.boris.text
    assert "🔀 Move" in world.boris.labels
    assert await world.count(Call) == await world.count(Note) == 1
    told = select(Event.action).where(Event.subject == "lead").order_by(Event.id)
    assert [row[0] for row in await world.rows(told)] == [
        "lead.create",
        "lead.hand_over",
        "lead.take",
        "call.log",
        "note.add",
        "lead.qualify",
    ]


async def test_what_was_asked_for_stays_with_the_deal_and_goes_with_an_erasure(world: World) -> None:
    words = "When can you come & measure?"
    lead = await taken_lead(world, comment=words)
    await world.anna.press(data=f"lq:{lead.id}:{lead.version}")
    await world.anna.say("—")
    assert await world.count(Company) == 0
    assert world.anna.text.count(words) == 1
    await world.anna.press("🕓 History")
    assert f"made a deal of it · {words}" in world.anna.text
    deal, contact = (await world.rows(select(Deal.id, Deal.contact_id)))[0]

    await _to_stage(world, deal, "Awaiting payment")
    fiona, olga = await actor_of(world.services, "fiona"), await actor_of(world.services, "olga")
    card = await world.services.deals.card(fiona, deal)
    assert card.talk is None
    await world.fiona.press(data=f"d:{deal}")
    assert "Awaiting payment" in world.fiona.text
    assert words not in world.fiona.text

    await _to_stage(world, deal, "Lost")
    preview = await world.services.erasing.preview(olga, contact)
    await world.services.erasing.erase(olga, contact, preview.version)
    await world.settle()
    await world.anna.press(data=f"d:{deal}")
    assert "Lost" in world.anna.text
    assert words not in world.anna.text
    assert not [row for row in await world.rows(select(Lead.comment)) if row[0]]


async def test_a_deal_needs_no_company_and_takes_the_known_contact_and_the_tasks(world: World) -> None:
    lead = await taken_lead(world)
    anna = await actor_of(world.services, "anna")
    async with world.db.write() as uow:
        contact = Contact(
            name="Ivan Petrov",
            search="ivan petrov",
            phone="+79161234567",
            owner_id=anna.person_id,
            department_id=await department_id(world.db),
            created_at=world.clock.now(),
        )
        task = Task(
            text="Call",
            due_at=world.clock.now(),
            assignee_id=anna.person_id,
            lead_id=lead.id,
            created_at=world.clock.now(),
        )
        uow.session.add_all([contact, task])
    await world.anna.press(data=f"lq:{lead.id}:{lead.version}")
    await world.anna.press("No company ▶️")
    deal = (await world.rows(select(Deal)))[0][0]
    assert (deal.contact_id, deal.company_id) == (contact.id, None)
    assert (await world.rows(select(Task.deal_id)))[0][0] == deal.id
    assert await world.count(Contact) == 1


async def test_the_department_is_told_privately_and_its_chat_silently_without_the_client(
    world: World,
) -> None:
    group = world.telegram.add_group("Sales team", members=[world.anna.person, world.boris.person])
    await bind_chat(world, group)
    await free_lead(world.services, world.db, title="Windows for the dacha", name="Ivan")
    await world.settle()
    assert "+7 916 123-45-67" in world.helen.text
    assert "Windows" not in world.olga.text
    (post,) = [message for message in world.telegram.messages(group) if "Windows" in message.text]
    assert post.silent
    assert "Ivan" not in post.text
    assert "916" not in post.text

    told = len(world.anna.messages)
    toast = await world.anna.press("✋ Take", on=post)
    assert toast == "Its card is in our private chat."
    assert len(world.anna.messages) == told, "the announcement has become the card"
    assert "🔵 In work" in world.anna.text
    assert "+7 916 123-45-67" in world.anna.text
    assert world.telegram.messages(group)[-1].text == "#1 · taken by Anna"
    assert world.boris.text == "#1 · taken by Anna"


async def test_a_title_that_names_the_client_stays_out_of_the_team_chat(world: World) -> None:
    group = world.telegram.add_group("Sales team", members=[world.anna.person])
    await bind_chat(world, group)
    await free_lead(world.services, world.db, title="Windows for Ivan, 916 123 45 67", name="Ivan")
    await world.settle()
    assert "New request" in world.telegram.messages(group)[-1].text
    assert "Ivan" not in world.telegram.messages(group)[-1].text


async def test_two_press_take_and_the_second_sees_who_was_first(world: World) -> None:
    await free_lead(world.services, world.db)
    await world.settle()
    card = world.boris.screen
    helen = await actor_of(world.services, "helen")
    await world.services.leads.take(helen, 1)
    assert await world.boris.press("✋ Take", on=card) == "Already taken by Helen."
    assert world.boris.text == "#1 · taken by Helen"


async def test_a_lead_that_is_handed_over_tells_its_new_owner(world: World) -> None:
    await taken_lead(world)
    await world.anna.press(data="l:1")
    await world.anna.press("🤝 Hand over")
    assert "Victor" not in " ".join(world.anna.labels)
    await world.anna.press("Boris")
    assert world.anna.text == "#1 · taken by Boris"
    assert "Anna gave you a lead" in world.boris.text
    assert "✅ Qualify" in world.boris.labels


async def test_a_head_hands_over_what_lies_free(world: World) -> None:
    await free_lead(world.services, world.db)
    await world.settle()
    await world.helen.press("🤝 Hand over")
    await world.helen.press("Anna")
    assert "Helen gave you a lead" in world.anna.text
    assert "Anna" in world.helen.text
    assert world.boris.text == "#1 · taken by Anna"
    assert (await lead_row(world, 1)).status == "in_work"


async def test_no_lead_is_undone_by_one_tap(world: World) -> None:
    await taken_lead(world)
    await world.anna.press(data="l:1")
    await world.anna.press("🗑 Not a lead")
    await world.anna.press("Not our product")
    assert "Not a lead: not our product" in world.anna.text
    assert (await lead_row(world, 1)).reject_reason == "not_ours"
    await world.anna.press("↩️ Undo")
    assert "In work" in world.anna.text
    assert (await lead_row(world, 1)).closed_at is None


async def test_a_reason_of_ones_own_is_typed(world: World) -> None:
    await taken_lead(world)
    await world.anna.press(data="l:1")
    await world.anna.press("🗑 Not a lead")
    await world.anna.press("Other reason…")
    await world.anna.say("Only wanted <b>advice</b>")
    assert "Not a lead: Only wanted <b>advice</b>" in world.anna.text


async def test_a_wrong_number_asks_whether_it_is_a_lead_at_all(world: World) -> None:
    await taken_lead(world)
    await world.anna.press(data="lcs:1")
    await world.anna.press("🚫 Wrong number")
    assert "Why is it not a lead?" in world.anna.text
    await world.anna.press("Wrong number")
    assert (await lead_row(world, 1)).reject_reason == "wrong_number"


async def test_fields_are_changed_one_by_one(world: World) -> None:
    await taken_lead(world)
    for label, typed, field, value in (
        ("✏️ Title", "Doors", "title", "Doors"),
        ("👤 Name", "Pyotr", "name", "Pyotr"),
        ("📞 Phone", "8 (926) 111-22-33", "phone", "+79261112233"),
        ("📞 Phone", "ivan@example.com", "email", "ivan@example.com"),
        ("📞 Phone", "@ivanov", "username", "ivanov"),
        ("💰 Sum", "200k", "amount", 200_000_00),
        ("💰 Sum", "-", "amount", None),
        ("💬 Comment", "Call after six", "comment", "Call after six"),
    ):
        await world.anna.press(data="l:1")
        await world.anna.press("✏️ Edit")
        await world.anna.press(label)
        await world.anna.say(typed)
        assert getattr(await lead_row(world, 1), field) == value
    await world.anna.press("✏️ Edit")
    await world.anna.press("📣 Source")
    await world.anna.press("Avito")
    assert (await lead_row(world, 1)).source == "avito"
    assert "pyotr" in (await lead_row(world, 1)).search


async def test_a_field_that_is_not_understood_is_asked_again(world: World) -> None:
    await taken_lead(world)
    await world.anna.press(data="lf:1:phone")
    await world.anna.say("123456789012345678901234567890")
    assert "I see no phone" in world.anna.text
    await world.anna.say("+7 926 111-22-33")
    assert (await lead_row(world, 1)).phone == "+79261112233"


async def test_lists_show_free_own_and_all_leads(world: World) -> None:
    for n in range(9):
        await free_lead(world.services, world.db, title=f"Request {n}", phone=f"+7916000000{n}")
    anna = await actor_of(world.services, "anna")
    await world.services.leads.take(anna, 9)
    await world.settle()
    await world.anna.say("/leads")
    assert world.anna.text.index("Request 0") < world.anna.text.index("Request 7")
    assert "More ▶️" not in world.anna.labels
    assert "👥 All" not in world.anna.labels
    await world.anna.press("🙋 My leads")
    assert "Request 8" in world.anna.text
    await world.helen.say("/leads")
    await world.helen.press("👥 All")
    assert "Anna" in world.helen.text
    assert world.helen.text.index("Request 8") < world.helen.text.index("Request 1")
    await world.helen.press("More ▶️")
    assert "Request 0" in world.helen.text
    await world.victor.say("/leads")
    assert "Request" not in world.victor.text


async def bind_chat(world: World, group: object) -> None:
    """Let a group be the team chat of Sales."""
    async with world.db.write() as uow:
        sales = await uow.session.get_one(Department, await department_id(world.db))
        sales.chat_id = group.id  # type: ignore[attr-defined]
