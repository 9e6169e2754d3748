"""The open API on loopback, by a real server, as other programs reach it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from api.app import build_api
from bot.http import HttpServer
from services.bundle import Services


async def ready() -> dict[str, Any]:
    """Nothing is asked here about how the program feels."""
    return {}


@asynccontextmanager
async def served(services: Services) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who calls it, while it runs."""
    server = HttpServer(
        lambda: build_api(readiness=ready, metrics=bytes, services=services), "127.0.0.1", 0, "127.0.0.1"
    )
    running = asyncio.create_task(server.run())
    await server.up.wait()
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}") as client:
            yield client
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
