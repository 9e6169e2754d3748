"""Requests and losses of some days, counted by the database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select

from db.models import Deal, Lead, LossReason, Membership, Person
from db.repositories.base import Repository, Sight, by_person, given, within
from db.scope import Scope


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests that have all this in common."""

    department_id: int
    owner_id: int | None
    source: str
    status: str
    minutes: int | None
    """How long the answer took; none where there is none."""
    count: int


class DigestRepository(Repository):
    """Figures for digests; what was sold is in the repository of reports."""

    async def requests(self, scope: Scope, since: datetime, until: datetime) -> Sequence[Requests]:
        """The requests that came from a moment up to another."""
        values = {**given(scope), "since": since, "until": until}
        return [Requests(*row) for row in await self.session.execute(_requests(Sight.of(scope)), values)]

    async def beside(
        self, scope: Scope, before: tuple[datetime, datetime], days: tuple[datetime, datetime]
    ) -> tuple[int, int]:
        """How many requests came in a span before, and of how many a head was told in these days that nobody
        answers."""
        values = {
            **given(scope),
            **dict(zip(("since", "until"), before, strict=True)),
            **dict(zip(("told_since", "told_until"), days, strict=True)),
        }
        row = (await self.session.execute(_beside(Sight.of(scope)), values)).one()
        return row[0], row[1]

    async def losses(
        self, scope: Scope, stages: Sequence[int], first: date, last: date
    ) -> Sequence[tuple[str | None, int]]:
        """Why deals were lost from a day to a day, the most frequent reason first."""
        values = {**given(scope), "stages": stages, "first": first, "last": last}
        rows = await self.session.execute(_losses(Sight.of(scope)), values)
        return [(reason, n) for reason, n in rows]

    async def unanswered(self, person_id: int) -> int:
        """How many requests somebody has in work and has not answered."""
        query = select(func.count(Lead.id)).where(
            Lead.owner_id == person_id, Lead.status == "in_work", Lead.answered_at.is_(None)
        )
        return await self.session.scalar(query) or 0

    async def readers(self, roles: Collection[str]) -> list[tuple[Person, list[int]]]:
        """Whoever works here in one of these roles, with their departments: those that they head first."""
        query = (
            select(Person, Membership.department_id)
            .outerjoin(Membership, Membership.person_id == Person.id)
            .where(Person.status == "active", Person.role.in_(roles), Person.telegram_id.is_not(None))
            .order_by(Person.id, Membership.head.desc(), Membership.department_id)
        )
        return by_person(await self.session.execute(query))


def _came(seen: Sight) -> ColumnElement[bool]:
    """A request that came from a moment up to another."""
    here = within(seen, Lead.owner_id, Lead.department_id)
    return and_(Lead.created_at >= bindparam("since"), Lead.created_at < bindparam("until"), here)


@cache
def _requests(seen: Sight) -> Select[int, int | None, str, str, int | None, int]:
    keys = (Lead.department_id, Lead.owner_id, Lead.source, Lead.status, Lead.answer_minutes)
    return select(*keys, func.count()).where(_came(seen)).group_by(*keys)


@cache
def _beside(seen: Sight) -> Select[Any]:
    came = select(func.count(Lead.id)).where(_came(seen))
    alarms = select(func.count(Lead.id)).where(
        Lead.alarmed_at >= bindparam("told_since"),
        Lead.alarmed_at < bindparam("told_until"),
        within(seen, Lead.owner_id, Lead.department_id),
    )
    return select(came.scalar_subquery(), alarms.scalar_subquery())


@cache
def _losses(seen: Sight) -> Select[str, int]:
    count = func.count(Deal.id)
    # SQLite has no statistics: by stage or department it would read all deals that were ever lost there.
    lost = (Deal.stage_id + 0).in_(bindparam("stages", expanding=True))
    return (
        select(LossReason.name, count)
        .select_from(Deal)
        .outerjoin(LossReason, LossReason.id == Deal.loss_reason_id)
        .where(
            Deal.closed_on.between(bindparam("first"), bindparam("last")),
            lost,
            within(seen, Deal.owner_id, Deal.department_id + 0),
        )
        .group_by(LossReason.name)
        .order_by(count.desc(), LossReason.name)
    )
