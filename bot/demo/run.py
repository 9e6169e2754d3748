"""The demo: a local Telegram with a company in it, and the real program serving it."""

import errno
import secrets
import socket
from pathlib import Path

import structlog
from pydantic import SecretStr
from rich.console import Console

from bot.app import build_app, calm_collector
from bot.demo.build import LANGUAGES, build_demo, rebuild_demo
from bot.lock import AlreadyRunningError, only_instance
from bot.log import configure
from bot.serve import StartError, prepare, read_settings
from bot.settings import Settings
from bot.signals import run_until_signalled
from sandbox import Telegram
from sandbox.server import serve
from services.clock import SystemClock

log = structlog.get_logger(__name__)
USERNAME = "sdelka_bot"
TITLES = {"ru": "Sdelka — CRM в Телеграме", "en": "Sdelka — the CRM in Telegram"}


async def run(language: str = "") -> None:
    """Start the local Telegram and the demo company, print the page's address, and serve until SIGTERM.

    The company is made anew at each start. A port that is taken is replaced by a free one. Raises StartError.
    """
    settings = read_settings()
    language = language or settings.language
    if language not in LANGUAGES:
        raise StartError(f"the demo company speaks {' or '.join(LANGUAGES)}, not {language!r}")
    configure(settings.log_level if settings.log_level != "INFO" else "WARNING", json=settings.log_json)
    folder = settings.data_dir / "demo"
    try:
        with only_instance(folder):
            _forget(folder)
            await _serve(settings, folder, language)
    except AlreadyRunningError as error:
        raise StartError(str(error)) from None


async def _serve(settings: Settings, folder: Path, language: str) -> None:
    clock = SystemClock()
    telegram = Telegram(title=TITLES[language])
    token = f"42:{secrets.token_urlsafe(24)}"
    telegram.add_bot(token=token, username=USERNAME, name="Sdelka", inline=True)
    try:
        async with serve(telegram, port=free_port("127.0.0.1", settings.sandbox_port)) as server:
            demo = _demo_settings(settings, folder, token, server.url)
            await prepare(demo)
            app = build_app(demo)

            async def change_language(chosen: str) -> None:
                telegram.title = TITLES[chosen]
                await rebuild_demo(app.db, clock, telegram, USERNAME, chosen)

            telegram.on_language = change_language
            try:
                await build_demo(app.db, clock, telegram, USERNAME, language)
                calm_collector()
                _tell(server.url, demo)
                await run_until_signalled(app.engine)
            finally:
                await app.close()
    except OSError as error:
        raise StartError(
            f"{error.strerror or error}. Set HTTP_HOST ({settings.http_host}), HTTP_PORT "
            f"({settings.http_port}) or SANDBOX_PORT ({settings.sandbox_port}) to another one."
        ) from None


def free_port(host: str, port: int) -> int:
    """This port, or one that the system chooses if it is taken. Raises OSError for a foreign host."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family) as listener:
            return int(listener.getsockname()[1])
    except OSError as error:
        if port == 0 or error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
    return free_port(host, 0)


def _forget(folder: Path) -> None:
    """Remove what was tried out last time."""
    for file in folder.glob("sdelka.db*"):
        file.unlink()


def _demo_settings(settings: Settings, folder: Path, token: str, url: str) -> Settings:
    """The same settings, pointed at the local Telegram and at a database of the demo's own."""
    return settings.model_copy(
        update={
            "bot_token": SecretStr(token),
            "bot_api_url": url,
            "ephemeral_messages": True,
            "http_port": free_port(settings.http_host, settings.http_port),
            "backup_daily": False,
            "database_url": None,
            "data_dir": folder,
            "webhook_url": None,
            "owner_telegram_id": None,
        }
    )


def _tell(url: str, settings: Settings) -> None:
    out = Console()
    out.print("\n[bold]Sdelka is ready.[/bold] Two phones wait for you at:\n", highlight=False)
    out.print(f"  [bold cyan]{url}/[/bold cyan]\n", highlight=False)
    out.print(
        f"[dim]Health and figures: http://{settings.http_host}:{settings.http_port}/readyz, /metrics. "
        "Stop with Ctrl+C.[/dim]",
        highlight=False,
        soft_wrap=True,
    )
