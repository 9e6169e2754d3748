"""The company's people: who stands behind a Telegram account, and what they set for themselves."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from db.models import Person
from db.repositories.identities import Identity
from db.uow import Cause, Database, UnitOfWork
from services import history
from services.access import Action, Actor, Door, Role, require
from services.clock import Clock
from services.dto.mentions import Mentions
from services.dto.people import Profile
from services.errors import AppError, NotFoundError
from services.folding import settle
from services.lines import whole_line
from services.understanding.fold import fold
from services.zones import is_zone

ACTIVE = "active"
LANGUAGES = ("ru", "en")
NAME_LIMIT = 100


class People:
    """The service of people."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def identify(
        self, telegram_id: int, door: Door = Door.TELEGRAM, cause: Cause | None = None
    ) -> Actor | None:
        """The active person behind a Telegram account, with their present rights; None for anyone else."""
        async with self._db.look() as uow:
            found = await uow.identities.behind(telegram_id)
        return to_actor(found, door, cause) if found else None

    async def recognize(
        self, telegram_id: int, username: str | None, cause: Cause | None, door: Door
    ) -> Actor | None:
        """The same for whoever writes now; their @username is kept as it is now, for they are named by it."""
        async with self._db.look() as uow:
            found = await uow.identities.behind(telegram_id)
        actor = to_actor(found, door, cause) if found else None
        if found and actor and found.username != username:
            async with self._db.write() as uow:
                await uow.people.call(found.id, username)
                changes: history.Changes = {"username": (found.username, username)}
                await history.record(
                    uow,
                    replace(actor, cause=None),
                    self._clock.now(),
                    "person.call",
                    "person",
                    found.id,
                    changes,
                )
        return actor

    async def actor(self, person_id: int, door: Door) -> Actor | None:
        """The same by a person's own id, for timers and messages that go out."""
        async with self._db.look() as uow:
            return await acting(uow, person_id, door)

    async def owner(self, door: Door) -> Actor | None:
        """The first owner, in whose name the command line acts; None before there is one."""
        async with self._db.read() as uow:
            owners = await uow.people.with_role(Role.OWNER)
        return await self.actor(owners[0].id, door) if owners else None

    async def company_voice(self) -> tuple[str, ZoneInfo]:
        """Language and time zone of what is said to no one in particular, as in a team chat."""
        async with self._db.read() as uow:
            workspace = await uow.people.workspace()
        return (workspace.language, ZoneInfo(workspace.time_zone)) if workspace else ("en", ZoneInfo("UTC"))

    async def name(self, person_id: int) -> str:
        """Somebody's name; colleagues know each other's, also of those who have left."""
        async with self._db.read() as uow:
            return (await uow.people.names({person_id})).get(person_id, "")

    async def known(self, actor: Actor, named: Mentions) -> Mentions:
        """Those who are named and work here, for whoever sets tasks. Raises `not_allowed`."""
        require(actor, Action.TASK_CREATE)
        async with self._db.read() as uow:
            people = await uow.people.named(named.usernames, named.accounts)
        names = frozenset(one.username.lower() for one in people if one.username)
        accounts = frozenset(one.telegram_id for one in people if one.telegram_id)
        return Mentions(named.usernames & names, named.accounts & accounts)

    async def profile(self, actor: Actor) -> Profile:
        """One's own settings."""
        require(actor, Action.PROFILE_EDIT)
        async with self._db.read() as uow:
            return await _profile(uow, actor.person_id)

    async def rename(self, actor: Actor, name: str) -> Profile:
        """Another name for oneself. Raises `person.name_empty`, and what `whole_line` raises."""
        name = whole_line(name, NAME_LIMIT)
        if not fold(name):
            raise AppError("person.name_empty")
        return await self._edit(actor, {"name": name, "name_folded": fold(name)})

    async def speak(self, actor: Actor, language: str) -> Profile:
        """Another language of the screens. Raises `language.unknown`."""
        if language not in LANGUAGES:
            raise AppError("language.unknown")
        return await self._edit(actor, {"language": language})

    async def live_in(self, actor: Actor, time_zone: str) -> Profile:
        """Another time zone, by its IANA name. Raises `zone.unknown`."""
        if not is_zone(time_zone):
            raise AppError("zone.unknown")
        return await self._edit(actor, {"time_zone": time_zone})

    async def _edit(self, actor: Actor, values: dict[str, str]) -> Profile:
        require(actor, Action.PROFILE_EDIT)
        async with self._db.write(actor.cause) as uow:
            person = await uow.people.get(actor.person_id)
            if person is None:
                raise NotFoundError("employee")
            changes: history.Changes = {
                name: (getattr(person, name), value)
                for name, value in values.items()
                if name != "name_folded"
            }
            for name, value in values.items():
                setattr(person, name, value)
            now = self._clock.now()
            event = await history.record(uow, actor, now, Action.PROFILE_EDIT, "profile", person.id, changes)
            await uow.people.flush()
            if "time_zone" in values:
                await settle(uow, person, now, f"zone:{event}")
            return await _profile(uow, person.id)

    async def hears(self, actor: Actor) -> bool:
        """Whether the actor has not blocked the bot, as far as we have been told."""
        async with self._db.look() as uow:
            person = await uow.people.get(actor.person_id)
            return person is not None and person.reachable

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
                door=Door.PRIVATE,
                bot_id=cause.bot_id if cause else None,
                update_id=cause.update_id if cause else None,
                action="person.unblock" if reachable else "person.block",
                subject="person",
                subject_id=person.id,
                changes={"reachable": [not reachable, reachable]},
            )


async def acting(uow: UnitOfWork, person_id: int, door: Door) -> Actor | None:
    """Somebody with their rights of now; None once they have left."""
    found = await uow.identities.of(person_id)
    return to_actor(found, door) if found else None


def to_actor(who: Identity, door: Door, cause: Cause | None = None) -> Actor | None:
    """An actor; None once they have left."""
    if who.status != ACTIVE:
        return None
    return Actor(
        person_id=who.id,
        name=who.name,
        role=Role(who.role),
        language=who.language,
        zone=ZoneInfo(who.time_zone),
        door=door,
        telegram_id=who.telegram_id,
        departments=frozenset(department for department, _ in who.memberships),
        headed=frozenset(department for department, head in who.memberships if head),
        cause=cause,
    )


def arriving(person: Person, language: str, time_zone: str, cause: Cause | None = None) -> Actor | None:
    """Somebody who has just come in from Telegram and belongs nowhere yet, as the one who acts."""
    who = Identity(
        person.id, person.name, person.role, person.status, person.telegram_id, language, time_zone
    )
    return to_actor(who, Door.PRIVATE, cause)


async def _profile(uow: UnitOfWork, person_id: int) -> Profile:
    person, workspace = await uow.people.get(person_id), await uow.people.workspace()
    if person is None or workspace is None:
        raise NotFoundError("employee")
    return Profile(
        id=person.id,
        name=person.name,
        role=Role(person.role),
        departments=tuple(row.name for row in await uow.people.memberships(person_id)),
        language=person.language or workspace.language,
        time_zone=person.time_zone or workspace.time_zone,
    )
