"""Joining the company: by an invitation, by the owner's link, or because the settings name the owner."""

from dataclasses import dataclass
from datetime import datetime

from db.models import Invite, Person
from db.uow import Cause, Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor, Role
from services.clock import Clock
from services.dto.common import Ref
from services.dto.people import Joined
from services.errors import AppError
from services.notices import NoticeKind, Priority
from services.people import NAME_LIMIT, arriving
from services.setup import hash_of
from services.staff import HEADING, IMPORTED
from services.understanding.fold import clean_line, fold


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Whoever stands at the door, as Telegram introduces them; the language only if we speak it."""

    telegram_id: int
    name: str
    username: str | None = None
    language: str | None = None


class Joining:
    """The service of those who come in. `owner_telegram_id` is the person who needs no invitation."""

    def __init__(self, db: Database, clock: Clock, owner_telegram_id: int | None = None) -> None:
        self._db = db
        self._clock = clock
        self._owner = owner_telegram_id

    async def join(self, newcomer: Newcomer, token: str, cause: Cause | None = None) -> Joined:
        """Let somebody in by a link, by the owner's link, or because the settings name them as the owner.

        Anything else raises `invite.invalid`, whatever is wrong with the link; `invite.member` for somebody
        who is in already, whose link stays unused.
        """
        now = self._clock.now()
        async with self._db.write(cause) as uow:
            rows = await uow.people.by_telegram(newcomer.telegram_id)
            known = rows[0][0] if rows else None
            if known is not None and known.status == "active":
                raise AppError("invite.member")
            if newcomer.telegram_id == self._owner or await uow.people.spend_owner_link(hash_of(token)):
                return await self._admit_owner(uow, newcomer, known, cause)
            invite = await uow.invites.by_hash(hash_of(token))
            if invite is None or invite.telegram_id not in (None, newcomer.telegram_id):
                raise AppError("invite.invalid")
            if not await uow.invites.use(invite.id, now):
                raise AppError("invite.invalid")
            person = await _admit_by(uow, newcomer, known, invite, now)
            invite.used_by = person.id
            event = await self._record(uow, person, cause, now, {"invite": (invite.id, None)})
            await self._tell_author(uow, invite, person, event, now)
            return Joined(Ref(person.id, person.name), Role(person.role), returned=known is not None)

    async def is_used_by(self, actor: Actor, token: str) -> bool | None:
        """Whether the actor came by this very link; None if it is none, or somebody else came by it."""
        async with self._db.read() as uow:
            invite = await uow.invites.by_hash(hash_of(token))
        if invite is None or invite.used_by not in (None, actor.person_id):
            return None
        return invite.used_by is not None

    async def _admit_owner(
        self, uow: UnitOfWork, newcomer: Newcomer, known: Person | None, cause: Cause | None
    ) -> Joined:
        """The owner also works in the only department of a new company, so that its leads reach somebody."""
        now = self._clock.now()
        departments = await uow.people.departments()
        first = not await uow.people.with_role(Role.OWNER) and len(departments) == 1
        places = [departments[0].id] if first else []
        person = await _admit(uow, newcomer, known, Role.OWNER, places, now)
        await self._record(uow, person, cause, now, {})
        return Joined(Ref(person.id, person.name), Role.OWNER, returned=known is not None)

    async def _record(
        self, uow: UnitOfWork, person: Person, cause: Cause | None, now: datetime, changes: history.Changes
    ) -> int:
        actor = arriving(person, "en", "UTC", cause)
        assert actor is not None
        changes = {"role": (None, person.role), **changes}
        return await history.record(uow, actor, now, Action.JOIN, "person", person.id, changes)

    async def _tell_author(
        self, uow: UnitOfWork, invite: Invite, person: Person, event: int, now: datetime
    ) -> None:
        author = await uow.people.get(invite.created_by) if invite.created_by else None
        if author is not None:
            await notices.send(
                uow,
                now,
                [notices.private(author)],
                NoticeKind.PERSON_JOINED,
                f"joined:{event}",
                {"person": person.id},
                priority=Priority.REMINDER,
            )


async def _admit_by(
    uow: UnitOfWork, newcomer: Newcomer, known: Person | None, invite: Invite, now: datetime
) -> Person:
    """Let somebody in as the invitation says: as anybody, or as the one who is meant.

    Raises `invite.invalid` if whoever was meant is gone, or somebody else has joined as them.
    """
    role, places = Role(invite.role), [invite.department_id] if invite.department_id is not None else []
    if invite.person_id is None:
        return await _admit(uow, newcomer, known, role, places, now)
    meant = await uow.people.get(invite.person_id)
    if meant is None or meant.status != IMPORTED:
        raise AppError("invite.invalid")
    if known is not None:
        known.telegram_id = None  # They had left; from now on this account is the one who is meant.
        await uow.people.flush()
    meant.telegram_id = newcomer.telegram_id
    theirs = [row.id for row in await uow.people.memberships(meant.id)]
    return await _admit(uow, newcomer, meant, Role(meant.role), theirs, now)


async def _admit(
    uow: UnitOfWork,
    newcomer: Newcomer,
    known: Person | None,
    role: Role,
    departments: list[int],
    now: datetime,
) -> Person:
    """Make somebody part of the company, or part of it again under their old name."""
    if known is None:
        name = clean_line(newcomer.name, NAME_LIMIT) or newcomer.username or f"#{newcomer.telegram_id}"
        known = Person(telegram_id=newcomer.telegram_id, name=name, name_folded=fold(name), created_at=now)
        uow.people.add(known)
    known.username = newcomer.username
    known.language = known.language or newcomer.language
    known.role, known.status, known.reachable, known.left_at = role, "active", True, None
    await uow.people.flush()
    await uow.people.place(known.id, departments, head=role in HEADING)
    return known
