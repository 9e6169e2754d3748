"""Imports and all that they make, many rows to a statement."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, delete, func, insert, select, update

from db.leases import Holder, free, take_turns, until
from db.models import Company, Contact, ContactPoint, Deal, ImportBatch, ImportRow, Membership, Person
from db.models.clients import EMAIL, PHONE
from db.repositories.base import Repository
from db.repositories.known_clients import KINDS, Client
from db.searched import written

BATCH = cast("Table", ImportBatch.__table__)
LOADING = 7_335_302
"""The key of the lock under which replicas load one after the other, so that nothing is made twice."""
KNOWN = ("active", "imported")
_POINTS = (PHONE, EMAIL)


class ImportRepository(Repository):
    """One import is one `import_batch`; whatever it made carries its id."""

    async def create(self, holder: Holder | None, **values: object) -> int:
        """A new import, held by somebody or free to be worked on; its id."""
        lease: dict[str, object] = {}
        if holder is not None:
            lease = {"lease_owner": holder.name, "lease_until": until(self.session, holder.now)}
        statement = insert(ImportBatch).values(**values, **lease).returning(ImportBatch.id)
        return (await self.session.execute(statement)).scalar_one()

    async def get(self, import_id: int) -> ImportBatch | None:
        """One import."""
        return await self.session.get(ImportBatch, import_id)

    async def origin(self, import_id: int) -> tuple[datetime, str | None, str] | None:
        """When an import came, by whom, and the name of its file."""
        query = (
            select(ImportBatch.created_at, Person.name, ImportBatch.filename)
            .outerjoin(Person, Person.id == ImportBatch.author_id)
            .where(ImportBatch.id == import_id)
        )
        row = (await self.session.execute(query)).one_or_none()
        return (row[0], row[1], row[2]) if row else None

    async def recent(self, limit: int) -> list[ImportBatch]:
        """The newest imports, the newest first."""
        query = select(ImportBatch).order_by(ImportBatch.id.desc()).limit(limit)
        return list((await self.session.scalars(query)).all())

    async def change(self, import_id: int, states: Collection[str], **values: object) -> bool:
        """Change an import if it is in one of these states; False if it is not."""
        return bool(
            await self.affect(
                update(ImportBatch)
                .where(ImportBatch.id == import_id, ImportBatch.state.in_(states))
                .values(**values)
                .execution_options(synchronize_session="fetch")
            )
        )

    async def claim(self, holder: Holder, states: Collection[str]) -> ImportBatch | None:
        """Take the oldest import in these states that nobody else works on."""
        waiting = (
            select(BATCH.c.id)
            .where(BATCH.c.state.in_(states), free(self.session, BATCH, holder))
            .order_by(BATCH.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        taken: ImportBatch | None = await self.session.scalar(
            update(ImportBatch)
            .where(ImportBatch.id.in_(waiting))
            .values(lease_owner=holder.name, lease_until=until(self.session, holder.now))
            .returning(ImportBatch)
            .execution_options(synchronize_session=False)
        )
        return taken

    async def advance(
        self, import_id: int, holder: Holder, state: str, before: int, done: int, **values: object
    ) -> bool:
        """Write progress and keep the lease; False if the import is no longer where we left it."""
        return bool(
            await self.affect(
                update(BATCH)
                .where(
                    BATCH.c.id == import_id,
                    BATCH.c.state == state,
                    BATCH.c.done == before,
                    BATCH.c.lease_owner == holder.name,
                )
                .values(done=done, lease_until=until(self.session, holder.now), **values)
            )
        )

    async def release(self, holder: Holder | None) -> None:
        """Give back what a holder has; None: what anyone has, where there can be only one instance."""
        mine = BATCH.c.lease_owner == holder.name if holder else BATCH.c.lease_owner.is_not(None)
        await self.session.execute(update(BATCH).where(mine).values(lease_owner=None, lease_until=None))

    async def in_states(self, states: Collection[str]) -> frozenset[int]:
        """The ids of the imports in these states."""
        query = select(ImportBatch.id).where(ImportBatch.state.in_(states))
        return frozenset((await self.session.scalars(query)).all())

    async def one_at_a_time(self) -> None:
        """Wait for imports that other replicas are loading, until this transaction ends."""
        await take_turns(self.session, LOADING)

    async def known_people(self) -> dict[str, int]:
        """Folded names of the people here, those who have joined before those known by name only."""
        query = (
            select(Person.name_folded, Person.id)
            .where(Person.status.in_(KNOWN))
            .order_by(Person.status.desc(), Person.id.desc())
        )
        rows = await self.session.execute(query)
        return dict(row for row in rows)

    async def known_external(self, ids: Collection[str]) -> frozenset[str]:
        """Which of these numbers of another system a deal has already."""
        query = select(Deal.external_id).where(Deal.external_id.in_(ids))
        return frozenset(cast("Sequence[str]", (await self.session.scalars(query)).all()))

    async def companies(self, names: Collection[str]) -> dict[str, int]:
        """The oldest companies of these folded names."""
        query = (
            select(Company.name_folded, func.min(Company.id))
            .where(Company.name_folded.in_(names))
            .group_by(Company.name_folded)
        )
        rows = await self.session.execute(query)
        return dict(row for row in rows)

    async def contacts_by_phone(self, phones: Collection[str]) -> dict[str, int]:
        """The oldest contacts with these phones."""
        return await self._contacts_by(phones)

    async def contacts_by_email(self, emails: Collection[str]) -> dict[str, int]:
        """The oldest contacts with these addresses."""
        return await self._contacts_by(emails)

    async def contacts_of_companies(
        self, import_id: int, companies: Collection[int]
    ) -> dict[tuple[str, int], int]:
        """What this import has made of the people of these companies: (folded text, company) to contact."""
        query = select(Contact.search, Contact.company_id, Contact.id).where(
            Contact.company_id.in_(companies), Contact.import_id == import_id
        )
        return {
            (text, company): contact
            for text, company, contact in await self.session.execute(query)
            if company
        }

    async def add_companies(self, rows: list[dict[str, Any]]) -> list[int]:
        """New companies; their ids in the same order."""
        ids = await self._add(Company, rows)
        written(self.session, "firm", ids)
        return ids

    async def add_contacts(self, rows: list[dict[str, Any]]) -> list[int]:
        """New contacts with their `phone` and `email`, if any; their ids in the same order."""
        bare = [{name: value for name, value in row.items() if name not in _POINTS} for row in rows]
        ids = await self._add(Contact, bare)
        points = [
            {"kind": kind, "value": row[kind], "contact_id": contact}
            for contact, row in zip(ids, rows, strict=True)
            for kind in _POINTS
            if row.get(kind)
        ]
        if points:
            await self.session.execute(insert(cast("Table", ContactPoint.__table__)), points)
        written(self.session, "contact", ids)
        return ids

    async def hold_clients(
        self, kind: str, ids: Collection[int], made_by: int | None = None
    ) -> Mapping[int, Client]:
        """These contacts, or companies, or those of them that an import has made; nobody changes them
        meanwhile."""
        model = KINDS[kind]
        query = select(model).where(model.id.in_(sorted(ids)))
        query = query if made_by is None else query.where(model.import_id == made_by)
        held = query.order_by(model.id).with_for_update().execution_options(populate_existing=True)
        found = cast("Sequence[Client]", (await self.session.scalars(held)).all())
        return {row.id: row for row in found}

    async def add_people(self, rows: list[dict[str, Any]], department_id: int) -> list[int]:
        """New people, members of a department; their ids in the same order."""
        ids = await self._add(Person, rows)
        if ids:
            await self.session.execute(
                insert(Membership),
                [{"person_id": person, "department_id": department_id, "head": False} for person in ids],
            )
        return ids

    async def add_deals(self, rows: list[dict[str, Any]]) -> None:
        """New deals of one import, all with the same fields."""
        if rows:
            await self.session.execute(insert(cast("Table", Deal.__table__)), rows)
            made = await self.deals_of_rows(rows[0]["import_id"], [row["import_row"] for row in rows])
            written(self.session, "deal", made.values())

    async def deals_of_rows(self, import_id: int, rows: list[int]) -> dict[int, int]:
        """The deals that were made of rows of a file."""
        query = select(Deal.import_row, Deal.id).where(Deal.import_id == import_id, Deal.import_row.in_(rows))
        return {row: deal for row, deal in await self.session.execute(query) if row is not None}

    async def add_failed(self, rows: list[dict[str, Any]]) -> None:
        """Rows that could not be imported."""
        if rows:
            await self.session.execute(insert(cast("Table", ImportRow.__table__)), rows)

    async def failed(self, import_id: int) -> list[ImportRow]:
        """Rows that could not be imported, in the order of the file."""
        query = select(ImportRow).where(ImportRow.import_id == import_id).order_by(ImportRow.number)
        return list((await self.session.scalars(query)).all())

    async def forget_failed(self, import_id: int) -> None:
        """Drop the rows that could not be imported."""
        await self.session.execute(delete(ImportRow).where(ImportRow.import_id == import_id))

    async def _contacts_by(self, values: Collection[str]) -> dict[str, int]:
        query = (
            select(ContactPoint.value, func.min(ContactPoint.contact_id))
            .where(ContactPoint.value.in_(values), ContactPoint.contact_id.is_not(None))
            .group_by(ContactPoint.value)
        )
        rows = await self.session.execute(query)
        return {value: contact for value, contact in rows if contact is not None}

    async def _add(self, model: type[Any], rows: list[dict[str, Any]]) -> list[int]:
        if not rows:
            return []
        statement = insert(model).returning(model.id, sort_by_parameter_order=True)
        return list((await self.session.scalars(statement, rows)).all())
