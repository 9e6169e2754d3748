"""What other programs bring, and the ways in that are open to them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, or_, select, update

from db.leases import take_turns
from db.models import ApiKey, Department, FormSource, Inquiry
from db.repositories.base import Repository

_BY_TOKEN = select(FormSource).where(FormSource.token == bindparam("token"), FormSource.closed_at.is_(None))
_BY_HASH = select(ApiKey).where(ApiKey.token_hash == bindparam("hash"), ApiKey.revoked_at.is_(None))
_SAME = select(Inquiry).where(Inquiry.dedupe == bindparam("dedupe"))
_SAME_OF_SOURCE = _SAME.where(Inquiry.source_id == bindparam("way"))
_SAME_OF_KEY = _SAME.where(Inquiry.key_id == bindparam("way"))


@dataclass(frozen=True, slots=True)
class Traffic:
    """How many requests came by one way, and when the last one."""

    count: int = 0
    last_at: datetime | None = None


class InquiryRepository(Repository):
    """A way in is open while it is neither closed nor revoked."""

    async def source_by_token(self, token: str) -> FormSource | None:
        """The open source with this token."""
        return await self.session.scalar(_BY_TOKEN, {"token": token})

    async def key_by_hash(self, token_hash: str) -> ApiKey | None:
        """The valid key with this hash."""
        return await self.session.scalar(_BY_HASH, {"hash": token_hash})

    async def source(self, source_id: int) -> tuple[FormSource, str] | None:
        """One open source, and its department's name."""
        query = (
            select(FormSource, Department.name)
            .join(Department, Department.id == FormSource.department_id)
            .where(FormSource.id == source_id, FormSource.closed_at.is_(None))
        )
        row = (await self.session.execute(query)).one_or_none()
        return (row[0], row[1]) if row else None

    async def closed_source(self, source_id: int, since: datetime) -> tuple[FormSource, str] | None:
        """One that was closed since a moment, and its department's name."""
        query = (
            select(FormSource, Department.name)
            .join(Department, Department.id == FormSource.department_id)
            .where(FormSource.id == source_id, FormSource.closed_at >= since)
        )
        row = (await self.session.execute(query)).one_or_none()
        return (row[0], row[1]) if row else None

    async def closed_sources(self, since: datetime, limit: int) -> list[FormSource]:
        """Those that were closed since a moment, the last one first."""
        query = select(FormSource).where(FormSource.closed_at >= since).order_by(FormSource.closed_at.desc())
        return list((await self.session.scalars(query.limit(limit))).all())

    async def key(self, key_id: int) -> tuple[ApiKey, str] | None:
        """One valid key, and its department's name."""
        query = (
            select(ApiKey, Department.name)
            .join(Department, Department.id == ApiKey.department_id)
            .where(ApiKey.id == key_id, ApiKey.revoked_at.is_(None))
        )
        row = (await self.session.execute(query)).one_or_none()
        return (row[0], row[1]) if row else None

    async def sources(self, limit: int) -> list[FormSource]:
        """Open sources, the newest first."""
        query = select(FormSource).where(FormSource.closed_at.is_(None)).order_by(FormSource.id.desc())
        return list((await self.session.scalars(query.limit(limit))).all())

    async def keys(self, limit: int) -> list[ApiKey]:
        """Valid keys, the newest first."""
        query = select(ApiKey).where(ApiKey.revoked_at.is_(None)).order_by(ApiKey.id.desc())
        return list((await self.session.scalars(query.limit(limit))).all())

    async def traffic(self, *, source_id: int | None = None, key_id: int | None = None) -> Traffic:
        """What came by one source or key."""
        mine = Inquiry.source_id == source_id if source_id is not None else Inquiry.key_id == key_id
        count = await self.session.scalar(select(func.count()).select_from(Inquiry).where(mine)) or 0
        newest = select(Inquiry.received_at).where(mine).order_by(Inquiry.id.desc()).limit(1)
        return Traffic(count, await self.session.scalar(newest))

    async def used(self, key_id: int, now: datetime, pause: timedelta) -> None:
        """Remember that a key was used, unless that was noted within the pause."""
        stale = or_(ApiKey.used_at.is_(None), ApiKey.used_at < now - pause)
        await self.session.execute(
            update(ApiKey)
            .where(ApiKey.id == key_id, stale)
            .values(used_at=now)
            .execution_options(synchronize_session=False)
        )

    async def claim(self, **values: object) -> int | None:
        """Write down that a request came; None if it came before.

        Of several that come at once all wait for the first one.
        """
        statement = self.inserting(Inquiry).values(**values).on_conflict_do_nothing().returning(Inquiry.id)
        return await self.session.scalar(statement)

    async def same(self, source_id: int | None, key_id: int | None, dedupe: str | None) -> Inquiry | None:
        """The request that came by this way with this mark before."""
        if source_id is not None:
            return await self.session.scalar(_SAME_OF_SOURCE, {"way": source_id, "dedupe": dedupe})
        return await self.session.scalar(_SAME_OF_KEY, {"way": key_id, "dedupe": dedupe})

    async def settle(self, inquiry_id: int, **values: object) -> None:
        """Write down what came of a request."""
        await self.session.execute(
            update(Inquiry)
            .where(Inquiry.id == inquiry_id)
            .values(**values)
            .execution_options(synchronize_session=False)
        )

    async def queue_up(self, *clients: str) -> None:
        """Let requests of one phone or address pass one after the other, until the transaction ends.

        Always in the same order, so that two of them never wait for each other.
        """
        for value in sorted(clients):
            digest = hashlib.sha256(value.encode()).digest()
            await take_turns(self.session, int.from_bytes(digest[:8], signed=True))
