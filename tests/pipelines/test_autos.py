"""Deals that move on by themselves: paid in full, the client reached, the client silent."""

import pytest
from sqlalchemy import select, update

from db.models import Deal, Event, Payment, Stage, Task, Timer
from keyboards.pipeline_data import StageAutoSetCb
from services.deal_entry import DealFields
from services.dto.clients import ClientKind
from services.dto.leads import CallOutcome
from services.errors import AppError
from services.payment_methods import Method
from services.pipelines.auto_rules import Autos, Happening
from services.pipelines.shape import StageField
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.tasks.ticking import tick
from tests.world import World


async def where(world: World, deal: int) -> str:
    """The stage in which a deal stands."""
    rows = await world.rows(select(Stage.name).join(Deal, Deal.stage_id == Stage.id).where(Deal.id == deal))
    return str(rows[0][0])


async def test_money_and_a_call_move_a_deal_by_the_rule_of_its_stage(world: World) -> None:
    waits = await make_deal(world, stage="Awaiting payment", amount=100_00)
    fresh = await make_deal(world, stage="New")
    stages = await stages_by_name(world.db)
    awaiting, new, work, paid = (stages[one].id for one in ("Awaiting payment", "New", "In work", "Paid"))
    helen, anna, fiona = world.helen, world.anna, world.fiona
    await helen.press(data=f"st:{awaiting}")
    await helen.press("⚡ Automatic moves")
    await helen.press("💳 Paid in full")
    assert "Lost" not in helen.labels
    await helen.press("Paid")
    assert "⚡ 💳 Paid in full → Paid" in helen.text
    await helen.press(data=f"saa:{new}:answered:0")
    assert "Paid" not in helen.labels, "a call makes no deal won"
    await helen.press("In work")
    olga = await actor_of(world.services, "olga")
    await world.services.stage_tasks.add(olga, work, "Write to them, 1 day")

    await world.services.payments.record(await actor_of(world.services, "fiona"), waits, 40_00, Method.BANK)
    assert await where(world, waits) == "Awaiting payment"
    await fiona.press(data=f"d:{waits}")
    await fiona.press("💳 Record a payment")
    await fiona.say("60")
    assert await where(world, waits) == "Paid"
    assert await world.count(Payment) == 2
    await world.settle()
    assert any("🎉 Paid: Windows for Ivan" in one.text for one in anna.messages)
    await anna.press(data=f"d:{waits}")
    assert "Sdelka: Awaiting payment → Paid · by the rule: paid in full" in anna.text
    assert "↩️ Undo" not in anna.labels

    await anna.press(data=f"dcl:{fresh}:no_answer")
    assert await where(world, fresh) == "New"
    world.clock.turn(minutes=5)
    await anna.press(data=f"dcl:{fresh}:reached")
    assert "⚙️ The stage “In work” set you a task\n📌 Write to them" in anna.text
    await anna.press(data=f"d:{fresh}")
    assert "🔵 In work" in anna.text
    assert "New → In work · by the rule: the client was reached · 1 task set" in anna.text
    assert [row[0] for row in await world.rows(select(Task.text))] == ["Write to them"]
    await world.again()
    moved = select(Event.actor_id, Event.changes).where(Event.subject == "deal", Event.action == "deal.move")
    assert [(who, changes["rule"]) for who, changes in await world.rows(moved)] == [
        (None, [None, "answered"])
    ]

    for data in (
        StageAutoSetCb(stage_id=awaiting, what="paid", to_id=stages["Lost"].id).pack(),
        StageAutoSetCb(stage_id=new, what="silent", to_id=paid, days=5).pack(),
        StageAutoSetCb(stage_id=new, what="answered", to_id=new).pack(),
        StageAutoSetCb(stage_id=paid, what="answered", to_id=new).pack(),
        StageAutoSetCb(stage_id=new, what="silent", to_id=work, days=0).pack(),
    ):
        assert await helen.press(data=data), data
    assert await anna.press(data=f"sas:{new}:answered:0:0") == "You may not do this."
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    await helen.press(data=f"sau:{new}")
    assert "⚡ 📞 Дозвонились → In work" in helen.text


async def test_a_sum_lowered_to_what_has_come_counts_as_paid(world: World) -> None:
    stages, helen = await stages_by_name(world.db), await actor_of(world.services, "helen")
    awaiting, paid = stages["Awaiting payment"].id, stages["Paid"].id
    lower = await make_deal(world, stage="Awaiting payment", amount=100_00)
    unpaid = await make_deal(world, stage="New", amount=100_00)
    fiona = await actor_of(world.services, "fiona")
    await world.services.stage_autos.set(helen, awaiting, Happening.PAID, paid)
    await world.services.payments.record(fiona, lower, 40_00, Method.BANK)
    for amount, stage in ((40_01, "Awaiting payment"), (40_00, "Paid")):
        await world.helen.press(data=f"ds:{lower}")
        await world.helen.say(str(amount / 100))
        assert await where(world, lower) == stage, amount
    await world.helen.press(data=f"d:{lower}")
    assert "Awaiting payment → Paid · by the rule: paid in full" in world.helen.text
    await world.settle()
    assert any("🎉 Paid: Windows for Ivan" in one.text for one in world.anna.messages)
    await world.again()
    settled = select(Event.actor_id, Event.changes).where(Event.action == "deal.settle")
    assert [(who, changes["rule"]) for who, changes in await world.rows(settled)] == [(None, [None, "paid"])]

    await world.services.stage_autos.set(helen, stages["New"].id, Happening.PAID, stages["In work"].id)
    await world.services.deals.set_amount(helen, unpaid, 0)
    assert await where(world, unpaid) == "New", "a sum of nothing is no payment"


async def test_a_deal_that_was_paid_already_is_not_moved_on_by_another_sum(world: World) -> None:
    stages, helen = await stages_by_name(world.db), await actor_of(world.services, "helen")
    awaiting, paid = stages["Awaiting payment"].id, stages["Paid"].id
    deal = await make_deal(world, stage="Awaiting payment", amount=100_00)
    fiona, deals = await actor_of(world.services, "fiona"), world.services.deals
    card = await world.services.payments.record(fiona, deal, 100_00, Method.BANK)
    await world.services.stage_autos.set(helen, awaiting, Happening.PAID, paid)
    await deals.set_amount(helen, deal, 90_00, sure=True)
    assert await where(world, deal) == "Awaiting payment"
    await deals.set_amount(helen, deal, 110_00)
    await world.services.payments.take_back(fiona, deal, card.payments[0].id)
    await deals.set_amount(helen, deal, 100_00)
    assert await where(world, deal) == "Awaiting payment", "what was taken back has not come"


async def test_a_sum_given_on_the_way_leads_on_and_taking_the_move_back_does_not(world: World) -> None:
    stages, helen = await stages_by_name(world.db), await actor_of(world.services, "helen")
    new, proposal, awaiting, paid = (
        stages[one].id for one in ("New", "Proposal", "Awaiting payment", "Paid")
    )
    deal = await make_deal(world, stage="Awaiting payment")
    fiona, moves = await actor_of(world.services, "fiona"), world.services.moves
    card = await world.services.payments.record(fiona, deal, 40_00, Method.BANK)
    card = await moves.move(helen, deal, new, card.version)
    await world.services.stage_autos.set(helen, new, Happening.PAID, awaiting)
    card = await moves.move(helen, deal, proposal, card.version, DealFields(amount=50_00))
    assert card.undo is not None
    back = await moves.undo(helen, deal, card.undo, card.version)
    assert (back.stage.name, back.amount) == ("New", None)
    await world.services.stage_autos.set(helen, awaiting, Happening.PAID, paid)
    card = await moves.move(helen, deal, awaiting, back.version, DealFields(amount=40_00))
    assert (card.stage.name, await where(world, deal)) == ("Paid", "Paid")


async def test_silence_is_looked_after_and_the_guard_is_asked_again(world: World) -> None:
    stages, helen = await stages_by_name(world.db), await actor_of(world.services, "helen")
    work, proposal = stages["In work"].id, stages["Proposal"].id
    stood = await make_deal(world, stage="In work", amount=100_00)
    spoken = await make_deal(world, stage="In work", amount=100_00)
    lacking = await make_deal(world, stage="In work")
    await world.services.stage_autos.set(helen, work, Happening.SILENT, proposal, 2)
    anna = await actor_of(world.services, "anna")
    timers = select(Timer.due_at).where(Timer.kind == "deal_silent", Timer.state == "new")
    due = {row[0] for row in await world.rows(timers)}
    assert len(due) == 1, "those that stood there already are looked after, as the second working day ends"
    world.clock.turn(days=1)
    await world.services.deals.add_note(anna, spoken, "They think about it")
    world.clock.turn(days=1, hours=7)
    await tick(world)
    assert await where(world, stood) == "Proposal"
    assert await where(world, spoken) == "In work", "something was heard since"
    assert await where(world, lacking) == "In work", "the stage asks for a sum"
    [event] = await world.rows(select(Event.changes).where(Event.action == "deal.move"))
    assert event[0]["rule"] == [None, "silent"]
    [(touched,)] = await world.rows(select(Deal.touched_at).where(Deal.id == stood))
    assert touched is None, "a move that a rule makes is no touch of the client"
    world.clock.turn(days=3)
    await tick(world)
    assert await where(world, spoken) == "Proposal"
    back = await world.services.deals.card(anna, stood)
    await world.services.moves.move(anna, stood, work, back.version)
    await world.services.stage_autos.set(helen, work, Happening.SILENT, 0)
    world.clock.turn(days=9)
    await tick(world)
    assert await where(world, stood) == "In work", "the rule is gone"


async def test_a_rule_does_not_outlive_the_stage_that_it_leads_to(world: World) -> None:
    stages, helen = await stages_by_name(world.db), await actor_of(world.services, "helen")
    new, work, proposal = (stages[name].id for name in ("New", "In work", "Proposal"))
    deal = await make_deal(world, stage="New")
    autos = world.services.stage_autos
    await autos.set(helen, new, Happening.ANSWERED, proposal)
    await autos.set(helen, new, Happening.SILENT, work, 3)
    card = await world.services.stages.card(helen, new)
    assert card.autos == Autos({Happening.ANSWERED: proposal, Happening.SILENT: work}, 3)
    await world.services.stages.drop(helen, proposal)
    assert (await world.services.stages.card(helen, new)).autos == Autos({Happening.SILENT: work}, 3)
    await world.services.stages.set(helen, work, StageField.KIND, "lost")
    async with world.db.write() as uow:
        await uow.session.execute(update(Stage).where(Stage.id == new).values(auto={"answered": work}))
    await world.services.deals.log_call(await actor_of(world.services, "anna"), deal, "reached")
    assert await where(world, deal) == "New", "no rule loses a deal"
    with pytest.raises(AppError):
        await autos.set(helen, work, Happening.SILENT, new, 3)


async def test_silence_leads_no_deal_round_in_a_circle(world: World) -> None:
    stages, helen = await stages_by_name(world.db), await actor_of(world.services, "helen")
    new, work, proposal = (stages[name].id for name in ("New", "In work", "Proposal"))
    autos = world.services.stage_autos
    await autos.set(helen, new, Happening.SILENT, work, 3)
    await autos.set(helen, work, Happening.SILENT, proposal, 3)
    for target in (new, work):
        with pytest.raises(AppError, match=r"stage\.circle"):
            await autos.set(helen, proposal, Happening.SILENT, target, 3)
    assert (await world.services.stages.card(helen, proposal)).autos == Autos()
    await autos.set(helen, proposal, Happening.ANSWERED, new)


async def test_a_call_to_a_client_speaks_of_their_only_deal_in_work(world: World) -> None:
    stages, anna = await stages_by_name(world.db), await actor_of(world.services, "anna")
    helen = await actor_of(world.services, "helen")
    first = await make_deal(world, stage="New")
    await make_deal(world, stage="Lost")
    second = await make_deal(world, stage="New")
    clients = [row[0] for row in await world.rows(select(Deal.contact_id).order_by(Deal.id))]
    await world.services.stage_autos.set(helen, stages["New"].id, Happening.ANSWERED, stages["In work"].id)
    async with world.db.write() as uow:
        await uow.session.execute(update(Deal).where(Deal.id == 2).values(contact_id=clients[0]))
    calls = world.services.calls
    await calls.log(anna, ClientKind.CONTACT, clients[0], CallOutcome.NO_ANSWER)
    assert await where(world, first) == "New"
    await calls.log(anna, ClientKind.CONTACT, clients[0], CallOutcome.REACHED)
    assert await where(world, first) == "In work"
    async with world.db.write() as uow:
        await uow.session.execute(update(Deal).where(Deal.id == first).values(contact_id=clients[2]))
    await calls.log(anna, ClientKind.CONTACT, clients[2], CallOutcome.REACHED)
    assert await where(world, second) == "New", "nobody knows of which of the two they spoke"
