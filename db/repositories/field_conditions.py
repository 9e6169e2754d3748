"""By the value of a field: the condition that lists, filters, reports and rules ask for."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, select, true
from sqlalchemy.orm import InstrumentedAttribute

from db.models import FieldValue, FieldWord

_LAST = "\U0010ffff"
ENDING = "~"
"""Before the digits of a phone, the last one first: so its end is found as a beginning."""


@dataclass(frozen=True, slots=True)
class FieldCondition:
    """What a field has to say; where neither bounds nor words are given, anything; or that it is `empty`.

    `low` and `high` are numbers as `services.fields.values` keeps them, both included: the option's own for a
    choice, 0 or 1 for yes or no. `words` are folded, and each begins one of the value's.
    """

    field_id: int
    low: int | None = None
    high: int | None = None
    words: tuple[str, ...] = ()
    any_of: tuple[int, ...] = ()
    """Any of these numbers: several options of a choice."""
    empty: str | None = None
    """Of this kind of subject, of which it has to say nothing."""


def has_field(
    condition: FieldCondition, key: InstrumentedAttribute[int] | ColumnElement[int]
) -> ColumnElement[bool]:
    """That the row with this key has such a value: `has_field(condition, Deal.id)`.

    Each part is one stretch of an index, on either backend; that nothing is said is asked of one row after
    another, since most may say nothing.
    """
    if condition.empty is not None:
        return ~exists(_of_one(condition, condition.empty, key))
    if condition.words:
        return and_(*(key.in_(_begun(condition.field_id, word)) for word in condition.words))
    return key.in_(matching(condition))


def says(condition: FieldCondition, subject: str, key: ColumnElement[int]) -> ColumnElement[bool]:
    """The same, asked of one row after another: each is one look into an index, however many say so."""
    if condition.words:
        begun = (_begun(condition.field_id, word) for word in condition.words)
        return and_(*(exists(one.where(FieldWord.subject_id == key)) for one in begun))
    value = _of_one(condition, subject, key)
    # The number as it is would have SQLite look through all that say so, each time anew.
    number = FieldValue.number + 0
    if condition.low is not None:
        value = value.where(number >= condition.low)
    if condition.high is not None:
        value = value.where(number <= condition.high)
    if condition.any_of:
        value = value.where(number.in_(condition.any_of))
    return exists(value)


def matching(condition: FieldCondition) -> Select[int]:
    """The subjects whose value is such; of several words by the first alone."""
    if condition.words:
        return _begun(condition.field_id, condition.words[0])
    value = select(FieldValue.subject_id).where(FieldValue.field_id == condition.field_id)
    if condition.low is not None:
        value = value.where(FieldValue.number >= condition.low)
    if condition.high is not None:
        value = value.where(FieldValue.number <= condition.high)
    if condition.any_of:
        value = value.where(FieldValue.number.in_(condition.any_of))
    return value


def begins(word: str) -> ColumnElement[bool]:
    """That a kept word begins so."""
    return and_(FieldWord.word >= word, FieldWord.word < word + _LAST) if word else true()


def _begun(field_id: int, word: str) -> Select[int]:
    return select(FieldWord.subject_id).where(FieldWord.field_id == field_id, begins(word))


def _of_one(
    condition: FieldCondition, subject: str, key: InstrumentedAttribute[int] | ColumnElement[int]
) -> Select[int]:
    return select(FieldValue.item).where(
        FieldValue.subject == subject,
        FieldValue.subject_id == key,
        FieldValue.field_id == condition.field_id,
    )
