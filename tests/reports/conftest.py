"""Deals of known figures, in two departments and three periods."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Deal, Department, Person
from db.uow import Database
from services.bundle import Services
from services.clock import Clock
from tests.cast import stages_by_name

Sell = Callable[..., Awaitable[None]]


@pytest.fixture
async def sell(db: Database, services: Services, clock: Clock) -> Sell:
    """`await sell("anna", "Paid", 100, opened=…, closed=…)`: a deal of somebody in a stage; whole units."""
    stages = await stages_by_name(db)

    async def make(
        owner: str | None,
        stage: str,
        amount: int | None = None,
        *,
        opened: date | None = None,
        closed: date | None = None,
        department: str = "Sales",
        **values: Any,
    ) -> None:
        async with db.write() as uow:
            session = uow.session
            person = (
                await session.scalar(select(Person.id).where(Person.username == owner)) if owner else None
            )
            home = await session.scalar(select(Department.id).where(Department.name == department))
            session.add(
                Deal(
                    title="Deal",
                    search="deal",
                    pipeline_id=stages[stage].pipeline_id,
                    stage_id=stages[stage].id,
                    stage_since=clock.now(),
                    amount=amount * 100 if amount is not None else None,
                    currency="RUB",
                    source="import",
                    owner_id=person,
                    department_id=home,
                    created_at=clock.now(),
                    opened_on=opened,
                    closed_on=closed,
                    **values,
                )
            )

    return make


@pytest.fixture
async def people(db: Database, services: Services, clock: Clock) -> list[str]:
    """Thirteen sellers who are known by name only."""
    names = [f"seller{n}" for n in range(13)]
    async with db.write() as uow:
        for name in names:
            uow.people.add(
                Person(
                    username=name,
                    name=name.title(),
                    name_folded=name,
                    role="manager",
                    status="imported",
                    reachable=False,
                    created_at=clock.now(),
                )
            )
    return names
