"""Deleting by buttons and bringing back, as everybody sees it."""

from sqlalchemy import select, update

from db.models import Binned, Contact, Deal, Note, Task, Timer
from services.dto.clients import ClientInput, ClientKind
from services.dto.lead_intake import LeadInput
from services.payment_methods import Method
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.leads.making import taken_lead
from tests.tasks.ticking import set_task
from tests.world import World


async def test_a_deal_goes_and_comes_back_with_all_that_hangs_on_it(world: World) -> None:
    deal = await make_deal(world, "anna", "New")
    anna, helen = world.anna, world.helen
    await anna.say("/menu")
    for press, words in (("📝 Note", "Wants oak"), ("➕ Task", "Call tomorrow at 15")):
        await anna.press(data=f"d:{deal}")
        await anna.press(press)
        await anna.say(words)
    await anna.press(data=f"d:{deal}")
    card = anna.screen
    await anna.say("/task")
    await anna.press(data=f"tk:{(await world.rows(select(Task.id)))[0][0]}")
    assert "🗑 Delete" not in str(card.labels)  # not hers to delete: it was not made by hand today
    assert "within a day" in (await anna.press(data=f"bny:deal:{deal}:1", on=card) or "")
    await helen.press(data=f"d:{deal}")
    old = helen.screen
    await helen.press("🗑 Delete")
    assert "Delete the deal “Windows for Ivan”?" in helen.text
    assert "Goes into the bin: the deal, 1 task, 1 note" in helen.text
    assert "Stays as it is: the client\n" in helen.text
    assert "For 30 days" in helen.text
    await helen.press("🗑 Yes, delete")
    assert "Deleted today, 12:00 by Helen" in helen.text
    for table in (Deal, Note, Task):
        assert await world.count(table) == 0, table
    assert not await world.rows(select(Timer.id).where(Timer.state == "new", Timer.subject == "task"))
    # Everybody before whom its card stands is told; whoever saw it may not bring it back.
    assert "Deleted today, 12:00 by Helen" in card.text
    assert "↩️ Restore" not in str(card.labels)
    assert "no such deal" in (await world.victor.press(data=f"d:{deal}", on=card) or "")
    assert (await anna.press(data="bnr:1", on=card)) == "You may not do this."
    task = anna.screen
    assert task is not card
    assert "Deleted today, 12:00 by Helen" in task.text
    await helen.press("↩️ Undo")
    assert "Windows for Ivan" in helen.text
    assert "Call" in task.text
    assert "Wants oak" in card.text
    assert len(await world.rows(select(Timer.id).where(Timer.state == "new", Timer.subject == "task"))) == 1
    await helen.press("🕓 History")
    assert "Helen: brought it back from the bin" in helen.text
    assert "Helen: put it into the bin" in helen.text
    # An old button: deleted once more by the owner, then found in the bin by the head.
    await world.olga.press(data=f"bny:deal:{deal}:{(await world.rows(select(Deal.version)))[0][0]}")
    await helen.press(data=f"dn:{deal}", on=old)
    assert "by Olga" in helen.text
    assert "↩️ Restore" in str(helen.labels)
    await helen.press("🗑 Bin")
    assert f"Windows for Ivan · #{deal} · today, 12:00 · Olga · 30 days left" in helen.text
    await helen.press(f"💼 #{deal} Windows for Ivan")
    assert "🔥 Delete for good" not in str(helen.labels)
    old_bin = helen.screen
    await world.olga.press(data="bnl:0")
    await world.olga.press(f"💼 #{deal} Windows for Ivan")
    await world.olga.press("🔥 Delete for good")
    await world.olga.press("🔥 Yes, for good")
    assert "Deleted for good" in world.olga.text
    assert await helen.press(data="bnr:2", on=old_bin) == "This is not in the bin any more."
    assert await world.count(Binned) == 0


async def test_what_is_still_in_work_or_paid_is_not_deleted(world: World) -> None:
    olga, actor = world.olga, await actor_of(world.services, "olga")
    paid = await make_deal(world, "anna", "Awaiting payment", amount=100_00, title="Paid")
    card = await world.services.payments.record(actor, paid, 100_00, Method.BANK)
    await olga.press(data=f"d:{paid}")
    await olga.press("🗑 Delete")
    assert "take the payments back" in olga.text
    await olga.press("◀️ Back")
    contact = (await world.rows(select(Contact.id)))[0][0]
    await olga.press(data=f"bn:contact:{contact}")
    assert f"#{paid} Paid. Close that first." in olga.text
    await world.services.payments.take_back(actor, paid, card.payments[0].id)
    await olga.press(data=f"bn:deal:{paid}")
    assert "Delete the deal “Paid”?" in olga.text
    lead = await taken_lead(world, "anna", phone="+79160000099")
    await world.anna.press(data=f"lqd:{lead.id}:{lead.version}")
    deal = (await world.rows(select(Deal.id).where(Deal.lead_id == lead.id)))[0][0]
    assert f"deal #{deal}" in (await olga.press(data=f"bny:lead:{lead.id}:{lead.version + 1}") or "")
    assert await world.count(Binned) == 0


async def test_a_seller_mends_a_slip_of_the_finger_and_no_more(world: World) -> None:
    anna = await actor_of(world.services, "anna")
    slip = await world.services.client_making.create(anna, ClientInput(ClientKind.CONTACT, "Slip"))
    await world.anna.press(data=f"c:{slip.id}")
    await world.anna.press("🗑 Delete")
    assert "Delete the client “Slip”?" in world.anna.text
    await world.anna.press("🗑 Yes, delete")
    await world.anna.press("↩️ Undo")
    assert "👤 Slip" in world.anna.text
    await set_task_of(world, slip.id)
    assert "hang on it" in (await world.anna.press(data=f"bny:contact:{slip.id}:1") or "")
    lead = await world.services.leads.create(anna, LeadInput(title="Mine", name="Ivan", mine=True))
    world.clock.turn(days=1, minutes=1)
    assert "within a day" in (await world.anna.press(data=f"bny:lead:{lead.id}:{lead.version}") or "")
    assert await world.count(Binned) == 0
    for card in (f"c:{slip.id}", f"l:{lead.id}"):
        await world.anna.press(data=card)
        assert "🗑 Delete" not in world.anna.labels


async def set_task_of(world: World, contact: int) -> None:
    task = await set_task(world, "anna")
    async with world.db.write() as uow:
        await uow.session.execute(update(Task).where(Task.id == task.id).values(contact_id=contact))
