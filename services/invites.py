"""Invitations: one-time links that carry a role and a department."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.models import Department, Invite, Person
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, Reach, Role, require
from services.clock import Clock
from services.dto.people import FreshInvite, Invitations, InviteLine
from services.errors import AppError, ForbiddenError
from services.people import ACTIVE
from services.setup import hash_of
from services.staff import (
    IMPORTED,
    SELLING,
    access_department,
    access_invite,
    access_person,
    reached,
)
from services.understanding.fold import clean_line

LIVES = timedelta(days=7)
TOKEN_BYTES = 16
LISTED = 20
MOST = 10
"""People invited by name at once."""
NAME_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody of Telegram whom the inviter has chosen by name."""

    telegram_id: int
    name: str


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
        async with self._db.write(actor.cause) as uow:
            place = await _place(uow, actor, role, department_id)
            made = await self._make(uow, actor, role, place)
            await self._record(uow, actor, role, place, [made])
            return made

    async def check(self, actor: Actor, role: Role, department_id: int | None) -> None:
        """Raise what `create` would raise."""
        async with self._db.read() as uow:
            await _place(uow, actor, role, department_id)

    async def create_many(
        self, actor: Actor, role: Role, department_id: int | None, people: Sequence[Chosen]
    ) -> Invitations:
        """A link for each of these people, which nobody else can use; who is here already gets none.

        At most MOST people are read. Raises as `create`.
        """
        async with self._db.write(actor.cause) as uow:
            place = await _place(uow, actor, role, department_id)
            made, here = [], []
            for person in {one.telegram_id: one for one in people[:MOST]}.values():
                known = await uow.identities.behind(person.telegram_id)
                if known is not None and known.status == ACTIVE:
                    here.append(known.name)
                else:
                    made.append(await self._make(uow, actor, role, place, chosen=person))
            if made:
                await self._record(uow, actor, role, place, made)
            workspace = await uow.people.workspace()
            return Invitations(workspace.name if workspace else "", tuple(made), tuple(here))

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
            made = await self._make(uow, actor, Role(person.role), place, person)
            await self._record(uow, actor, Role(person.role), place, [made])
            return made

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
        place: Department | None,
        person: Person | None = None,
        chosen: Chosen | None = None,
    ) -> FreshInvite:
        now, token = self._clock.now(), secrets.token_urlsafe(TOKEN_BYTES)
        invite = Invite(
            token_hash=hash_of(token),
            role=role,
            department_id=place.id if place else None,
            person_id=person.id if person else None,
            name=clean_line(chosen.name, NAME_LIMIT) if chosen else None,
            telegram_id=chosen.telegram_id if chosen else None,
            created_by=actor.person_id,
            created_at=now,
            expires_at=now + LIVES,
        )
        uow.invites.add(invite)
        await uow.invites.flush()
        return FreshInvite(_line(invite, place.name if place else None, actor.name, now), token)

    async def _record(
        self, uow: UnitOfWork, actor: Actor, role: Role, place: Department | None, made: list[FreshInvite]
    ) -> None:
        changes: history.Changes = {
            "role": (None, str(role)),
            "department_id": (None, place.id if place else None),
        }
        ids = [one.invite.id for one in made]
        if len(ids) > 1:
            changes["invites"] = (None, ids)
        now = self._clock.now()
        await history.record(uow, actor, now, Action.PEOPLE_INVITE, "invite", ids[0], changes)


async def _place(uow: UnitOfWork, actor: Actor, role: Role, department_id: int | None) -> Department | None:
    """Where somebody of a role is invited to; none for those who do not sell."""
    _require_right(actor, role)
    if role not in SELLING:
        return None
    if department_id is None:
        raise AppError("invite.needs_department")
    return await access_department(uow, actor, department_id, Action.PEOPLE_INVITE)


def _require_right(actor: Actor, role: Role) -> None:
    require(actor, Action.PEOPLE_INVITE)
    if role is not Role.MANAGER and Reach.ALL not in actor.reach(Action.PEOPLE_INVITE):
        raise ForbiddenError


async def _open(uow: UnitOfWork, actor: Actor, now: datetime) -> tuple[InviteLine, ...]:
    rows = await uow.invites.page(reached(actor, Action.PEOPLE_INVITE), now, LISTED)
    return tuple(_line(invite, department, author, now) for invite, department, author in rows)


def _line(invite: Invite, department: str | None, author: str | None, now: datetime) -> InviteLine:
    waiting = invite.used_at is None and invite.revoked_at is None and invite.expires_at > now
    return InviteLine(
        invite.id, Role(invite.role), department, author, invite.expires_at, waiting, invite.name
    )
