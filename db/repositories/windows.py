"""What lists by filter have in common: how much is looked through, and what bounds it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, Subquery, Tuple, func, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from db.models import Contact, Deal, Lead
from db.repositories.base import Repository
from db.repositories.field_conditions import FieldCondition, matching

RARE = 2_000
"""What so few rows say is looked up; what more say is found among those that are looked through."""
SLACK = 1_000
"""Ids are given out in the order of creation, but for transactions that overlap: by so many at most."""

HIGHEST = 2**62
"""Nothing has such a number."""
Listed = type[Deal] | type[Lead] | type[Contact]
Judge = Callable[[Subquery], Select[Any, int]]
"""Of rows along an index those that are wanted: the id and what they are ordered by, the newest first."""
Says = tuple[tuple[ColumnElement[Any], str | int], ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A stretch of an index: where its first columns say this, by number; with none, everything there is."""

    key: ColumnElement[int]
    """The number."""
    says: Says = ()
    where: ColumnElement[bool] | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """Between which numbers they lie, neither included; 0 for no bound."""

    low: int = 0
    high: int = 0

    def made_in(self, first: int, beyond: int | None) -> "Between":
        """Where those can lie at all that were made in a period."""
        tops = [top for top in (self.high, beyond + SLACK if beyond is not None else 0) if top]
        return Between(max(first - SLACK, 0), min(tops, default=0))


class WindowRepository(Repository):
    """Each page looks through so many rows at most, see decision 14."""

    @property
    def alone(self) -> bool:
        """Whether the database is SQLite, see `along`."""
        return self.session.get_bind().dialect.name == "sqlite"

    async def is_rare(self, conditions: Sequence[FieldCondition]) -> bool:
        """Whether one of these values is rare enough to be looked up; no index leads to what says nothing."""
        for condition in conditions:
            if condition.empty is None and await self.is_few(matching(condition)):
                return True
        return False

    async def is_few(self, *queries: Select[Any]) -> bool:
        """Whether what all of these find together can be looked up."""
        found = 0
        for query in queries:
            few = select(query.limit(RARE + 1).subquery())
            found += len((await self.session.execute(few)).all())
            if found > RARE:
                return False
        return True

    async def ids_of(self, table: Listed, period: tuple[datetime, datetime]) -> tuple[int | None, int | None]:
        """Between which ids the rows lie that were made in a period."""
        bounds = []
        for moment in period:
            first = select(table.id).where(table.created_at >= moment).order_by(table.created_at).limit(1)
            bounds.append(await self.session.scalar(first))
        return bounds[0], bounds[1]

    async def looked_through(
        self, query: Select[Any], judged: Judge, limit: int, *, window: int, near: int = 0
    ) -> tuple[dict[int, int], list[int]]:
        """What is wanted among the rows along an index, and the end of the window if it has one.

        The newest `limit` of them, by id what `judged` says of each. With `near` so many are looked through
        first: mostly they hold a whole page.
        """
        for width in (near, window) if limit < near < window else (window,):
            rows = await self.session.execute(judged(query.limit(width).subquery()).limit(limit))
            hits = {row[0]: row[1] for row in rows}
            if len(hits) == limit < window:
                return hits, []
        number = query.selected_columns[0]
        last = await self.session.scalar(query.with_only_columns(number).offset(window - 1).limit(1))
        return hits, [last] if last is not None else []

    async def through(
        self,
        ways: Iterable[Way],
        columns: Iterable[Any],
        judged: Judge,
        between: Between,
        limit: int,
        *,
        window: int,
        near: int = 0,
    ) -> tuple[dict[int, int], int | None]:
        """What is wanted along all of these ways, the newest `limit` by id, and the last that was looked at,
        unless that was the end. Beyond the end of any of the ways nothing is told.
        """
        columns, found, ends = tuple(columns), dict[int, int](), list[int]()
        for way in ways:
            rows = along(columns, way, between, alone=self.alone)
            hits, end = await self.looked_through(rows, judged, limit, window=window, near=near)
            found |= hits
            ends += end
        last = max(ends, default=None)
        sure = sorted((one for one in found if last is None or one >= last), reverse=True)[:limit]
        return {one: found[one] for one in sure}, last

    async def in_order(self, query: Executable, ids: Sequence[int]) -> list[Any]:
        """The rows of `ids` in this order, but for those that are gone; each begins with what has the id."""
        if not ids:
            return []
        rows = {row[0].id: row for row in await self.session.execute(query, {"ids": ids})}
        return [tuple(row) for one in ids if (row := rows.get(one))]

    async def values_of(self, column: InstrumentedAttribute[str], most: int) -> list[str]:
        """What a column says anywhere; each value costs one look into an index."""
        found: list[str] = []
        last: str | None = None
        for _ in range(most):
            query = select(func.min(column))
            last = await self.session.scalar(query.where(column > last) if last is not None else query)
            if last is None:
                break
            found.append(last)
        return found


def along(columns: Iterable[Any], way: Way, between: Between, *, alone: bool) -> Select[Any]:
    """The rows of a way, the newest first.

    What the index has before the number is asked for `alone` on SQLite, where that leads to the number. By
    such equalities PostgreSQL would rather walk through all rows by number than trust that few are such: it
    is asked for one stretch from a row to a row, all of which stands in the order, too.
    """
    query = select(*columns)
    if way.where is not None:
        query = query.where(way.where)
    low, high = between.low, between.high or HIGHEST
    if alone:
        query = query.where(*(column == value for column, value in way.says))
        return query.where(way.key > low, way.key < high).order_by(way.key.desc())
    led = [*(column for column, _ in way.says), way.key]
    above, below = (_row(led, [*(value for _, value in way.says), one]) for one in (low, high))
    query = query.where(tuple_(*led) > above, tuple_(*led) < below)
    return query.order_by(*(column.desc() for column in led))


def _row(columns: Sequence[ColumnElement[Any]], values: Sequence[str | int]) -> Tuple:
    typed = zip(values, columns, strict=True)
    return tuple_(*(literal(value, column.type) for value, column in typed))
