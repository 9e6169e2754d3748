"""Custom fields made, renamed, put in order, hidden and deleted by owner and heads."""

from collections.abc import Sequence

from db.models import CustomField
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.fields import CHOSEN, FieldCard, FieldKind, FieldList, FieldSubject, Option
from services.errors import AppError, NotFoundError, StaleError
from services.fields.cards import field_card, held_field, make_field, names_of, new_name, renumber
from services.fields.dropping import listed
from services.fields.ready import find_ready
from services.fields.shape import (
    field_of,
    kept_options,
    read_name,
    read_options,
)
from services.workspace import the_workspace


class Fields:
    """The service of custom fields; for whom, see `field.edit`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def all(self, actor: Actor, subject: FieldSubject) -> FieldList:
        """The fields of a kind of subject."""
        require(actor, Action.FIELD_EDIT)
        async with self._db.read() as uow:
            return await listed(uow, subject, await uow.fields.of(subject), self._clock.now())

    async def card(self, actor: Actor, field_id: int) -> FieldCard:
        """One of them. Raises `not_allowed`, `field.not_found`."""
        require(actor, Action.FIELD_EDIT)
        async with self._db.read() as uow:
            row = await uow.fields.get(field_id)
            if row is None:
                raise NotFoundError("field")
            return await field_card(uow, row, await uow.fields.of(row.subject))

    async def check_name(self, actor: Actor, subject: FieldSubject, typed: str) -> str:
        """A name that a new one may have. Raises `not_allowed`, `field.many` and what `read_name` raises."""
        require(actor, Action.FIELD_EDIT)
        async with self._db.read() as uow:
            return new_name(await uow.fields.of(subject), typed)

    async def add(
        self, actor: Actor, subject: FieldSubject, name: str, kind: FieldKind, options: str = ""
    ) -> FieldCard:
        """A new one, as the last; `options` one by line where its values are chosen.

        Raises `not_allowed`, `field.many`, `field.one_option`, what `read_name` and `read_options` raise.
        """
        require(actor, Action.FIELD_EDIT)
        async with self._db.write(actor.cause) as uow:
            listed = read_options(options) if kind in CHOSEN else ()
            if len(listed) == 1:
                raise AppError("field.one_option")
            return await self._add(uow, actor, subject, name, kind, listed)

    async def take_ready(self, actor: Actor, subject: FieldSubject, code: str) -> FieldCard:
        """A ready one. Raises as `add`, and `field.not_found` for a code that there is not."""
        require(actor, Action.FIELD_EDIT)
        ready = find_ready(subject, code)
        if ready is None:
            raise NotFoundError("field")
        async with self._db.write(actor.cause) as uow:
            words = ready.wording((await the_workspace(uow)).language)
            listed = read_options("\n".join(words.options))
            return await self._add(uow, actor, subject, words.name, ready.kind, listed, code)

    async def rename(self, actor: Actor, field_id: int, typed: str) -> FieldCard:
        """Raises `not_allowed`, `field.not_found` and what `read_name` raises."""
        require(actor, Action.FIELD_EDIT)
        async with self._db.write(actor.cause) as uow:
            row, held = await held_field(uow, field_id)
            before = row.name
            row.name = read_name(typed, [one.name for one in held if one is not row])
            return await self._changed(uow, actor, row, held, {"name": (before, row.name)})

    async def list_options(self, actor: Actor, field_id: int, typed: str) -> FieldCard:
        """Another list of choices, one by line. A choice that is not named any more is offered no more;
        whatever has it keeps it, and so does the list as long as anything has.

        Raises `not_allowed`, `field.not_found`, `field.not_listed` and what `read_options` raises.
        """
        require(actor, Action.FIELD_EDIT)
        async with self._db.write(actor.cause) as uow:
            row, held = await held_field(uow, field_id)
            field = field_of(row)
            if field.kind not in CHOSEN:
                raise AppError("field.not_listed")
            options = read_options(typed, field.options)
            kept = [one for one in options if not one.gone or await uow.fields.filled(row.id, one.id)]
            row.options = kept_options(kept)
            changes = {"options": (names_of(field.options), names_of(kept))}
            return await self._changed(uow, actor, row, held, {**changes})

    async def shift(self, actor: Actor, field_id: int, position: int, *, later: bool) -> FieldCard:
        """Let it change places with the next one, or with the one before it.

        `position`: where it stood among those in use when this was wished for, else `stale`.
        Raises `not_allowed`, `field.not_found`.
        """
        require(actor, Action.FIELD_EDIT)
        async with self._db.write(actor.cause) as uow:
            row, held = await held_field(uow, field_id)
            used = [one for one in held if one.archived_at is None]
            there = position + (1 if later else -1)
            if row.archived_at is not None or used.index(row) != position or not 0 <= there < len(used):
                raise StaleError
            used[position], used[there] = used[there], used[position]
            renumber([*used, *(one for one in held if one.archived_at is not None)])
            return await self._changed(uow, actor, row, held, {"position": (position, there)})

    async def show_to_finance(self, actor: Actor, field_id: int, *, on: bool) -> FieldCard:
        """Whether whoever only settles deals sees it. Raises `not_allowed`, `field.not_found`."""
        require(actor, Action.FIELD_EDIT)
        async with self._db.write(actor.cause) as uow:
            row, held = await held_field(uow, field_id)
            before, row.finance = row.finance, on
            return await self._changed(uow, actor, row, held, {"finance": (before, on)})

    async def hide(self, actor: Actor, field_id: int, *, on: bool) -> FieldCard:
        """Take it out of use, or into use again as the last; its values are kept.

        Raises `not_allowed`, `field.not_found`.
        """
        require(actor, Action.FIELD_EDIT)
        async with self._db.write(actor.cause) as uow:
            row, held = await held_field(uow, field_id)
            before = row.archived_at is not None
            row.archived_at = self._clock.now() if on else None
            renumber([one for one in held if one is not row] + [row])
            return await self._changed(uow, actor, row, held, {"hidden": (before, on)})

    async def drop(self, actor: Actor, field_id: int, filled: int) -> FieldList:
        """Delete it, with what it says of so many, for thirty days in which it may come back.

        Raises `not_allowed`, `field.not_found`, `stale` if they are more by now.
        """
        require(actor, Action.FIELD_EDIT)
        async with self._db.write(actor.cause) as uow:
            row, held = await held_field(uow, field_id)
            count = await uow.fields.filled(field_id)
            if count > filled:
                raise StaleError
            row.dropped_at = self._clock.now()
            row.archived_at = row.archived_at or row.dropped_at
            left = [one for one in held if one is not row]
            renumber(left)
            changes: history.Changes = {"dropped": (row.name, None), "values": (count, 0)}
            await self._record(uow, actor, field_id, changes)
            return await listed(uow, FieldSubject(row.subject), left, row.dropped_at)

    async def _add(
        self,
        uow: UnitOfWork,
        actor: Actor,
        subject: FieldSubject,
        name: str,
        kind: FieldKind,
        options: Sequence[Option],
        key: str = "",
    ) -> FieldCard:
        row = await make_field(uow, self._clock.now(), subject, name, kind, options, key)
        held = await uow.fields.of(subject)
        changes: history.Changes = {"name": (None, row.name), "kind": (None, kind.value)}
        return await self._changed(uow, actor, row, held, changes)

    async def _changed(
        self,
        uow: UnitOfWork,
        actor: Actor,
        row: CustomField,
        held: Sequence[CustomField],
        changes: history.Changes,
    ) -> FieldCard:
        await uow.fields.flush()
        await self._record(uow, actor, row.id, {"subject": (row.subject, row.subject), **changes})
        return await field_card(uow, row, sorted(held, key=lambda one: (one.position, one.id)))

    async def _record(self, uow: UnitOfWork, actor: Actor, field_id: int, changes: history.Changes) -> None:
        await history.record(uow, actor, self._clock.now(), Action.FIELD_EDIT, "field", field_id, changes)
