"""What happened with a client: its leads, deals and their moves, payments, tasks, notes and calls."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
    union_all,
)

from db.models import Call, Contact, Deal, Event, Lead, Note, Payment, Person, Stage, Task
from db.repositories.base import Repository, within
from db.repositories.reach import deals_within
from db.scope import Scope

SETTLED = Stage.kind.in_(("payment", "won", "lost"))
NOTHING = cast(null(), BigInteger)
_DEALS: dict[Any, Any] = {Deal: Deal.id, Event: Event.subject_id}
_ENDED = Stage.kind.in_(("won", "lost"))

_Places = tuple[Select[int], Select[int], Select[int]]
"""Deals that are seen, deals whose talk is read, leads that are seen."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What somebody may see of each kind."""

    deals: Scope
    talk: Scope
    """Deals whose notes, calls and moves may be read."""
    leads: Scope
    tasks: Scope


@dataclass(frozen=True, slots=True)
class TouchRow:
    """One of them; `text` is a title, a text, a code of an outcome, or the stages of a move as JSON."""

    kind: str
    id: int
    at: datetime
    text: str
    deal_id: int | None
    lead_id: int | None
    author: str | None
    task_id: int | None
    done: bool
    amount: int | None
    currency: str | None
    beside: str | None
    """The stage of a deal; of a move: the title of the deal."""


class TouchRepository(Repository):
    """Only what lies within the reader's scopes."""

    async def page(
        self, kind: str, client_id: int, phones: Collection[str], reader: Reader, offset: int, limit: int
    ) -> Sequence[TouchRow]:
        """What happened with a contact or a company, the newest first. `phones` find leads of nobody yet."""
        deals = _deals(kind, client_id, reader.deals)
        talk = _deals(kind, client_id, reader.talk)
        leads = _leads(kind, client_id, phones, reader.leads)
        found = union_all(
            _opened().where(Deal.id.in_(deals)),
            _row("lead", Lead, Lead.created_at, Lead.title, Lead.created_by).where(Lead.id.in_(leads)),
            _moves().where(Event.subject_id.in_(talk)),
            _ends().where(Deal.id.in_(deals)),
            _payments().where(Payment.deal_id.in_(deals)),
            _tasks(kind, client_id, (deals, talk, leads), reader.tasks),
            _comments(kind, client_id, (deals, talk, leads), reader.tasks),
            *(
                _row(name, model, model.created_at, text, model.author_id).where(
                    or_(
                        (model.contact_id if kind == "contact" else model.company_id) == client_id,
                        model.deal_id.in_(talk),
                        model.lead_id.in_(leads),
                    )
                )
                for name, model, text in (("note", Note, Note.text), ("call", Call, Call.outcome))
            ),
        ).subquery()
        query = (
            select(found, Person.name)
            .outerjoin(Person, Person.id == found.c.author_id)
            .order_by(found.c.at.desc(), found.c.kind, found.c.id.desc())
            .offset(offset)
            .limit(limit)
        )
        return [
            TouchRow(
                row.kind,
                row.id,
                row.at,
                row.text,
                row.deal_id,
                row.lead_id,
                row.name,
                row.task_id,
                bool(row.done),
                row.amount,
                row.currency,
                row.beside,
            )
            for row in await self.session.execute(query)
        ]


def _row(
    kind: str,
    model: Any,
    at: ColumnElement[datetime] | Any,
    text: Any,
    author: Any,
    done: ColumnElement[bool] | None = None,
    *,
    beside: Any = None,
) -> Select[*tuple[Any, ...]]:
    deal_id: Any = _DEALS.get(model, getattr(model, "deal_id", NOTHING))
    lead_id: Any = Lead.id if model is Lead else getattr(model, "lead_id", NOTHING)
    money = kind in ("deal", "payment")
    return select(
        literal(kind).label("kind"),
        model.id.label("id"),
        at.label("at"),
        cast(text, Text).label("text"),
        deal_id.label("deal_id"),
        lead_id.label("lead_id"),
        author.label("author_id"),
        (Note.task_id if model is Note else Task.id if model is Task else NOTHING).label("task_id"),
        (false() if done is None else done).label("done"),
        (model.amount if money else NOTHING).label("amount"),
        (model.currency if money else cast(null(), Text)).label("currency"),
        (cast(null(), Text) if beside is None else beside).label("beside"),
    )


def _opened() -> Select[*tuple[Any, ...]]:
    """A deal, with the stage in which it stands and its sum."""
    query = _row("deal", Deal, Deal.created_at, Deal.title, Deal.created_by, beside=Stage.name)
    return query.join(Stage, Stage.id == Deal.stage_id)


def _moves() -> Select[*tuple[Any, ...]]:
    """The stages between which deals have moved; the move that has ended a deal is its end."""
    stages = Event.changes["stage"].as_string()
    query = _row("move", Event, Event.at, stages, Event.actor_id, beside=Deal.title)
    return (
        query.join(Deal, Deal.id == Event.subject_id)
        .join(Stage, Stage.id == Deal.stage_id)
        .where(Event.subject == "deal", stages.is_not(None))
        .where(not_(and_(_ENDED, Event.at >= Deal.stage_since)))
    )


def _ends() -> Select[*tuple[Any, ...]]:
    """That a deal is won or lost: the stage in which it stands since."""
    query = _row("end", Deal, Deal.stage_since, Stage.name, NOTHING, Stage.kind == "won")
    return query.join(Stage, Stage.id == Deal.stage_id).where(_ENDED)


def _payments() -> Select[*tuple[Any, ...]]:
    query = _row("payment", Payment, Payment.created_at, Payment.method, Payment.recorded_by)
    return query.where(Payment.taken_back_at.is_(None))


def _tasks(kind: str, client_id: int, places: _Places, scope: Scope) -> Select[*tuple[Any, ...]]:
    """A task that is done happened then; an open one when it was set."""
    at = func.coalesce(Task.done_at, Task.created_at, type_=Task.created_at.type)
    query = _row("task", Task, at, Task.text, Task.assignee_id, Task.done_at.is_not(None))
    return query.where(*_task_there(kind, client_id, places, scope))


def _comments(kind: str, client_id: int, places: _Places, scope: Scope) -> Select[*tuple[Any, ...]]:
    """What was said of these tasks, or sent to them."""
    query = _row("comment", Note, Note.created_at, Note.text, Note.author_id)
    return query.join(Task, Task.id == Note.task_id).where(*_task_there(kind, client_id, places, scope))


def _task_there(kind: str, client_id: int, places: _Places, scope: Scope) -> tuple[ColumnElement[bool], ...]:
    deals, talk, leads = places
    own = (Task.contact_id if kind == "contact" else Task.company_id) == client_id
    lies = or_(own, Task.deal_id.in_(deals), Task.lead_id.in_(leads))
    return lies, Task.dropped.is_(False), _task_seen(scope, own, talk)


def _task_seen(scope: Scope, own: ColumnElement[bool], talk: Select[int]) -> ColumnElement[bool]:
    """One's own tasks, and those of deals whose talk one reads; for heads also the client's, and those of
    leads in their departments.
    """
    if scope.everything:
        return true()
    places = sorted(scope.departments)
    return or_(
        Task.assignee_id == scope.owner_id,
        Task.author_id == scope.owner_id,
        own if places else false(),
        Task.deal_id.in_(talk),
        Task.lead_id.in_(select(Lead.id).where(Lead.department_id.in_(places))),
    )


def _deals(kind: str, client_id: int, scope: Scope) -> Select[int]:
    mine = Deal.contact_id == client_id
    if kind != "contact":
        mine = or_(Deal.company_id == client_id, Deal.contact_id.in_(_people(client_id)))
    seen = deals_within(scope, SETTLED)
    return select(Deal.id).join(Stage, Stage.id == Deal.stage_id).where(mine, seen)


def _leads(kind: str, client_id: int, phones: Collection[str], scope: Scope) -> Select[int]:
    mine = Lead.contact_id == client_id
    if kind != "contact":
        mine = Lead.contact_id.in_(_people(client_id))
    reached = Lead.phone.in_(sorted(phones))
    return select(Lead.id).where(or_(mine, reached), within(scope, Lead.owner_id, Lead.department_id))


def _people(company_id: int) -> Select[int]:
    return select(Contact.id).where(Contact.company_id == company_id)
