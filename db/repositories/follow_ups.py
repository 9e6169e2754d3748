"""What the rules of pipelines find: deals whose clients are to be called, and clients who have birthdays."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Table,
    and_,
    bindparam,
    case,
    exists,
    false,
    literal,
    or_,
    select,
    update,
)

from db.models import Contact, Deal, Department, Lead, Membership, Person, Stage, Task, Timer
from db.repositories.base import Repository, by_person

DEAL, LEAD = cast("Table", Deal.__table__), cast("Table", Lead.__table__)
_TABLES = {"deal": DEAL, "lead": LEAD}
Limits = Mapping[int, datetime | None]
_OPEN_STAGES = select(Stage.id).where(Stage.kind == "open")
_PLANNED = {
    "deal": exists().where(Task.deal_id == DEAL.c.id, Task.done_at.is_(None)).correlate(DEAL),
    "lead": exists().where(Task.lead_id == LEAD.c.id, Task.done_at.is_(None)).correlate(LEAD),
}
_AT = bindparam("at", type_=DEAL.c.touched_at.type)
_OF: BindParameter[int] = bindparam("of_id")
# A closed deal waits for nobody; its touch is kept all the same, it may come back.
_DEAL = update(DEAL).values(touched_at=_AT, silent_from=case((DEAL.c.closed_on.is_(None), _AT), else_=None))
# Until a lead is answered other rules see to it, see `services.response`.
_LEAD = update(LEAD).where(LEAD.c.answered_at.is_not(None)).values(silent_from=_AT)

_LOOKED_AFTER = exists().where(
    Timer.subject == literal("deal"),
    Timer.subject_id == DEAL.c.id,
    Timer.kind == literal("deal_silent"),
    Timer.state == literal("new"),
)
# Of those that are closed only whose silence something hangs on, see `services.pipelines.follow_on`.
_WATCHED = or_(DEAL.c.closed_on.is_(None), _LOOKED_AFTER.correlate(DEAL))


def _of_task(column: Any) -> Any:
    return select(column).where(Task.id == _OF).scalar_subquery()


_TOUCHES = {
    "deal": (_DEAL.where(DEAL.c.id == _OF),),
    "lead": (_LEAD.where(LEAD.c.id == _OF),),
    "task": (
        _DEAL.where(DEAL.c.id == _of_task(Task.deal_id)),
        _LEAD.where(LEAD.c.id == _of_task(Task.lead_id)),
    ),
    "contact": (_DEAL.where(DEAL.c.contact_id == _OF, _WATCHED),),
    "firm": (_DEAL.where(DEAL.c.company_id == _OF, _WATCHED),),
}


@dataclass(frozen=True, slots=True)
class Due:
    """A deal or lead whose owner is to call its client."""

    id: int
    title: str
    client: str | None
    since: datetime


@dataclass(frozen=True, slots=True)
class CallFacts:
    """A task to call that a rule has set, with its deal or lead."""

    task: Task
    place: Deal | Lead | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Clients:
    """Those who have a deal in one of some pipelines, and none in others that have told of them before."""

    here: tuple[int, ...]
    told_before: tuple[int, ...]
    strangers: bool
    """Also those who have no deal at all."""


class FollowUpRepository(Repository):
    """Of deals and of leads. `column` is the one by which a rule finds them.

    `limits` are by pipeline in their order: what is older is due, nothing where there is none. A lead belongs
    to the pipeline that it would enter.
    """

    async def touch(self, subject: str, subject_id: int, at: datetime) -> None:
        """Something happened with a deal or lead, with what a task is for, or with all deals of a client."""
        for touch in _TOUCHES[subject]:
            await self.session.execute(touch, {"of_id": subject_id, "at": at})

    async def workers(self) -> list[tuple[Person, list[int]]]:
        """Whoever works here, with their departments by name."""
        query = (
            select(Person, Department.id)
            .outerjoin(Membership, Membership.person_id == Person.id)
            .outerjoin(Department, Department.id == Membership.department_id)
            .where(Person.status == "active")
            .order_by(Person.id, Department.name_folded)
        )
        return by_person(await self.session.execute(query))

    async def pass_over(self, subject: str, column: str, owner_id: int, limits: Limits) -> None:
        """Nobody has to be told of those for which something is planned already."""
        due = _due(subject, column, owner_id, limits)
        passed = update(_TABLES[subject]).where(due, _PLANNED[subject]).values({column: None})
        await self.session.execute(passed)

    async def due(self, subject: str, column: str, owner_id: int, limits: Limits, most: int) -> Sequence[Due]:
        """What somebody has in work that is due, the longest waiting first."""
        table, client = _TABLES[subject], Contact.name if subject == "deal" else LEAD.c.name
        since = table.c[column]
        query = select(table.c.id, table.c.title, client, since)
        if subject == "deal":
            query = query.outerjoin(Contact, Contact.id == DEAL.c.contact_id)
        query = query.where(_due(subject, column, owner_id, limits)).order_by(since, table.c.id).limit(most)
        return [Due(*row) for row in await self.session.execute(query)]

    async def settle(self, subject: str, column: str, subject_id: int, since: datetime) -> bool:
        """The owner is told of it; False if it was touched in this very moment."""
        table = _TABLES[subject]
        told = update(table).where(table.c.id == subject_id, table.c[column] == since)
        return bool(await self.affect(told.values({column: None})))

    async def birthdays(
        self, owner_id: int, days: Collection[str], whose: Clients, most: int
    ) -> Sequence[int]:
        """Somebody's contacts who have a birthday, of some clients."""
        dealt = exists().where(Deal.contact_id == Contact.id).correlate(Contact)
        here, before = (dealt.where(Deal.pipeline_id.in_(ids)) for ids in (whose.here, whose.told_before))
        query = (
            select(Contact.id)
            .where(
                Contact.owner_id == owner_id,
                Contact.birthday.in_(sorted(days)),
                or_(here & ~before, ~dealt if whose.strangers else false()),
            )
            .order_by(Contact.id)
            .limit(most)
        )
        return (await self.session.scalars(query)).all()

    async def calls(self, person_id: int, ids: Collection[int]) -> list[CallFacts]:
        """Those of these tasks that somebody still has to do, in the order in which they were set."""
        query = (
            select(Task, Deal, Contact, Lead)
            .outerjoin(Deal, Deal.id == Task.deal_id)
            .outerjoin(Contact, Contact.id == Deal.contact_id)
            .outerjoin(Lead, Lead.id == Task.lead_id)
            .where(Task.id.in_(sorted(ids)), Task.assignee_id == person_id, Task.done_at.is_(None))
            .order_by(Task.id)
        )
        found = []
        for task, deal, contact, lead in await self.session.execute(query):
            client = contact if deal is not None else lead
            found.append(CallFacts(task, deal or lead, client.phone if client is not None else None))
        return found

    async def contacts(self, owner_id: int, ids: Collection[int]) -> Sequence[Contact]:
        """Those of these contacts that somebody still keeps."""
        query = select(Contact).where(Contact.id.in_(sorted(ids)), Contact.owner_id == owner_id)
        return (await self.session.scalars(query.order_by(Contact.birthday, Contact.name))).all()


def _due(subject: str, column: str, owner_id: int, limits: Limits) -> ColumnElement[bool]:
    table = _TABLES[subject]
    since: Any = table.c[column]
    moments = {one: limit for one, limit in limits.items() if limit is not None}
    mine = and_(table.c.owner_id == owner_id, since < max(moments.values()))
    here = [and_(table.c.pipeline_id == one, since < limit) for one, limit in moments.items()]
    if subject == "lead":
        first = next(iter(limits))
        if first in moments:
            placed = LEAD.c.pipeline_id.in_(limits)
            here.append(and_(or_(LEAD.c.pipeline_id.is_(None), ~placed), since < moments[first]))
        return and_(mine, or_(false(), *here), LEAD.c.status == "in_work")
    return and_(mine, or_(false(), *here), DEAL.c.stage_id.in_(_OPEN_STAGES), DEAL.c.archived_at.is_(None))
