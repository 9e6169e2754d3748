"""One lead, many hands: exactly one takes it, and the others learn who."""

import asyncio
import random

import pytest
from sqlalchemy import func, select

from bot.inbox.worker import LANES
from db.models import Event, Lead, Outbox
from db.uow import Database
from services.access import Action, Actor
from services.bundle import Services
from services.dto.leads import LeadCard, LeadField, RejectReason
from services.errors import NotFoundError, StaleError
from services.leads import LeadTakenError
from tests.cast import actor_of
from tests.leads.making import free_lead, sellers
from tests.thinning import thinned


async def takings(db: Database, lead_id: int) -> int:
    query = select(func.count()).select_from(Event)
    async with db.read() as uow:
        found = query.where(
            Event.subject == "lead", Event.subject_id == lead_id, Event.action == str(Action.LEAD_TAKE)
        )
        return (await uow.session.scalar(found)) or 0


@pytest.mark.parametrize("count", [2, 8])
async def test_exactly_one_of_those_who_press_at_once_takes_it(
    services: Services, db: Database, count: int
) -> None:
    racers = await sellers(services, db, count)
    for _ in range(5):
        lead = await free_lead(services, db, again=True)
        results = await asyncio.gather(
            *(services.leads.take(actor, lead.id) for actor in racers), return_exceptions=True
        )
        (winner,) = [result for result in results if isinstance(result, LeadCard)]
        assert winner.owner is not None
        losers = [result for result in results if not isinstance(result, LeadCard)]
        assert [type(error) for error in losers] == [LeadTakenError] * (count - 1)
        assert {error.params["owner"] for error in losers} == {winner.owner.name}
        async with db.read() as uow:
            row = await uow.session.get_one(Lead, lead.id)
        assert (row.owner_id, row.status, row.version) == (winner.owner.id, "in_work", 2)
        assert await takings(db, lead.id) == 1


async def test_eight_managers_press_on_two_hundred_leads_in_the_same_instant(
    services: Services, db: Database
) -> None:
    racers = await sellers(services, db, 8)
    numbers = thinned(db, range(200), 4)
    leads = [(await free_lead(services, db, phone=f"+7916555{n:04}")).id for n in numbers]
    presses = [(actor, lead) for lead in leads for actor in racers]
    random.Random(8).shuffle(presses)
    at_once = asyncio.Semaphore(LANES)

    async def press(actor: Actor, lead: int) -> LeadCard:
        async with at_once:
            return await services.leads.take(actor, lead)

    results = await asyncio.gather(*(press(*one) for one in presses), return_exceptions=True)
    taken = [result.id for result in results if isinstance(result, LeadCard)]
    refused = [result for result in results if isinstance(result, LeadTakenError)]
    assert sorted(taken) == leads
    assert len(refused) == len(leads) * 7
    async with db.read() as uow:
        owners = [(row.id, row.owner_id) for row in await uow.session.scalars(select(Lead))]
    told = {
        (lead, error.params["owner"])
        for (_, lead), error in zip(presses, results, strict=True)
        if isinstance(error, LeadTakenError)
    }
    names = {actor.person_id: actor.name for actor in racers}
    assert told == {(lead, names[owner or 0]) for lead, owner in owners}


async def test_a_second_tap_of_the_winner_changes_nothing(services: Services, db: Database) -> None:
    anna = await actor_of(services, "anna")
    lead = await free_lead(services, db)
    first, second = await asyncio.gather(
        services.leads.take(anna, lead.id), services.leads.take(anna, lead.id)
    )
    assert first == second
    assert await takings(db, lead.id) == 1


async def test_nobody_is_called_to_a_lead_that_is_gone(services: Services, db: Database) -> None:
    """What waits in the outbox is followed by a refresh, which does nothing where no card stands."""
    lead = await free_lead(services, db)
    anna = await actor_of(services, "anna")
    await services.leads.take(anna, lead.id)
    async with db.read() as uow:
        rows = (await uow.session.scalars(select(Outbox).order_by(Outbox.id))).all()
    newest = {row.coalesce: row.kind for row in rows}
    assert newest.pop(f"lead:{lead.id}@{anna.telegram_id}") == "card"
    assert set(newest.values()) == {"refresh"}


async def test_a_lead_of_another_department_cannot_be_taken(services: Services, db: Database) -> None:
    lead = await free_lead(services, db, department="Service")
    with pytest.raises(NotFoundError):
        await services.leads.take(await actor_of(services, "anna"), lead.id)
    assert await takings(db, lead.id) == 0


async def test_a_rejected_lead_cannot_be_taken(services: Services, db: Database) -> None:
    lead = await free_lead(services, db)
    helen = await actor_of(services, "helen")
    await services.outcomes.reject(helen, lead.id, lead.version, RejectReason.SPAM)
    with pytest.raises(StaleError):
        await services.leads.take(await actor_of(services, "anna"), lead.id)


async def test_an_editor_of_an_old_version_is_told(services: Services, db: Database) -> None:
    anna, lead = await actor_of(services, "anna"), await free_lead(services, db)
    taken = await services.leads.take(anna, lead.id)
    await services.leads.edit(anna, lead.id, LeadField.TITLE, "Doors")
    with pytest.raises(StaleError):
        await services.outcomes.reject(anna, lead.id, taken.version, RejectReason.SPAM)
    with pytest.raises(StaleError):
        await services.outcomes.qualify(anna, lead.id, taken.version)


async def test_two_who_qualify_at_once_make_one_deal(services: Services, db: Database) -> None:
    anna, helen = await actor_of(services, "anna"), await actor_of(services, "helen")
    lead = await services.leads.take(anna, (await free_lead(services, db)).id)
    results = await asyncio.gather(
        *(services.outcomes.qualify(actor, lead.id, lead.version) for actor in (anna, helen)),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in results) == ["LeadCard", "StaleError"]
