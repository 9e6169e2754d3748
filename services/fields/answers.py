"""What a field says, what is answered to it, and what the history tells of that."""

from collections.abc import Collection, Iterable
from datetime import datetime

from db.models import CustomField
from db.uow import UnitOfWork
from services import history
from services.access import Actor
from services.dto.fields import Field, FieldKind, FieldSubject, Value
from services.errors import AppError, NotFoundError
from services.fields.reading import Where
from services.fields.shape import field_of
from services.fields.values import told, value_of
from services.workspace import the_workspace

NEVER_TOLD = frozenset({FieldKind.PHONE})
"""Of these the history tells that they changed, not from what to what: a client's own, see `lead_changes`."""


async def reading_place(uow: UnitOfWork, actor: Actor, now: datetime) -> Where:
    """What reading a value takes of the company and of the actor's day."""
    workspace = await the_workspace(uow)
    today = now.astimezone(actor.zone).date()
    return Where(today, workspace.region, workspace.currency, forgives=True)


async def used_field(uow: UnitOfWork, subject: FieldSubject, field_id: int) -> CustomField:
    """A field in use of this kind of subject. Raises `field.not_found`."""
    row = await uow.fields.get(field_id)
    if row is None or row.subject != subject or row.archived_at is not None:
        raise NotFoundError("field")
    return row


async def said(uow: UnitOfWork, row: CustomField, subject_id: int) -> Value | None:
    """What a field says of a subject."""
    kept = await uow.fields.values_of(row.subject, [subject_id])
    return value_of(field_of(row), kept.get(subject_id, {}).get(row.id, []))


def told_changes(field: Field, before: Value | None, after: Value | None) -> history.Changes:
    """What the history tells of a field that says something else."""
    old, new = _told(field, before), _told(field, after)
    return {"field": (field.id, field.name), "kind": (None, field.kind.value), "value": (old, new)}


def told_lines(changed: Iterable[tuple[Field, Value | None, Value | None]]) -> history.Changes:
    """The same of several at once, beside what else has changed: each with what it said, and says now."""
    lines = [
        [field.name, field.kind.value, _told(field, before), _told(field, after)]
        for field, before, after in changed
    ]
    return {"fields": (None, lines)} if lines else {}


def _told(field: Field, value: Value | None) -> object:
    return value is not None if field.kind in NEVER_TOLD else told(value)


def chosen(field: Field, before: Value | None, choice: int) -> Value | None:
    """What a field says once a button was pressed. Raises `field.bad_choice`."""
    if field.kind is FieldKind.FLAG:
        return None if before is bool(choice) else bool(choice)
    option = next((one for one in field.offered if one.id == choice), None)
    if field.kind is not FieldKind.CHOICE or option is None:
        raise AppError("field.bad_choice", name="?")
    return None if before == (option,) else (option,)


def ticked(field: Field, before: Value | None, choices: Collection[int]) -> Value | None:
    """What a field of several choices says once these were ticked; what it says already may stay.

    Raises `field.bad_choice`.
    """
    has = before if isinstance(before, tuple) else ()
    known = {one.id for one in (*field.offered, *has)}
    if field.kind is not FieldKind.CHOICES or not known.issuperset(choices):
        raise AppError("field.bad_choice", name="?")
    return tuple(one for one in field.options if one.id in choices) or None
