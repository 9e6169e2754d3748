"""What cannot be as it was is mended; of two at once one wins; and what must not be kept is not."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from db.models import Binned, Contact, Deal, DealTopic, Event, Inquiry, Lead, Note, Person, Stage, Task, Timer
from services.access import Action
from services.dto.clients import ClientInput, ClientKind
from services.dto.inquiries import InquiryInput, KeyScope, Shape
from services.dto.merges import seen_as
from services.dto.tasks import Link
from services.errors import AppError, StaleError
from services.seals import seal, verify
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.deals.test_topics import bring_in, only_topic, team_group
from tests.leads.making import free_lead
from tests.stories.test_races import at_once
from tests.tasks.test_series import repeating, waiting
from tests.tasks.ticking import set_task
from tests.world import World

SEEN = seen_as(0, 1, 1)


async def put_away(world: World, kind: str, subject_id: int, version: int = 1) -> int:
    olga = await actor_of(world.services, "olga")
    return await world.services.deleting.delete(olga, kind, subject_id, version)


async def row(world: World, model: type[Any], row_id: int) -> Any:
    return (await world.rows(select(model).where(model.id == row_id)))[0][0]


async def test_people_who_left_stages_and_clients_that_went_are_mended(world: World) -> None:
    deal = await make_deal(world, "anna", "Proposal")
    task = await set_task(world, "anna", deal=deal)
    contact = (await row(world, Deal, deal)).contact_id
    bin_id = await put_away(world, "deal", deal)
    client = await put_away(world, "contact", contact)
    helen, anna = await actor_of(world.services, "helen"), await actor_of(world.services, "anna")
    proposal = (await stages_by_name(world.db))["Proposal"].id
    async with world.db.write() as uow:
        await uow.session.execute(update(Person).where(Person.id == anna.person_id).values(status="left"))
        await uow.session.execute(delete(Stage).where(Stage.id == proposal))
    await world.services.bin.restore(helen, bin_id)
    back = await row(world, Deal, deal)
    assert (back.owner_id, back.contact_id, back.crew) == (helen.person_id, None, [])
    assert (await row(world, Stage, back.stage_id)).kind == "open"
    assert (await row(world, Task, task.id)).assignee_id == helen.person_id
    card = await world.services.deals.card(helen, deal)
    assert Action.DEAL_MOVE in card.can
    await world.services.bin.restore(helen, client)
    assert (await row(world, Contact, contact)).owner_id == helen.person_id


async def test_a_client_that_was_united_meanwhile_is_the_one_that_stayed(world: World) -> None:
    deal, kept = await make_deal(world, "anna", "New"), await make_deal(world, "anna", "New", title="Other")
    gone_id, kept_id = [(await row(world, Deal, one)).contact_id for one in (deal, kept)]
    bin_id = await put_away(world, "deal", deal)
    olga = await actor_of(world.services, "olga")
    await world.services.merging.merge(olga, ClientKind.CONTACT, kept_id, gone_id, SEEN)
    await world.services.bin.restore(olga, bin_id)
    assert (await row(world, Deal, deal)).contact_id == kept_id


async def test_a_lead_is_not_late_for_the_time_in_the_bin(world: World) -> None:
    lead = await free_lead(world.services, world.db)
    due = (await row(world, Lead, lead.id)).step_at
    bin_id = await put_away(world, "lead", lead.id)
    assert not await world.rows(select(Timer).where(Timer.subject == "lead", Timer.state == "new"))
    world.clock.turn(days=5)
    await world.services.bin.restore(await actor_of(world.services, "olga"), bin_id)
    back = await row(world, Lead, lead.id)
    assert back.granted > 0
    assert back.step_at > due
    assert back.step_at > world.clock.now()
    waiting = await world.rows(select(Timer.due_at).where(Timer.kind == "lead_step", Timer.state == "new"))
    assert [at for (at,) in waiting] == [back.step_at]


async def test_a_task_that_repeats_goes_on_repeating(world: World) -> None:
    deal = await make_deal(world, "anna", "New")
    _, task = await repeating(world, deal)
    before = await waiting(world)
    bin_id = await put_away(world, "deal", deal)
    assert (len(before), await waiting(world)) == (1, [])
    await world.services.bin.restore(await actor_of(world.services, "olga"), bin_id)
    assert await waiting(world) == before
    anna = await actor_of(world.services, "anna")
    await world.services.tasks.done(anna, task.id)
    assert len(await waiting(world)) == 1


async def test_of_two_at_once_one_wins(world: World) -> None:
    deal, services = await make_deal(world, "anna", "New"), world.services
    olga, helen = await actor_of(services, "olga"), await actor_of(services, "helen")
    got = await at_once(
        services.deleting.delete(olga, "deal", deal, 1), services.deleting.delete(helen, "deal", deal, 1)
    )
    assert sorted(got) == [False, True]
    ((bin_id,),) = await world.rows(select(Binned.id))
    got = await at_once(services.bin.restore(olga, bin_id), services.bin.restore(helen, bin_id))
    assert sorted(got) == [False, True]
    assert await world.count(Deal) == 1
    told = await world.rows(select(Event.id).where(Event.action == Action.DEAL_DELETE))
    assert len(told) == 2
    with pytest.raises(StaleError):
        await services.deleting.delete(olga, "deal", deal, 7)


async def test_what_others_add_at_the_same_instant_goes_along_or_is_refused(world: World) -> None:
    deal, services = await make_deal(world, "anna", "New"), world.services
    olga, anna = await actor_of(services, "olga"), await actor_of(services, "anna")
    note = services.deals.add_note(anna, deal, "At the last moment")
    added, _ = await asyncio.gather(note, put_away(world, "deal", deal), return_exceptions=True)
    # The foreign key of PostgreSQL refuses it; the update is tried again, and finds what was deleted.
    assert not isinstance(added, BaseException) or isinstance(added, AppError | IntegrityError)
    ((bin_id,),) = await world.rows(select(Binned.id))
    await services.bin.restore(olga, bin_id)
    notes = await world.count(Note)
    assert notes == (0 if isinstance(added, BaseException) else 1)


async def test_all_that_is_kept_of_a_client_is_destroyed(world: World) -> None:
    olga, services = await actor_of(world.services, "olga"), world.services
    key = await services.api_keys.make(olga, "Site", [KeyScope.LEADS_WRITE], 1)
    way = await services.ways.by_key(key.secret)
    assert way is not None
    given = InquiryInput(
        Shape.API, name="Pyotr", phone="+79161112233", received={"phone": "+79161112233"}, dedupe="one"
    )
    receipt = await services.inquiries.receive(way, given)
    deal, other = await make_deal(world, "anna", "New"), await make_deal(world, "anna", "New", title="Other")
    contact = (await row(world, Deal, deal)).contact_id
    for kind, one in (("lead", receipt.lead_id), ("deal", deal), ("deal", other), ("contact", contact)):
        assert one is not None
        await put_away(world, kind, one)
    again = await services.inquiries.receive(way, given)
    assert (again.repeated, again.lead_id, again.made_lead) == (True, None, True)
    async with world.db.write() as uow:
        assert receipt.lead_id is not None
        gone = await uow.bin.forget_client(contact, [receipt.lead_id])
    found = sorted((one.kind, one.id) for one in gone)
    assert found == [("contact", contact), ("deal", deal), ("lead", receipt.lead_id)]
    assert [kind for (kind,) in await world.rows(select(Binned.kind))] == ["deal"]
    assert (await row(world, Inquiry, receipt.id)).received == {}


async def test_what_is_destroyed_leaves_no_name_in_the_history(world: World) -> None:
    olga, services = await actor_of(world.services, "olga"), world.services
    client = await services.client_making.create(olga, ClientInput(ClientKind.CONTACT, "Zdestroyed"))
    later = world.clock.now() + timedelta(days=1)
    task = await services.tasks.create(olga, "Call Zdestroyed", later, Link("contact", client.id))
    await services.tasks.rephrase(olga, task.id, "Write to Zdestroyed")
    world.clock.turn(hours=1)
    await seal(world.db, world.clock.now())
    bin_id = await put_away(world, "contact", client.id)
    await services.bin.destroy(olga, bin_id)
    assert "Zdestroyed" not in str(await world.rows(select(Event.changes).where(Event.subject == "task")))
    told = await world.rows(select(Event.changes).where(Event.subject == "contact").order_by(Event.id))
    assert "Zdestroyed" not in str(told)
    assert told[-1][0] == {"destroyed": [False, True]}
    world.clock.turn(hours=1)
    await seal(world.db, world.clock.now())
    assert (await verify(world.db)).broken is None


async def test_the_topic_of_a_deal_is_closed_and_opened_again(world: World) -> None:
    group = await team_group(world)
    deal = await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    topic = only_topic(group)
    (version,) = (await world.rows(select(Deal.version)))[0]
    bin_id = await put_away(world, "deal", deal, version)
    await world.settle()
    assert topic.closed
    assert await world.count(DealTopic) == 0
    mine = [one.text for one in world.telegram.messages(group) if one.from_bot and not one.service]
    assert f"🗑 #{deal} · deleted" in mine
    await world.services.bin.restore(await actor_of(world.services, "olga"), bin_id)
    await world.settle()
    assert not topic.closed
    assert only_topic(group) is topic


async def test_a_team_chat_is_told_that_a_lead_is_gone(world: World) -> None:
    group = await team_group(world, forum=False)
    lead = await free_lead(world.services, world.db)
    await world.settle()
    [card] = [one for one in world.telegram.messages(group) if one.from_bot]
    await put_away(world, "lead", lead.id)
    await world.settle()
    assert card.text == f"🗑 #{lead.id} · deleted"
    assert not card.labels


async def test_nobody_else_brings_back_or_destroys(world: World) -> None:
    deal = await make_deal(world, "anna", "New")
    bin_id = await put_away(world, "deal", deal)
    for name in ("victor", "hugo", "anna"):
        actor = await actor_of(world.services, name)
        for deed in (world.services.bin.restore, world.services.bin.destroy):
            with pytest.raises(AppError):
                await deed(actor, bin_id)
    assert await world.count(Binned) == 1
