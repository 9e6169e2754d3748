"""The composition root: builds the whole program from its settings, and hands everything downward."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer

from bot import answers
from bot.backup import backup_if_due
from bot.engine import ALLOWED_UPDATES, Engine, Options
from bot.front import Front
from bot.i18n import Speech
from bot.importing import ImportRunner
from bot.json_calls import JsonSession
from bot.mailer import Mailer
from bot.outside import outside
from bot.presence import instance_name
from bot.render import Renderer
from bot.settings import Settings
from bot.ticker import BackUp
from db.uow import Database
from handlers.guests import Guests
from handlers.routes import all_routes
from handlers.whispers import Whispers
from integrations.mail import Server
from services.bundle import Services
from services.clock import Clock, SystemClock
from services.imports.work import ImportWork


@dataclass(frozen=True, slots=True)
class App:
    """The program, ready to run."""

    settings: Settings
    db: Database
    bot: Bot
    services: Services
    engine: Engine
    tongue: Callable[[str, ZoneInfo], Speech]

    async def close(self) -> None:
        """Let go of connections; after the engine has stopped."""
        await self.bot.session.close()
        await self.db.close()


def build_app(settings: Settings, *, clock: Clock | None = None, http: bool = True) -> App:
    """Wire the program. The database must be at the newest schema.

    Raises ValueError without a bot token, LookupError for anything that nothing declares.
    """
    if settings.bot_token is None:
        raise ValueError("BOT_TOKEN is not set")
    clock = clock or SystemClock()
    db = Database.open(settings.database)
    server = TelegramAPIServer.from_base(settings.bot_api_url)
    bot = Bot(settings.bot_token.get_secret_value(), session=JsonSession(api=server))
    services = Services(
        db, clock, outside(settings.address, mails=bool(settings.smtp_host)), settings.owner_telegram_id
    )
    registry = all_routes()

    def tongue(language: str, zone: ZoneInfo) -> Speech:
        return Speech(language, zone, clock)

    guests = Guests(services, tongue, clock)
    whispers = Whispers(on=settings.whispers)
    front = Front(bot, db, clock, registry, services, tongue, guests, whispers)
    renderer = Renderer(bot, registry, services, tongue)
    renderer.check()
    engine = Engine(
        bot=bot,
        db=db,
        clock=clock,
        handle=front.handle,
        render=renderer,
        timers=services.timers.by_kind,
        options=_options(settings, http=http),
        give_up=front.apologise,
        importer=_importer(bot, db, clock, services, settings),
        back_up=_back_up(settings, db, clock) if settings.backup_daily else None,
        services=services,
        mailer=_mailer(db, clock, renderer, settings),
    )
    db.when_queued = engine.wake_sender
    return App(settings, db, bot, services, engine, tongue)


def _mailer(db: Database, clock: Clock, renderer: Renderer, settings: Settings) -> Mailer | None:
    if not settings.smtp_host or not settings.sender:
        return None
    password = settings.smtp_password
    server = Server(
        host=settings.smtp_host,
        port=settings.smtp_port,
        tls=settings.smtp_tls,
        sender=settings.sender,
        user=settings.smtp_user,
        password=password.get_secret_value() if password else None,
    )
    return Mailer(db, clock, renderer.letter, server)


def _importer(bot: Bot, db: Database, clock: Clock, services: Services, settings: Settings) -> ImportRunner:
    work = ImportWork(db, clock, services.outside.tables)
    name = instance_name(settings.data_dir)
    return ImportRunner(bot, work, services.imports.bell, name, settings.data_dir)


def _back_up(settings: Settings, db: Database, clock: Clock) -> BackUp:
    async def back_up() -> None:
        await backup_if_due(settings, db, clock.now())

    return back_up


def calm_collector() -> None:
    """Take what start-up made out of the collector's sight: its full rounds were the tail of every answer."""
    answers.hold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _options(settings: Settings, *, http: bool) -> Options:
    secret = settings.webhook_secret
    return Options(
        data_dir=settings.data_dir,
        http_host=settings.http_host,
        http_port=settings.http_port if http else None,
        trusted_proxies=settings.trusted_proxies,
        webhook_url=settings.webhook_url,
        webhook_secret=secret.get_secret_value() if secret else "",
        allowed_updates=list(ALLOWED_UPDATES),
    )
