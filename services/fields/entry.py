"""Fields of the company's own that a stage asks for, as they are answered on the way into it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.models import CustomField
from db.uow import UnitOfWork
from services import history
from services.dto.fields import CHOSEN, Field, FieldKind, FieldSubject, Value
from services.dto.talk import FileKind, SentFile
from services.errors import AppError
from services.fields.answers import told_lines
from services.fields.reading import Where, read_value
from services.fields.shape import field_of
from services.fields.values import options_of, rows_of, value_of, words_of

Answers = Mapping[str, Mapping[str, Any]]
"""By the code of a field what was answered: its `text`, its `file`, or the `ids` of what was pressed."""
_CODE = re.compile(r"f([0-9]{1,13})")


@dataclass(frozen=True, slots=True)
class Filled:
    """A field that is filled on the way; no value: it is emptied."""

    row: CustomField
    value: Value | None
    before: Value | None


def code_of(field_id: int) -> str:
    """By which a stage names a field among those that it asks for."""
    return f"f{field_id}"


def field_in(code: str) -> int | None:
    """The field that a code names; none if it names something else."""
    found = _CODE.fullmatch(code)
    return int(found[1]) if found else None


async def missing_fields(uow: UnitOfWork, deal_id: int, required: Sequence[str]) -> list[str]:
    """The codes of the fields in use that a stage asks for and that say nothing of a deal yet."""
    asked = {code for code in required if field_in(code) is not None}
    if not asked:
        return []
    sheet = await uow.fields.sheet(FieldSubject.DEAL, deal_id)
    empty = {code_of(row.id) for row, values in sheet if not values}
    return [code for code in required if code in asked & empty]


async def read_answers(uow: UnitOfWork, deal_id: int, answers: Answers, where: Where) -> list[Filled]:
    """What was answered, read. Raises what `reading.read_value` raises; fields that are gone are left out."""
    if not answers:
        return []
    filled = []
    for row, values in await uow.fields.sheet(FieldSubject.DEAL, deal_id):
        if answer := answers.get(code_of(row.id)):
            field = field_of(row)
            value = answered(field, answer, where)
            if value is None:
                raise AppError("field.empty")
            filled.append(Filled(row, value, value_of(field, values)))
    return filled


def answered(field: Field, answer: Mapping[str, Any], where: Where) -> Value | None:
    """The value that an answer means."""
    if "ids" not in answer:
        file = answer.get("file")
        sent = SentFile(**{**file, "kind": FileKind(file["kind"])}) if file else None
        return read_value(field, str(answer.get("text") or ""), where, sent)
    ids = [int(one) for one in answer["ids"]]
    if field.kind is FieldKind.FLAG:
        return bool(ids[-1]) if ids else None
    if field.kind not in CHOSEN or not set(ids) <= {one.id for one in field.offered}:
        raise AppError("field.bad_choice", name="?")
    return options_of(field, ids if field.kind is FieldKind.CHOICES else ids[-1:]) or None


async def keep(uow: UnitOfWork, deal_id: int, filled: Iterable[Filled]) -> None:
    """Write them; the deal itself was compared and set before."""
    for one in filled:
        field = field_of(one.row)
        await uow.fields.put(one.row, deal_id, rows_of(field, one.value), words_of(field, one.value))


def told_with(filled: Sequence[Filled]) -> history.Changes:
    """What the event of a move tells of them."""
    return told_lines((field_of(one.row), one.before, one.value) for one in filled)
