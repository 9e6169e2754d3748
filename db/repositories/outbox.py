"""Messages that must go out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import cast

from sqlalchemy import (
    Select,
    Table,
    Update,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    union_all,
    update,
)

from db.base import UtcDateTime
from db.leases import LEASE, Holder, moment_of, take_turns, until
from db.models import Outbox, Workspace
from db.repositories.base import Repository

OUTBOX = cast("Table", Outbox.__table__)
TURNS = 7_335_303
PRIORITIES = (0, 1, 2, 3)
WAITING = OUTBOX.c.state == literal("new", literal_execute=True)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message that was claimed."""

    id: int
    state: str
    attempts: int
    next_at: datetime
    error: str | None = None
    message_id: int | None = None
    sent_at: datetime | None = None


class OutboxRepository(Repository):
    """Rows are written with their cause and claimed by the sender."""

    queued = False
    """Whether this transaction queues any; the sender's own bookkeeping does not."""

    async def add_many(self, rows: list[dict[str, object]]) -> None:
        """Queue messages."""
        if rows:
            self.queued = True
            await self.session.execute(insert(Outbox), rows)

    async def begun(self, keys: Sequence[str]) -> dict[str, datetime]:
        """When those that wait already with a `coalesce` are to be sent, of each the first one."""
        if not keys:
            return {}
        query = select(OUTBOX.c.coalesce, func.min(OUTBOX.c.next_at)).where(
            OUTBOX.c.coalesce.in_(keys), WAITING
        )
        rows = await self.session.execute(query.group_by(OUTBOX.c.coalesce))
        return {str(key): moment for key, moment in rows}

    async def let_go(self, ids: Collection[int], now: datetime) -> None:
        """Send what was held."""
        await self.session.execute(
            update(OUTBOX).where(OUTBOX.c.id.in_(ids)).values(state="new", next_at=now)
        )
        self.queued = True

    async def claim(self, holder: Holder, room: dict[int, int]) -> tuple[list[Outbox], int]:
        """Take messages to send: per priority at most as many as there is room for, one for each chat.

        Returns them oldest first, and how many were of no use any more and cancelled instead: late, from
        before a restore, or followed by a newer one of the same `coalesce`.
        """
        await take_turns(self.session, TURNS)
        limits = {f"room_{priority}": room.get(priority, 0) for priority in PRIORITIES}
        parameters = {"moment": holder.now, "holder": holder.name, **limits}
        backend = self.session.get_bind().dialect.name
        if backend != "postgresql":
            parameters["until"] = holder.now + LEASE
        rows = (await self.session.execute(_claim(backend), parameters)).mappings().all()
        found = sorted((Outbox(**row) for row in rows), key=lambda row: row.id)
        taken = [row for row in found if row.state == "leased"]
        return taken, len(found) - len(taken)

    async def followed(self, row: Outbox) -> bool:
        """Whether a newer message of the same `coalesce` waits."""
        if row.coalesce is None:
            return False
        query = select(exists().where(OUTBOX.c.coalesce == row.coalesce, WAITING, OUTBOX.c.id > row.id))
        return bool(await self.session.scalar(query))

    async def finish(self, outcomes: Sequence[Outcome]) -> None:
        """Record what became of claimed messages."""
        await self.session.execute(
            update(OUTBOX)
            .where(OUTBOX.c.id == bindparam("row_id"))
            .values(
                state=bindparam("new_state"),
                attempts=bindparam("new_attempts"),
                next_at=bindparam("new_next_at"),
                error=bindparam("new_error"),
                message_id=bindparam("new_message_id"),
                sent_at=bindparam("new_sent_at"),
                lease_owner=None,
                lease_until=None,
            ),
            [
                {
                    "row_id": outcome.id,
                    "new_state": outcome.state,
                    "new_attempts": outcome.attempts,
                    "new_next_at": outcome.next_at,
                    "new_error": outcome.error[:300] if outcome.error else None,
                    "new_message_id": outcome.message_id,
                    "new_sent_at": outcome.sent_at,
                }
                for outcome in outcomes
            ],
        )

    async def any_due(self, now: datetime) -> bool:
        """Whether any message may be sent now."""
        return bool(await self.session.scalar(select(exists().where(WAITING, OUTBOX.c.next_at <= now))))

    async def defer(self, chat_id: int, until_when: datetime) -> None:
        """Let what waits for a chat wait on."""
        await self.session.execute(
            update(OUTBOX)
            .where(OUTBOX.c.chat_id == chat_id, WAITING, OUTBOX.c.next_at < until_when)
            .values(next_at=until_when)
        )

    async def note_attempt(self, row_id: int, attempts: int, error: str) -> None:
        """An attempt failed, and whoever claimed the message goes on trying."""
        await self.session.execute(
            update(OUTBOX).where(OUTBOX.c.id == row_id).values(attempts=attempts, error=error[:300])
        )

    async def renew(self, holder: Holder) -> None:
        """Keep one's leases for another while, and free those of instances that are gone."""
        await self.session.execute(
            update(OUTBOX)
            .where(OUTBOX.c.state == "leased", OUTBOX.c.lease_owner == holder.name)
            .values(lease_until=until(self.session, holder.now))
        )
        await self.session.execute(
            update(OUTBOX)
            .where(
                OUTBOX.c.state == "leased",
                OUTBOX.c.lease_owner != holder.name,
                OUTBOX.c.lease_until < moment_of(self.session, holder.now),
            )
            .values(state="new", lease_owner=None, lease_until=None)
        )

    async def release(self, holder: Holder | None) -> None:
        """Give back what a holder has; None: what anyone has, where there can be only one instance."""
        mine = OUTBOX.c.lease_owner == holder.name if holder else OUTBOX.c.lease_owner.is_not(None)
        await self.session.execute(
            update(OUTBOX)
            .where(OUTBOX.c.state == "leased", mine)
            .values(state="new", lease_owner=None, lease_until=None)
        )

    async def waiting(self, now: datetime) -> tuple[int, datetime | None]:
        """How many messages wait, and since when the oldest that is due does."""
        query = select(func.count(), func.min(OUTBOX.c.next_at)).where(OUTBOX.c.state.in_(("new", "leased")))
        count, oldest = (await self.session.execute(query)).one()
        return count, oldest if oldest is not None and oldest <= now else None

    async def prune(self, before: datetime) -> None:
        """Delete messages that came to their end before a moment."""
        await self.session.execute(
            delete(OUTBOX).where(OUTBOX.c.state.in_(("sent", "cancelled", "dead")), OUTBOX.c.next_at < before)
        )


@cache
def _claim(backend: str) -> Update:
    """The statement that claims messages, built once: it is executed for every few that are sent."""
    until = func.now() + LEASE if backend == "postgresql" else bindparam("until", type_=UtcDateTime)
    moment = bindparam("moment", type_=UtcDateTime)
    newer = OUTBOX.alias("newer")
    followed = exists().where(
        newer.c.coalesce == OUTBOX.c.coalesce,
        newer.c.state == literal("new", literal_execute=True),
        newer.c.id > OUTBOX.c.id,
    )
    epoch = select(Workspace.outbox_epoch).where(Workspace.id == 1).scalar_subquery()
    useless = case(
        (OUTBOX.c.expires_at <= moment, "expired"),
        (OUTBOX.c.epoch < epoch, "restored"),
        (followed, "newer"),
        else_=null(),
    )
    found = [_next(priority).cte(f"class_{priority}") for priority in PRIORITIES]
    return (
        update(OUTBOX)
        .where(OUTBOX.c.id.in_(union_all(*(select(one.c.id) for one in found))))
        .values(
            state=case((useless.is_(None), "leased"), else_="cancelled"),
            error=func.coalesce(useless, OUTBOX.c.error),
            lease_owner=bindparam("holder"),
            lease_until=until,
        )
        .returning(OUTBOX)
    )


def _next(priority: int) -> Select[tuple[int]]:
    """The oldest due message of each chat with none of this priority under way, and none elsewhere."""
    moment = bindparam("moment", type_=UtcDateTime)
    ahead = OUTBOX.alias("ahead")
    blocked = exists().where(
        ahead.c.chat_id == OUTBOX.c.chat_id,
        or_(
            (ahead.c.state == "leased") & (ahead.c.lease_owner != bindparam("holder")),
            (ahead.c.state == "leased") & (ahead.c.priority == priority),
            (ahead.c.state == "new")
            & (ahead.c.priority == priority)
            & (ahead.c.next_at <= moment)
            & (ahead.c.id < OUTBOX.c.id),
        ),
    )
    return (
        select(OUTBOX.c.id)
        .where(WAITING, OUTBOX.c.priority == priority, OUTBOX.c.next_at <= moment, ~blocked)
        .order_by(OUTBOX.c.id)
        .limit(bindparam(f"room_{priority}"))
        .with_for_update(skip_locked=True)
    )
