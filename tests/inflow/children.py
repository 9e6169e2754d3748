"""What children of the kill test do: serve the open API, bring it one lead, and say when it has answered."""

from aiogram import Bot

from bot.outside import outside
from db.uow import Database
from services.bundle import Services
from services.clock import SystemClock
from tests.engine.kill import Tripwire
from tests.engine.rig import TOKEN
from tests.inflow.serving import served

ANSWERED = "answered"


async def bring(trip: Tripwire, database: str, secret: str, mark: str) -> None:
    """One lead, under a mark of its sender's."""
    db, bot = Database.open(database), Bot(TOKEN)
    services = Services(db, SystemClock(), outside())
    trip.watch(db, bot)
    async with served(services) as client:
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": mark}
        answer = await client.post("/api/v1/leads", json={"email": f"{mark}@example.com"}, headers=headers)
        assert answer.status_code == 201, answer.text
        trip.passed(ANSWERED)
    await bot.session.close()
    await db.close()
