"""What the children of the kill test do: hand somebody's tasks over, dying after some statement."""

from typing import Any

from aiogram import Bot
from sqlalchemy import event

from bot.outside import outside
from db.uow import Database
from services.access import Door
from services.bundle import Services
from services.clock import SystemClock
from services.errors import AppError
from tests.engine.kill import Tripwire
from tests.engine.rig import TOKEN

WRITES = ("INSERT", "UPDATE")


async def hand_over(trip: Tripwire, database: str, head: int, person: int, heirs: list[int]) -> None:
    """All tasks of a person to several heirs, unless that was done already."""
    db, bot = Database.open(database), Bot(TOKEN)
    services = Services(db, SystemClock(), outside())
    trip.watch(db, bot)

    def wrote(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().startswith(WRITES):
            trip.passed("wrote")

    event.listen(db.engine.sync_engine, "after_cursor_execute", wrote)
    actor = await services.people.actor(head, Door.TELEGRAM)
    assert actor is not None
    ids = await services.task_handover.ids(actor, person, late=False)
    try:
        plan = await services.task_handover.plan(actor, person, ids, heirs)
        await services.task_handover.hand_over(actor, person, ids, heirs, plan.mark)
    except AppError as error:
        if error.code != "tasks.nothing":
            raise
    await bot.session.close()
    await db.close()
