"""What happened with a client: its leads, deals, payments, tasks, notes and calls, in one order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Text,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from db.models import Call, Contact, Deal, Lead, Note, Payment, Person, Stage, Task
from db.repositories.base import Repository, within
from db.repositories.reach import deals_within
from db.scope import Scope

SETTLED = Stage.kind.in_(("payment", "won", "lost"))
NOTHING = cast(null(), BigInteger)


@dataclass(frozen=True, slots=True)
class Reader:
    """What somebody may see of each kind."""

    deals: Scope
    talk: Scope
    """Deals whose notes and calls may be read."""
    leads: Scope
    tasks: Scope


@dataclass(frozen=True, slots=True)
class TouchRow:
    """One of them; `text` is a title, a text or a code of an outcome."""

    kind: str
    id: int
    at: datetime
    text: str
    deal_id: int | None
    lead_id: int | None
    author: str | None
    done: bool
    amount: int | None
    currency: str | None


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
            _row("deal", Deal, Deal.created_at, Deal.title, Deal.created_by).where(Deal.id.in_(deals)),
            _row("lead", Lead, Lead.created_at, Lead.title, Lead.created_by).where(Lead.id.in_(leads)),
            _ends().where(Deal.id.in_(deals)),
            _payments().where(Payment.deal_id.in_(deals)),
            _tasks(kind, client_id, deals, leads, reader.tasks),
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
                bool(row.done),
                row.amount,
                row.currency,
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
) -> Select[*tuple[Any, ...]]:
    deal_id: Any = Deal.id if model is Deal else NOTHING if model is Lead else model.deal_id
    lead_id: Any = Lead.id if model is Lead else NOTHING if model in (Deal, Payment) else model.lead_id
    return select(
        literal(kind).label("kind"),
        model.id.label("id"),
        at.label("at"),
        cast(text, Text).label("text"),
        deal_id.label("deal_id"),
        lead_id.label("lead_id"),
        author.label("author_id"),
        (false() if done is None else done).label("done"),
        (model.amount if model is Payment else NOTHING).label("amount"),
        (model.currency if model is Payment else cast(null(), Text)).label("currency"),
    )


def _ends() -> Select[*tuple[Any, ...]]:
    """That a deal is won or lost: the stage in which it stands since."""
    query = _row("end", Deal, Deal.stage_since, Stage.name, NOTHING, Stage.kind == "won")
    return query.join(Stage, Stage.id == Deal.stage_id).where(Stage.kind.in_(("won", "lost")))


def _payments() -> Select[*tuple[Any, ...]]:
    query = _row("payment", Payment, Payment.created_at, Payment.method, Payment.recorded_by)
    return query.where(Payment.taken_back_at.is_(None))


def _tasks(
    kind: str, client_id: int, deals: Select[int], leads: Select[int], scope: Scope
) -> Select[*tuple[Any, ...]]:
    """A task that is done happened then; an open one when it was set."""
    at = func.coalesce(Task.done_at, Task.created_at, type_=Task.created_at.type)
    own = (Task.contact_id if kind == "contact" else Task.company_id) == client_id
    lies = or_(own, Task.deal_id.in_(deals), Task.lead_id.in_(leads))
    query = _row("task", Task, at, Task.text, Task.assignee_id, Task.done_at.is_not(None))
    return query.where(lies, Task.dropped.is_(False), _task_seen(scope, own))


def _task_seen(scope: Scope, own: ColumnElement[bool]) -> ColumnElement[bool]:
    """One's own tasks; for heads also the client's, and those of deals and leads in their departments."""
    if scope.everything:
        return true()
    places = sorted(scope.departments)
    return or_(
        Task.assignee_id == scope.owner_id,
        Task.author_id == scope.owner_id,
        own if places else false(),
        Task.deal_id.in_(select(Deal.id).where(Deal.department_id.in_(places))),
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
