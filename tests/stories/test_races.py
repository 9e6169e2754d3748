"""Two at once over people, tasks, clients and deals: one wins, and nothing is left to who has gone."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta

from sqlalchemy import select

from db.models import Contact, Deal, Event, Lead, Task, Timer
from services.access import Action
from services.dto.clients import ClientKind
from services.errors import AppError
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.leads.making import contact_of, taken_lead
from tests.tasks.ticking import set_task
from tests.world import World


async def at_once(*deeds: Awaitable[object]) -> list[bool]:
    """Who got through; the others were told why not, in words."""
    results = await asyncio.gather(*deeds, return_exceptions=True)
    faults = [one for one in results if isinstance(one, BaseException) and not isinstance(one, AppError)]
    assert not faults, faults
    return [not isinstance(one, AppError) for one in results]


async def events(world: World, action: str) -> int:
    """How often the history tells of a deed."""
    return len(await world.rows(select(Event.id).where(Event.action == action)))


async def test_nothing_is_left_to_whoever_goes_while_others_give_them_work(world: World) -> None:
    services = world.services
    olga, helen = await actor_of(services, "olga"), await actor_of(services, "helen")
    anna, boris = await actor_of(services, "anna"), await actor_of(services, "boris")
    lead = await taken_lead(world, "boris")
    deal, crewed = await make_deal(world, "boris"), await make_deal(world, "boris", title="Doors")
    task = await set_task(world, "boris")
    client = await contact_of(world, "boris", phone="+79260000001")
    card = await services.clients.card(helen, ClientKind.CONTACT, client, Action.CLIENT_VIEW)
    await at_once(
        services.leaving.remove(olga, anna.person_id, boris.person_id),
        services.handover.hand_over(helen, lead.id, anna.person_id, lead.version),
        services.deals.hand_over(helen, deal, anna.person_id, 1),
        services.crews.add(helen, crewed, anna.person_id, 1),
        services.tasks.assign(helen, task.id, anna.person_id, task.version),
        services.client_changes.hand_over(helen, ClientKind.CONTACT, client, anna.person_id, card.version),
    )
    gone = anna.person_id
    for table, column in (
        (Lead, Lead.owner_id),
        (Deal, Deal.owner_id),
        (Task, Task.assignee_id),
        (Contact, Contact.owner_id),
    ):
        assert not await world.rows(select(table).where(column == gone)), table
    assert all(gone not in crew for (crew,) in await world.rows(select(Deal.crew)))


async def test_a_task_that_is_done_put_off_and_given_away_at_once_rings_as_it_stands(world: World) -> None:
    helen, anna = await actor_of(world.services, "helen"), await actor_of(world.services, "anna")
    boris, tasks = await actor_of(world.services, "boris"), world.services.tasks
    for _ in range(4):
        task = await set_task(world, "anna")
        later = world.clock.now() + timedelta(days=1)
        got = await at_once(
            tasks.done(anna, task.id),
            tasks.put_off(helen, task.id, later),
            tasks.assign(helen, task.id, boris.person_id, task.version),
        )
        assert any(got)
        (row,) = (await world.rows(select(Task).where(Task.id == task.id)))[0]
        armed = select(Timer.params).where(Timer.subject_id == task.id, Timer.state == "new")
        due = [params["due"] for (params,) in await world.rows(armed)]
        assert due == ([] if row.done_at else [row.due_at.isoformat()])


async def test_a_deal_handed_over_alone_and_with_all_others_ends_with_who_was_told(world: World) -> None:
    services = world.services
    olga, helen = await actor_of(services, "olga"), await actor_of(services, "helen")
    anna, boris = await actor_of(services, "anna"), await actor_of(services, "boris")
    deals = [await make_deal(world, "anna", title=f"Deal {number}") for number in range(3)]
    got = await at_once(
        services.deal_handover.hand_over(helen, anna.person_id, boris.person_id, 3, deals[-1]),
        services.deals.hand_over(olga, deals[0], helen.person_id, 1),
        services.crews.add(helen, deals[1], helen.person_id, 1),
    )
    assert any(got)
    for deal in deals:
        (row,) = (await world.rows(select(Deal).where(Deal.id == deal)))[0]
        told = select(Event.changes).where(Event.subject == "deal", Event.subject_id == deal)
        owners = [
            changes["owner_id"][1]
            for (changes,) in await world.rows(told.order_by(Event.id))
            if "owner_id" in changes
        ]
        assert row.owner_id == (owners[-1] if owners else anna.person_id), deal


async def test_of_two_who_correct_a_client_or_bring_somebody_in_one_is_told(world: World) -> None:
    services = world.services
    helen, anna = await actor_of(services, "helen"), await actor_of(services, "anna")
    boris = await actor_of(services, "boris")
    deal = await make_deal(world, "anna")
    got = await at_once(
        services.crews.add(anna, deal, boris.person_id, 1),
        services.crews.add(helen, deal, helen.person_id, 1),
    )
    assert sorted(got) == [False, True]
    assert await events(world, Action.DEAL_SHARE) == 1
    client = await contact_of(world, "anna", phone="+79260000001")
    card = await services.clients.card(anna, ClientKind.CONTACT, client)
    got = await at_once(
        *(
            services.client_changes.hand_over(helen, ClientKind.CONTACT, client, heir, card.version)
            for heir in (boris.person_id, helen.person_id)
        )
    )
    assert sorted(got) == [False, True]
    assert await events(world, Action.CLIENT_HAND_OVER) == 1
