"""What the fields of two clients say once they are one, and again two.

What the one that is gone says stays with its number, so that it is there when that comes back; what the one
that stays said where the other one's is taken is kept with the uniting.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from db.models import CustomField, FieldValue
from db.uow import UnitOfWork
from services.dto.fields import Value
from services.fields.shape import field_of
from services.fields.values import rows_of, value_of, words_of

FIELDS, FORMER = "field_value", "field_value_was"
"""Under which names a uniting keeps the fields that the one that stays has from the other one, and the rows
of what it said there before."""
OFFERED = 10
"""Of more fields in which they differ the one that stays keeps its own."""
_COLUMNS = ("field_id", "item", "number", "text", "data")

Said = dict[int, list[FieldValue]]
Differing = tuple[CustomField, Value, Value]


async def differing_fields(uow: UnitOfWork, kind: str, kept_id: int, gone_id: int) -> list[Differing]:
    """The fields in use in which both say something, and not the same, with what they say; in their order."""
    said = await uow.fields.values_of(kind, [kept_id, gone_id])
    return [
        (row, mine, theirs)
        for row in (await uow.fields.of(kind) if len(said) > 1 else [])
        if row.archived_at is None
        if (mine := _says(row, said.get(kept_id, {}))) is not None
        and (theirs := _says(row, said.get(gone_id, {}))) is not None
        and mine != theirs
    ][:OFFERED]


async def unite_fields(
    uow: UnitOfWork, kind: str, kept_id: int, gone_id: int, picked: Collection[int] = ()
) -> dict[str, list[Any]]:
    """Let the one that stays say what only the other one says, and what it says in the fields `picked`.

    What a uniting keeps of it, to take it back.
    """
    said = await uow.fields.values_of(kind, [kept_id, gone_id])
    mine, theirs = said.get(kept_id, {}), said.get(gone_id, {})
    taken, former = [], []
    for row in await uow.fields.kept(kind) if theirs else []:
        if _says(row, theirs) is not None and (row.id not in mine or row.id in picked):
            former += [_kept(one) for one in mine.get(row.id, [])]
            await _put(uow, row, kept_id, theirs.get(row.id, []))
            taken.append(row.id)
    return {FIELDS: taken, FORMER: former}


async def part_fields(
    uow: UnitOfWork, kind: str, kept_id: int, gone_id: int, moved: Mapping[str, Sequence[Any]]
) -> None:
    """Let the one that stayed say again what it said before, unless somebody has changed it since."""
    taken = moved.get(FIELDS, [])
    if not taken:
        return
    said = await uow.fields.values_of(kind, [kept_id, gone_id])
    mine, theirs = said.get(kept_id, {}), said.get(gone_id, {})
    for row in await uow.fields.kept(kind):
        if row.id in taken and _says(row, mine) == _says(row, theirs):
            was = [one for one in moved.get(FORMER, []) if one["field_id"] == row.id]
            await _put(uow, row, kept_id, [FieldValue(**one) for one in was])


def _says(row: CustomField, said: Said) -> Value | None:
    return value_of(field_of(row), said.get(row.id, []))


async def _put(uow: UnitOfWork, row: CustomField, subject_id: int, values: Sequence[FieldValue]) -> None:
    field = field_of(row)
    value = value_of(field, values)
    await uow.fields.put(row, subject_id, rows_of(field, value), words_of(field, value))


def _kept(value: FieldValue) -> dict[str, Any]:
    return {name: getattr(value, name) for name in _COLUMNS}
