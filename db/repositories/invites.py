"""Invitations: one-time links to join, kept as hashes."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import aliased

from db.models import Department, Invite, Person
from db.repositories.base import Repository

_AUTHOR = aliased(Person)


class InviteRepository(Repository):
    """An invitation is open while it is neither used nor revoked nor expired."""

    async def get(self, invite_id: int) -> Invite | None:
        """One invitation."""
        return await self.session.get(Invite, invite_id)

    async def by_hash(self, token_hash: str) -> Invite | None:
        """The invitation with this token."""
        return await self.session.scalar(select(Invite).where(Invite.token_hash == token_hash))

    async def use(self, invite_id: int, now: datetime) -> bool:
        """Use an invitation up; False if it is not open any more."""
        return await self._close(now, Invite.id == invite_id, used_at=now)

    async def revoke(self, invite_id: int, now: datetime) -> bool:
        """Take an invitation back; False if it is not open any more."""
        return await self._close(now, Invite.id == invite_id, revoked_at=now)

    async def revoke_all_of(self, person_id: int, now: datetime) -> None:
        """Take back every open invitation that a person has made."""
        await self._close(now, Invite.created_by == person_id, revoked_at=now)

    async def page(
        self, departments: Iterable[int] | None, now: datetime, limit: int
    ) -> list[tuple[Invite, str | None, str | None]]:
        """Open invitations to these departments (None: all) with department and author, the newest first."""
        query = (
            select(Invite, Department.name, _AUTHOR.name)
            .outerjoin(Department, Department.id == Invite.department_id)
            .outerjoin(_AUTHOR, _AUTHOR.id == Invite.created_by)
            .where(*_open(now))
            .order_by(Invite.id.desc())
            .limit(limit)
        )
        if departments is not None:
            query = query.where(Invite.department_id.in_(sorted(departments)))
        return [(invite, department, name) for invite, department, name in await self.session.execute(query)]

    async def count(self, departments: Iterable[int] | None, now: datetime) -> int:
        """How many invitations to these departments (None: all) are open."""
        query = select(func.count()).select_from(Invite).where(*_open(now))
        if departments is not None:
            query = query.where(Invite.department_id.in_(sorted(departments)))
        return await self.session.scalar(query) or 0

    async def _close(self, now: datetime, which: ColumnElement[bool], **values: object) -> bool:
        return bool(await self.affect(update(Invite).where(which, *_open(now)).values(**values)))


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Invite.used_at.is_(None), Invite.revoked_at.is_(None), Invite.expires_at > now)
