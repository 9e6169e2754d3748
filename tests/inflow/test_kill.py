"""kill -9 at every point between a request and its answer: what was answered is kept, and nothing twice."""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Event, Inquiry, Lead, Outbox
from db.uow import Database
from services.bundle import Services
from services.dto.inquiries import KeyScope
from tests.cast import actor_of
from tests.engine.kill import every_death, run
from tests.inflow.children import ANSWERED

BRING = "tests.inflow.children:bring"


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_a_request_survives_every_death(db: Database, services: Services) -> None:
    olga = await actor_of(services, "olga")
    sales = (await services.sources.ways(olga)).departments[0].id
    marks = iter(f"mark{number}" for number in range(1000))
    now, secret = next(marks), ""

    async def another() -> None:
        nonlocal now, secret
        # A key that was never used yet, so that its first use lies among the points.
        now, secret = (
            next(marks),
            (await services.api_keys.make(olga, "Shop", [KeyScope.LEADS_WRITE], sales)).secret,
        )
        await db.engine.dispose()

    def arguments() -> tuple[Any, ...]:
        return db.engine.url.render_as_string(hide_password=False), secret, now

    await another()
    deaths = 0
    async for death in every_death(BRING, arguments):
        deaths += 1
        made = [row for row in await _all(db, Lead) if row.email == f"{now}@example.com"]
        assert made or death.points[-1] != ANSWERED, "answered and not kept"
        await db.engine.dispose()
        await run(BRING, *arguments())
        for model, found in ((Lead, Counter(row.email for row in await _all(db, Lead))),
                             (Inquiry, Counter(row.dedupe for row in await _all(db, Inquiry)))):  # fmt: skip
            assert len(found) == deaths, f"{model} after {death.points[-1]}"
            assert set(found.values()) == {1}, f"{model} after {death.points[-1]}"
        assert sum(row.action == "lead.create" for row in await _all(db, Event)) == deaths
        assert sum(row.kind == "card" for row in await _all(db, Outbox)) == deaths * 3
        await another()
    assert deaths >= 5


async def _all(db: Database, model: type[Any]) -> list[Any]:
    async with db.read() as uow:
        return list((await uow.session.scalars(select(model))).all())
