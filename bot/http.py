"""Serves the HTTP door within the program's own loop."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

log = structlog.get_logger(__name__)


class HttpServer:
    """FastAPI and uvicorn take a while to import, so that happens beside the work, when it has begun."""

    def __init__(self, build: Callable[[], "FastAPI"], host: str, port: int, trusted_proxies: str) -> None:
        self._build = build
        self._host = host
        self._port = port
        self._trusted_proxies = trusted_proxies
        self.port = port
        """Where it listens; for port 0 the system chooses."""
        self.up = asyncio.Event()

    async def run(self) -> None:
        """Serve until cancelled. Raises OSError if the address is taken."""
        server = await asyncio.to_thread(self._server)
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listener = socket.create_server((self._host, self._port), family=family, backlog=512)
        self.port = listener.getsockname()[1]
        log.info("http_listens", host=self._host, port=self.port)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            await asyncio.shield(serving)
        finally:
            server.should_exit = True
            await asyncio.wait([serving], timeout=5)
            listener.close()

    def _server(self) -> "uvicorn.Server":
        import uvicorn

        up = self.up

        class Server(uvicorn.Server):
            """Leaves signals to the program, and tells when it listens."""

            @contextmanager
            def capture_signals(self) -> Iterator[None]:
                yield

            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                up.set()

        return Server(
            uvicorn.Config(
                self._build(),
                log_config=None,
                access_log=False,
                server_header=False,
                lifespan="off",
                ws="none",
                forwarded_allow_ips=self._trusted_proxies,
                timeout_graceful_shutdown=3,
            )
        )
