"""What the clock does by itself, for the kill tests: an offer runs out, a morning's digests come."""

from sqlalchemy import select

from db.models import Lead, Outbox
from services.dto.leads import CallOutcome
from services.notices import NoticeKind
from tests.cast import actor_of
from tests.leads.making import free_lead
from tests.leads.test_distribution import to_one
from tests.stories.company import Check, Company
from tests.tasks.ticking import set_task

BUSY = ("anna", "boris")
"""Those who have something to do; others are not told that they have nothing."""
SATURDAY = 5


async def an_offer_runs_out(company: Company, n: int) -> Check:
    """Whoever was offered a lead lets five minutes pass."""
    world = company.world
    await to_one(world, "offer")
    lead = await free_lead(world.services, world.db, phone=f"+7916555{n:04}")
    await company.live()
    chosen = select(Lead.offered_to, Lead.declined).where(Lead.id == lead.id)
    [(first, _)] = await world.rows(chosen)
    world.clock.turn(minutes=5)

    async def check() -> None:
        assert await company.count("lead.run_out", lead.id) == 1
        [(second, declined)] = await world.rows(chosen)
        assert declined == [first]
        assert second not in (None, first)
        # Answered, so that its clock rings in no other life.
        for name in ("anna", "boris"):
            actor = await actor_of(world.services, name)
            if actor.person_id == second:
                await world.services.leads.take(actor, lead.id)
                await world.services.leads.log_call(actor, lead.id, CallOutcome.REACHED)

    return check


async def a_morning_is_told_of(company: Company, n: int) -> Check:
    """The next working day has begun at nine by the clock in Moscow."""
    world = company.world
    if n == 1:
        for name in BUSY:
            await set_task(world, name, minutes=1)
        world.clock.turn(minutes=2)
    await company.live()
    world.clock.turn(days=1)
    while world.clock.now().weekday() >= SATURDAY:
        world.clock.turn(days=1)
    morning = world.clock.now().replace(hour=6, minute=0, second=1)
    world.clock.turn(seconds=(morning - world.clock.now()).total_seconds())

    async def check() -> None:
        today = Outbox.kind == NoticeKind.MORNING, Outbox.created_at >= morning
        told = await world.rows(select(Outbox.chat_id, Outbox.state).where(*today))
        busy = {world.hands[name].person.id for name in BUSY}
        assert sorted(chat for chat, state in told if state == "sent") == sorted(busy)
        assert len(told) == len(dict(told))

    return check
