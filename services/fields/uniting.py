"""What the fields of two clients say once they are one, and again two.

What the one that is gone says stays with its number, so that it is there when that comes back.
"""

from collections.abc import Sequence

from db.uow import UnitOfWork
from services.fields.shape import field_of
from services.fields.values import rows_of, value_of, words_of

FIELDS = "field_value"
"""Under which name a uniting keeps the fields that the one that stays has from the other one."""


async def unite_fields(uow: UnitOfWork, kind: str, kept_id: int, gone_id: int) -> list[int]:
    """Let the one that stays say what only the other one says; the ids of these fields."""
    said = await uow.fields.values_of(kind, [kept_id, gone_id])
    mine, theirs = said.get(kept_id, {}), said.get(gone_id, {})
    taken = []
    for row in await uow.fields.of(kind) if theirs else []:
        value = value_of(field_of(row), theirs.get(row.id, []))
        if value is not None and row.id not in mine:
            field = field_of(row)
            await uow.fields.put(row, kept_id, rows_of(field, value), words_of(field, value))
            taken.append(row.id)
    return taken


async def part_fields(uow: UnitOfWork, kind: str, kept_id: int, taken: Sequence[int]) -> None:
    """Let the one that stayed say no more what it had from the other one."""
    for row in await uow.fields.of(kind) if taken else []:
        if row.id in taken:
            await uow.fields.put(row, kept_id, [], [])
