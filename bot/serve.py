"""Serving Telegram: from the lock on the data directory to the last message sent."""

from datetime import UTC, datetime

import structlog
from aiogram.exceptions import TelegramAPIError, TelegramUnauthorizedError
from pydantic import ValidationError

from bot.app import App, build_app, calm_collector
from bot.backup import bring_up_to_date
from bot.lock import AlreadyRunningError, only_instance
from bot.log import configure
from bot.settings import Settings
from bot.signals import run_until_signalled
from db.schema import SchemaError
from services.setup import FOUNDINGS

log = structlog.get_logger(__name__)


class StartError(Exception):
    """The program cannot start, in words for whoever runs it."""


async def serve() -> None:
    """Serve until SIGTERM. Raises StartError."""
    settings = read_settings()
    if settings.bot_token is None:
        raise StartError(
            "BOT_TOKEN is not set. Get one from @BotFather, or run `./run sandbox` to try it out."
        )
    secrets = [settings.bot_token, settings.webhook_secret, settings.smtp_password]
    configure(
        settings.log_level, json=settings.log_json, secrets=[s.get_secret_value() for s in secrets if s]
    )
    try:
        with only_instance(settings.data_dir):
            await prepare(settings)
            app = build_app(settings)
            try:
                await welcome_owner(app)
                calm_collector()
                await run_until_signalled(app.engine)
            finally:
                await app.close()
    except AlreadyRunningError as error:
        raise StartError(str(error)) from None
    except OSError as error:
        where = f"{settings.http_host}:{settings.http_port}"
        raise StartError(f"Cannot listen on {where}: {error.strerror or error}. Set HTTP_PORT.") from None


def read_settings() -> Settings:
    """The settings. Raises StartError that names what is wrong, never a value: it may be a secret."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(str(part) for part in item['loc']).upper()}: {item['msg']}" for item in error.errors()
        )
        raise StartError(f"Wrong settings. {wrong}") from None


async def prepare(settings: Settings) -> None:
    """Give the database this program's schema. Raises StartError for one that is newer."""
    try:
        await bring_up_to_date(settings, datetime.now(UTC))
    except SchemaError as error:
        raise StartError(str(error)) from None


async def welcome_owner(app: App) -> None:
    """Found the company at the first start, and print the link that makes its owner while it has none."""
    await app.services.setup.ensure(FOUNDINGS[app.settings.language])
    if app.settings.owner_telegram_id is not None:
        return
    token = await app.services.setup.owner_link()
    if token is None:
        return
    try:
        me = await app.bot.me()
    except TelegramUnauthorizedError:
        raise StartError("Telegram does not know this BOT_TOKEN. Ask @BotFather for the right one.") from None
    except TelegramAPIError:
        log.warning("telegram_unreachable", hint="the owner's link is printed at the next start")
        return
    # Printed, not logged: logs are kept and read by others, and this link is worth the whole company.
    print(f"\nOpen this link once to become the owner:\n  https://t.me/{me.username}?start={token}\n")  # noqa: T201
