"""Custom fields made, renamed, put in order, hidden and deleted by owner and heads."""

from collections.abc import Sequence

from db.models import CustomField
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.clock import Clock
from services.dto.fields import CHOSEN, FieldCard, FieldKind, FieldList, FieldSubject, Option
from services.errors import AppError, NotFoundError, StaleError
from services.fields.ready import find_ready, ready_for
from services.fields.shape import (
    MONEY_KINDS,
    MOST,
    field_of,
    kept_options,
    key_of,
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
            return _list(subject, await uow.fields.of(subject))

    async def card(self, actor: Actor, field_id: int) -> FieldCard:
        """One of them. Raises `not_allowed`, `field.not_found`."""
        require(actor, Action.FIELD_EDIT)
        async with self._db.read() as uow:
            row = await uow.fields.get(field_id)
            if row is None:
                raise NotFoundError("field")
            return await _card(uow, row, await uow.fields.of(row.subject))

    async def check_name(self, actor: Actor, subject: FieldSubject, typed: str) -> str:
        """A name that a new one may have. Raises `not_allowed`, `field.many` and what `read_name` raises."""
        require(actor, Action.FIELD_EDIT)
        async with self._db.read() as uow:
            return _new_name(await uow.fields.of(subject), typed)

    async def add(
        self, actor: Actor, subject: FieldSubject, name: str, kind: FieldKind, options: str = ""
    ) -> FieldCard:
        """A new one, as the last; `options` one by line where its values are chosen.

        Raises `not_allowed`, `field.many`, what `read_name` and `read_options` raise.
        """
        require(actor, Action.FIELD_EDIT)
        async with self._db.write(actor.cause) as uow:
            listed = read_options(options) if kind in CHOSEN else ()
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
            row, held = await _hold(uow, field_id)
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
            row, held = await _hold(uow, field_id)
            field = field_of(row)
            if field.kind not in CHOSEN:
                raise AppError("field.not_listed")
            options = read_options(typed, field.options)
            kept = [one for one in options if not one.gone or await uow.fields.filled(row.id, one.id)]
            row.options = kept_options(kept)
            changes = {"options": (_names(field.options), _names(kept))}
            return await self._changed(uow, actor, row, held, {**changes})

    async def shift(self, actor: Actor, field_id: int, position: int, *, later: bool) -> FieldCard:
        """Let it change places with the next one, or with the one before it.

        `position`: where it stood among those in use when this was wished for, else `stale`.
        Raises `not_allowed`, `field.not_found`.
        """
        require(actor, Action.FIELD_EDIT)
        async with self._db.write(actor.cause) as uow:
            row, held = await _hold(uow, field_id)
            used = [one for one in held if one.archived_at is None]
            there = position + (1 if later else -1)
            if row.archived_at is not None or used.index(row) != position or not 0 <= there < len(used):
                raise StaleError
            used[position], used[there] = used[there], used[position]
            _number([*used, *(one for one in held if one.archived_at is not None)])
            return await self._changed(uow, actor, row, held, {"position": (position, there)})

    async def show_to_finance(self, actor: Actor, field_id: int, *, on: bool) -> FieldCard:
        """Whether whoever only settles deals sees it. Raises `not_allowed`, `field.not_found`."""
        require(actor, Action.FIELD_EDIT)
        async with self._db.write(actor.cause) as uow:
            row, held = await _hold(uow, field_id)
            before, row.finance = row.finance, on
            return await self._changed(uow, actor, row, held, {"finance": (before, on)})

    async def hide(self, actor: Actor, field_id: int, *, on: bool) -> FieldCard:
        """Take it out of use, or into use again as the last; its values are kept.

        Raises `not_allowed`, `field.not_found`.
        """
        require(actor, Action.FIELD_EDIT)
        async with self._db.write(actor.cause) as uow:
            row, held = await _hold(uow, field_id)
            before = row.archived_at is not None
            row.archived_at = self._clock.now() if on else None
            _number([one for one in held if one is not row] + [row])
            return await self._changed(uow, actor, row, held, {"hidden": (before, on)})

    async def drop(self, actor: Actor, field_id: int, filled: int) -> FieldList:
        """Delete it for good, with what it says of so many; `stale` if they are more by now.

        Raises `not_allowed`, `field.not_found`, `field.required` while a stage asks for it.
        """
        require(actor, Action.FIELD_EDIT)
        async with self._db.write(actor.cause) as uow:
            row, held = await _hold(uow, field_id)
            count = await uow.fields.filled(field_id)
            if count > filled:
                raise StaleError
            subject = FieldSubject(row.subject)
            changes: history.Changes = {"dropped": (row.name, None), "values": (count, 0)}
            await uow.fields.remove(row)
            await self._record(uow, actor, field_id, changes)
            return _list(subject, [one for one in held if one is not row])

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
        held = await uow.fields.hold(subject)
        name, taken = _new_name(held, name), {one.key for one in held}
        row = CustomField(
            subject=subject,
            key=key if key and key not in taken else key_of(name, taken),
            name=name,
            kind=kind,
            position=len(held),
            options=kept_options(options),
            finance=kind in MONEY_KINDS,
            created_at=self._clock.now(),
        )
        uow.fields.add(row)
        await uow.fields.flush()
        changes: history.Changes = {"name": (None, name), "kind": (None, kind.value)}
        return await self._changed(uow, actor, row, [*held, row], changes)

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
        return await _card(uow, row, sorted(held, key=lambda one: (one.position, one.id)))

    async def _record(self, uow: UnitOfWork, actor: Actor, field_id: int, changes: history.Changes) -> None:
        await history.record(uow, actor, self._clock.now(), Action.FIELD_EDIT, "field", field_id, changes)


async def _hold(uow: UnitOfWork, field_id: int) -> tuple[CustomField, list[CustomField]]:
    """A field in hand with all of its subject. Raises `field.not_found`."""
    row = await uow.fields.get(field_id)
    held = await uow.fields.hold(row.subject) if row is not None else []
    found = next((one for one in held if one.id == field_id), None)
    if found is None:
        raise NotFoundError("field")
    return found, held


def _new_name(rows: Sequence[CustomField], typed: str) -> str:
    if len(rows) >= MOST:
        raise AppError("field.many", most=MOST)
    return read_name(typed, [one.name for one in rows])


def _number(rows: Sequence[CustomField]) -> None:
    for position, row in enumerate(rows):
        row.position = position


def _names(options: Sequence[Option]) -> str:
    return ", ".join(one.name for one in options if not one.gone)


def _list(subject: FieldSubject, rows: Sequence[CustomField]) -> FieldList:
    fields = [field_of(row) for row in rows]
    known = {one.key for one in fields}
    return FieldList(
        subject,
        tuple(one for one in fields if not one.archived),
        tuple(one for one in fields if one.archived),
        tuple(one.code for one in ready_for(subject) if one.code not in known),
    )


async def _card(uow: UnitOfWork, row: CustomField, rows: Sequence[CustomField]) -> FieldCard:
    """A field with where it stands among those in use."""
    used = [one.id for one in rows if one.archived_at is None]
    place = used.index(row.id) if row.id in used else None
    return FieldCard(
        field=field_of(row),
        place=place or 0,
        up=bool(place),
        down=place is not None and place < len(used) - 1,
        filled=await uow.fields.filled(row.id),
    )
