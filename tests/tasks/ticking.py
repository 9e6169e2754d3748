"""The real ticker on a test's world, and rows of tasks and timers."""

from datetime import timedelta

from sqlalchemy import delete, insert, select

from bot.health import Health, Readiness
from bot.limits import Limits, Rates
from bot.metrics import Metrics
from bot.presence import Presence
from bot.ticker import Ticker
from db.leases import moment_of
from db.models import Beat, Outbox, Task, Timer
from db.repositories.beats import HEARTBEAT
from services.dto.tasks import Link, TaskCard
from tests.cast import actor_of
from tests.world import World


async def tick(world: World) -> None:
    """Fire everything that is due, as after a start, and let the messages leave."""
    await fire(world)
    await world.settle()


async def fire(world: World) -> None:
    """Fire everything that is due, as after a start."""
    limits, metrics = Limits(Rates()), Metrics()
    ticker = Ticker(
        world.db,
        world.clock,
        "test",
        world.services.timers.by_kind,
        Presence(world.db, world.clock, "test", limits),
        limits,
        Readiness(Health(), world.db, world.clock, metrics, world.folder),
        metrics,
        lambda: None,
    )
    await ticker.tick()


async def away(world: World, **time: float) -> None:
    """The program is gone for so long, and has just come back."""
    world.clock.turn(**time)
    async with world.db.write() as uow:
        gone = moment_of(uow.session, world.clock.now(), -timedelta(**time))
        await uow.session.execute(delete(Beat).where(Beat.name == HEARTBEAT))
        await uow.session.execute(insert(Beat).values(name=HEARTBEAT, at=gone))


async def set_task(
    world: World, who: str = "anna", text: str = "Call Ivan", deal: int | None = None, **after: float
) -> TaskCard:
    """Somebody's own task, due so much later."""
    actor = await actor_of(world.services, who)
    moment = type(world.clock)(world.clock.now())
    moment.turn(**(after or {"hours": 1}))
    return await world.services.tasks.create(
        actor, text, moment.now(), Link("deal", deal) if deal is not None else None
    )


async def task_row(world: World, task_id: int) -> Task:
    """How a task stands now."""
    return (await world.rows(select(Task).where(Task.id == task_id)))[0][0]


async def timers(world: World, state: str = "new") -> list[Timer]:
    """Timers of a state, by due time."""
    query = select(Timer).where(Timer.state == state).order_by(Timer.due_at)
    return [row[0] for row in await world.rows(query)]


async def told(world: World, kind: str) -> int:
    """How many messages of a kind were queued."""
    return len(await world.rows(select(Outbox.id).where(Outbox.kind == kind)))
