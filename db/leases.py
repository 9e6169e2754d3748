"""Leases: who works on a row, and until when others leave it alone.

A lease ends by the database's clock, the only one that all replicas share. One's own leases never end by
time: who holds them knows what is in hand, whatever happens to the clock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

LEASE = timedelta(seconds=30)
"""Renewed every ten seconds, so it outlives two renewals that were missed."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A running instance, and the moment by its own clock."""

    name: str
    now: datetime


def moment_of(session: AsyncSession, now: datetime, shift: timedelta = timedelta()) -> Any:
    """The moment, moved by `shift`, by the clock that counts: PostgreSQL's own, else the only instance's."""
    if session.get_bind().dialect.name == "postgresql":
        return func.now() + shift
    return now + shift


def until(session: AsyncSession, now: datetime) -> Any:
    """When a lease that is taken now ends."""
    return moment_of(session, now, LEASE)


def free(session: AsyncSession, table: Table, holder: Holder) -> ColumnElement[bool]:
    """The condition that nobody holds a row, or that whoever held it is gone."""
    ended = (table.c.lease_until < moment_of(session, holder.now)) & (table.c.lease_owner != holder.name)
    return or_(table.c.lease_owner.is_(None), ended)


def turn(key: int) -> Select[Any]:
    """What lets replicas that give out work do so one after the other, until the transaction ends."""
    return select(func.pg_advisory_xact_lock(key))


async def take_turns(session: AsyncSession, key: int) -> None:
    """Wait for one's turn where there can be several replicas."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(turn(key))
