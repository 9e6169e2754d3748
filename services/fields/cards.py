"""Fields in hand for a change, made, and as whoever makes them sees them."""

from collections.abc import Sequence
from datetime import datetime

from db.models import CustomField
from db.uow import UnitOfWork
from services.dto.fields import FieldCard, FieldKind, FieldList, FieldSubject, Option
from services.errors import AppError, NotFoundError
from services.fields.copying import RULES
from services.fields.entry import code_of
from services.fields.ready import ready_for
from services.fields.shape import MONEY_KINDS, MOST, field_of, kept_options, key_of, read_name


async def make_field(
    uow: UnitOfWork,
    now: datetime,
    subject: FieldSubject,
    name: str,
    kind: FieldKind,
    options: Sequence[Option],
    key: str = "",
) -> CustomField:
    """A new field, as the last; nobody else changes any until the end. Raises as `new_name`."""
    held = await uow.fields.hold(subject)
    name, taken = new_name(held, name), {one.key for one in await uow.fields.kept(subject)}
    row = CustomField(
        subject=subject,
        key=key if key and key not in taken else key_of(name, taken),
        name=name,
        kind=kind,
        position=len(held),
        options=kept_options(options),
        finance=kind in MONEY_KINDS,
        created_at=now,
    )
    uow.fields.add(row)
    await uow.fields.flush()
    return row


async def held_field(uow: UnitOfWork, field_id: int) -> tuple[CustomField, list[CustomField]]:
    """A field in hand with all of its subject. Raises `field.not_found`."""
    row = await uow.fields.get(field_id)
    held = await uow.fields.hold(row.subject) if row is not None else []
    found = next((one for one in held if one.id == field_id), None)
    if found is None:
        raise NotFoundError("field")
    return found, held


def new_name(rows: Sequence[CustomField], typed: str) -> str:
    """A name that a new one may have. Raises `field.many` and what `read_name` raises."""
    if len(rows) >= MOST:
        raise AppError("field.many", most=MOST)
    return read_name(typed, [one.name for one in rows])


def renumber(rows: Sequence[CustomField]) -> None:
    """Let them stand in this order."""
    for position, row in enumerate(rows):
        row.position = position


def names_of(options: Sequence[Option]) -> str:
    """What may be chosen, as the history tells it."""
    return ", ".join(one.name for one in options if not one.gone)


def field_list(
    subject: FieldSubject, rows: Sequence[CustomField], dropped: Sequence[CustomField]
) -> FieldList:
    """The fields of a kind of subject, the ready ones that are not there yet, and what may come back."""
    fields, gone = [field_of(row) for row in rows], [field_of(row) for row in dropped]
    known = {one.key for one in (*fields, *gone)}
    return FieldList(
        subject,
        tuple(one for one in fields if not one.archived),
        tuple(one for one in fields if one.archived),
        tuple(one.code for one in ready_for(subject) if one.code not in known),
        tuple(gone),
    )


async def field_card(uow: UnitOfWork, row: CustomField, rows: Sequence[CustomField]) -> FieldCard:
    """A field with where it stands among those in use."""
    used = [one.id for one in rows if one.archived_at is None]
    place = used.index(row.id) if row.id in used else None
    return FieldCard(
        field=field_of(row),
        place=place or 0,
        up=bool(place),
        down=place is not None and place < len(used) - 1,
        filled=await uow.fields.filled(row.id),
        copies=await _copies(uow, row),
        stages=tuple(await uow.pipelines.asking_for(code_of(row.id))) if row.subject == "deal" else (),
    )


async def _copies(uow: UnitOfWork, row: CustomField) -> tuple[tuple[FieldSubject, str], ...]:
    found = []
    for subject, rule in RULES.items():
        target = await uow.fields.get(getattr(row, rule)) if getattr(row, rule) else None
        if target is not None and target.archived_at is None:
            found.append((subject, target.name))
    return tuple(found)
