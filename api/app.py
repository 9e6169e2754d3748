"""Puts the HTTP door together."""

from collections.abc import Callable

from fastapi import FastAPI

from api.health import Readiness, health_router
from api.telegram import TelegramDoor, telegram_router


def build_api(
    *, readiness: Readiness, metrics: Callable[[], bytes], telegram: TelegramDoor | None = None
) -> FastAPI:
    """The application; `telegram` is given where updates come by webhook."""
    # The documentation pages would load scripts from somewhere else.
    api = FastAPI(title="Sdelka", docs_url=None, redoc_url=None)
    api.include_router(health_router(readiness, metrics))
    if telegram is not None:
        api.include_router(telegram_router(telegram))
    return api
