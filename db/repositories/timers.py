"""What is due, and when."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, delete, exists, func, insert, literal, or_, select, update

from db.leases import Holder, free, until
from db.models import Timer
from db.repositories.base import Repository

TIMER = cast("Table", Timer.__table__)
WAITING = TIMER.c.state == literal("new", literal_execute=True)


class TimerRepository(Repository):
    """Rows are written with their cause and fired by the ticker."""

    async def set(self, **values: object) -> None:
        """Set a timer."""
        await self.session.execute(insert(Timer).values(**values))

    async def set_many(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Set many of them."""
        if rows:
            await self.session.execute(insert(Timer), [dict(row) for row in rows])

    async def set_once(self, **values: object) -> None:
        """Set a timer, unless there is one of the same `dedupe` already."""
        await self.session.execute(self.inserting(TIMER).values(**values).on_conflict_do_nothing())

    async def waits(self, kind: str) -> bool:
        """Whether a timer of a kind will fire."""
        return bool(await self.session.scalar(select(exists().where(TIMER.c.kind == kind, WAITING))))

    async def cancel(self, kind: str, subject: str, subject_id: int, now: datetime) -> None:
        """Cancel the waiting timers of a kind on a subject."""
        await self.session.execute(
            update(TIMER)
            .where(
                TIMER.c.kind == kind,
                TIMER.c.subject == subject,
                TIMER.c.subject_id == subject_id,
                WAITING,
            )
            .values(state="cancelled", fired_at=now)
        )

    async def cancel_all(self, kind: str, subject: str, ids: Collection[int], now: datetime) -> None:
        """The same of many subjects."""
        waiting = (
            TIMER.c.kind == kind,
            TIMER.c.subject == subject,
            TIMER.c.subject_id.in_(sorted(ids)),
            WAITING,
        )
        await self.session.execute(update(TIMER).where(*waiting).values(state="cancelled", fired_at=now))

    async def params_of(self, kind: str, subject: str, ids: Collection[int]) -> dict[int, dict[str, Any]]:
        """What the waiting timers of a kind on these subjects are to do; they are held."""
        query = (
            select(TIMER.c.subject_id, TIMER.c.params)
            .where(
                TIMER.c.kind == kind,
                TIMER.c.subject == subject,
                TIMER.c.subject_id.in_(sorted(ids)),
                WAITING,
            )
            .order_by(TIMER.c.id)
            .with_for_update()
        )
        return {row.subject_id: row.params for row in await self.session.execute(query)}

    async def mark_fired(self, timer_id: int, now: datetime) -> bool:
        """Claim the right to do, in this transaction, what a timer is for; False if it was done already."""
        return bool(
            await self.affect(
                update(TIMER)
                .where(TIMER.c.id == timer_id, WAITING)
                .values(state="done", fired_at=now, error=None, lease_owner=None, lease_until=None)
            )
        )

    async def again(self, kind: str, stages: Collection[int], since: datetime) -> None:
        """Let the timers of a kind for these stages wait once more that were fired since a moment."""
        fired = (TIMER.c.kind == kind, TIMER.c.state == "done", TIMER.c.fired_at >= since)
        theirs = TIMER.c.params["stage"].as_integer().in_(sorted(stages))
        await self.session.execute(update(TIMER).where(*fired, theirs).values(state="new", fired_at=None))

    async def claim(self, holder: Holder, limit: int) -> list[Timer]:
        """Take timers that are due and that nobody else fires, the longest due first."""
        due = (
            select(TIMER.c.id)
            .where(
                WAITING,
                TIMER.c.due_at <= holder.now,
                or_(TIMER.c.retry_at.is_(None), TIMER.c.retry_at <= holder.now),
                free(self.session, TIMER, holder),
            )
            .order_by(TIMER.c.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = await self.session.scalars(
            update(Timer)
            .where(Timer.id.in_(due))
            .values(lease_owner=holder.name, lease_until=until(self.session, holder.now))
            .returning(Timer)
            .execution_options(synchronize_session=False)
        )
        return sorted(rows.all(), key=lambda timer: (timer.due_at, timer.id))

    async def still_waiting(self, ids: Collection[int]) -> frozenset[int]:
        """Which of these were neither fired nor cancelled."""
        return frozenset(
            (await self.session.scalars(select(TIMER.c.id).where(TIMER.c.id.in_(ids), WAITING))).all()
        )

    async def mark_failed(self, timer_id: int, attempts: int, error: str, retry_at: datetime | None) -> None:
        """Firing failed: it is tried again at a moment, or never."""
        await self.session.execute(
            update(TIMER)
            .where(TIMER.c.id == timer_id, WAITING)
            .values(
                state="new" if retry_at else "dead",
                attempts=attempts,
                error=error[:300],
                retry_at=retry_at,
                lease_owner=None,
                lease_until=None,
            )
        )

    async def release(self, holder: Holder | None) -> None:
        """Give back what a holder has; None: what anyone has, where there can be only one instance."""
        mine = TIMER.c.lease_owner == holder.name if holder else TIMER.c.lease_owner.is_not(None)
        await self.session.execute(
            update(TIMER).where(WAITING, mine).values(lease_owner=None, lease_until=None)
        )

    async def waiting_kinds(self) -> frozenset[str]:
        """Of which kinds there are timers that will fire."""
        return frozenset((await self.session.scalars(select(TIMER.c.kind).where(WAITING).distinct())).all())

    async def any_due(self, now: datetime) -> bool:
        """Whether there is anything to fire, at first or again."""
        ready = or_(TIMER.c.retry_at.is_(None), TIMER.c.retry_at <= now)
        query = select(exists().where(WAITING, TIMER.c.due_at <= now, ready))
        return bool(await self.session.scalar(query))

    async def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the oldest timer should have fired, of those that did not fail."""
        query = select(func.min(TIMER.c.due_at)).where(
            WAITING, TIMER.c.due_at <= now, TIMER.c.retry_at.is_(None)
        )
        oldest: datetime | None = await self.session.scalar(query)
        return oldest

    async def prune(self, before: datetime) -> None:
        """Delete timers that came to their end before a moment."""
        await self.session.execute(
            delete(TIMER).where(TIMER.c.state.in_(("done", "cancelled")), TIMER.c.fired_at < before)
        )
