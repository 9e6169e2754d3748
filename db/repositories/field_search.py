"""Leads, clients, companies and deals by what the company's own fields say of them."""

import re

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from db.models import CustomField, FieldWord
from db.repositories.field_conditions import ENDING, begins
from db.repositories.needles import Needle

_WORD = re.compile(r"\w+")
Key = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]


def says_word(word: str, subject: str, key: Key, *, finance: bool = False) -> ColumnElement[bool]:
    """That a field says a word; each part of one with a dash or the like begins a word of the value.

    `finance`: only the fields that whoever settles deals sees.
    """
    parts = _WORD.findall(word)
    if not parts:
        return false()
    return and_(*(key.in_(_said(begins(part[:64]), subject, finance=finance)) for part in parts))


def says_number(needle: Needle, subject: str, key: Key, *, finance: bool = False) -> ColumnElement[bool]:
    """That a field says the number, or the phone, that is looked for, or one that ends so."""
    asked = []
    if needle.phone is not None:
        asked.append(FieldWord.word == needle.phone.removeprefix("+"))
    if needle.digits is not None:
        asked += [begins(needle.digits), begins(ENDING + needle.digits[::-1])]
    if needle.number is not None:
        asked.append(FieldWord.word == str(needle.number))
    return key.in_(_said(or_(*asked), subject, finance=finance)) if asked else false()


def _said(condition: ColumnElement[bool], subject: str, *, finance: bool) -> Select[int]:
    """One stretch of an index for each field that is in use."""
    fields = select(CustomField.id).where(CustomField.subject == subject, CustomField.archived_at.is_(None))
    if finance:
        fields = fields.where(CustomField.finance)
    return select(FieldWord.subject_id).where(FieldWord.field_id.in_(fields), condition)
