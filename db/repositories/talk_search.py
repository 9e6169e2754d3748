"""Finding what was said: notes, comments and messages, by the beginnings of their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, literal, or_, select, true
from sqlalchemy.orm import aliased

from db.models import (
    Company,
    Contact,
    Deal,
    Lead,
    Note,
    NoteSource,
    Person,
    SearchWord,
    Source,
    Task,
    TaskItem,
    TaskWatcher,
)
from db.repositories.base import Repository, within
from db.repositories.bearers import Match, Stretch, Term, laid_out, lies_between
from db.repositories.reach import companies_within, deals_within, tasks_placed
from db.scope import Scope

MOST = 20_000
"""So far the bearers of a word are counted; one that more have leads to nothing."""
LOOKED = 4_000
"""So many notes are looked at for a page, the newest."""
PORTION = 500
"""So many at a time, until the page is full."""

_BECAME = aliased(Deal)
"""What the lead of a note became: what was said of the lead is told with its deal."""
_OF_TASK = aliased(Deal)
"""That of a task: whoever reads what is said of it reads what is said of the task."""
_PLACES = ("deal", "deal", "lead", "contact", "firm", "task")


@dataclass(frozen=True, slots=True)
class Listener:
    """Who may read what was said: of deals by `talk`, of companies also by the deals in `sold`."""

    person_id: int
    talk: Scope
    leads: Scope
    clients: Scope
    sold: Scope
    tasks: Scope


@dataclass(frozen=True, slots=True)
class SpokenRow:
    """A note, who has written it, and whose words it was before it was forwarded; and of what it is."""

    id: int
    text: str
    at: datetime
    author: str | None
    origin: str | None
    subject: str
    subject_id: int
    title: str


class TalkSearchRepository(Repository):
    """Notes that hold all of some words.

    Where one of the words is borne by fewer than twenty thousand notes, its newest four thousand bearers are
    looked at, else the newest four thousand notes of all: so a page costs the same over any number of them.
    Whoever wants more goes on from there, so that everything can be reached.
    """

    async def page(
        self, words: Sequence[str], listener: Listener, before_id: int | None, limit: int
    ) -> tuple[list[SpokenRow], int | None]:
        """The newest that may be read, and before which note the next page is looked for, if there is more.

        `words` are folded, and each begins a word of the note. A page may be empty and not the last one.
        """
        terms = [Term((Stretch(SearchWord, (Source.NOTE.value,), Match(word)),)) for word in words]
        conditions, values = laid_out(terms)
        counts = (await self.session.execute(_counts(len(words)), values)).one()
        if not min(counts):
            return [], None
        ids = (await self.session.scalars(_newest(counts, before_id), values)).all()
        query = _notes(listener).where(*(one.holds(Note) for one in conditions)).order_by(Note.id.desc())
        found: list[SpokenRow] = []
        for start in range(0, len(ids), PORTION):
            part = query.where(Note.id.in_(ids[start : start + PORTION])).limit(limit + 1 - len(found))
            found += [_row(row) for row in await self.session.execute(part, values)]
            if len(found) > limit:
                return found[:limit], found[limit - 1].id
        return found, ids[-1] if len(ids) == LOOKED else None


def _counts(words: int) -> Select[Any]:
    """How many notes bear each of so many words, as far as that matters."""
    few = [select(literal(1)).where(_bears(place)).limit(MOST).subquery() for place in range(words)]
    return select(*(select(func.count()).select_from(one).scalar_subquery() for one in few))


def _bears(place: int) -> ColumnElement[bool]:
    return and_(SearchWord.source == Source.NOTE.value, lies_between(SearchWord, place))


def _newest(counts: Sequence[int], before_id: int | None) -> Select[int]:
    """The notes to be looked at."""
    rarest = min(range(len(counts)), key=counts.__getitem__)
    if counts[rarest] < MOST:
        # Of a word with several endings one note may bear more than one.
        query = select(SearchWord.subject_id.label("id")).where(_bears(rarest)).distinct()
        column: Any = SearchWord.subject_id
    else:
        query, column = select(Note.id), Note.id
    query = query.where(column < before_id) if before_id is not None else query
    return query.order_by(column.desc()).limit(LOOKED)


def _notes(listener: Listener) -> Select[Any]:
    """Notes that may be read, each with all that it may be of."""
    became = case((_became_seen(listener), _BECAME.id))
    return (
        select(Note.id, Note.text, Note.created_at, Person.name, NoteSource.origin_name)
        .add_columns(Deal.id, Deal.title, became, _BECAME.title, Lead.id, Lead.title)
        .add_columns(Contact.id, Contact.name, Company.id, Company.name, Task.id, Task.text)
        .outerjoin(Person, Person.id == Note.author_id)
        .outerjoin(NoteSource, NoteSource.note_id == Note.id)
        .outerjoin(Deal, Deal.id == Note.deal_id)
        .outerjoin(Lead, Lead.id == Note.lead_id)
        .outerjoin(_BECAME, _BECAME.lead_id == Note.lead_id)
        .outerjoin(Contact, Contact.id == Note.contact_id)
        .outerjoin(Company, Company.id == Note.company_id)
        .outerjoin(Task, Task.id == Note.task_id)
        .where(_seen(listener))
    )


def _row(row: Any) -> SpokenRow:
    """Of the deal rather than of the lead that it was made from."""
    places = zip(_PLACES, row[5::2], row[6::2], strict=True)
    subject, one, title = next(place for place in places if place[1] is not None)
    return SpokenRow(row.id, row.text, row.created_at, row.name, row.origin_name, subject, one, title)


def _seen(listener: Listener) -> ColumnElement[bool]:
    """By what a note is of; whose that is decides about each row and never leads to rows."""
    leads = within(listener.leads, Lead.owner_id, Lead.department_id)
    return case(
        (Note.deal_id.is_not(None), deals_within(listener.talk)),
        (Note.lead_id.is_not(None), or_(leads, _became_seen(listener))),
        (Note.contact_id.is_not(None), within(listener.clients, Contact.owner_id, Contact.department_id)),
        (Note.company_id.is_not(None), companies_within(listener.clients, listener.sold)),
        (Note.task_id.is_not(None), _task_seen(listener)),
        else_=false(),
    )


def _became_seen(listener: Listener) -> ColumnElement[bool]:
    return and_(_BECAME.id.is_not(None), deals_within(listener.talk, deal=_BECAME))


def _task_seen(listener: Listener) -> ColumnElement[bool]:
    """As `services.rows.task_deeds` has it."""
    me = listener.person_id
    concerned = or_(
        Task.assignee_id == me,
        Task.author_id == me,
        Task.id.in_(select(TaskItem.task_id).where(TaskItem.assignee_id == me)),
        Task.id.in_(select(TaskWatcher.task_id).where(TaskWatcher.person_id == me)),
        exists().where(_OF_TASK.id == Task.deal_id, deals_within(listener.talk, deal=_OF_TASK)),
        tasks_placed(listener.tasks.departments),
    )
    mine = and_(Task.personal, Task.assignee_id == me, Task.author_id == me)
    seen = true() if listener.tasks.everything else concerned
    return and_(Task.dropped.is_(False), or_(mine, and_(~Task.personal, seen)))
