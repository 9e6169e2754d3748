"""What is not as it should be in some departments: counted, and page by page."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
)

from db.models import Deal, Lead, Stage, Task
from db.repositories.base import Repository
from db.repositories.control import KEY, deal_page


@dataclass(frozen=True, slots=True)
class Limits:
    """Before which moments deals of some departments are too old."""

    departments: tuple[int, ...]
    stages: tuple[tuple[int, datetime], ...]
    """By stage: when a deal should have come to it at the earliest."""
    silence: tuple[tuple[int, tuple[int, ...], datetime], ...]
    """By department and some stages: when the client of a deal there should have been heard of last."""
    now: datetime

    @property
    def given(self) -> dict[str, object]:
        """Its values for statements that were built for so many stages and silences."""
        values: dict[str, object] = {"departments": self.departments, "now": self.now}
        for n, (stage, before) in enumerate(self.stages):
            values |= {f"stage_{n}": stage, f"stage_before_{n}": before}
        for n, (department, stages, before) in enumerate(self.silence):
            values |= {
                f"silent_in_{n}": department,
                f"silent_stages_{n}": stages,
                f"silent_before_{n}": before,
            }
        return values


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of each."""

    unanswered: int
    rotting: int
    silent: int


class ViolationRepository(Repository):
    """Reads only; each question looks through an index from its limit on, not through all deals in work."""

    async def counts(self, limits: Limits, person_id: int | None = None) -> Counts:
        """All of them, or somebody's."""
        query = _counts(len(limits.stages), len(limits.silence), of_one=person_id is not None)
        values = {**limits.given, "person": person_id}
        return Counts(*(await self.session.execute(query, values)).one())

    async def unanswered(
        self, departments: Collection[int], person_id: int | None, after: int, limit: int
    ) -> Sequence[Lead]:
        """Leads of which a head was told that nobody answers, and nobody has since; after one of them."""
        values = {"departments": [*departments], "person": person_id, "after": after, "at_most": limit}
        query = _unanswered_page(of_one=person_id is not None)
        return (await self.session.scalars(query, values)).all()

    async def rotting(
        self, limits: Limits, person_id: int | None, after: int, limit: int
    ) -> list[tuple[Deal, Stage, str | None, str | None]]:
        """Deals that stand too long in their stage with client and owner, after one of them."""
        page = _rotting_page(len(limits.stages), of_one=person_id is not None)
        return await self._deals(page, limits, person_id, after, limit)

    async def silent(
        self, limits: Limits, person_id: int | None, after: int, limit: int
    ) -> list[tuple[Deal, Stage, str | None, str | None]]:
        """The same of deals whose clients nobody has spoken to, and nobody is going to."""
        page = _silent_page(len(limits.silence), of_one=person_id is not None)
        return await self._deals(page, limits, person_id, after, limit)

    async def _deals(
        self,
        page: Select[Deal, Stage, str, str],
        limits: Limits,
        person_id: int | None,
        after: int,
        limit: int,
    ) -> list[tuple[Deal, Stage, str | None, str | None]]:
        values = {**limits.given, "person": person_id, "after": after, "at_most": limit}
        rows = await self.session.execute(page, values)
        return [(deal, stage, client, owner) for deal, stage, client, owner in rows]


_DEPARTMENTS: BindParameter[Sequence[int]] = bindparam("departments", expanding=True)


@cache
def _counts(stages: int, silence: int, *, of_one: bool) -> Select[Any]:
    rotting = (and_(_here(Deal), one, _owned(Deal, of_one=of_one)) for one in _late(Deal, stages))
    silent = (and_(~_planned(Deal), one, _owned(Deal, of_one=of_one)) for one in _quiet(Deal, silence))
    return select(
        _count(Lead).where(_unanswered(), _owned(Lead, of_one=of_one)).scalar_subquery(),
        _deals(rotting).label("rotting"),
        _deals(silent).label("silent"),
    )


@cache
def _unanswered_page(*, of_one: bool) -> Select[Lead]:
    wanted = and_(_unanswered(), _owned(Lead, of_one=of_one), Lead.id > bindparam("after"))
    return select(Lead).where(wanted).order_by(Lead.id).limit(bindparam("at_most"))


@cache
def _rotting_page(stages: int, *, of_one: bool) -> Select[Deal, Stage, str, str]:
    rotting = and_(_in_work(KEY), _here(KEY), or_(false(), *_late(KEY, stages)))
    return deal_page(rotting, _owned(KEY, of_one=of_one))


@cache
def _silent_page(silence: int, *, of_one: bool) -> Select[Deal, Stage, str, str]:
    silent = and_(_in_work(KEY), or_(false(), *_quiet(KEY, silence)), ~_planned(KEY))
    return deal_page(silent, _owned(KEY, of_one=of_one))


def _owned(model: type[Deal | Lead], *, of_one: bool) -> ColumnElement[bool]:
    """Somebody's, or whosever it is."""
    return model.owner_id == bindparam("person", type_=BigInteger) if of_one else true()


def _count(model: type[Deal | Lead]) -> Select[Any]:
    return select(func.count()).select_from(model)


def _unanswered() -> ColumnElement[bool]:
    return and_(
        Lead.department_id.in_(_DEPARTMENTS),
        Lead.status.in_(("new", "in_work")),
        Lead.answered_at.is_(None),
        Lead.alarmed_at.is_not(None),
    )


def _deals(parts: Iterable[ColumnElement[bool]]) -> ColumnElement[int]:
    """How many deals in work there are in parts that have none in common.

    Each is counted by itself, since for alternatives SQLite reads the deals behind its indexes.
    """
    counts = (_count(Deal).where(_in_work(Deal), part).scalar_subquery() for part in parts)
    return sum(counts, start=literal(0))


def _here(deal: type[Deal]) -> ColumnElement[bool]:
    return deal.department_id.in_(_DEPARTMENTS)


def _late(deal: type[Deal], stages: int) -> list[ColumnElement[bool]]:
    return [
        and_(deal.stage_id == bindparam(f"stage_{n}"), deal.stage_since < bindparam(f"stage_before_{n}"))
        for n in range(stages)
    ]


def _quiet(deal: type[Deal], silence: int) -> list[ColumnElement[bool]]:
    return [
        and_(
            deal.department_id == bindparam(f"silent_in_{n}"),
            deal.stage_id.in_(bindparam(f"silent_stages_{n}", expanding=True)),
            deal.touched_at < bindparam(f"silent_before_{n}"),
        )
        for n in range(silence)
    ]


def _planned(deal: type[Deal]) -> ColumnElement[bool]:
    """What is planned for later counts as spoken of."""
    planned = exists().where(Task.deal_id == deal.id, Task.done_at.is_(None), Task.due_at >= bindparam("now"))
    return planned.correlate(deal)


def _in_work(deal: type[Deal]) -> ColumnElement[bool]:
    """As the indexes have it, that nothing else has to be read; only closed deals lie in the archive."""
    return deal.closed_on.is_(None)
