"""Fields filled, one at a time: read, compared and set, told once with what was and what is."""

from collections.abc import Callable, Collection
from dataclasses import replace

from db.uow import Database, UnitOfWork
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.fields import Field, FieldSheet, FieldSubject, Value
from services.dto.talk import FileRef, SentFile
from services.errors import NotFoundError
from services.fields.answers import chosen, reading_place, said, ticked, told_changes, used_field
from services.fields.places import Place, change_place, fill_place, find_place
from services.fields.reading import read_value
from services.fields.shape import field_of
from services.fields.sheets import sheet
from services.fields.values import rows_of, words_of
from services.workspace import the_workspace

Change = Callable[[Field, Value | None], Value | None]
"""From a field and what it says to what it is to say."""


class FieldFilling:
    """The service of filling fields; whoever may change a subject may fill its fields."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def sheet(self, actor: Actor, subject: FieldSubject, subject_id: int) -> FieldSheet:
        """All fields of a subject. Raises `deal.not_found` and the like."""
        require(actor, Action.FIELD_FILL)
        async with self._db.read() as uow:
            return await sheet(uow, await find_place(uow, actor, subject, subject_id))

    async def write(
        self,
        actor: Actor,
        subject: FieldSubject,
        subject_id: int,
        field_id: int,
        typed: str,
        file: SentFile | None = None,
        *,
        sure: bool = False,
    ) -> FieldSheet:
        """Let a field say what was typed or sent; "-" clears it. A day that is far away only when `sure`.

        Raises what `reading.read_value` and `places.fill_place` raise, and `field.not_found`.
        """
        require(actor, Action.FIELD_FILL)
        async with self._db.write(actor.cause) as uow:
            where = replace(await reading_place(uow, actor, self._clock.now()), asks=not sure)
            place = await fill_place(uow, actor, subject, subject_id, None)
            return await self._fill(
                uow, actor, place, field_id, lambda field, _: read_value(field, typed, where, file)
            )

    async def choose(
        self,
        actor: Actor,
        subject: FieldSubject,
        subject_id: int,
        field_id: int,
        choice: int,
        version: int,
    ) -> FieldSheet:
        """Answer by a button: a choice by its id; 1 and 0 for yes and no. What a field says already is
        taken away.

        Raises `stale` if the subject was changed since, and as `write`.
        """
        require(actor, Action.FIELD_FILL)
        async with self._db.write(actor.cause) as uow:
            place = await fill_place(uow, actor, subject, subject_id, version)
            return await self._fill(
                uow, actor, place, field_id, lambda field, before: chosen(field, before, choice)
            )

    async def tick(
        self,
        actor: Actor,
        subject: FieldSubject,
        subject_id: int,
        field_id: int,
        choices: Collection[int],
        version: int,
    ) -> FieldSheet:
        """Let a field of several choices say these, by their ids, and no other. Raises as `choose`."""
        require(actor, Action.FIELD_FILL)
        async with self._db.write(actor.cause) as uow:
            place = await fill_place(uow, actor, subject, subject_id, version)
            return await self._fill(
                uow, actor, place, field_id, lambda field, before: ticked(field, before, choices)
            )

    async def clear(
        self, actor: Actor, subject: FieldSubject, subject_id: int, field_id: int, version: int
    ) -> FieldSheet:
        """Let a field say nothing. Raises as `choose`."""
        require(actor, Action.FIELD_FILL)
        async with self._db.write(actor.cause) as uow:
            place = await fill_place(uow, actor, subject, subject_id, version)
            return await self._fill(uow, actor, place, field_id, lambda *_: None)

    async def file(self, actor: Actor, subject: FieldSubject, subject_id: int, field_id: int) -> FileRef:
        """What opens the file that a field holds. Raises `file.not_found` and as `sheet`."""
        shown = await self.sheet(actor, subject, subject_id)
        value = next((line.value for line in shown.lines if line.field.id == field_id), None)
        file = value if isinstance(value, SentFile) else getattr(value, "file", None)
        if file is None:
            raise NotFoundError("file")
        async with self._db.look() as uow:
            workspace = await the_workspace(uow)
        return FileRef(field_id, file.kind, file.file_id, workspace.protects_clients)

    async def _fill(
        self, uow: UnitOfWork, actor: Actor, place: Place, field_id: int, change: Change
    ) -> FieldSheet:
        row = await used_field(uow, place.subject, field_id)
        if not (place.talks or row.finance):
            raise NotFoundError("field")
        field, before = field_of(row), await said(uow, row, place.row.id)
        after = change(field, before)
        if after != before:
            # Compared and set first: of two who fill it at once, the second finds the subject changed.
            changes = told_changes(field, before, after)
            await change_place(uow, actor, self._clock.now(), place, changes)
            await uow.fields.put(row, place.row.id, rows_of(field, after), words_of(field, after))
        return await sheet(uow, place)
