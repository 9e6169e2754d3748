"""What a child does that is stopped by a signal."""

from pathlib import Path

from aiogram import Bot

from bot.engine import Engine, Options
from bot.signals import run_until_signalled
from db.uow import Database
from services.clock import SystemClock
from tests.engine.kill import Tripwire
from tests.engine.rig import FAST, TOKEN, Product
from tests.session import QuickSession


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
