"""Custom fields, and what they say of leads, contacts, companies and deals."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)

from db.models import CustomField, FieldValue, FieldWord, Workspace
from db.repositories.base import Repository

FIELD, VALUE, WORD = (cast("Table", kept.__table__) for kept in (CustomField, FieldValue, FieldWord))

_KEPT = (
    select(CustomField)
    .where(CustomField.subject == bindparam("subject"))
    .order_by(CustomField.position, CustomField.id)
)
_OF = _KEPT.where(CustomField.dropped_at.is_(None))
_USED = _OF.where(CustomField.archived_at.is_(None))
_WHOLE_SHEET = (
    select(CustomField, FieldValue)
    .outerjoin(
        FieldValue,
        and_(
            FieldValue.subject == bindparam("subject"),
            FieldValue.subject_id == bindparam("of_id"),
            FieldValue.field_id == CustomField.id,
        ),
    )
    .where(CustomField.subject == bindparam("subject"))
    .order_by(CustomField.position, CustomField.id, FieldValue.item)
    .execution_options(populate_existing=True)  # values are replaced as rows, past what a session holds
)
_SHEET = _WHOLE_SHEET.where(CustomField.archived_at.is_(None))


SCORING = select(Workspace.scoring).where(Workspace.id == 1).scalar_subquery()
"""The rules of score and probability: cards ask along with what they read anyway."""


def field_is_made(subject: str) -> ColumnElement[bool]:
    """That there is a field of this kind of subject: cards ask along with what they read anyway."""
    whose = CustomField.subject == literal(subject, literal_execute=True)
    return exists().where(whose, CustomField.archived_at.is_(None))


class FieldRepository(Repository):
    """Fields in their order; a field's values are its rows by item."""

    async def of(self, subject: str) -> list[CustomField]:
        """All fields of a kind of subject, hidden ones among them."""
        return list((await self.session.scalars(_OF, {"subject": subject})).all())

    async def kept(self, subject: str) -> list[CustomField]:
        """The same with those that were deleted and may still come back."""
        return list((await self.session.scalars(_KEPT, {"subject": subject})).all())

    async def dropped(self, subject: str, since: datetime) -> list[CustomField]:
        """Those that were deleted since a moment."""
        query = _KEPT.where(CustomField.dropped_at >= since)
        return list((await self.session.scalars(query, {"subject": subject})).all())

    async def expired(self, before: datetime, limit: int) -> list[CustomField]:
        """Those of any kind of subject that were deleted before a moment."""
        query = select(CustomField).where(CustomField.dropped_at < before).order_by(CustomField.id)
        return list((await self.session.scalars(query.limit(limit))).all())

    async def used(self, subject: str) -> list[CustomField]:
        """Those in use."""
        return list((await self.session.scalars(_USED, {"subject": subject})).all())

    async def get(self, field_id: int) -> CustomField | None:
        """One field, unless it was deleted."""
        found = await self.session.get(CustomField, field_id)
        return found if found is not None and found.dropped_at is None else None

    async def get_dropped(self, field_id: int, since: datetime) -> CustomField | None:
        """One that was deleted since a moment."""
        found = await self.session.get(CustomField, field_id)
        at = found.dropped_at if found is not None else None
        return found if at is not None and at >= since else None

    async def hold(self, subject: str) -> list[CustomField]:
        """All fields of a kind of subject, as they stand now; nobody else changes any until the end.

        The company's own row is the lock: there may be no field yet.
        """
        await self.session.execute(select(Workspace.id).with_for_update(key_share=True))
        query = _OF.execution_options(populate_existing=True)
        return list((await self.session.scalars(query, {"subject": subject})).all())

    async def sheet(
        self, subject: str, subject_id: int, *, whole: bool = False
    ) -> list[tuple[CustomField, list[FieldValue]]]:
        """The fields in use with what they say of one subject, in one query; `whole`: and all others."""
        given = {"subject": subject, "of_id": subject_id}
        found: dict[int, tuple[CustomField, list[FieldValue]]] = {}
        for field, value in await self.session.execute(_WHOLE_SHEET if whole else _SHEET, given):
            found.setdefault(field.id, (field, []))[1].extend([value] if value is not None else [])
        return list(found.values())

    async def values_of(self, subject: str, ids: Collection[int]) -> dict[int, dict[int, list[FieldValue]]]:
        """What all fields say of several subjects: by subject and field."""
        query = (
            select(FieldValue)
            .where(FieldValue.subject == subject, FieldValue.subject_id.in_(sorted(ids)))
            .order_by(FieldValue.subject_id, FieldValue.field_id, FieldValue.item)
            .execution_options(populate_existing=True)
        )
        found: dict[int, dict[int, list[FieldValue]]] = defaultdict(lambda: defaultdict(list))
        for value in await self.session.scalars(query):
            found[value.subject_id][value.field_id].append(value)
        return found

    async def put(
        self,
        field: CustomField,
        subject_id: int,
        rows: Iterable[Mapping[str, Any]],
        words: Iterable[str],
    ) -> None:
        """Let a field say this of a subject and nothing else."""
        here = {"subject": field.subject, "subject_id": subject_id, "field_id": field.id}
        await self.session.execute(
            delete(FieldValue)
            .where(
                FieldValue.subject == field.subject,
                FieldValue.subject_id == subject_id,
                FieldValue.field_id == field.id,
            )
            .execution_options(synchronize_session=False)
        )
        await self.session.execute(
            delete(FieldWord)
            .where(FieldWord.subject_id == subject_id, FieldWord.field_id == field.id)
            .execution_options(synchronize_session=False)
        )
        if made := [{**here, **row} for row in rows]:
            await self.session.execute(insert(VALUE), made)
        if kept := [{"field_id": field.id, "subject_id": subject_id, "word": word} for word in words]:
            await self.session.execute(insert(WORD), kept)

    async def fill(self, rows: Sequence[Mapping[str, Any]], words: Sequence[Mapping[str, Any]]) -> None:
        """Let fields say something of subjects of which they say nothing yet."""
        if rows:
            await self.session.execute(insert(VALUE), list(rows))
        if words:
            await self.session.execute(insert(WORD), list(words))

    async def empty(self, field: CustomField, ids: Collection[int]) -> None:
        """Let a field say nothing of these subjects any more."""
        values = delete(FieldValue).where(FieldValue.subject == field.subject)
        values = values.where(FieldValue.subject_id.in_(sorted(ids)), FieldValue.field_id == field.id)
        words = delete(FieldWord).where(FieldWord.subject_id.in_(sorted(ids)), FieldWord.field_id == field.id)
        for change in (values, words):
            await self.session.execute(change.execution_options(synchronize_session=False))

    async def filled(self, field_id: int, option: int | None = None) -> int:
        """How many subjects have a value; `option`: this one of those that are chosen from."""
        query = select(func.count(FieldValue.subject_id.distinct())).where(FieldValue.field_id == field_id)
        if option is not None:
            query = query.where(FieldValue.number == option)
        return await self.session.scalar(query) or 0

    async def remove(self, field: CustomField) -> None:
        """Delete a field with all that it says; nothing is copied into it any more."""
        for rule in (FIELD.c.to_deal, FIELD.c.to_contact):
            await self.session.execute(update(FIELD).where(rule == field.id).values({rule: None}))
        for kept in (FieldWord, FieldValue):
            await self.session.execute(
                delete(kept).where(kept.field_id == field.id).execution_options(synchronize_session=False)
            )
        await self.session.delete(field)
        await self.session.flush()

    async def forget(self, subject: str, ids: Sequence[int]) -> None:
        """Delete what all fields say of subjects that are deleted themselves."""
        if not ids:
            return
        own = select(CustomField.id).where(CustomField.subject == subject)
        for change in (
            delete(FieldWord).where(FieldWord.subject_id.in_(ids), FieldWord.field_id.in_(own)),
            delete(FieldValue).where(FieldValue.subject == subject, FieldValue.subject_id.in_(ids)),
        ):
            await self.session.execute(change.execution_options(synchronize_session=False))
