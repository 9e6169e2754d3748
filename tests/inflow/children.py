"""What children of the kill test do: serve the open API, bring it one lead, and say when it has answered."""

import asyncio

import httpx
from aiogram import Bot

from api.app import build_api
from bot.http import HttpServer
from bot.outside import outside
from db.uow import Database
from services.bundle import build_services
from services.clock import SystemClock
from tests.engine.kill import Tripwire
from tests.engine.rig import TOKEN
from tests.inflow.conftest import ready

ANSWERED = "answered"


async def bring(trip: Tripwire, database: str, secret: str, mark: str) -> None:
    """One lead, under a mark of its sender's."""
    db, bot = Database.open(database), Bot(TOKEN)
    services = build_services(db, SystemClock(), outside())
    trip.watch(db, bot)
    server = HttpServer(
        lambda: build_api(readiness=ready, metrics=bytes, services=services), "127.0.0.1", 0, "127.0.0.1"
    )
    running = asyncio.create_task(server.run())
    await server.up.wait()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}") as client:
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": mark}
        answer = await client.post("/api/v1/leads", json={"email": f"{mark}@example.com"}, headers=headers)
    assert answer.status_code == 201, answer.text
    trip.passed(ANSWERED)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await bot.session.close()
    await db.close()
