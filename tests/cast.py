"""The cast of the tests: who works where. Two departments, so that there is always somebody else's."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select

from db.models import Department, Membership, Person, Stage, Workspace
from db.uow import Database
from services.access import Actor, Door
from services.bundle import Services
from services.setup import FOUNDINGS
from services.understanding.fold import fold

START = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
"""A Wednesday, noon in Moscow."""


@dataclass(frozen=True, slots=True)
class Part:
    """One person: name, role, department and whether they head it."""

    telegram_id: int
    name: str
    role: str
    department: str | None = None
    head: bool = False


CAST = {
    "olga": Part(1001, "Olga", "owner"),
    "helen": Part(1002, "Helen", "head", "Sales", head=True),
    "anna": Part(1003, "Anna", "manager", "Sales"),
    "boris": Part(1004, "Boris", "manager", "Sales"),
    "hugo": Part(1005, "Hugo", "head", "Service", head=True),
    "victor": Part(1006, "Victor", "manager", "Service"),
    "fiona": Part(1007, "Fiona", "finance"),
    "max": Part(1008, "Max", "marketing", "Sales"),
}
STRANGER = 1666


class TurnedClock:
    """A clock that stands until a test turns it."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def turn(self, **parts: float) -> None:
        """Let time pass."""
        self._now += timedelta(**parts)


async def cast_company(db: Database, services: Services, clock: TurnedClock, language: str = "en") -> None:
    """A company with its default pipeline, two departments and everybody of the cast."""
    await services.setup.ensure(FOUNDINGS[language])
    async with db.write() as uow:
        session = uow.session
        workspace = await session.get_one(Workspace, 1)
        workspace.time_zone, workspace.region, workspace.currency = "Europe/Moscow", "RU", "RUB"
        workspace.set_up_at = clock.now()
        for name in ("Sales", "Service"):
            known = await session.scalar(select(Department).where(Department.name_folded == fold(name)))
            if known is None:
                session.add(Department(name=name, name_folded=fold(name), created_at=clock.now()))
        await session.flush()
        departments = {row.name: row.id for row in (await session.scalars(select(Department))).all()}
        for part in CAST.values():
            person = Person(
                telegram_id=part.telegram_id,
                username=part.name.lower(),
                name=part.name,
                name_folded=fold(part.name),
                role=part.role,
                status="active",
                language=language,
                reachable=True,
                created_at=clock.now(),
            )
            session.add(person)
            await session.flush()
            if part.department:
                await session.execute(
                    insert(Membership).values(
                        person_id=person.id, department_id=departments[part.department], head=part.head
                    )
                )


async def actor_of(services: Services, name: str) -> Actor:
    """Somebody of the cast, as a door sees them."""
    actor = await services.people.identify(CAST[name].telegram_id, Door.TELEGRAM)
    assert actor is not None
    return actor


async def stages_by_name(db: Database) -> dict[str, Stage]:
    """The stages of the company's pipeline."""
    async with db.read() as uow:
        return {row.name: row for row in (await uow.session.scalars(select(Stage))).all()}
