"""Lets programs with a key in."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.intake import Door
from api.problems import RefusalError
from services.dto.inquiries import Way

BEARER = HTTPBearer(auto_error=False, scheme_name="API key", description="Made by the owner in the chat.")


def key_of(door: Door) -> Callable[..., Awaitable[Way]]:
    """Who calls, by the key that came along; raises RefusalError without a valid one, or too often."""

    async def let_in(
        given: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)],
    ) -> Way:
        if given is None:
            raise RefusalError("key.missing")
        way = await door.services.ways.by_key(given.credentials)
        if way is None:
            raise RefusalError("key.wrong")
        door.pace(way)
        return way

    return let_in
