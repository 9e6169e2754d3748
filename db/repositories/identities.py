"""Who acts: asked for every update, so it is built once and reads rows, not objects."""

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Select, Table, bindparam, func, select

from db.models import Membership, Person, Workspace
from db.repositories.base import Repository
from db.trips import together

PERSON, MEMBERSHIP, WORKSPACE = (cast("Table", model.__table__) for model in (Person, Membership, Workspace))


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is; language and time zone are the company's unless they have chosen their own."""

    id: int
    name: str
    role: str
    status: str
    telegram_id: int | None
    language: str
    time_zone: str
    memberships: tuple[tuple[int, bool], ...] = ()
    """Departments, and whether they head them."""
    username: str | None = None
    """Their @username, as it was when they last wrote."""


_IDENTITY = (
    select(
        PERSON.c.id,
        PERSON.c.name,
        PERSON.c.role,
        PERSON.c.status,
        PERSON.c.telegram_id,
        func.coalesce(PERSON.c.language, WORKSPACE.c.language),
        func.coalesce(PERSON.c.time_zone, WORKSPACE.c.time_zone),
        MEMBERSHIP.c.department_id,
        MEMBERSHIP.c.head,
        PERSON.c.username,
    )
    .select_from(PERSON)
    .join(WORKSPACE, WORKSPACE.c.id == 1)
    .outerjoin(MEMBERSHIP, MEMBERSHIP.c.person_id == PERSON.c.id)
)
_BY_TELEGRAM = _IDENTITY.where(PERSON.c.telegram_id == bindparam("key"))
_BY_ID = _IDENTITY.where(PERSON.c.id == bindparam("key"))


class IdentityRepository(Repository):
    """People as whoever acts."""

    async def behind(self, telegram_id: int) -> Identity | None:
        """Who stands behind a Telegram account."""
        return await self._identity(_BY_TELEGRAM, telegram_id)

    async def of(self, person_id: int) -> Identity | None:
        """Who somebody is by their own id."""
        return await self._identity(_BY_ID, person_id)

    async def _identity(self, query: Select[Any], key: int) -> Identity | None:
        [(_, rows)] = await together(self.session, (query, {"key": key}))
        if not rows:
            return None
        memberships = tuple((row[7], row[8]) for row in rows if row[7] is not None)
        number, name, role, status, telegram_id, language, time_zone = rows[0][:7]
        return Identity(number, name, role, status, telegram_id, language, time_zone, memberships, rows[0][9])
