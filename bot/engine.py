"""The running program's parts, started and stopped together."""

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog
from aiogram import Bot

from bot.health import Health, Readiness
from bot.http import HttpServer
from bot.importing import ImportRunner
from bot.inbox import Handle, Intake, Poller, Worker
from bot.inbox.webhook import Webhook
from bot.inbox.worker import GiveUp
from bot.limits import Limits, Pacing, Rates
from bot.mailer import Mailer
from bot.metrics import Metrics
from bot.one_hand import OneHand
from bot.presence import Presence, instance_name
from bot.sender import Render, Sender
from bot.ticker import BackUp, Fire, Ticker
from bot.trouble import told
from db.maintenance import checkpoint
from db.uow import Database
from services.bundle import Services
from services.clock import Clock

if TYPE_CHECKING:
    from fastapi import FastAPI

log = structlog.get_logger(__name__)

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member", "inline_query"]
"""What the program asks Telegram for; it would not come otherwise."""
GRACE = 8.0


@dataclass(frozen=True, slots=True)
class Options:
    """What of the settings concerns the engine. Without `http_port` nothing is served over HTTP.

    The data directory must be locked (`bot.lock`) while the engine runs.
    """

    data_dir: Path
    http_host: str = "127.0.0.1"
    http_port: int | None = None
    trusted_proxies: str = "127.0.0.1"
    webhook_url: str | None = None
    webhook_secret: str = field(default="", repr=False)
    allowed_updates: list[str] = field(default_factory=lambda: list(ALLOWED_UPDATES))
    rates: Rates = field(default_factory=Rates)


class Engine:
    """One instance at work; with `services` other programs may bring requests over HTTP.

    Raises ValueError for a webhook without a secret or without HTTP.
    """

    def __init__(
        self,
        *,
        bot: Bot,
        db: Database,
        clock: Clock,
        handle: Handle,
        render: Render,
        timers: Mapping[str, Fire],
        options: Options,
        give_up: GiveUp | None = None,
        importer: ImportRunner | None = None,
        back_up: BackUp | None = None,
        services: Services | None = None,
        mailer: Mailer | None = None,
    ) -> None:
        if options.webhook_url and (not options.webhook_secret or options.http_port is None):
            raise ValueError("a webhook needs WEBHOOK_SECRET and HTTP_PORT")
        name = instance_name(options.data_dir)
        self._bot = bot
        self._db = db
        self._options = options
        self.metrics = Metrics()
        self.health = Health()
        self.limits = Limits(options.rates)
        bot.session.middleware(Pacing(self.limits, self.metrics))
        self.readiness = Readiness(self.health, db, clock, self.metrics, options.data_dir)
        self._presence = Presence(
            db, clock, name, self.limits, services.outages.notice if services is not None else None
        )
        one_hand = OneHand()
        self._worker = Worker(bot, db, clock, name, handle, self.metrics, give_up, one_hand)
        self.intake = Intake(db, clock, name, self._worker, self.metrics)
        self._sender = Sender(bot, db, clock, name, render, self.limits, self.metrics, one_hand)
        self.ticker = Ticker(
            db,
            clock,
            name,
            timers,
            self._presence,
            self.limits,
            self.readiness,
            self.metrics,
            self.wake_sender,
            back_up,
        )
        self.http = (
            HttpServer(self._build_api, options.http_host, options.http_port, options.trusted_proxies)
            if options.http_port is not None
            else None
        )
        self._importer = importer
        self._services = services
        self._mailer = mailer
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._stop = asyncio.Event()
        self.started = asyncio.Event()

    def wake_sender(self) -> None:
        """Messages were queued: send them without waiting for the next look."""
        self._sender.wake()

    @property
    def leads(self) -> bool:
        """Whether this is the instance that polls."""
        return self._presence.leads()

    @property
    def stopping(self) -> bool:
        """Whether the end was asked for."""
        return self._stop.is_set()

    async def run(self) -> None:
        """Work until `stop` is called. Raises what a part of it died of, after the others have stopped."""
        away = await self._presence.arrive()
        log.info("started", away_seconds=round(away.total_seconds()) if away else None)
        if self._services is not None:
            await self._services.begin_rounds()
        self._start("worker", self._worker.run())
        self._start("sender", self._sender.run())
        if self._options.webhook_url:
            self._start("webhook", self._webhook(self._options.webhook_url).run())
        else:
            poller = Poller(
                self._bot, self.intake, self.health, self._options.allowed_updates, self._presence.leads
            )
            self._start("poller", poller.run())
        self._start("ticker", self.ticker.run())
        if self._importer is not None:
            self._start("importer", self._importer.run())
        if self._mailer is not None:
            self._start("mailer", self._mailer.run())
        if self.http is not None:
            self._start("http", self.http.run())
        self.started.set()
        stop = asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait([stop, *self._tasks.values()], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.cancel()
            died = [task for task in self._tasks.values() if task.done()]
            await self._shut_down()
        for task in died:
            task.result()

    def stop(self) -> None:
        """Ask `run` to finish what is in hand and return."""
        self._stop.set()
        self.health.stopping = True

    def _start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._tasks[name] = asyncio.create_task(work, name=name)

    async def _shut_down(self) -> None:
        self._stop.set()
        self.health.stopping = True
        if self._importer is not None:
            self._importer.stop()
        for name in ("poller", "webhook", "http"):
            if name in self._tasks:
                self._tasks[name].cancel()
        results = await asyncio.gather(
            *(
                asyncio.wait_for(part.stop(GRACE), GRACE + 2)
                for part in (self._worker, self._sender, self.ticker, self._mailer)
                if part is not None
            ),
            return_exceptions=True,
        )
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        results += await asyncio.gather(
            asyncio.wait_for(self._presence.leave(), 2), checkpoint(self._db.engine), return_exceptions=True
        )
        for result in results:
            if isinstance(result, BaseException):
                log.warning("not_stopped_in_order", error=told(result))
        log.info("stopped")

    def _webhook(self, url: str) -> Webhook:
        assert self.http is not None
        return Webhook(
            self._bot,
            self.health,
            url,
            self._options.webhook_secret,
            self._options.allowed_updates,
            self.http.up,
        )

    def _build_api(self) -> "FastAPI":
        from api.app import build_api
        from api.telegram import TelegramDoor

        door = None
        if self._options.webhook_url:
            path = urlsplit(self._options.webhook_url).path or "/"
            door = TelegramDoor(path, self._store, self._options.webhook_secret)
        return build_api(
            readiness=self.readiness.check,
            metrics=self.metrics.page,
            telegram=door,
            services=self._services,
        )

    async def _store(self, updates: list[dict[str, Any]]) -> None:
        try:
            await self.intake.store(self._bot.id, updates)
        except Exception as error:
            log.error("not_stored", error=told(error))  # noqa: TRY400 - the error may quote the update
            raise
