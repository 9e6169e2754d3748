"""The HTTP server of a local Telegram: the Bot API, the people's own programs and the page on one address."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from sandbox import bot_api, client_api, client_events, static
from sandbox.requests import MAX_BODY
from sandbox.world import Telegram


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `url` has no slash at its end and is the base of the Bot API."""

    telegram: Telegram
    url: str


def create_app(telegram: Telegram) -> web.Application:
    """The server as an aiohttp application."""
    app = web.Application(client_max_size=MAX_BODY, middlewares=[client_api.errors])
    app[bot_api.WORLD] = telegram
    for part in (bot_api, client_api, client_events, static):
        app.add_routes(part.routes())
    return app


@asynccontextmanager
async def serve(telegram: Telegram, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[Server]:
    """Serves `telegram` while the block runs; port 0 takes a free one."""
    # Handlers that only wait (long polls, scripted silence) end with their client and hold up nothing.
    runner = web.AppRunner(
        create_app(telegram), access_log=None, handler_cancellation=True, shutdown_timeout=0.1
    )
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    address = runner.addresses[0]
    shown = f"[{address[0]}]" if ":" in address[0] else address[0]
    try:
        yield Server(telegram, f"http://{shown}:{address[1]}")
    finally:
        for bot in telegram.bots.values():
            if bot.webhook is not None:
                await bot.webhook.close()
                bot.webhook = None
        await runner.cleanup()
