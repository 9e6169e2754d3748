"""A subject with rows in every table that hangs on it, made from the tables themselves."""

import random
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Integer, Table, func, insert, select

from db.base import Base, UtcDateTime
from db.repositories.bundles import parent
from db.searched import TABLES as SEARCHED
from db.searched import written
from db.ties import ALONG, BY_NAME, FOLLOWING, LOOSE, NAMED, SUBJECTS
from db.uow import Database, UnitOfWork

TABLES = Base.metadata.tables
BOOKS = frozenset({"event", "outbox", "card", "timer", "seal", "bin", "beat", "inbox", "form", "unsealed"})
"""What tells of a deletion, or only of the moment."""
MOMENT = datetime(2026, 11, 17, 8, 30, tzinfo=UTC)
GIVEN: dict[str, dict[str, Any]] = {
    "contact_point": {"company_id": None},
    "task": {"personal": False, "done_at": None, "series_id": None},
    "team_chat": {"pipeline_id": None},
    "deal_topic": {"closed": True, "thread": None},
    "deal": {"closed_on": date(2026, 11, 17), "crew": [], "archived_at": None},
    "lead": {"status": "rejected", "offered_to": None},
    "inquiry": {"key_id": None},
    "timer": {"state": "new", "kind": "task_remind"},
    "task_item": {},
    "custom_field": {"dropped_at": None},
}
"""What the database checks, or what would be mended."""
NEEDED = frozenset({"source_id"})
"""Columns that may be empty and are not here."""


class Furnisher:
    """Fills columns by their types, those that may be empty now and then."""

    def __init__(self, uow: UnitOfWork, seed: int) -> None:
        self._session = uow.session
        self._dice = random.Random(seed)
        self._number = 7_000

    async def furnish(self, kind: str, subject_id: int) -> set[str]:
        """Rows in all tables that hang on a subject, and on those; the tables."""
        made: dict[str, int] = {SUBJECTS[kind]: subject_id}
        filled = set()
        for table in Base.metadata.sorted_tables:
            mine = (*ALONG.get(table.name, ()), *LOOSE.get(table.name, ()))
            for name in mine:
                if parent(table.c[name]) in made and table.name != SUBJECTS[kind]:
                    others = {one: None for one in mine if one != name}
                    row = await self._add(table, {**others, name: made[parent(table.c[name])]})
                    filled.add(table.name)
                    if "id" in table.c and name in ALONG.get(table.name, ()):
                        made[table.name] = row.id
        for name in BY_NAME:
            for owner in made.keys() & NAMED.keys():
                await self._add(TABLES[name], {"subject": NAMED[owner], "subject_id": made[owner]})
                filled.add(name)
        for name, (leader, columns) in FOLLOWING.items():
            source = TABLES[leader].c
            rows = await self._session.execute(select(*(source[one] for one in columns)))
            for row in rows.all():
                await self._add(TABLES[name], dict(zip(columns, row, strict=True)))
                filled.add(name)
        return filled

    async def _add(self, table: Table, given: dict[str, Any]) -> Any:
        values = {
            column.name: await self._value(column) for column in table.c if not self._is_left(table, column)
        }
        values |= GIVEN.get(table.name, {}) | given
        row = (await self._session.execute(insert(table).values(**values).returning(table))).one()
        if table.name in SEARCHED:
            written(self._session, SEARCHED[table.name], {row.id})
        return row

    def _is_left(self, table: Table, column: Column[Any]) -> bool:
        if column.name == "id" or column.name in GIVEN.get(table.name, {}):
            return True
        return bool(column.nullable and column.name not in NEEDED and self._dice.random() < 0.3)

    async def _value(self, column: Column[Any]) -> Any:
        self._number += 1
        if column.foreign_keys:
            key = next(iter(column.foreign_keys)).column
            known = await self._session.scalar(select(func.min(key)))
            if known is None and (not column.nullable or column.name in NEEDED):
                return getattr(await self._add(key.table, {}), key.name)
            return known
        if isinstance(column.type, UtcDateTime):
            return MOMENT
        if isinstance(column.type, Date):
            return MOMENT.date()
        if isinstance(column.type, JSON):
            return [] if column.default is not None and column.default.is_callable else {}
        if isinstance(column.type, Boolean):
            return True
        if isinstance(column.type, Integer):
            return self._number
        return f"{self._number}"[-3:] if column.name == "currency" else f"z{self._number}"


async def everything(db: Database) -> dict[str, list[Any]]:
    """All rows of all tables but the books."""
    async with db.read() as uow:
        return {
            table.name: sorted(map(repr, (await uow.session.execute(select(table))).all()))
            for table in Base.metadata.sorted_tables
            if table.name not in BOOKS
        }
