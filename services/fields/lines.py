"""The fields of a subject with what they say, for its card."""

from collections.abc import Iterable

from db.models import CustomField, FieldValue
from db.uow import UnitOfWork
from services.dto.fields import FieldLine, FieldSubject
from services.fields.shape import field_of
from services.fields.values import value_of


async def field_lines(
    uow: UnitOfWork, subject: FieldSubject, subject_id: int, *, talks: bool = True
) -> tuple[FieldLine, ...]:
    """Every field in use of a subject, in order; without `talks` only those that finance sees."""
    return lines_of(await uow.fields.sheet(subject, subject_id), talks=talks)


def lines_of(
    found: Iterable[tuple[CustomField, list[FieldValue]]], *, talks: bool = True
) -> tuple[FieldLine, ...]:
    """The same of what was read already."""
    fields = ((field_of(row), values) for row, values in found if talks or row.finance)
    return tuple(FieldLine(field, value_of(field, values)) for field, values in fields)
