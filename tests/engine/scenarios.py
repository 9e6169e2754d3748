"""What children of the kill tests do."""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

from aiogram import Bot
from sqlalchemy import func, select

from bot.engine import Engine, Options, run_until_signalled
from db.models import Inbox, Outbox, Timer
from db.uow import Database
from services.clock import SystemClock
from tests.engine.kill import Tripwire
from tests.engine.rig import FAST, TOKEN, Product, message
from tests.session import QuickSession

OPEN = ("new", "applied", "leased")


async def work(trip: Tripwire, database: str, telegram: str, folder: str, updates: int) -> None:
    """Run the engine until so many updates are handled and everything that follows from them is done."""
    db = Database.open(database)
    bot = Bot(TOKEN, session=QuickSession(telegram))
    product = Product(db, bot)
    trip.watch(db, bot)

    async def remind(timer: Timer) -> None:
        async with db.write() as uow:
            if await uow.timers.mark_fired(timer.id, datetime.now(UTC)):
                await uow.outbox.add_many([message(1001, f"queued timer {timer.id}", f"timer:{timer.id}")])

    engine = Engine(
        bot=bot,
        db=db,
        clock=SystemClock(),
        handle=product.handle,
        render=product.render,
        timers={"reminder": remind},
        options=Options(data_dir=Path(folder), rates=FAST),
    )
    running = asyncio.create_task(engine.run())
    while not await _settled(db, updates):
        if running.done():
            break
        await asyncio.sleep(0.01)
    if not trip.armed and not running.done():
        os._exit(0)
    engine.stop()
    await running
    await bot.session.close()
    await db.close()


async def serve(trip: Tripwire, database: str, telegram: str, folder: str) -> None:
    """Run the engine as the command line does, until a signal comes."""
    db = Database.open(database)
    bot = Bot(TOKEN, session=QuickSession(telegram))
    product = Product(db, bot)
    engine = Engine(
        bot=bot,
        db=db,
        clock=SystemClock(),
        handle=product.handle,
        render=product.render,
        timers={},
        options=Options(data_dir=Path(folder), rates=FAST),
    )
    trip.passed("started")
    await run_until_signalled(engine)
    await bot.session.close()
    await db.close()


async def _settled(db: Database, updates: int) -> bool:
    async with db.read() as uow:
        count = select(func.count())
        # Causes before effects: what comes into being between two questions is then seen by the second one.
        timers = await uow.session.scalar(
            count.where(Timer.state == "new", Timer.due_at <= datetime.now(UTC))
        )
        done = await uow.session.scalar(count.where(Inbox.state == "done"))
        inbox = await uow.session.scalar(count.where(Inbox.state.in_(OPEN)))
        outbox = await uow.session.scalar(count.where(Outbox.state.in_(OPEN)))
        return (done or 0) >= updates and not (inbox or outbox or timers)
