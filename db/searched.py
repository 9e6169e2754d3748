"""Which leads, clients, deals and notes a transaction has written, so that their words are made anew.

Whoever writes through the ORM need not say so; whoever writes past it says `written(session, kind, ids)`. At
the end of the transaction `WordRepository.keep` makes the words of all of them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, object_session

from db.models import Company, Contact, ContactPoint, Deal, Lead, Note

Written = dict[str, set[int]]
SUBJECTS: Mapping[type[Any], str] = {
    Lead: "lead",
    Contact: "contact",
    Company: "firm",
    Deal: "deal",
    Note: "note",
}
TABLES: Mapping[str, str] = {model.__tablename__: kind for model, kind in SUBJECTS.items()}
"""The same by the tables of these."""
SEARCHED: Mapping[str, frozenset[str]] = {
    "lead": frozenset({"search", "phone"}),
    "contact": frozenset({"name", "search"}),
    "firm": frozenset({"name_folded", "inn"}),
    "deal": frozenset({"search"}),
    "note": frozenset({"text"}),
}
"""The columns of which words are made; of clients their phones and addresses, too."""
_KEY = "searched"


def written(session: AsyncSession | Session, kind: str, ids: Iterable[int]) -> None:
    """Let the words of these subjects be made anew, or removed if the rows are no more."""
    marked: Written = session.info.setdefault(_KEY, {})
    marked.setdefault(kind, set()).update(ids)


def take_written(session: AsyncSession) -> Written:
    """What was written since this was asked last."""
    marked: Written = session.info.pop(_KEY, {})
    return marked


def _row_written(_mapper: object, _connection: object, row: Any) -> None:
    if session := object_session(row):
        written(session, SUBJECTS[type(row)], {row.id})


def _row_changed(mapper: object, connection: object, row: Any) -> None:
    attributes = inspect(row).attrs
    if any(attributes[name].history.has_changes() for name in SEARCHED[SUBJECTS[type(row)]]):
        _row_written(mapper, connection, row)


def _point_written(_mapper: object, _connection: object, point: ContactPoint) -> None:
    if session := object_session(point):
        whose = ("firm", point.company_id) if point.contact_id is None else ("contact", point.contact_id)
        written(session, whose[0], {whose[1] or 0})


for _model in SUBJECTS:
    event.listen(_model, "after_insert", _row_written)
    event.listen(_model, "after_update", _row_changed)
    event.listen(_model, "after_delete", _row_written)
for _moment in ("after_insert", "after_update", "after_delete"):
    event.listen(ContactPoint, _moment, _point_written)
