"""Invitations: one-time links that carry a role and a department, and joining by them."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.models import Invite, Person
from db.uow import Cause, Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor, Door, Reach, Role, require
from services.clock import Clock
from services.dto.common import Ref
from services.dto.people import FreshInvite, InviteLine, Joined
from services.errors import AppError, ForbiddenError
from services.notices import NoticeKind, Priority
from services.people import NAME_LIMIT, to_actor
from services.setup import hash_of
from services.staff import HEADING, SELLING, access_department, access_invite, reached
from services.understanding.fold import clean_line, fold

LIVES = timedelta(days=7)
TOKEN_BYTES = 16
LISTED = 20


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Whoever stands at the door, as Telegram introduces them; the language only if we speak it."""

    telegram_id: int
    name: str
    username: str | None = None
    language: str | None = None


class Invites:
    """The service of invitations. `owner_telegram_id` is the person who needs none."""

    def __init__(self, db: Database, clock: Clock, owner_telegram_id: int | None = None) -> None:
        self._db = db
        self._clock = clock
        self._owner = owner_telegram_id

    async def create(self, actor: Actor, role: Role, department_id: int | None) -> FreshInvite:
        """A new link. The owner invites anybody, a head managers of a department they head.

        Those who sell need a department, the others have none.
        Raises `not_allowed`, `department.not_found`, or `invite.needs_department`.
        """
        require(actor, Action.PEOPLE_INVITE)
        if role is not Role.MANAGER and Reach.ALL not in actor.reach(Action.PEOPLE_INVITE):
            raise ForbiddenError
        now, token = self._clock.now(), secrets.token_urlsafe(TOKEN_BYTES)
        async with self._db.write(actor.cause) as uow:
            name = None
            if role in SELLING:
                if department_id is None:
                    raise AppError("invite.needs_department")
                name = (await access_department(uow, actor, department_id, Action.PEOPLE_INVITE)).name
            invite = Invite(
                token_hash=hash_of(token),
                role=role,
                department_id=department_id if role in SELLING else None,
                created_by=actor.person_id,
                created_at=now,
                expires_at=now + LIVES,
            )
            uow.invites.add(invite)
            await uow.invites.flush()
            changes: history.Changes = {
                "role": (None, str(role)),
                "department_id": (None, invite.department_id),
            }
            await history.record(uow, actor, now, Action.PEOPLE_INVITE, "invite", invite.id, changes)
            return FreshInvite(_line(invite, name, actor.name, now), token)

    async def open(self, actor: Actor) -> tuple[InviteLine, ...]:
        """The newest open invitations to the departments that the actor may invite to."""
        require(actor, Action.PEOPLE_INVITE)
        now = self._clock.now()
        async with self._db.read() as uow:
            return await _open(uow, actor, now)

    async def card(self, actor: Actor, invite_id: int) -> InviteLine:
        """One invitation, without its link: that was shown once. Raises `invite.not_found`."""
        async with self._db.read() as uow:
            invite = await access_invite(uow, actor, invite_id)
            department = await uow.people.department(invite.department_id) if invite.department_id else None
            author = await uow.people.get(invite.created_by) if invite.created_by else None
            return _line(
                invite,
                department.name if department else None,
                author.name if author else None,
                self._clock.now(),
            )

    async def revoke(self, actor: Actor, invite_id: int) -> tuple[InviteLine, ...]:
        """Take an invitation back; those that stay open are returned.

        Raises `invite.not_found`, or `invite.closed` for one that is not open.
        """
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            invite = await access_invite(uow, actor, invite_id)
            if not await uow.invites.revoke(invite.id, now):
                raise AppError("invite.closed")
            await history.record(uow, actor, now, "invite.revoke", "invite", invite.id)
            return await _open(uow, actor, now)

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
            if invite is None or not await uow.invites.use(invite.id, now):
                raise AppError("invite.invalid")
            departments = [invite.department_id] if invite.department_id is not None else []
            person = await _admit(uow, newcomer, known, Role(invite.role), departments, now)
            invite.used_by = person.id
            event = await self._record(uow, person, cause, now, {"invite": (invite.id, None)})
            await self._tell_author(uow, invite, person, event, now)
            return Joined(Ref(person.id, person.name), Role(person.role), returned=known is not None)

    async def is_used_by(self, actor: Actor, token: str) -> bool:
        """Whether the actor came by this very link."""
        async with self._db.read() as uow:
            invite = await uow.invites.by_hash(hash_of(token))
            return invite is not None and invite.used_by == actor.person_id

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
        actor = to_actor([(person, None, None)], "en", "UTC", Door.TELEGRAM, cause)
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


async def _open(uow: UnitOfWork, actor: Actor, now: datetime) -> tuple[InviteLine, ...]:
    rows = await uow.invites.page(reached(actor, Action.PEOPLE_INVITE), now, LISTED)
    return tuple(_line(invite, department, author, now) for invite, department, author in rows)


def _line(invite: Invite, department: str | None, author: str | None, now: datetime) -> InviteLine:
    waiting = invite.used_at is None and invite.revoked_at is None and invite.expires_at > now
    return InviteLine(invite.id, Role(invite.role), department, author, invite.expires_at, waiting)
