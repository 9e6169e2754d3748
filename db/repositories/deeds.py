"""What people have done since a moment that counts as work."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from db.models import Company, Contact, Deal, Event, Lead, Payment, Task
from db.repositories.at_hand import AFTER, AT_MOST, MEMBERS, PERSON, here, named
from db.repositories.base import Repository
from db.repositories.history import PAST, Past

TAKE, CALL, DONE, PAID = "lead.take", "call.log", "task.do", "payment.record"
ACCEPT = "task.accept"
MOVES = ("deal.move", "deal.lose", "deal.settle", "deal.revive", "deal.reopen")
GRACE = timedelta(hours=1)
"""So long after its moment a change may still be written down, behind those of a later moment."""


@dataclass(frozen=True, slots=True)
class Done:
    """Something that somebody did today, with the title of what they did it to."""

    event: Past
    title: str
    currency: str


_SINCE = named("since")
_OF_DEAL, _OF_LEAD = aliased(Deal), aliased(Lead)
# Events are written down as time passes, so that today's are the newest rows: a walk back from the end meets
# them all, and needs no index of its own.
_FLOOR = select(Event.id).where(Event.at < bindparam("floor")).order_by(Event.id.desc()).limit(1)
_BY = case(
    (Event.action == PAID, Deal.owner_id), (Event.action == ACCEPT, Task.done_by), else_=Event.actor_id
)
_CAME = exists().where(
    Payment.deal_id == Event.subject_id,
    Payment.amount == Event.changes[("paid", 1)].as_integer(),
    Payment.created_at >= _SINCE,
    Payment.taken_back_at.is_(None),
)
_COUNTS = or_(
    Event.action.in_((TAKE, CALL)),
    and_(Event.action.in_(MOVES), Event.changes["undone"].as_string().is_(None)),
    and_(Event.action.in_((DONE, ACCEPT)), Task.dropped.is_(False), Event.changes[("done", 1)].as_boolean()),
    and_(Event.action == PAID, _CAME),
)
_LIES_HERE = or_(
    here(Lead.department_id),
    here(Deal.department_id),
    here(Contact.department_id),
    here(Company.department_id),
    here(_OF_DEAL.department_id),
    here(_OF_LEAD.department_id),
    and_(
        Task.personal.is_(False),
        Task.deal_id.is_(None),
        Task.lead_id.is_(None),
        Task.assignee_id.in_(MEMBERS),
    ),
)


def _deeds(*columns: Any) -> Select[Any]:
    """What was done since a moment that counts as work, with what it was done to."""
    return (
        select(*columns)
        .select_from(Event)
        .outerjoin(Lead, and_(Event.subject == "lead", Lead.id == Event.subject_id))
        .outerjoin(Deal, and_(Event.subject == "deal", Deal.id == Event.subject_id))
        .outerjoin(Contact, and_(Event.subject == "contact", Contact.id == Event.subject_id))
        .outerjoin(Company, and_(Event.subject == "firm", Company.id == Event.subject_id))
        .outerjoin(Task, and_(Event.subject == "task", Task.id == Event.subject_id))
        .outerjoin(_OF_DEAL, _OF_DEAL.id == Task.deal_id)
        .outerjoin(_OF_LEAD, _OF_LEAD.id == Task.lead_id)
        .where(Event.id > func.coalesce(_FLOOR.scalar_subquery(), 0), Event.at >= _SINCE, _COUNTS, _LIES_HERE)
    )


_TITLE = func.coalesce(Lead.title, Deal.title, Task.text, Contact.name, Company.name)
_KIND = case((Event.action.in_(MOVES), MOVES[0]), (Event.action == ACCEPT, DONE), else_=Event.action).label(
    "kind"
)
_WHO = _BY.label("who")
_TODAY = (
    _deeds(_WHO, _KIND, func.count())
    .where(_BY.in_(bindparam("people", expanding=True)))
    .group_by(_WHO, _KIND)
)
_TODAY_PAGE = (
    _deeds(*PAST, _TITLE, func.coalesce(Deal.currency, ""))
    .where(_BY == PERSON, Event.id < AFTER)
    .order_by(Event.id.desc())
    .limit(AT_MOST)
)
_NEWEST = 2**62
"""Greater than the id of any event."""


class DeedRepository(Repository):
    """Reads only. `departments` are those that the reader may look at, all by their ids."""

    async def today(
        self, departments: Collection[int], people: Collection[int], since: datetime
    ) -> dict[int, dict[str, int]]:
        """How often these people did what since a moment: person, then kind of deed."""
        given = {"departments": [*departments], "people": [*people], "since": since, "floor": since - GRACE}
        found: dict[int, dict[str, int]] = {}
        for person, kind, count in await self.session.execute(_TODAY, given):
            found.setdefault(person, {})[kind] = count
        return found

    async def page(
        self, departments: Collection[int], person_id: int, since: datetime, before: int, limit: int
    ) -> list[Done]:
        """What somebody did since a moment, the newest first, before an event (0: from the newest)."""
        given = {
            "departments": [*departments],
            "person": person_id,
            "since": since,
            "floor": since - GRACE,
            "after": before or _NEWEST,
            "at_most": limit,
        }
        rows = await self.session.execute(_TODAY_PAGE, given)
        return [Done(Past(*event), title, currency) for *event, title, currency in rows]
