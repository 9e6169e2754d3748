"""Signs of life and leadership."""

from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, delete, func, literal, or_, select, update

from db.leases import LEASE, Holder, moment_of
from db.models import Beat
from db.repositories.base import Repository

BEAT = cast("Table", Beat.__table__)
HEARTBEAT = "heartbeat"
"""Of the program, whichever of its instances is at work."""

REPLICA = "replica:"


class BeatRepository(Repository):
    """One row for each part that lives."""

    async def beat(self, name: str, now: datetime) -> None:
        """Note that a part is alive."""
        at = moment_of(self.session, now)
        await self.session.execute(
            self.inserting(BEAT)
            .values(name=name, at=at)
            .on_conflict_do_update(index_elements=["name"], set_={"at": at})
        )

    async def last(self, name: str) -> datetime | None:
        """When a part was last alive."""
        return await self.session.scalar(select(BEAT.c.at).where(BEAT.c.name == name))

    async def silence(self, name: str, now: datetime, *, hold: bool = False) -> timedelta:
        """For how long a part has shown no sign of life, by the clock that counts; none if it never did.

        With `hold` nobody else notes one until the end of the transaction.
        """
        moment = moment_of(self.session, now)
        query = select(BEAT.c.at, literal(moment, BEAT.c.at.type) if isinstance(moment, datetime) else moment)
        query = query.where(BEAT.c.name == name)
        row = (await self.session.execute(query.with_for_update() if hold else query)).one_or_none()
        return row[1] - row[0] if row is not None else timedelta()

    async def lead(self, name: str, holder: Holder) -> bool:
        """Become or stay the only one who does something; False while another one does."""
        at = moment_of(self.session, holder.now)
        silent = moment_of(self.session, holder.now, -LEASE)
        won = await self.session.execute(
            self.inserting(BEAT)
            .values(name=name, at=at, holder=holder.name)
            .on_conflict_do_update(
                index_elements=["name"],
                set_={"at": at, "holder": holder.name},
                where=or_(BEAT.c.holder.is_(None), BEAT.c.holder == holder.name, BEAT.c.at < silent),
            )
            .returning(BEAT.c.holder)
        )
        return won.first() is not None

    async def resign(self, name: str, holder: Holder) -> None:
        """Let another one lead at once."""
        await self.session.execute(
            update(BEAT).where(BEAT.c.name == name, BEAT.c.holder == holder.name).values(holder=None)
        )

    async def replicas(self, now: datetime) -> int:
        """How many instances showed a sign of life within a lease."""
        alive = BEAT.c.name.startswith(REPLICA) & (BEAT.c.at >= moment_of(self.session, now, -LEASE))
        return await self.session.scalar(select(func.count()).select_from(BEAT).where(alive)) or 0

    async def leave(self, holder: Holder) -> None:
        """This instance ends."""
        await self.session.execute(delete(BEAT).where(BEAT.c.name == REPLICA + holder.name))

    async def prune(self, now: datetime, keep: timedelta) -> None:
        """Forget instances that ended without leaving."""
        await self.session.execute(
            delete(BEAT).where(BEAT.c.name.startswith(REPLICA), BEAT.c.at < now - keep)
        )
