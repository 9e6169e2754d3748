"""Where Telegram brings updates: checked, stored, and only then acknowledged."""

import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request, Response

LARGEST_BODY = 4 * 1024 * 1024
HEADER = b"x-telegram-bot-api-secret-token"

Store = Callable[[list[dict[str, Any]]], Awaitable[None]]
"""Makes updates durable; raises if it could not."""


@dataclass(frozen=True, slots=True)
class TelegramDoor:
    """The webhook's path and secret. Raises ValueError without a secret: a guessed path would be enough."""

    path: str
    store: Store
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        if not self.secret:
            raise ValueError("a webhook needs a secret: set WEBHOOK_SECRET")

    def knows(self, given: bytes) -> bool:
        """Whether this is the secret, in a time that tells nothing of how much of it is right."""
        return hmac.compare_digest(given, self.secret.encode())


def telegram_router(door: TelegramDoor) -> APIRouter:
    """The route; answers 403 to strangers, 400 to what is no update, 503 when it could not be stored."""
    router = APIRouter()

    @router.post(door.path, include_in_schema=False)
    async def receive(request: Request) -> Response:
        # The raw bytes: a header that is not ASCII must be a wrong secret and not an error.
        given = next((value for name, value in request.scope["headers"] if name == HEADER), b"")
        if not door.knows(given):
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        update = _update(body)
        if update is None:
            return Response(status_code=400)
        try:
            await door.store([update])
        except Exception:  # noqa: BLE001 - whatever it was, Telegram has to bring it again; the store has logged it
            return Response(status_code=503)
        return Response(status_code=200)

    return router


async def _body(request: Request) -> bytes | None:
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > LARGEST_BODY:
            return None
    return bytes(parts)


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("update_id"), int) else None
