"""Uniting clients: both held, everything linked moved, the one that goes kept aside, and the way back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, func, insert, null, select, update

from db.models import Call, Consent, Contact, ContactPoint, Deal, Lead, Merge, Note, Task
from db.repositories.base import Repository
from db.repositories.fields import FieldRepository
from db.repositories.known_clients import KINDS, Client
from db.searched import SUBJECTS, written

LINKED: Mapping[str, tuple[type[Any], ...]] = {
    "contact": (Deal, Lead, Task, Note, Call, Consent),
    "firm": (Contact, Deal, Task, Note, Call),
}
"""What belongs to a client, besides its phones and addresses."""
_COLUMNS = {"contact": "contact_id", "firm": "company_id"}

_SURVIVOR = select(Merge.kept_id).where(
    Merge.kind == bindparam("of_kind"), Merge.gone_id == bindparam("of_gone"), Merge.undone_at.is_(None)
)
_NEWEST = (
    select(Merge.id)
    .where(
        Merge.kind == bindparam("of_kind"),
        Merge.kept_id == bindparam("of_kept"),
        Merge.undone_at.is_(None),
        Merge.merged_at > bindparam("since"),
    )
    .order_by(Merge.id.desc())
    .limit(1)
)


class MergeRepository(Repository):
    """Rights are asked before; what is moved here is everybody's, whoever may see it."""

    async def get(self, merge_id: int) -> Merge | None:
        """One of them."""
        return await self.session.get(Merge, merge_id)

    async def hold(self, kind: str, ids: Collection[int]) -> dict[int, Client]:
        """Clients as they stand now, for this transaction alone: of two that unite the same, one waits."""
        model: type[Any] = KINDS[kind]
        query = select(model).where(model.id.in_(sorted(ids))).order_by(model.id)
        rows = await self.session.scalars(
            query.with_for_update(of=model).execution_options(populate_existing=True)
        )
        return {row.id: cast("Client", row) for row in rows.all()}

    async def survivor(self, kind: str, gone_id: int) -> int | None:
        """Into whom a client has gone, however many times since."""
        found = None
        while (next_one := await self._kept(kind, found or gone_id)) is not None:
            found = next_one
        return found

    async def newest_into(self, kind: str, kept_id: int, since: datetime) -> int | None:
        """The newest that a client has taken in since a moment and that was not taken back."""
        given = {"of_kind": kind, "of_kept": kept_id, "since": since}
        return await self.session.scalar(_NEWEST, given)

    async def counts(self, kind: str, client_id: int) -> dict[str, int]:
        """How much of each kind belongs to a client."""
        parts = [
            select(func.count()).where(_mine(model, kind) == client_id).scalar_subquery()
            for model in LINKED[kind]
        ]
        row = (await self.session.execute(select(*parts))).one()
        return {model.__tablename__: count for model, count in zip(LINKED[kind], row, strict=True)}

    async def move(self, kind: str, gone_id: int, kept_id: int) -> dict[str, list[int]]:
        """Everything of one client becomes the other's; which rows, by table. Points that both have stay."""
        moved: dict[str, list[int]] = {}
        known = select(ContactPoint.value).where(_mine(ContactPoint, kind) == kept_id)
        for model in _all(kind):
            change = update(model).where(_mine(model, kind) == gone_id)
            if model is ContactPoint:
                change = change.where(ContactPoint.value.not_in(known))
            found = await self.session.scalars(
                change.values({_COLUMNS[kind]: kept_id})
                .returning(model.id)
                .execution_options(synchronize_session=False)
            )
            moved[model.__tablename__] = sorted(found.all())
        written(self.session, kind, {gone_id, kept_id})
        return moved

    async def remove(self, client: Client) -> bool:
        """Delete a client as it was read, with what phones it still has; False if it was changed."""
        written(self.session, SUBJECTS[type(client)], {client.id})
        table = cast("Table", type(client).__table__)
        gone = delete(table).where(table.c.id == client.id, table.c.version == client.version)
        return bool(await self.affect(gone))

    async def forget(self, before: datetime) -> None:
        """Of unitings that nobody can take back any more only the way from one to the other is kept."""
        passed = select(Merge.kind, Merge.gone_id).where(
            Merge.merged_at < before, Merge.gone.is_not(None), Merge.undone_at.is_(None)
        )
        for kind, gone_id in (await self.session.execute(passed)).all():
            await FieldRepository(self.session).forget(kind, [gone_id])
        await self.session.execute(
            update(Merge)
            .where(Merge.merged_at < before, Merge.gone.is_not(None))
            .values(gone=null(), points=[], changed={}, moved={})
            .execution_options(synchronize_session=False)
        )

    async def mark_undone(self, merge_id: int, now: datetime) -> bool:
        """Take it back once; False if it was already."""
        change = update(Merge).where(Merge.id == merge_id, Merge.undone_at.is_(None)).values(undone_at=now)
        return bool(await self.affect(change.execution_options(synchronize_session=False)))

    def row_of(self, client: Client) -> dict[str, Any]:
        """The columns of a client, as they are kept."""
        columns = cast("Table", type(client).__table__).columns.keys()
        values = ((name, getattr(client, name)) for name in columns)
        return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values}

    async def put_back(self, merge: Merge, gone: dict[str, Any], instead: Mapping[str, object]) -> None:
        """Insert the one that was gone, and give it back what was its own and is the other's still.

        `instead`: columns that may not be as they were.
        """
        kind, column = merge.kind, _COLUMNS[merge.kind]
        row = {**gone, "created_at": datetime.fromisoformat(gone["created_at"]), **instead}
        await self.session.execute(insert(cast("Table", KINDS[kind].__table__)), [row])
        for model in _all(kind):
            ids = merge.moved.get(model.__tablename__, [])
            await self.session.execute(
                update(model)
                .where(model.id.in_(ids), _mine(model, kind) == merge.kept_id)
                .values({column: merge.gone_id})
                .execution_options(synchronize_session=False)
            )
        if merge.points:
            points = [{**point, column: merge.gone_id} for point in merge.points]
            await self.session.execute(insert(ContactPoint), points)
        written(self.session, kind, {merge.kept_id, merge.gone_id})

    async def _kept(self, kind: str, gone_id: int) -> int | None:
        return await self.session.scalar(_SURVIVOR, {"of_kind": kind, "of_gone": gone_id})


def _all(kind: str) -> tuple[type[Any], ...]:
    return (*LINKED[kind], ContactPoint)


def _mine(model: type[Any], kind: str) -> Any:
    return getattr(model, _COLUMNS[kind])
