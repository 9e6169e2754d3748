"""Fields that other programs and files fill by their keys."""

from collections.abc import Mapping

from db.models import CustomField
from db.uow import UnitOfWork
from services.dto.fields import FieldSubject
from services.errors import AppError
from services.fields.entry import Filled
from services.fields.reading import Where, read_value
from services.fields.shape import field_of
from services.understanding.fold import fold


class FieldsWrongError(AppError):
    """Some of them cannot be taken; `faults` by key: the code of what is wrong, and its parameters."""

    def __init__(self, faults: Mapping[str, AppError]) -> None:
        super().__init__("fields.wrong")
        self.faults = faults


async def read_given(
    uow: UnitOfWork, subject: FieldSubject, given: Mapping[str, str], where: Where, *, clears: bool = False
) -> list[Filled]:
    """What was given for fields by their keys, or names, read as if it were typed.

    `clears`: also what takes a value away. Raises FieldsWrongError, also for a key that there is not
    (`field.unknown`), and for a field that was given before (`field.twice`).
    """
    if not given:
        return []
    rows = by_key(await uow.fields.used(subject))
    filled, faults, seen = list[Filled](), dict[str, AppError](), set[int]()
    for key, typed in given.items():
        row = rows.get(fold(key))
        if row is None:
            faults[key] = AppError("field.unknown")
            continue
        if row.id in seen:
            faults[key] = AppError("field.twice")
            continue
        seen.add(row.id)
        try:
            value = read_value(field_of(row), typed, where)
        except AppError as error:
            faults[key] = error
            continue
        if value is not None or clears:
            filled.append(Filled(row, value, None))
    if faults:
        raise FieldsWrongError(faults)
    return filled


def by_key(rows: list[CustomField]) -> dict[str, CustomField]:
    """Fields by what a file or a program may call them: the key, and the name where no key is the same."""
    return {fold(row.name): row for row in rows} | {fold(row.key): row for row in rows}
