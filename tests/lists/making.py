"""Deals and leads to make lists of."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from db.models import Deal, Department, Lead, Person, Stage, Task
from db.uow import Database
from tests.cast import CAST, START


async def sold(
    db: Database, owner: str = "anna", count: int = 1, stage: str = "New", **values: Any
) -> list[int]:
    """Deals of somebody's, standing in a stage since now; closed ones today."""
    async with db.write() as uow:
        session = uow.session
        person = (await session.scalars(select(Person).where(Person.name == CAST[owner].name))).one()
        place = CAST[owner].department or "Sales"
        department = (await session.scalars(select(Department.id).where(Department.name == place))).one()
        where = (await session.scalars(select(Stage).where(Stage.name == stage))).one()
        closed = date(2026, 11, 18) if where.kind in ("won", "lost") else None
        row = {
            "title": f"Deal of {CAST[owner].name}",
            "search": "deal",
            "pipeline_id": where.pipeline_id,
            "stage_id": where.id,
            "stage_since": START,
            "amount": 1_000_00,
            "currency": "RUB",
            "source": "site",
            "owner_id": person.id,
            "department_id": department,
            "crew": [],
            "created_at": START,
            "closed_on": closed,
            "version": 1,
            **values,
        }
        made = await session.scalars(insert(Deal).returning(Deal.id), [dict(row) for _ in range(count)])
        return sorted(made.all())


async def planned(db: Database, deal_id: int, due_at: datetime = START + timedelta(hours=2)) -> None:
    """A next step for a deal, of its owner."""
    async with db.write() as uow:
        deal = await uow.session.get_one(Deal, deal_id)
        uow.session.add(
            Task(
                text="Call",
                due_at=due_at,
                assignee_id=deal.owner_id,
                author_id=deal.owner_id,
                deal_id=deal_id,
                created_at=START,
            )
        )


async def asked(
    db: Database, owner: str | None = "anna", count: int = 1, place: str = "", **values: Any
) -> list[int]:
    """Leads of somebody's in work, or free ones of Sales."""
    async with db.write() as uow:
        session = uow.session
        whose = select(Person.id).where(Person.name == CAST[owner].name) if owner else None
        person = (await session.scalars(whose)).one() if whose is not None else None
        place = place or (CAST[owner].department if owner else None) or "Sales"
        department = (await session.scalars(select(Department.id).where(Department.name == place))).one()
        row = {
            "title": f"Lead of {CAST[owner].name if owner else 'nobody'}",
            "search": "lead",
            "currency": "RUB",
            "source": "site",
            "status": "in_work" if owner else "new",
            "owner_id": person,
            "department_id": department,
            "created_at": START,
            **values,
        }
        made = await session.scalars(insert(Lead).returning(Lead.id), [dict(row) for _ in range(count)])
        return sorted(made.all())
