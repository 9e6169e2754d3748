"""Ends the engine when the system asks for it."""

import asyncio
import os
import signal

import structlog

from bot.engine import Engine

log = structlog.get_logger(__name__)


async def run_until_signalled(engine: Engine) -> None:
    """Run; the first SIGTERM or SIGINT ends it in order, a second one at once."""
    loop = asyncio.get_running_loop()

    def on_signal() -> None:
        if engine.stopping:
            os._exit(1)
        log.info("stopping")
        engine.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, on_signal)
    try:
        await engine.run()
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
            # What is left is to close; a late signal must not turn an orderly end into a killed program.
            signal.signal(number, signal.SIG_IGN)
