"""A real server on loopback with the open API, and ways in that the owner has opened."""

from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from db.models import Call, Department, Event, Inquiry, Lead, Note, Outbox
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.dto.inquiries import FreshKey, KeyScope, SourceCard
from tests.cast import TurnedClock
from tests.inflow.serving import served

COUNTED = (Inquiry, Lead, Note, Call, Event, Outbox)


@dataclass
class Inflow:
    """The server, what stands behind it, and the ways in."""

    client: httpx.AsyncClient
    db: Database
    services: Services
    clock: TurnedClock
    olga: Actor
    sales: int
    source: SourceCard
    key: FreshKey

    async def lead(self, body: Any, key: str | None = None, **headers: str) -> httpx.Response:
        """Bring a lead by the API."""
        headers = {"Authorization": f"Bearer {key or self.key.secret}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        given = {"content": body} if isinstance(body, bytes) else {"json": body}
        return await self.client.post("/api/v1/leads", headers=headers, **given)

    async def form(self, fields: dict[str, Any], token: str | None = None, **options: Any) -> httpx.Response:
        """Post a form of a site."""
        url = f"/in/form/{token or self.source.token}"
        return await self.client.post(url, data=fields, **options)

    async def tilda(self, fields: dict[str, Any]) -> httpx.Response:
        """Post as Tilda does."""
        return await self.client.post(f"/in/tilda/{self.source.token}", data=fields)

    async def bitrix(self, method: str = "crm.lead.add.json", **options: Any) -> httpx.Response:
        """Call as if we were Bitrix24."""
        return await self.client.post(f"/rest/1/{self.source.token}/{method}", **options)

    async def rows(self) -> tuple[int, ...]:
        """How many rows there are in all tables that a request writes to."""
        async with self.db.read() as uow:
            counts = [await uow.session.scalar(select(func.count()).select_from(one)) for one in COUNTED]
        return tuple(count or 0 for count in counts)

    async def all(self, model: type[Any]) -> list[Any]:
        """All rows of a table, the oldest first."""
        async with self.db.read() as uow:
            return list((await uow.session.scalars(select(model).order_by(model.id))).all())

    async def told(self, kind: str) -> set[int]:
        """Whose private chats wait for a message of a kind."""
        return {row.person_id for row in await self.all(Outbox) if row.kind == kind and row.person_id}


@pytest.fixture
async def inflow(
    db: Database,
    services: Services,
    clock: TurnedClock,
    actor: Callable[[str], Coroutine[Any, Any, Actor]],
) -> AsyncIterator[Inflow]:
    olga = await actor("olga")
    async with db.read() as uow:
        sales = await uow.session.scalar(select(Department.id).where(Department.name == "Sales"))
    assert sales is not None
    source = await services.sources.open(olga, "Landing", sales)
    key = await services.api_keys.make(olga, "Shop", list(KeyScope), sales)

    async with served(services) as client:
        yield Inflow(client, db, services, clock, olga, sales, source, key)
