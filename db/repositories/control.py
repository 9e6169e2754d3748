"""How some departments stand now: what waits, who holds what, and what was done since midnight."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from db.models import Company, Contact, Deal, Event, Lead, Membership, Payment, Person, Stage, Task
from db.repositories.adrift import StepLimits, adrift, parts
from db.repositories.base import Repository
from db.repositories.workload import UNFINISHED

TAKE, CALL, DONE, PAID = "lead.take", "call.log", "task.do", "payment.record"
ACCEPT = "task.accept"
MOVES = ("deal.move", "deal.lose", "deal.settle", "deal.revive", "deal.reopen")
SELLERS = ("manager", "head")
GRACE = timedelta(hours=1)
"""So long after its moment a change may still be written down, behind those of a later moment."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in some departments."""

    free: int
    oldest: datetime | None
    """Since when the longest waiting free lead does."""
    adrift: int
    orphans: int
    """Deals in work that nobody owns."""
    late: int


@dataclass(frozen=True, slots=True)
class InHand:
    """What somebody has in work; the sum in minor units."""

    id: int
    name: str
    leads: int
    deals: int
    total: int


@dataclass(frozen=True, slots=True)
class Done:
    """Something that somebody did today, with the title of what they did it to."""

    event: Event
    title: str
    currency: str


def _in(column: Any) -> ColumnElement[bool]:
    """Lies in one of the departments that are looked at."""
    found: ColumnElement[bool] = column.in_(bindparam("departments", expanding=True))
    return found


def _given(name: str) -> Any:
    """A parameter, of the type of what it stands beside."""
    return bindparam(name)


_PERSON, _AFTER, _NOW, _SINCE = _given("person"), _given("after"), _given("now"), _given("since")
_MOST, _HIGH, _DUE = _given("at_most"), _given("high"), _given("due")
_STAGE = aliased(Stage)
_MEMBERS = select(Membership.person_id).where(_in(Membership.department_id))

_IS_FREE = and_(_in(Lead.department_id), Lead.status == "new", Lead.owner_id.is_(None))
_IN_WORK = and_(_in(Lead.department_id), Lead.status == "in_work")


def _standing_in(deal: type[Deal], *kinds: str) -> ColumnElement[bool]:
    """Lies here in a stage of these kinds; the stages are told by their ids, so that an index finds them."""
    return and_(_in(deal.department_id), deal.stage_id.in_(select(_STAGE.id).where(_STAGE.kind.in_(kinds))))


def _unfinished(deal: type[Deal] = Deal) -> ColumnElement[bool]:
    return _standing_in(deal, *UNFINISHED)


_IS_LATE = and_(
    Task.done_at.is_(None), Task.handed_in_at.is_(None), Task.due_at < _NOW, Task.personal.is_(False)
)
_LATE = and_(
    _IS_LATE,
    or_(_in(Deal.department_id), _in(Lead.department_id), Task.assignee_id.in_(_MEMBERS)),
)


_ANYBODY = aliased(Person)


def _tasks(*columns: Any) -> Select[Any]:
    """Person by person: an index holds everybody's open tasks by when they are due, and none holds all."""
    return (
        select(*columns)
        .select_from(Task)
        .join(Person, Person.id == Task.assignee_id)
        .outerjoin(Deal, Deal.id == Task.deal_id)
        .outerjoin(Lead, Lead.id == Task.lead_id)
        .where(_LATE, Task.assignee_id.in_(select(_ANYBODY.id)))
    )


def _deals(condition: ColumnElement[bool]) -> Select[Any]:
    return select(func.count()).select_from(Deal).where(condition)


_FREE = select(func.count(Lead.id), func.min(Lead.created_at)).where(_IS_FREE).subquery()


def _adrift(later: int, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """How many deals without a next step lie here."""
    counts = (_deals(and_(_in(Deal.department_id), part, *conditions)) for part in parts(Deal, later))
    return sum((count.scalar_subquery() for count in counts), start=literal(0))


@cache
def _waiting(later: int) -> Select[Any]:
    return select(
        _FREE.c[0],
        _FREE.c[1],
        _adrift(later).label("adrift"),
        _deals(_unfinished() & Deal.owner_id.is_(None)).scalar_subquery(),
        _tasks(func.count()).scalar_subquery(),
    )


@cache
def _of_one(later: int) -> Select[Any]:
    late = _tasks(func.count()).where(Task.assignee_id == _PERSON)
    return select(_adrift(later, Deal.owner_id == _PERSON).label("adrift"), late.scalar_subquery())


_LEADS_HELD = select(Lead.owner_id, func.count().label("n")).where(_IN_WORK).group_by(Lead.owner_id).cte()
_DEALS_HELD = (
    select(Deal.owner_id, func.count().label("n"), func.sum(Deal.amount).label("total"))
    .where(_unfinished())
    .group_by(Deal.owner_id)
    .cte()
)
_HOLDERS = (
    select(
        Person.id,
        Person.name,
        func.coalesce(_LEADS_HELD.c.n, 0),
        func.coalesce(_DEALS_HELD.c.n, 0),
        func.coalesce(_DEALS_HELD.c.total, 0),
    )
    .outerjoin(_LEADS_HELD, _LEADS_HELD.c.owner_id == Person.id)
    .outerjoin(_DEALS_HELD, _DEALS_HELD.c.owner_id == Person.id)
    .where(
        or_(
            and_(Person.status == "active", Person.role.in_(SELLERS), Person.id.in_(_MEMBERS)),
            _LEADS_HELD.c.n > 0,
            _DEALS_HELD.c.n > 0,
        )
    )
    .order_by(Person.name_folded, Person.id)
    .limit(_MOST)
)
_LAST = select(Person.name_folded).where(Person.id == _AFTER).scalar_subquery()
_HOLDERS_AFTER = _HOLDERS.where(
    or_(Person.name_folded > _LAST, and_(Person.name_folded == _LAST, Person.id > _AFTER))
)
_HOLDER = _HOLDERS.where(Person.id == _PERSON)

_FREE_PAGE = select(Lead).where(_IS_FREE, Lead.id > _AFTER).order_by(Lead.id).limit(_MOST)
_LEADS_PAGE = (
    select(Lead).where(_IN_WORK, Lead.owner_id == _PERSON, Lead.id > _AFTER).order_by(Lead.id).limit(_MOST)
)


KEY = aliased(Deal)


def deal_page(*conditions: ColumnElement[bool]) -> Select[Deal, Stage, str, str]:
    """Found by their keys first: only what is shown is read as a whole."""
    keys = select(KEY.id).where(*conditions, KEY.id > _AFTER).order_by(KEY.id).limit(_MOST)
    return (
        select(Deal, Stage, Contact.name, Person.name)
        .join(Stage, Stage.id == Deal.stage_id)
        .outerjoin(Contact, Contact.id == Deal.contact_id)
        .outerjoin(Person, Person.id == Deal.owner_id)
        .where(Deal.id.in_(keys))
        .order_by(Deal.id)
    )


_IN_HAND_PAGE = deal_page(_unfinished(KEY), KEY.owner_id == _PERSON)
_ORPHANS_PAGE = deal_page(_unfinished(KEY), KEY.owner_id.is_(None))


@cache
def _adrift_page(later: int, *, of_one: bool) -> Select[Deal, Stage, str, str]:
    theirs = [KEY.owner_id == _PERSON] if of_one else []
    return deal_page(_in(KEY.department_id), adrift(KEY, later), *theirs)


_LATE_PAGE = _tasks(Task, Person.name).order_by(Task.high.desc(), Task.due_at, Task.id).limit(_MOST)
_LATE_OF_ONE = _LATE_PAGE.where(Person.id == _PERSON)
_ANCHOR = select(Task.high, Task.due_at).where(Task.id == _AFTER, _IS_LATE)
_BEHIND = or_(
    Task.high < _HIGH,
    and_(Task.high == _HIGH, or_(Task.due_at > _DUE, and_(Task.due_at == _DUE, Task.id > _AFTER))),
)
_LATE_NEXT, _LATE_OF_ONE_NEXT = _LATE_PAGE.where(_BEHIND), _LATE_OF_ONE.where(_BEHIND)

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
    _in(Lead.department_id),
    _in(Deal.department_id),
    _in(Contact.department_id),
    _in(Company.department_id),
    _in(_OF_DEAL.department_id),
    _in(_OF_LEAD.department_id),
    and_(
        Task.personal.is_(False),
        Task.deal_id.is_(None),
        Task.lead_id.is_(None),
        Task.assignee_id.in_(_MEMBERS),
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
    _deeds(Event, _TITLE, func.coalesce(Deal.currency, ""))
    .where(_BY == _PERSON, Event.id < _AFTER)
    .order_by(Event.id.desc())
    .limit(_MOST)
)
_NEWEST = 2**62
"""Greater than the id of any event."""


class ControlRepository(Repository):
    """Reads only. `departments` are those that the reader may look at, all by their ids."""

    async def waiting(self, departments: Collection[int], steps: StepLimits, now: datetime) -> Waiting:
        """What waits for somebody to care."""
        given = {**steps.given, "departments": [*departments], "now": now}
        return Waiting(*(await self.session.execute(_waiting(len(steps.later)), given)).one())

    async def of_one(
        self, departments: Collection[int], person_id: int, steps: StepLimits, now: datetime
    ) -> tuple[int, int]:
        """Somebody's deals without a next step, and their overdue tasks."""
        given = {**steps.given, "departments": [*departments], "person": person_id, "now": now}
        idle, late = (await self.session.execute(_of_one(len(steps.later)), given)).one()
        return idle, late

    async def holders(self, departments: Collection[int], after: int, limit: int) -> list[InHand]:
        """Sellers of the departments, and whoever else has work there, by name; after one of them."""
        given = {"departments": [*departments], "at_most": limit}
        if after:
            rows = await self.session.execute(_HOLDERS_AFTER, {**given, "after": after})
        else:
            rows = await self.session.execute(_HOLDERS, given)
        return [_in_hand(row) for row in rows]

    async def holder(self, departments: Collection[int], person_id: int) -> InHand | None:
        """One of them."""
        given = {"departments": [*departments], "person": person_id, "at_most": 1}
        row = (await self.session.execute(_HOLDER, given)).one_or_none()
        return _in_hand(row) if row else None

    async def today(
        self, departments: Collection[int], people: Collection[int], since: datetime
    ) -> dict[int, dict[str, int]]:
        """How often these people did what since a moment: person, then kind of deed."""
        given = {"departments": [*departments], "people": [*people], "since": since, "floor": since - GRACE}
        found: dict[int, dict[str, int]] = {}
        for person, kind, count in await self.session.execute(_TODAY, given):
            found.setdefault(person, {})[kind] = count
        return found

    async def deeds(
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
        return [Done(*row) for row in await self.session.execute(_TODAY_PAGE, given)]

    async def free(self, departments: Collection[int], after: int, limit: int) -> Sequence[Lead]:
        """Free leads, the oldest first, after one of them."""
        given = {"departments": [*departments], "after": after, "at_most": limit}
        return (await self.session.scalars(_FREE_PAGE, given)).all()

    async def leads(
        self, departments: Collection[int], person_id: int, after: int, limit: int
    ) -> Sequence[Lead]:
        """Somebody's leads in work, the oldest first, after one of them."""
        given = {"departments": [*departments], "person": person_id, "after": after, "at_most": limit}
        return (await self.session.scalars(_LEADS_PAGE, given)).all()

    async def deals(
        self, departments: Collection[int], person_id: int | None, after: int, limit: int
    ) -> list[tuple[Deal, Stage, str | None, str | None]]:
        """Somebody's deals in work (None: nobody's) with stage, client and owner, the oldest first."""
        given = {"departments": [*departments], "person": person_id, "after": after, "at_most": limit}
        return await self._deals(_IN_HAND_PAGE if person_id else _ORPHANS_PAGE, given)

    async def adrift(
        self, departments: Collection[int], steps: StepLimits, person_id: int | None, after: int, limit: int
    ) -> list[tuple[Deal, Stage, str | None, str | None]]:
        """Deals without a next step, of one or of all (None), the oldest first, after one of them."""
        given = {"departments": [*departments], "person": person_id, "after": after, "at_most": limit}
        page = _adrift_page(len(steps.later), of_one=person_id is not None)
        return await self._deals(page, {**steps.given, **given})

    async def late(
        self, departments: Collection[int], person_id: int | None, now: datetime, after: int, limit: int
    ) -> list[tuple[Task, str]]:
        """Overdue tasks of one or of all (None) with their assignees, the longest due first.

        They go on after a task; from the start, if that one is overdue no more.
        """
        given = {"departments": [*departments], "person": person_id, "now": now, "at_most": limit}
        anchor = None
        if after:
            anchor = (await self.session.execute(_ANCHOR, {"after": after, "now": now})).one_or_none()
        if anchor is None:
            page = _LATE_OF_ONE if person_id else _LATE_PAGE
        else:
            page = _LATE_OF_ONE_NEXT if person_id else _LATE_NEXT
            given |= {"high": anchor[0], "due": anchor[1], "after": after}
        return [(task, name) for task, name in await self.session.execute(page, given)]

    async def _deals(
        self, page: Select[Deal, Stage, str, str], given: Mapping[str, object]
    ) -> list[tuple[Deal, Stage, str | None, str | None]]:
        rows = await self.session.execute(page, given)
        return [(deal, stage, client, owner) for deal, stage, client, owner in rows]


def _in_hand(row: Any) -> InHand:
    person_id, name, leads, deals, total = row
    return InHand(person_id, name, leads, deals, int(total))
