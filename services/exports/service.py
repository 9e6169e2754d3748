"""Exports: all that there is of a kind, or what a list lets through."""

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass

from db.uow import Database
from services import history
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.fields import FieldSubject
from services.exports.columns import COLUMNS, OwnHead, Value, cells, column_of, own_cell
from services.fields.shape import field_of
from services.fields.values import value_of
from services.imports.own_names import known_alone
from services.lists.service import Lists
from services.lists.view_rows import filter_of
from services.workspace import the_workspace

PAGE = 1000
MOST = 5_000
"""So many rows of a list go into a file that is sent; all of them leave by the command line."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of one kind of subject."""

    subject: FieldSubject
    columns: tuple[str, ...]
    """Of its kind; the company's own fields follow them."""
    own: tuple[OwnHead, ...]
    rows: list[tuple[Value, ...]]
    more: bool
    """Whether there were more than fit."""
    protect: bool
    """Whether Telegram should hinder that it is forwarded."""


class Exports:
    """The service of exports: for whoever may carry the company's data away; raises `not_allowed`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def columns(self, actor: Actor, subject: FieldSubject = FieldSubject.DEAL) -> tuple[str, ...]:
        """Those of a kind, and the keys of the company's own fields of it."""
        require(actor, Action.EXPORT_RUN)
        async with self._db.read() as uow:
            return (*COLUMNS[subject], *map(column_of, await uow.fields.used(subject)))

    async def rows(
        self,
        actor: Actor,
        subject: FieldSubject = FieldSubject.DEAL,
        only: Collection[int] | None = None,
    ) -> AsyncIterator[tuple[Value, ...]]:
        """All of a kind, or `only` these, the oldest first, as rows of `columns`; sums in whole units."""
        require(actor, Action.EXPORT_RUN)
        after = 0
        async with self._db.read() as uow:
            fields = [field_of(row) for row in await uow.fields.used(subject)]
        while True:
            async with self._db.read() as uow:
                rows = await uow.exports.page(subject, after, PAGE, only)
                names = await uow.tags.names({one for row in rows for one in row.tags})
                ids = [row.id for row in rows] if fields else []
                said = await uow.fields.values_of(subject, ids) if ids else {}
            for row in rows:
                own = (own_cell(value_of(one, said.get(row.id, {}).get(one.id, []))) for one in fields)
                told = (*cells(subject, row, actor, names), *own)
                yield tuple("" if value is None else value for value in told)
            if len(rows) < PAGE:
                return
            after = rows[-1].id

    async def listed(self, actor: Actor, listing_id: int) -> Sheet:
        """What a list lets through, at most `MOST`; that it left is kept in the history of whoever took it.

        Raises `list.gone`.
        """
        require(actor, Action.EXPORT_RUN)
        async with self._db.look() as uow:
            subject = (await filter_of(uow, actor, listing_id)).subject
            known = await known_alone(uow, subject)
            own = tuple(OwnHead(row.name, row.id in known) for row in await uow.fields.used(subject))
        ids, more = await Lists(self._db, self._clock).ids(actor, listing_id, MOST)
        rows = [row async for row in self.rows(actor, subject, ids)]
        async with self._db.write(actor.cause) as uow:
            told: history.Changes = {"what": (None, subject.value), "rows": (None, len(rows))}
            now = self._clock.now()
            await history.record(uow, actor, now, Action.EXPORT_RUN, "person", actor.person_id, told)
            protect = (await the_workspace(uow)).protects_clients
        return Sheet(subject, COLUMNS[subject], own, rows, more, protect)
