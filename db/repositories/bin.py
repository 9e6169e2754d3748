"""The bin: what lies there, and what is to be destroyed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, update

from db.models import Binned, Inquiry, Person
from db.repositories.base import Repository, within
from db.repositories.bundles import Bundle
from db.scope import Scope

_LINE = (
    *(Binned.id, Binned.kind, Binned.subject_id, Binned.title, Binned.owner_id, Binned.crew),
    *(Binned.department_id, Binned.deleted_at, Binned.deleted_by, Person.name),
)
_LINES = select(*_LINE).outerjoin(Person, Person.id == Binned.deleted_by)
_OF = _LINES.where(Binned.kind == bindparam("of_kind"), Binned.subject_id == bindparam("of_id"))


@dataclass(frozen=True, slots=True)
class Lying:
    """A line of the bin: what lies there, whose it was, and who deleted it when."""

    id: int
    kind: str
    subject_id: int
    title: str
    owner_id: int | None
    crew: list[int]
    department_id: int | None
    deleted_at: datetime
    deleted_by: int | None
    deleter: str | None


@dataclass(frozen=True, slots=True)
class Destroyed:
    """A subject that is there no more, and the tasks that have gone with it."""

    kind: str
    id: int
    tasks: list[int]


class BinRepository(Repository):
    """Rights are asked before."""

    async def put_in(self, bundle: Bundle, **about: object) -> int:
        """Keep a bundle that was taken; its number in the bin."""
        row = Binned(rows=bundle.rows, links=bundle.links, **about)
        self.session.add(row)
        await self.session.flush()
        return row.id

    async def take_out(self, bin_id: int) -> Binned | None:
        """Take one out of the bin; of two who do so at once one gets it."""
        query = select(Binned).where(Binned.id == bin_id).with_for_update()
        row = await self.session.scalar(query.execution_options(populate_existing=True))
        if row is not None:
            await self.session.delete(row)
            await self.session.flush()
        return row

    async def get(self, bin_id: int) -> Lying | None:
        """One line of the bin."""
        row = (await self.session.execute(_LINES.where(Binned.id == bin_id))).one_or_none()
        return _line(row) if row else None

    async def of(self, kind: str, subject_id: int) -> Lying | None:
        """The line of a subject, if it lies in the bin."""
        given = {"of_kind": kind, "of_id": subject_id}
        row = (await self.session.execute(_OF, given)).one_or_none()
        return _line(row) if row else None

    async def page(self, scope: Scope, person_id: int, after: int | None, limit: int) -> list[Lying]:
        """What lies in the bin within a scope, or was put there by a person, newest first."""
        mine = or_(within(scope, Binned.owner_id, Binned.department_id), Binned.deleted_by == person_id)
        query = _LINES.where(mine).order_by(Binned.id.desc()).limit(limit)
        rows = await self.session.execute(query if after is None else query.where(Binned.id < after))
        return [_line(row) for row in rows]

    async def expired(self, before: datetime, limit: int) -> list[int]:
        """What was put into the bin before a moment."""
        query = select(Binned.id).where(Binned.deleted_at < before).order_by(Binned.id).limit(limit)
        return list((await self.session.scalars(query)).all())

    async def destroy(self, ids: Collection[int]) -> list[Destroyed]:
        """Destroy what these keep, and what their requests had brought; which subjects they were."""
        query = select(Binned).where(Binned.id.in_(ids)).order_by(Binned.id).with_for_update()
        rows = list((await self.session.scalars(query)).all())
        requests = [link["id"] for row in rows for link in row.links if link["table"] == "inquiry"]
        if requests:
            await self.session.execute(
                update(Inquiry)
                .where(Inquiry.id.in_(requests))
                .values(received={}, page_url=None, external_id=None)
                .execution_options(synchronize_session=False)
            )
        for row in rows:
            await self.session.delete(row)
        await self.session.flush()
        return [
            Destroyed(row.kind, row.subject_id, [task["id"] for task in row.rows.get("task", [])])
            for row in rows
        ]

    async def forget_client(
        self, contact_id: int, lead_ids: Collection[int] = (), points: Collection[str] = ()
    ) -> list[Destroyed]:
        """Destroy all that the bin keeps of a client, and return which subjects that were.

        Of these leads and of those of nobody with one of these phones and addresses, too, as
        `ErasureRepository.traces` has it.
        """
        theirs = or_(
            and_(Binned.kind == "contact", Binned.subject_id == contact_id),
            and_(Binned.kind == "lead", Binned.subject_id.in_(lead_ids)),
            Binned.contact_id == contact_id,
        )
        ids = set((await self.session.scalars(select(Binned.id).where(theirs))).all())
        nobodys = select(Binned.id, Binned.rows).where(
            Binned.contact_id.is_(None), Binned.kind.in_(("lead", "deal"))
        )
        for bin_id, rows in await self.session.execute(nobodys):
            told = {row.get(name) for row in rows.get("lead", []) for name in ("phone", "email")}
            made_of = {row["lead_id"] for row in rows.get("deal", [])}
            if told & set(points) or made_of & set(lead_ids):
                ids.add(bin_id)
        return await self.destroy(sorted(ids))


def _line(row: Any) -> Lying:
    return Lying(*row)
