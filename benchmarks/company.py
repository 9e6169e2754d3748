"""A company for the benchmarks: managers, each with a client, a deal in work and a next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from db.models import Contact, Deal, Department, Event, Membership, Person, Stage, Task
from db.schema import migrate
from db.uow import Database, UnitOfWork
from services.clock import SystemClock
from services.setup import FOUNDINGS, Setup

FIRST = 10_001


@dataclass(frozen=True, slots=True)
class Seller:
    """A manager, their deal, and the two stages between which it goes back and forth."""

    telegram_id: int
    person_id: int
    deal_id: int
    stages: tuple[int, int]


async def found_company(url: str, managers: int) -> list[Seller]:
    """Make tables and company in an empty database."""
    db = Database.open(url)
    try:
        await migrate(db.engine)
        await Setup(db, SystemClock()).ensure(FOUNDINGS["en"])
        async with db.write() as uow:
            return await _employ(uow, managers, datetime.now(UTC))
    finally:
        await db.close()


async def count_moves(url: str) -> int:
    """How many moves stand in the history."""
    db = Database.open(url)
    try:
        async with db.read() as uow:
            query = select(func.count()).select_from(Event).where(Event.action == "deal.move")
            return await uow.session.scalar(query) or 0
    finally:
        await db.close()


async def _employ(uow: UnitOfWork, managers: int, now: datetime) -> list[Seller]:
    session = uow.session
    department = (await session.scalars(select(Department.id))).one()
    stages = (await session.scalars(select(Stage).order_by(Stage.position).limit(2))).all()
    people = [
        _person(FIRST - 1, "owner", now),
        *(_person(FIRST + n, "manager", now) for n in range(managers)),
    ]
    session.add_all(people)
    await session.flush()
    sellers = people[1:]
    session.add_all(Membership(person_id=person.id, department_id=department) for person in sellers)
    contacts = [_contact(person, department, now) for person in sellers]
    session.add_all(contacts)
    await session.flush()
    deals = [_deal(contact, stages, now) for contact in contacts]
    session.add_all(deals)
    await session.flush()
    session.add_all(
        Task(
            text="Call about the offer",
            due_at=now + timedelta(days=2),
            assignee_id=deal.owner_id,
            author_id=deal.owner_id,
            deal_id=deal.id,
            created_at=now,
        )
        for deal in deals
    )
    await session.flush()
    return [
        Seller(person.telegram_id or 0, person.id, deal.id, (stages[0].id, stages[1].id))
        for person, deal in zip(sellers, deals, strict=True)
    ]


def _person(telegram_id: int, role: str, now: datetime) -> Person:
    name = f"Anna {telegram_id}"
    return Person(
        telegram_id=telegram_id,
        username=f"anna{telegram_id}",
        name=name,
        name_folded=name.casefold(),
        role=role,
        status="active",
        language="en",
        reachable=True,
        created_at=now,
    )


def _contact(person: Person, department: int, now: datetime) -> Contact:
    return Contact(
        name="Ivan Petrov",
        search="ivan petrov",
        phone=f"+7916{person.telegram_id:07}",
        owner_id=person.id,
        department_id=department,
        created_at=now,
    )


def _deal(contact: Contact, stages: Sequence[Stage], now: datetime) -> Deal:
    return Deal(
        title="Windows for Ivan",
        search="windows for ivan",
        pipeline_id=stages[0].pipeline_id,
        stage_id=stages[0].id,
        stage_since=now,
        amount=15_000_000,
        currency="RUB",
        source="site",
        owner_id=contact.owner_id,
        department_id=contact.department_id,
        contact_id=contact.id,
        created_at=now,
    )
