"""kill -9 at every point of the main road: nothing lost, nothing done twice, at most one message repeated."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Deal, Event, Lead, Outbox, Timer
from keyboards.deal_data import DealMoveCb
from keyboards.lead_data import LeadTakeCb
from services.dto.leads import CallOutcome
from tests.cast import actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.engine.kill import every_death
from tests.leads.making import free_lead
from tests.stories.bulk import many_change_hands
from tests.stories.clients import a_client_is_erased, clients_become_one
from tests.stories.clockwork import a_morning_is_told_of, an_offer_runs_out
from tests.stories.company import LIVE, Act, Check, Company
from tests.stories.topics import a_topic_is_opened
from tests.stories.turns import a_task_comes_again
from tests.tasks.ticking import set_task
from tests.thinning import LONG, stride
from tests.world import World


async def a_lead_comes_in(company: Company, n: int) -> Check:
    """Anna writes a line that says all."""
    world = company.world
    before = len(await world.rows(select(Lead.id)))
    world.anna.person.send(None, f"Windows, Ivan +7916555{n:04}, 150k, website")

    async def check() -> None:
        assert len(await world.rows(select(Lead.id))) == before + 1
        assert await company.count("lead.create") == before + 1

    return check


async def a_lead_is_taken(company: Company, n: int) -> Check:
    """Anna and Boris are told of a lead, and both take it."""
    lead = await free_lead(company.world.services, company.world.db, phone=f"+7916555{n:04}")
    await company.live()
    for who in ("anna", "boris"):
        await company.press(who, LeadTakeCb(lead_id=lead.id).pack())

    async def check() -> None:
        assert await company.count("lead.take", lead.id) == 1
        [(owner,)] = await company.world.rows(select(Lead.owner_id).where(Lead.id == lead.id))
        assert owner is not None

    return check


async def move(company: Company, who: str, start: str, target: str) -> Check:
    deal = await make_deal(company.world, owner="anna", stage=start, amount=100_00)
    stage = (await stages_by_name(company.world.db))[target].id
    await company.press(who, DealMoveCb(deal_id=deal, stage_id=stage, version=1).pack())

    async def check() -> None:
        [(found, version)] = await company.world.rows(
            select(Deal.stage_id, Deal.version).where(Deal.id == deal)
        )
        assert (found, version) == (stage, 2)
        history = select(Event.id).where(Event.subject_id == deal, Event.subject == "deal")
        assert len(await company.world.rows(history)) == 1

    return check


async def a_deal_moves(company: Company, _n: int) -> Check:
    """Anna moves her deal to its payment."""
    return await move(company, "anna", "Proposal", "Awaiting payment")


async def a_deal_is_paid(company: Company, _n: int) -> Check:
    """Helen closes it."""
    return await move(company, "helen", "Awaiting payment", "Paid")


async def a_reminder_comes(company: Company, n: int) -> Check:
    """A task is due now."""
    task = await set_task(company.world, "anna", f"Call {n}", minutes=1)
    company.world.clock.turn(minutes=2)

    async def check() -> None:
        rows = await company.world.rows(select(Outbox).where(Outbox.kind == "task_due"))
        assert [row.state for (row,) in rows if row.params.get("id") == task.id] == ["sent"]

    return check


async def a_lead_is_passed_on(company: Company, n: int) -> Check:
    """Anna has not answered for half an hour."""
    lead = await free_lead(company.world.services, company.world.db, phone=f"+7916555{n:04}")
    await company.world.services.leads.take(await actor_of(company.world.services, "anna"), lead.id)
    async with company.world.db.write() as uow:
        [timer] = [one for one, found in await uow.lead_steps.waiting("lead_step") if found.id == lead.id]
        timer.params = {"turn": 1, "step": "pass_on", "done": ["remind", "task"]}
        timer.due_at = company.world.clock.now()
        row = await uow.leads.get(lead.id)
        assert row is not None
        row.created_at = row.taken_at = timer.due_at - timedelta(minutes=31)

    async def check() -> None:
        assert await company.count("lead.pass_on", lead.id) == 1
        assert await company.count("lead.alarm", lead.id) == 1
        anna = await actor_of(company.world.services, "anna")
        [(owner,)] = await company.world.rows(select(Lead.owner_id).where(Lead.id == lead.id))
        assert owner not in (None, anna.person_id)
        await company.world.services.leads.log_call(
            await company.world.services.people.actor(owner, anna.door), lead.id, CallOutcome.REACHED
        )

    return check


ROAD: tuple[Act, ...] = (
    a_lead_comes_in,
    a_lead_is_taken,
    a_deal_moves,
    a_deal_is_paid,
    a_reminder_comes,
    a_lead_is_passed_on,
    an_offer_runs_out,
    a_morning_is_told_of,
    a_topic_is_opened,
    many_change_hands,
    clients_become_one,
    a_client_is_erased,
    a_task_comes_again,
)


STRIDES = {
    a_lead_comes_in: 3,
    a_deal_moves: 4,
    a_deal_is_paid: 4,
    a_lead_is_taken: 12,
    a_reminder_comes: 3,
    a_lead_is_passed_on: 14,
    an_offer_runs_out: 21,
    a_morning_is_told_of: 22,
    a_topic_is_opened: 14,
    many_change_hands: 13,
    clients_become_one: 14,
    a_client_is_erased: 6,
    a_task_comes_again: 40,
}
"""Those with many messages have many points; SDELKA_LONG asks for each of them."""
LIVES = [
    *(("sqlite", act) for act in ROAD),
    # What differs there are the locks.
    *(
        pytest.param("postgres", act, marks=pytest.mark.postgres)
        for act in (ROAD if LONG else (a_lead_is_taken,))
    ),
]


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("db", "act"), LIVES, indirect=["db"], ids=lambda one: getattr(one, "__name__", one))
async def test_the_main_road_survives_every_death(world: World, act: Act) -> None:
    assert world.running is not None
    world.running.cancel()
    world.telegram.bot.updates.clear()
    step = stride(STRIDES.get(act, 1))
    company, n = Company(world), 1
    check = await act(company, n)
    world.telegram.calls.clear()
    async for death in every_death(LIVE, company.arguments, stride=step):
        at = f"killed {death.points[-1]} ({len(death.points)})"
        await company.live()
        await check()
        # Messages to several chats are on the wire together: of each chat one may repeat.
        again = repeated(world)
        assert max(again.values(), default=0) <= 1, at
        assert again.total() <= death.points.count("before sendMessage"), at
        assert not await world.rows(select(Outbox.id).where(Outbox.state.in_(("leased", "dead")))), at
        assert not await world.rows(select(Timer.id).where(Timer.state == "dead")), at
        n += 1
        check = await act(company, n)
        world.telegram.calls.clear()
    await check()
    assert n * step > 5


def repeated(world: World) -> Counter[int]:
    """How many messages Telegram accepted once more than it should have, by chat."""
    calls = world.telegram.calls.of("sendMessage")
    sent = Counter((call.chat_id, call.params["text"]) for call in calls if call.status == 200)
    return +Counter({chat or 0: count - 1 for (chat, _), count in sent.items()})
