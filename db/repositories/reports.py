"""Figures over many deals, computed by the database from covering indexes alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnClause,
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    and_,
    bindparam,
    case,
    column,
    func,
    literal,
    null,
    select,
    text,
    union_all,
)

from db.models import Deal, Person, Pipeline, Stage, Workspace
from db.repositories.base import Repository, Sight, given, within
from db.scope import Scope


@dataclass(frozen=True, slots=True)
class Stages:
    """Which stages there are, which of them hold open deals, and which the won ones."""

    all: Collection[int]
    open: Collection[int]
    won: Collection[int]


@dataclass(frozen=True, slots=True)
class StageSum:
    """Deals in one stage. `days` is the time from opening to closing of the `timed` ones.

    By owner: those of one owner in one department; an owner may come several times.
    """

    stage_id: int
    count: int
    total: int
    owner_id: int | None = None
    days: int = 0
    timed: int = 0
    earlier: bool = False
    """Closed in the span before, whoever owns them."""


@dataclass(frozen=True, slots=True)
class DaySum:
    """Deals that were closed on one day in one stage."""

    day: date
    stage_id: int
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class SellerSum:
    """What one owner has won in one department."""

    department_id: int
    owner_id: int | None
    total: int


class ReportRepository(Repository):
    """Sums are made of integers; PostgreSQL hands them out as decimals, hence `int`."""

    async def ground(self) -> list[tuple[Pipeline, Stage, str]]:
        """All stages in order, with their pipelines and the company's currency."""
        rows = await self.session.execute(_GROUND)
        return [(pipeline, stage, money) for pipeline, stage, money in rows]

    async def sums(
        self,
        scope: Scope,
        span: tuple[date, date] | None,
        stages: Stages,
        owner_id: int | None,
        *,
        by_owner: bool = False,
        before: tuple[date, date] | None = None,
    ) -> list[StageSum]:
        """Open deals as they stand now and those closed in a span of days (none: ever); in one statement.

        Of the won ones also how long they took. `before`: also the closed ones of an earlier span.
        """
        shape = _Shape(
            Sight.of(scope),
            self._table(_BY_STAGE, owner_id),
            self._table(_BY_DAY, owner_id),
            of_one=owner_id is not None,
            ever=span is None,
            by_owner=by_owner,
            earlier=before is not None,
            julian=self._on_sqlite,
        )
        first, last = span or (None, None)
        values = {**given(scope), "owner": owner_id, "first": first, "last": last}
        if before is not None:
            values |= {"before_first": before[0], "before_last": before[1]}
        among = {"all": [*stages.all], "open": [*stages.open], "won": [*stages.won]}
        rows = await self.session.execute(_sums(shape), {**values, **among})
        return [
            StageSum(stage, count, int(total), owner, round(days), timed, bool(earlier))
            for stage, owner, count, total, days, timed, earlier in rows
        ]

    async def closed_by_day(
        self, scope: Scope, owner_id: int | None, first: date, last: date
    ) -> list[DaySum]:
        """Closed deals by day and stage; both databases can group by days, only one of them by months."""
        query = _by_day(Sight.of(scope), self._table(_BY_DAY, owner_id), of_one=owner_id is not None)
        values = {**given(scope), "owner": owner_id, "first": first, "last": last}
        rows = await self.session.execute(query, values)
        return [DaySum(day, stage, count, int(total)) for day, stage, count, total in rows]

    async def won_by_seller(
        self, scope: Scope, won: Collection[int], first: date, last: date
    ) -> list[SellerSum]:
        """What was won from a day to a day, by department and owner; `won`: the stages of won deals."""
        values = {**given(scope), "won": [*won], "first": first, "last": last}
        rows = await self.session.execute(_by_seller(Sight.of(scope), self._table(_BY_DAY, None)), values)
        return [SellerSum(department, owner, int(total)) for department, owner, total in rows]

    async def has_deals(self, scope: Scope, owner_id: int) -> bool:
        """Whether somebody owns any deal within the scope."""
        seen = within(scope, Deal.owner_id, Deal.department_id)
        query = select(Deal.id).where(seen, Deal.owner_id == owner_id).limit(1)
        return await self.session.scalar(query) is not None

    async def name(self, person_id: int) -> str | None:
        """What somebody is called, whoever they are."""
        name: str | None = await self.session.scalar(select(Person.name).where(Person.id == person_id))
        return name

    def _table(self, index: str, owner_id: int | None) -> str:
        """All deals; on SQLite by an index.

        SQLite has no statistics. Left alone it may take another index and look up each deal behind it, which
        costs ten times as much. One person's deals are few: these it finds by their owner.
        """
        return f"deal INDEXED BY {index}" if self._on_sqlite and owner_id is None else "deal"

    @property
    def _on_sqlite(self) -> bool:
        return self.session.get_bind().dialect.name == "sqlite"


_GROUND = (
    select(Pipeline, Stage, select(Workspace.currency).where(Workspace.id == 1).scalar_subquery())
    .join(Stage, Stage.pipeline_id == Pipeline.id)
    .order_by(Pipeline.position, Pipeline.id, Stage.position, Stage.id)
)

# Columns without their table, since the table comes with its index; see `_table`.
_STAGE: ColumnClause[int] = column("stage_id", BigInteger)
_DEPARTMENT: ColumnClause[int] = column("department_id", BigInteger)
_OWNER: ColumnClause[int | None] = column("owner_id", BigInteger)
_OPENED_ON: ColumnClause[date] = column("opened_on", Date)
_CLOSED_ON: ColumnClause[date] = column("closed_on", Date)
_COUNT = func.count()
_TOTAL = func.coalesce(func.sum(column("amount", BigInteger)), 0)
_WON: BindParameter[Sequence[int]] = bindparam("won", expanding=True)
_IN_DAYS = _CLOSED_ON.between(bindparam("first"), bindparam("last"))
_IN_DAYS_BEFORE = _CLOSED_ON.between(bindparam("before_first"), bindparam("before_last"))
_BY_STAGE, _BY_DAY = "ix_deal_figures", "ix_deal_closed"


@dataclass(frozen=True, slots=True)
class _Shape:
    """What decides how the statement of sums reads; it is built once for each."""

    seen: Sight
    by_stage: str
    by_day: str
    of_one: bool
    ever: bool
    by_owner: bool
    earlier: bool
    julian: bool


@cache
def _sums(shape: _Shape) -> Select[Any] | CompoundSelect[Any]:
    is_won = _STAGE.in_(_WON)
    days = (
        func.julianday(_CLOSED_ON) - func.julianday(_OPENED_ON) if shape.julian else _CLOSED_ON - _OPENED_ON
    )
    took = func.coalesce(func.sum(case((is_won, days))), 0)
    timed = func.count(case((is_won, _OPENED_ON)))
    keys = (_STAGE, _DEPARTMENT, _OWNER) if shape.by_owner else (_STAGE,)
    owner = _OWNER if shape.by_owner else null()
    closed = select(_STAGE, owner, _COUNT, _TOTAL, took, timed, literal(0)).group_by(*keys)
    seen = _seen(shape.seen, of_one=shape.of_one)
    by_stage, by_day = text(shape.by_stage), text(shape.by_day)
    if shape.ever:
        return closed.select_from(by_stage).where(_STAGE.in_(bindparam("all", expanding=True)), seen)
    still_open = select(_STAGE, owner, _COUNT, _TOTAL, literal(0), literal(0), literal(0)).group_by(*keys)
    is_open = _STAGE.in_(bindparam("open", expanding=True))
    # A day of closing is had by closed deals only, so their stages need not be named.
    parts: list[Any] = [
        closed.select_from(by_day).where(_IN_DAYS, seen),
        still_open.select_from(by_stage).where(is_open, seen),
    ]
    if shape.earlier:
        before = select(_STAGE, null(), _COUNT, _TOTAL, took, timed, literal(1)).group_by(_STAGE)
        parts.append(before.select_from(by_day).where(_IN_DAYS_BEFORE, seen))
    return union_all(*parts)


@cache
def _by_day(seen: Sight, deals: str, *, of_one: bool) -> Select[date, int, int, int]:
    return (
        select(_CLOSED_ON, _STAGE, _COUNT, _TOTAL)
        .select_from(text(deals))
        .where(_IN_DAYS, _seen(seen, of_one=of_one))
        .group_by(_CLOSED_ON, _STAGE)
    )


@cache
def _by_seller(seen: Sight, deals: str) -> Select[int, int | None, int]:
    return (
        select(_DEPARTMENT, _OWNER, _TOTAL)
        .select_from(text(deals))
        .where(_IN_DAYS, _STAGE.in_(_WON), _seen(seen, of_one=False))
        .group_by(_DEPARTMENT, _OWNER)
    )


def _seen(seen: Sight, *, of_one: bool) -> ColumnElement[bool]:
    """The condition of the scope, and of one owner."""
    here = within(seen, _OWNER, _DEPARTMENT)
    return and_(here, _OWNER.in_([bindparam("owner")])) if of_one else here
