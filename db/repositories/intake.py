"""Keeps updates as they come, and tells in which lanes earlier ones are not done yet."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import (
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
from db.trips import in_one_trip

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
    lanes = sorted({parcel.lane for parcel in parcels})
    mine: dict[str, object] = {"holder": holder.name, "lanes": lanes}
    if session.get_bind().dialect.name == "postgresql":
        numbered = [parcel._asdict() | {"place": place} for place, parcel in enumerate(parcels)]
        values = {"holder": holder.name, "at": holder.now, "parcels": numbered}
        keeping, asking = (_keep_in_turn(), values), (_busy("postgresql"), mine)
        (_, added), (_, busy) = await in_one_trip(session, keeping, asking)
        return _by_update(added), {lane for (lane,) in busy}
    common = {
        "state": "new",
        "attempts": 0,
        "received_at": holder.now,
        "lease_owner": holder.name,
        "lease_until": holder.now + LEASE,
    }
    rows = await session.execute(_keep(), [parcel._asdict() | common for parcel in parcels])
    kept = _by_update(rows.all())
    return kept, set(await session.scalars(_busy("sqlite"), mine)) if shared else set()


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


@cache
def _keep() -> ReturningInsert[Any]:
    new = sqlite.insert(INBOX).on_conflict_do_nothing(index_elements=["bot_id", "update_id"])
    return new.returning(INBOX.c.id, INBOX.c.bot_id, INBOX.c.update_id)


@cache
def _keep_in_turn() -> ReturningInsert[Any]:
    """The turn comes before the numbering: of two replicas' updates the later has the higher number."""
    of_turn = turn(TURNS).cte("of_turn")
    # As one text: an array of texts costs the driver more than all else that is sent.
    parcel = (
        func.json_to_recordset(bindparam("parcels", type_=postgresql.JSON))
        .table_valued(*_COLUMNS, name="parcel")
        .render_derived(with_types=True)
    )
    values = {
        "bot_id": parcel.c.bot_id,
        "update_id": parcel.c.update_id,
        "lane": parcel.c.lane,
        "raw": parcel.c.raw,
        "state": literal("new"),
        "attempts": literal(0),
        "received_at": bindparam("at", type_=INBOX.c.received_at.type),
        "lease_owner": bindparam("holder", type_=Text),
        "lease_until": func.now() + LEASE,
    }
    new = postgresql.insert(INBOX).from_select(
        list(values),
        select(*values.values()).select_from(of_turn.join(parcel, true())).order_by(parcel.c.place),
    )
    return new.on_conflict_do_nothing(index_elements=["bot_id", "update_id"]).returning(
        INBOX.c.id, INBOX.c.bot_id, INBOX.c.update_id
    )


@cache
def _busy(backend: str) -> Select[str]:
    if backend == "postgresql":
        among = INBOX.c.lane == func.any(bindparam("lanes", type_=postgresql.ARRAY(Text)))
    else:
        among = INBOX.c.lane.in_(bindparam("lanes", expanding=True))
    other = or_(INBOX.c.lease_owner.is_(None), INBOX.c.lease_owner != bindparam("holder", type_=Text))
    return select(INBOX.c.lane).distinct().where(among, INBOX.c.state.in_(OPEN), other)
