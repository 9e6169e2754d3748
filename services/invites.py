"""Invitations: one-time links that carry a role and a department."""

import secrets
from datetime import datetime, timedelta

from db.models import Invite, Person
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, Reach, Role, require
from services.clock import Clock
from services.dto.people import FreshInvite, InviteLine
from services.errors import AppError, ForbiddenError
from services.setup import hash_of
from services.staff import (
    IMPORTED,
    SELLING,
    access_department,
    access_invite,
    access_person,
    reached,
)

LIVES = timedelta(days=7)
TOKEN_BYTES = 16
LISTED = 20


class Invites:
    """The service of invitations; what they are good for is in `services/joining.py`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def create(self, actor: Actor, role: Role, department_id: int | None) -> FreshInvite:
        """A new link. The owner invites anybody, a head managers of a department they head.

        Those who sell need a department, the others have none.
        Raises `not_allowed`, `department.not_found`, or `invite.needs_department`.
        """
        _require_right(actor, role)
        async with self._db.write(actor.cause) as uow:
            name = None
            if role in SELLING:
                if department_id is None:
                    raise AppError("invite.needs_department")
                name = (await access_department(uow, actor, department_id, Action.PEOPLE_INVITE)).name
            return await self._make(uow, actor, role, department_id if role in SELLING else None, name)

    async def create_for(self, actor: Actor, person_id: int) -> FreshInvite:
        """A link by which somebody joins who is known by name, with the deals that are theirs already.

        Raises `employee.not_found`, `not_allowed`, or `invite.joined` if somebody has joined as them.
        """
        async with self._db.write(actor.cause) as uow:
            person, departments = await access_person(uow, actor, person_id, Action.PEOPLE_INVITE)
            _require_right(actor, Role(person.role))
            if person.status != IMPORTED:
                raise AppError("invite.joined")
            reach = reached(actor, Action.PEOPLE_INVITE)
            place = next((row for row in departments if reach is None or row.id in reach), None)
            return await self._make(
                uow,
                actor,
                Role(person.role),
                place.id if place else None,
                place.name if place else None,
                person,
            )

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

    async def _make(
        self,
        uow: UnitOfWork,
        actor: Actor,
        role: Role,
        department_id: int | None,
        department: str | None,
        person: Person | None = None,
    ) -> FreshInvite:
        now, token = self._clock.now(), secrets.token_urlsafe(TOKEN_BYTES)
        invite = Invite(
            token_hash=hash_of(token),
            role=role,
            department_id=department_id,
            person_id=person.id if person else None,
            created_by=actor.person_id,
            created_at=now,
            expires_at=now + LIVES,
        )
        uow.invites.add(invite)
        await uow.invites.flush()
        changes: history.Changes = {"role": (None, str(role)), "department_id": (None, department_id)}
        await history.record(uow, actor, now, Action.PEOPLE_INVITE, "invite", invite.id, changes)
        return FreshInvite(_line(invite, department, actor.name, now), token)


def _require_right(actor: Actor, role: Role) -> None:
    require(actor, Action.PEOPLE_INVITE)
    if role is not Role.MANAGER and Reach.ALL not in actor.reach(Action.PEOPLE_INVITE):
        raise ForbiddenError


async def _open(uow: UnitOfWork, actor: Actor, now: datetime) -> tuple[InviteLine, ...]:
    rows = await uow.invites.page(reached(actor, Action.PEOPLE_INVITE), now, LISTED)
    return tuple(_line(invite, department, author, now) for invite, department, author in rows)


def _line(invite: Invite, department: str | None, author: str | None, now: datetime) -> InviteLine:
    waiting = invite.used_at is None and invite.revoked_at is None and invite.expires_at > now
    return InviteLine(invite.id, Role(invite.role), department, author, invite.expires_at, waiting)
