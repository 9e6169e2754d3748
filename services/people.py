"""The company's people: who stands behind a Telegram account."""

from zoneinfo import ZoneInfo

from db.models import Person
from db.uow import Cause, Database
from services.access import Actor, Door, Role
from services.clock import Clock

ACTIVE = "active"


class People:
    """The service of people."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def identify(
        self, telegram_id: int, door: Door = Door.TELEGRAM, cause: Cause | None = None
    ) -> Actor | None:
        """The active person behind a Telegram account, with their present rights; None for anyone else."""
        async with self._db.read() as uow:
            rows = await uow.people.by_telegram(telegram_id)
            workspace = await uow.people.workspace()
        if not rows or workspace is None:
            return None
        return to_actor(rows, workspace.language, workspace.time_zone, door, cause)

    async def actor(self, person_id: int, door: Door) -> Actor | None:
        """The same by a person's own id, for timers and messages that go out."""
        async with self._db.read() as uow:
            rows = await uow.people.by_id(person_id)
            workspace = await uow.people.workspace()
        if not rows or workspace is None:
            return None
        return to_actor(rows, workspace.language, workspace.time_zone, door)

    async def company_voice(self) -> tuple[str, ZoneInfo]:
        """Language and time zone of what is said to no one in particular, as in a team chat."""
        async with self._db.read() as uow:
            workspace = await uow.people.workspace()
        return (workspace.language, ZoneInfo(workspace.time_zone)) if workspace else ("en", ZoneInfo("UTC"))

    async def mark_reachable(self, telegram_id: int, cause: Cause | None, *, reachable: bool) -> None:
        """Remember that somebody blocked the bot, or let it write again; strangers leave no trace."""
        async with self._db.read() as uow:
            rows = await uow.people.by_telegram(telegram_id)
        if not rows or rows[0][0].reachable == reachable:
            return
        async with self._db.write(cause) as uow:
            person = await uow.people.get(rows[0][0].id)
            if person is None or person.reachable == reachable:
                return
            person.reachable = reachable
            await uow.history.append(
                at=self._clock.now(),
                actor_id=person.id,
                door=Door.TELEGRAM,
                bot_id=cause.bot_id if cause else None,
                update_id=cause.update_id if cause else None,
                action="person.unblock" if reachable else "person.block",
                subject="person",
                subject_id=person.id,
                changes={"reachable": [not reachable, reachable]},
            )


def to_actor(
    rows: list[tuple[Person, int | None, bool | None]],
    language: str,
    time_zone: str,
    door: Door,
    cause: Cause | None = None,
) -> Actor | None:
    """An actor from a person's rows, one per department; None once they have left."""
    person = rows[0][0]
    if person.status != ACTIVE:
        return None
    departments = frozenset(department for _, department, _ in rows if department is not None)
    return Actor(
        person_id=person.id,
        name=person.name,
        role=Role(person.role),
        language=person.language or language,
        zone=ZoneInfo(person.time_zone or time_zone),
        door=door,
        telegram_id=person.telegram_id,
        departments=departments,
        headed=frozenset(department for _, department, head in rows if department is not None and head),
        cause=cause,
    )
