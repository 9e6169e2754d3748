"""Updates taken from Telegram, until they are handled."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, func, or_, select, update

from db.leases import Holder, free, take_turns, until
from db.repositories.base import Repository
from db.repositories.intake import INBOX, OPEN, TURNS, Parcel, keep
from db.trips import together

COLUMNS = (
    INBOX.c.id,
    INBOX.c.bot_id,
    INBOX.c.update_id,
    INBOX.c.lane,
    INBOX.c.raw,
    INBOX.c.attempts,
    INBOX.c.received_at,
)

# Every update passes these, so they are built once.
APPLIED = (
    update(INBOX)
    .where(
        INBOX.c.bot_id == bindparam("of_bot"),
        INBOX.c.update_id == bindparam("of_update"),
        INBOX.c.state == "new",
    )
    .values(state="applied")
)
DONE = (
    update(INBOX)
    .where(INBOX.c.id.in_(bindparam("ids", expanding=True)))
    .values(state="done", raw="", error=None, lease_owner=None, lease_until=None)
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update that is to be handled."""

    id: int
    bot_id: int
    update_id: int
    lane: str
    raw: dict[str, Any]
    attempts: int
    received_at: datetime


class InboxRepository(Repository):
    """Bookkeeping in Core statements: every update passes here."""

    async def mark_applied(self, bot_id: int, update_id: int) -> bool:
        """Claim the right to apply this update; False if it was applied before."""
        update = {"of_bot": bot_id, "of_update": update_id}
        [(met, _)] = await together(self.session, (APPLIED, update))
        return bool(met)

    async def store(
        self,
        updates: Sequence[tuple[int, int, str, dict[str, Any]]],
        holder: Holder,
        room: int,
        *,
        shared: bool,
    ) -> tuple[list[Arrival], bool]:
        """Keep updates (bot, update id, lane, content); those known already change nothing.

        Returns the new ones that this holder may handle at once, at most `room`, and whether others were left
        for whoever has room. `shared`: earlier updates of the same lanes may wait or be with someone else.
        """
        # Pure ASCII: no half surrogate and no NUL can make this fail and block all that follow.
        parcels = [
            Parcel(bot, number, lane, json.dumps(raw, separators=(",", ":")))
            for bot, number, lane, raw in updates
        ]
        ids, busy = await keep(self.session, parcels, holder, shared=shared)
        fresh = [
            Arrival(ids.pop((bot, number)), bot, number, lane, raw, 0, holder.now)
            for bot, number, lane, raw in updates
            if (bot, number) in ids
        ]
        return await self._hand_over(fresh, busy, room)

    async def claim(self, holder: Holder, limit: int) -> list[Arrival]:
        """Take waiting updates, oldest first; none whose lane has an earlier one that someone else has."""
        await take_turns(self.session, TURNS)
        picked = (
            select(INBOX.c.id, INBOX.c.lane)
            .where(INBOX.c.state.in_(OPEN), free(self.session, INBOX, holder))
            .order_by(INBOX.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("picked")
        )
        earlier = INBOX.alias("earlier")
        blocked = exists().where(
            earlier.c.lane == picked.c.lane,
            earlier.c.state.in_(OPEN),
            earlier.c.id < picked.c.id,
            or_(earlier.c.lease_owner.is_(None), earlier.c.lease_owner != holder.name),
            earlier.c.id.not_in(select(picked.c.id)),
        )
        rows = await self.session.execute(
            update(INBOX)
            .where(INBOX.c.id.in_(select(picked.c.id).where(~blocked)))
            .values(lease_owner=holder.name, lease_until=until(self.session, holder.now))
            .returning(*COLUMNS)
        )
        return sorted((_arrival(row) for row in rows), key=lambda arrival: arrival.id)

    async def mark_done(self, ids: Collection[int]) -> None:
        """These were handled; their content is dropped, their ids stay, so that a repetition is known."""
        await self.session.execute(DONE, {"ids": list(ids)})

    async def mark_failed(self, arrival_id: int, attempts: int, error: str) -> None:
        """Handling failed; the same holder tries it again."""
        await self.session.execute(
            update(INBOX).where(INBOX.c.id == arrival_id).values(attempts=attempts, error=error[:300])
        )

    async def quarantine(self, arrival_id: int, attempts: int, error: str) -> None:
        """Put an update aside with its content; those behind it go on."""
        await self.session.execute(
            update(INBOX)
            .where(INBOX.c.id == arrival_id)
            .values(
                state="quarantined", attempts=attempts, error=error[:300], lease_owner=None, lease_until=None
            )
        )

    async def renew(self, holder: Holder) -> None:
        """Keep one's leases for another while."""
        await self.session.execute(
            update(INBOX)
            .where(INBOX.c.state.in_(OPEN), INBOX.c.lease_owner == holder.name)
            .values(lease_until=until(self.session, holder.now))
        )

    async def release(self, holder: Holder | None) -> None:
        """Give back what a holder has; None: what anyone has, where there can be only one instance."""
        mine = INBOX.c.lease_owner == holder.name if holder else INBOX.c.lease_owner.is_not(None)
        await self.session.execute(
            update(INBOX).where(INBOX.c.state.in_(OPEN), mine).values(lease_owner=None, lease_until=None)
        )

    async def waiting(self) -> tuple[int, datetime | None]:
        """How many updates are not done, and since when the oldest waits."""
        query = select(func.count(), func.min(INBOX.c.received_at)).where(INBOX.c.state.in_(OPEN))
        count, oldest = (await self.session.execute(query)).one()
        return count, oldest

    async def quarantined(self) -> int:
        """How many were put aside."""
        return (
            await self.session.scalar(
                select(func.count()).select_from(INBOX).where(INBOX.c.state == "quarantined")
            )
            or 0
        )

    async def prune(self, now: datetime, keep: timedelta, batch: int = 1000) -> int:
        """Delete some of the oldest updates, done before `keep`; returns how many, 0 when none is left."""
        oldest = select(INBOX).order_by(INBOX.c.id).limit(batch).subquery()
        old = select(oldest.c.id).where(
            oldest.c.state.in_(("done", "quarantined")), oldest.c.received_at < now - keep
        )
        return await self.affect(delete(INBOX).where(INBOX.c.id.in_(old)))

    async def _hand_over(self, fresh: list[Arrival], busy: set[str], room: int) -> tuple[list[Arrival], bool]:
        """Split into what may be handled at once and what is left to be claimed, lanes in one piece."""
        mine: list[Arrival] = []
        left: list[int] = []
        for arrival in fresh:
            if arrival.lane in busy or len(mine) >= room:
                busy.add(arrival.lane)
                left.append(arrival.id)
            else:
                mine.append(arrival)
        if left:
            await self.session.execute(
                update(INBOX).where(INBOX.c.id.in_(left)).values(lease_owner=None, lease_until=None)
            )
        return mine, bool(left)


def _arrival(row: Row[Any]) -> Arrival:
    return Arrival(
        id=row.id,
        bot_id=row.bot_id,
        update_id=row.update_id,
        lane=row.lane,
        raw=json.loads(row.raw),
        attempts=row.attempts,
        received_at=row.received_at,
    )
