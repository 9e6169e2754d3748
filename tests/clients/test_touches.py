"""What happened with a client: everything within reach, in one order, each line a way to its card."""

from datetime import timedelta

from sqlalchemy import update

from db.models import Deal
from services.deal_entry import DealFields
from services.dto.clients import ClientKind
from services.dto.leads import CallOutcome
from services.dto.tasks import Link
from services.payment_methods import Method
from tests.cast import actor_of, stages_by_name
from tests.clients.making import OTHER_PHONE, make_client, make_firm
from tests.deals.making import make_deal
from tests.leads.making import taken_lead
from tests.world import World


async def deal_of(world: World, client: int, owner: str = "anna", **given: object) -> int:
    """A deal with a client."""
    deal = await make_deal(world, owner=owner, contact=False, **given)
    async with world.db.write() as uow:
        await uow.session.execute(update(Deal).where(Deal.id == deal).values(contact_id=client))
    return deal


async def test_leads_deals_tasks_notes_and_calls_stand_newest_first(world: World) -> None:
    client = await make_client(world, phones=(OTHER_PHONE,))
    anna = await actor_of(world.services, "anna")
    lead = await taken_lead(world, phone=OTHER_PHONE, title="Doors", again=True)
    world.clock.turn(hours=1)
    await world.services.leads.log_call(anna, lead.id, CallOutcome.NO_ANSWER)
    world.clock.turn(hours=1)
    deal = await deal_of(world, client)
    world.clock.turn(hours=1)
    await world.services.deals.add_note(anna, deal, "Wants <b>white</b> frames")
    world.clock.turn(hours=1)
    due = world.clock.now() + timedelta(days=1)
    task = await world.services.tasks.create(anna, "Call Ivan", due, Link("deal", deal))
    await world.anna.press(data=f"c:{client}")
    await world.anna.press("🕓 All touches")
    told = [line.partition(" ")[0] for line in world.anna.text.splitlines()[1:]]
    assert told == ["📌", "📝", "💼", "📞", "📥"]
    assert "Wants <b>white</b> frames" in world.anna.text
    assert "Anna: no answer" in world.anna.text
    touches = world.anna.screen
    for label, shown in (
        ("📌 Call Ivan", "Call Ivan"),
        ("📝 Wants <b>white</b> frames", f"#{deal}"),
        (f"💼 #{deal} Windows for Ivan", f"#{deal}"),
        (f"📞 #{lead.id}", "Doors"),
        (f"📥 #{lead.id} Doors", "Doors"),
    ):
        await world.anna.press(data=f"kh:contact:{client}:0", on=touches)
        await world.anna.press(label)
        assert shown in world.anna.text, label
    await world.services.tasks.done(anna, task.id)
    await world.anna.press(data=f"kh:contact:{client}:0")
    assert "✅" in world.anna.text


async def test_what_was_paid_and_how_a_deal_ended_stand_among_them(world: World) -> None:
    client = await make_client(world)
    deal = await deal_of(world, client, stage="Awaiting payment", amount=900_00)
    helen, fiona = [await actor_of(world.services, name) for name in ("helen", "fiona")]
    world.clock.turn(hours=1)
    wrong = await world.services.payments.record(fiona, deal, 100_00, Method.BANK)
    await world.services.payments.take_back(fiona, deal, wrong.payments[0].id)
    await world.services.payments.record(fiona, deal, 900_00, Method.BANK)
    world.clock.turn(hours=1)
    card = await world.services.deals.card(helen, deal)
    stages = await stages_by_name(world.db)
    await world.services.moves.move(helen, deal, stages["Paid"].id, card.version)
    await world.settle()
    await world.anna.press(data=f"kh:contact:{client}:0")
    told = world.anna.text.splitlines()[1:]
    assert [line[0] for line in told] == ["✅", "💳", "💼"]
    assert told[0].endswith(f"deal #{deal}: Paid")
    assert told[1].endswith(f"deal #{deal}: ₽900 came")
    assert world.anna.labels[0] == f"💼 #{deal} Windows for Ivan"
    await world.victor.press(data=f"kh:contact:{client}:0")
    assert "900" not in world.victor.text


async def test_a_deal_tells_how_it_went_from_stage_to_stage(world: World) -> None:
    client = await make_client(world)
    deal = await deal_of(world, client, amount=150_000_00)
    anna = await actor_of(world.services, "anna")
    stages = await stages_by_name(world.db)
    world.clock.turn(minutes=1)
    moved = await world.services.moves.move(anna, deal, stages["In work"].id, 1)
    world.clock.turn(minutes=1)
    why = DealFields(loss_reason_id=1)
    await world.services.moves.move(anna, deal, stages["Lost"].id, moved.version, why)
    await world.anna.press(data=f"kh:contact:{client}:0")
    told = world.anna.text.splitlines()[1:]
    assert [line[0] for line in told] == ["🏁", "➡", "💼"]
    assert told[1].endswith(f"deal #{deal} Windows for Ivan: New → In work")
    assert told[2].endswith(f"deal #{deal} Windows for Ivan · Lost · ₽150,000")
    assert world.anna.labels[0] == f"💼 #{deal} Windows for Ivan"
    await world.victor.press(data=f"kh:contact:{client}:0")
    assert "150,000" not in world.victor.text


async def test_they_go_on_page_by_page(world: World) -> None:
    client = await make_client(world)
    deal = await deal_of(world, client)
    anna = await actor_of(world.services, "anna")
    for number in range(10):
        world.clock.turn(minutes=1)
        await world.services.deals.add_note(anna, deal, f"Note {number}")
    await world.anna.press(data=f"kh:contact:{client}:0")
    assert "Note 9" in world.anna.text
    assert "Note 1" not in world.anna.text.replace("Note 10", "")
    await world.anna.press("More ▶️")
    assert "Note 0" in world.anna.text
    await world.anna.press("◀️ Newer")
    assert "Note 9" in world.anna.text
    await world.anna.press(data=f"kh:contact:{client}:9999999999999")
    assert "Nothing yet." in world.anna.text


async def test_what_is_a_colleagues_own_is_not_shown(world: World) -> None:
    client = await make_client(world)
    theirs = await deal_of(world, client, owner="boris", title="Secret gates")
    boris = await actor_of(world.services, "boris")
    await world.services.deals.add_note(boris, theirs, "Secret discount")
    await world.anna.press(data=f"kh:contact:{client}:0")
    assert "Secret" not in world.anna.text
    await world.helen.press(data=f"kh:contact:{client}:0")
    assert "Secret gates" in world.helen.text
    assert "Secret discount" in world.helen.text


async def test_a_company_has_those_of_its_people(world: World) -> None:
    firm = await make_firm(world)
    client = await make_client(world, firm_id=firm)
    await deal_of(world, client, title="Gates")
    anna = await actor_of(world.services, "anna")
    found = await world.services.clients.touches(anna, ClientKind.FIRM, firm)
    assert [touch.text for touch in found.touches] == ["Gates"]


async def test_a_file_is_told_by_its_name_or_by_what_it_is(world: World) -> None:
    client = await make_client(world)
    deal = await deal_of(world, client)
    await world.anna.press(data=f"d:{deal}")
    world.clock.turn(minutes=1)
    await world.anna.do("send_file", None, "offer.pdf", b"%PDF", reply_to=world.anna.screen)
    assert "Anna: 📎 offer.pdf" in world.anna.text
    world.clock.turn(minutes=1)
    await world.anna.do("send_file", None, "1.jpg", b"jpg", "photo", reply_to=world.anna.screen)
    await world.anna.press(data=f"kh:contact:{client}:0")
    told = world.anna.text.splitlines()
    assert told[1].endswith("Anna: 🖼 photo")
    assert told[2].endswith("Anna: 📎 offer.pdf")
    assert "📎 offer.pdf" in world.anna.labels


async def test_files_of_clients_and_leads_are_listed_and_opened(world: World) -> None:
    client, firm = await make_client(world), await make_firm(world)
    lead = (await taken_lead(world, phone=OTHER_PHONE, title="Doors", again=True)).id
    for number, card in enumerate((f"c:{client}", f"kf:{firm}", f"l:{lead}")):
        await world.anna.press(data=card)
        assert "📎 Files" not in world.anna.labels
        await world.anna.do("send_file", None, f"plan{number}.pdf", b"%PDF", reply_to=world.anna.screen)
        await world.anna.press("📎 Files")
        assert f"plan{number}.pdf · 1 KB · Anna" in world.anna.text
        listed, sent = world.anna.screen, len(world.anna.messages)
        await world.anna.press(f"📎 plan{number}.pdf")
        assert len(world.anna.messages) == sent + 1
        await world.anna.press("◀️ Back", on=listed)
    await world.anna.press(data=f"kh:contact:{client}:0")
    sent = len(world.anna.messages)
    await world.anna.press("📎 plan0.pdf")
    assert len(world.anna.messages) == sent + 1
    for press in (f"kfi:contact:{client}:0", f"kfi:firm:{firm}:0", f"lfi:{lead}:0"):
        assert "not yours to see" in (await world.boris.press(data=press) or "")
    assert await world.boris.press(data="kfi:deal:1:0") is not None


async def test_what_is_said_of_a_clients_task_is_told_to_who_sees_the_task(world: World) -> None:
    client = await make_client(world)
    anna, helen = [await actor_of(world.services, name) for name in ("anna", "helen")]
    due = world.clock.now() + timedelta(days=1)
    task = await world.services.tasks.create(anna, "Call Ivan", due, Link("contact", client))
    world.clock.turn(minutes=1)
    await world.services.comments.add(helen, task.id, "Ask for the plan")
    world.clock.turn(minutes=1)
    await world.anna.press(data=f"tk:{task.id}")
    await world.anna.do("send_file", None, "plan.pdf", b"%PDF", reply_to=world.anna.screen)
    await world.anna.press(data=f"kh:contact:{client}:0")
    told = world.anna.text.splitlines()[1:]
    assert [line[0] for line in told] == ["💬", "💬", "📌"]
    assert told[0].endswith("Anna: 📎 plan.pdf")
    assert told[1].endswith("Helen: Ask for the plan")
    await world.anna.press("💬 Ask for the plan")
    assert "📌 Call Ivan" in world.anna.text
    olga = await actor_of(world.services, "olga")
    theirs = await world.services.tasks.create(olga, "Discount?", due, Link("contact", client))
    await world.services.comments.add(olga, theirs.id, "Secret")
    await world.anna.press(data=f"kh:contact:{client}:0")
    assert "Secret" not in world.anna.text
