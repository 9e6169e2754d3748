"""Keeps updates as they come, and tells in which lanes earlier ones are not done yet."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Integer,
    Table,
    Text,
    bindparam,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert
from sqlalchemy.sql.selectable import Select

from db.leases import LEASE, Holder, turn
from db.models import Inbox
from db.trips import Step, together

INBOX = cast("Table", Inbox.__table__)
TURNS = 7_335_302
# Written into the statement, since a partial index is only used where its condition stands literally.
OPEN: list[ColumnElement[str]] = [literal_column("'new'"), literal_column("'applied'")]


class Parcel(NamedTuple):
    """An update as it is kept."""

    bot_id: int
    update_id: int
    lane: str
    raw: str


Kept = dict[tuple[int, int], int]
"""The rows of those that were not known, by bot and update."""


async def keep(
    session: AsyncSession, parcels: Sequence[Parcel], holder: Holder, *, shared: bool
) -> tuple[Kept, set[str]]:
    """Keep updates for a holder; those known already change nothing.

    With them come the lanes of these in which an update is open that is not with this holder; nobody else
    keeps or gives out any until the transaction ends. Unless `shared` there is none.
    """
    backend = session.get_bind().dialect.name
    lanes = sorted({parcel.lane for parcel in parcels})
    numbered = [parcel._asdict() | {"place": place} for place, parcel in enumerate(parcels)]
    values = {
        "holder": holder.name,
        "at": holder.now,
        "until": holder.now + LEASE,
        "parcels": numbered,
        "lanes": lanes,
    }
    steps: list[Step] = [(_keep(backend), values)]
    if shared:
        steps.append((_busy(backend), values))
    (_, added), *busy = await together(session, *steps)
    return _by_update(added), {lane for _, rows in busy for (lane,) in rows}


def _by_update(rows: Sequence[Sequence[Any]]) -> Kept:
    return {(bot_id, update_id): row_id for row_id, bot_id, update_id in rows}


# Every update passes these, so they are built once.
_COLUMNS = (
    column("bot_id", BigInteger),
    column("update_id", BigInteger),
    column("lane", Text),
    column("raw", Text),
    column("place", Integer),
)


# As one text: an array of texts costs psycopg more than all else that is sent.
_PARCELS = bindparam("parcels", type_=JSON)


@cache
def _keep(backend: str) -> ReturningInsert[Any]:
    """Among replicas the turn comes before the numbering: the later update has the higher number."""
    values: dict[str, Any] = {
        "state": literal("new"),
        "attempts": literal(0),
        "received_at": bindparam("at", type_=INBOX.c.received_at.type),
        "lease_owner": bindparam("holder", type_=Text),
    }
    if backend == "postgresql":
        of_turn = turn(TURNS).cte("of_turn")
        parcel = (
            func.json_to_recordset(_PARCELS)
            .table_valued(*_COLUMNS, name="parcel")
            .render_derived(with_types=True)
        )
        values |= {name: parcel.c[name] for name in Parcel._fields}
        values["lease_until"] = func.now() + LEASE
        rows = select(*values.values()).select_from(of_turn.join(parcel, true())).order_by(parcel.c.place)
        return _kept(postgresql.insert(INBOX), values, rows)
    each = func.json_each(_PARCELS).table_valued("key", "value")
    values |= {name: func.json_extract(each.c.value, f"$.{name}") for name in Parcel._fields}
    values["lease_until"] = bindparam("until", type_=INBOX.c.lease_until.type)
    # Without WHERE SQLite reads ON CONFLICT as the beginning of a join.
    rows = select(*values.values()).where(true()).order_by(each.c.key)
    return _kept(sqlite.insert(INBOX), values, rows)


def _kept(new: Any, values: dict[str, Any], rows: Select[Any]) -> ReturningInsert[Any]:
    kept: ReturningInsert[Any] = (
        new.from_select(list(values), rows)
        .on_conflict_do_nothing(index_elements=["bot_id", "update_id"])
        .returning(INBOX.c.id, INBOX.c.bot_id, INBOX.c.update_id)
    )
    return kept


@cache
def _busy(backend: str) -> Select[str]:
    if backend == "postgresql":
        among = INBOX.c.lane == func.any(bindparam("lanes", type_=postgresql.ARRAY(Text)))
    else:
        named = func.json_each(bindparam("lanes", type_=JSON)).table_valued("value")
        among = INBOX.c.lane.in_(select(named.c.value))
    other = or_(INBOX.c.lease_owner.is_(None), INBOX.c.lease_owner != bindparam("holder", type_=Text))
    return select(INBOX.c.lane).distinct().where(among, INBOX.c.state.in_(OPEN), other)
