"""A subject with all that hangs on it: gathered, taken out of its tables, put back."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Date, Row, Table, and_, delete, literal, null, or_, select, update

from db.base import Base, UtcDateTime
from db.models import Deal, Department, Lead, Payment, Stage, Timer
from db.repositories.base import Repository
from db.searched import TABLES as SEARCHED
from db.searched import written
from db.ties import ALONG, BY_NAME, FOLLOWING, LOOSE, NAMED, PASSING, SUBJECTS

Kept = dict[str, list[dict[str, Any]]]
"""Rows by table, as JSON keeps them."""
TABLES: Mapping[str, Table] = Base.metadata.tables


@dataclass(frozen=True, slots=True)
class Open:
    """A deal or a lead that is not closed yet."""

    kind: str
    id: int
    title: str
    owner_id: int | None
    crew: list[int] | None
    department_id: int


@dataclass(slots=True)
class Bundle:
    """A subject with all that goes along, and what stays and names it: (table, key, column, number)."""

    rows: Kept = field(default_factory=dict)
    links: list[dict[str, Any]] = field(default_factory=list)

    def ids(self, table: str) -> list[int]:
        """The numbers of the rows of a table that go along."""
        return [row["id"] for row in self.rows.get(table, [])]


class BundleRepository(Repository):
    """Rights are asked before; a subject is taken whole or not at all."""

    async def gather(self, kind: str, subject_id: int, *, hold: bool = False) -> Bundle | None:
        """A subject with all that hangs on it; `hold`: for this transaction alone."""
        if hold:
            # Timers that change their subject lock themselves first, and then it.
            waiting = select(Timer.id).where(Timer.subject == kind, Timer.subject_id == subject_id)
            await self.session.execute(waiting.where(Timer.state == "new").with_for_update())
        table = TABLES[SUBJECTS[kind]]
        query = select(table).where(table.c.id == subject_id)
        subject = (await self.session.execute(query.with_for_update() if hold else query)).one_or_none()
        if subject is None:
            return None
        found = Bundle({table.name: [_kept(subject)]})
        taken = {table.name: {subject_id}}
        for child in Base.metadata.sorted_tables:
            await self._take(child, taken, found)
        for name in BY_NAME:
            for owner in NAMED.keys() & taken.keys():
                await self._take_named(TABLES[name], NAMED[owner], taken[owner], found)
        # The next turn of a task that repeats waits with the task that is open.
        turns = [row for row in found.rows.get("task", []) if row["done_at"] is None and row["series_id"]]
        await self._take_named(TABLES["timer"], "series", {row["series_id"] for row in turns}, found)
        for name, (leader, columns) in FOLLOWING.items():
            await self._take_following(TABLES[name], found.rows.get(leader, []), columns, found)
        return found

    async def take(self, kind: str, bundle: Bundle) -> bool:
        """Take a bundle out of its tables; False if somebody was faster."""
        for link in bundle.links:
            table = TABLES[link["table"]]
            loosen = update(table).where(table.c.id == link["id"]).values({link["column"]: null()})
            await self.session.execute(loosen)
        for table in reversed(_in_order(bundle.rows)):
            gone = await self.affect(delete(table).where(_any_of(table, bundle.rows[table.name])))
            self._written(table, bundle)
            if table.name == SUBJECTS[kind] and not gone:
                return False
        return True

    async def put_back(self, bundle: Bundle) -> None:
        """Insert all rows, and let what stayed name the subject again where it names nothing else now."""
        for table in _in_order(bundle.rows):
            for row in bundle.rows[table.name]:
                statement = self.inserting(table).values(_revived(table, row))
                await self.session.execute(
                    statement.on_conflict_do_nothing() if table.name in PASSING else statement
                )
            self._written(table, bundle)
        for link in bundle.links:
            table = TABLES[link["table"]]
            column = table.c[link["column"]]
            await self.session.execute(
                update(table).where(table.c.id == link["id"], column.is_(None)).values({column: link["was"]})
            )

    async def existing(self, table: str, ids: Collection[int], key: str = "id") -> frozenset[int]:
        """Which of these rows there are."""
        column = TABLES[table].c[key]
        return frozenset((await self.session.scalars(select(column).where(column.in_(ids)))).all())

    async def open_deals(self, kind: str, client_id: int, open_kinds: Collection[str]) -> list[Open]:
        """The deals of a client that stand in such stages."""
        mine = Deal.contact_id if kind == "contact" else Deal.company_id
        deals = (
            select(Deal.id, Deal.title, Deal.owner_id, Deal.crew, Deal.department_id)
            .join(Stage, Stage.id == Deal.stage_id)
            .where(mine == client_id, Stage.kind.in_(open_kinds))
        )
        return [_open("deal", row) for row in await self.session.execute(deals.order_by(Deal.id))]

    async def open_leads(self, contact_id: int, statuses: Collection[str]) -> list[Open]:
        """The same of leads."""
        leads = select(Lead.id, Lead.title, Lead.owner_id, literal(None), Lead.department_id)
        query = leads.where(Lead.contact_id == contact_id, Lead.status.in_(statuses)).order_by(Lead.id)
        return [_open("lead", row) for row in await self.session.execute(query)]

    async def has_payments(self, deal_id: int) -> bool:
        """Whether money that came for a deal was not taken back."""
        query = select(Payment.id).where(Payment.deal_id == deal_id, Payment.taken_back_at.is_(None)).limit(1)
        return await self.session.scalar(query) is not None

    async def is_given(self, chat_id: int) -> bool:
        """Whether a group has become that of a department; what else it may be is found by its number."""
        query = select(Department.id).where(Department.chat_id == chat_id)
        return await self.session.scalar(query) is not None

    def _written(self, table: Table, bundle: Bundle) -> None:
        if table.name in SEARCHED:
            written(self.session, SEARCHED[table.name], bundle.ids(table.name))

    async def _take(self, table: Table, taken: dict[str, set[int]], found: Bundle) -> None:
        """Rows of one table that name what is taken: along, or let go. Referred tables were asked before."""
        ties = [table.c[name] for name in (*ALONG.get(table.name, ()), *LOOSE.get(table.name, ()))]
        here = [column for column in ties if parent(column) in taken]
        if not here or table.name in found.rows:
            return
        naming = or_(*(column.in_(taken[parent(column)]) for column in here))
        for row in (await self.session.execute(select(table).where(naming))).all():
            values = _kept(row)
            nearest = next((name for name in ALONG.get(table.name, ()) if values[name] is not None), None)
            if nearest and values[nearest] in taken.get(parent(table.c[nearest]), ()):
                found.rows.setdefault(table.name, []).append(values)
                if "id" in values:
                    taken.setdefault(table.name, set()).add(values["id"])
                continue
            found.links += [
                {"table": table.name, "id": values["id"], "column": column.name, "was": values[column.name]}
                for column in here
                if values[column.name] in taken[parent(column)]
            ]

    async def _take_named(self, table: Table, name: str, ids: Collection[int], found: Bundle) -> None:
        """What knows a subject by its name and number; of timers those that still wait."""
        query = select(table).where(table.c.subject == name, table.c.subject_id.in_(ids))
        if "state" in table.c:
            query = query.where(table.c.state == "new")
        rows = [_kept(row) for row in (await self.session.execute(query)).all()] if ids else []
        if rows:
            found.rows.setdefault(table.name, []).extend(rows)

    async def _take_following(
        self, table: Table, leaders: list[dict[str, Any]], columns: tuple[str, ...], found: Bundle
    ) -> None:
        for key in {tuple(row[name] for name in columns) for row in leaders}:
            same = (table.c[name] == value for name, value in zip(columns, key, strict=True))
            rows = (await self.session.execute(select(table).where(*same))).all()
            found.rows.setdefault(table.name, []).extend(_kept(row) for row in rows)


def parent(column: Column[Any]) -> str:
    """The table to which a foreign key leads."""
    (key,) = column.foreign_keys
    return key.column.table.name


def _open(kind: str, row: Any) -> Open:
    return Open(kind, *row)


def _in_order(rows: Iterable[str]) -> list[Table]:
    """These tables, referred ones first."""
    wanted = set(rows)
    return [table for table in Base.metadata.sorted_tables if table.name in wanted]


def _any_of(table: Table, rows: list[dict[str, Any]]) -> Any:
    keys = list(table.primary_key.columns)
    if len(keys) == 1:
        return keys[0].in_([row[keys[0].name] for row in rows])
    return or_(*(and_(*(key == row[key.name] for key in keys)) for row in rows))


def _kept(row: Row[Any]) -> dict[str, Any]:
    values = row._mapping.items()
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values}


def _revived(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """As it is inserted; a timer is set anew, under a number of its own."""
    anew = {"id"} if table.name == Timer.__tablename__ else set()
    return {name: _value(table.c[name], value) for name, value in row.items() if name not in anew}


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return null() if isinstance(column.type, JSON) else None
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value
