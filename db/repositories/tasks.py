"""Tasks: one in hand with what it belongs to, the next one of that, and reminders of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Select,
    and_,
    bindparam,
    insert,
    literal,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import aliased

from db.leases import take_turns
from db.models import (
    Company,
    Contact,
    Deal,
    Lead,
    Membership,
    Note,
    NoteFile,
    Person,
    Stage,
    Task,
    TaskItem,
    TaskSeries,
    TaskWatcher,
    Timer,
    Workspace,
)
from db.repositories.base import Repository

OPEN = Task.done_at.is_(None)
TO_DO = and_(OPEN, Task.handed_in_at.is_(None))
"""Open, and not waiting to be accepted."""
TURNS = 7_335_311
_DEPARTMENT, _HELPER, _WATCHER, _FILE = "department", "helper", "watcher", "file"
_AROUND: CompoundSelect[Any] = union_all(
    select(literal(_DEPARTMENT), Membership.department_id).where(
        Membership.person_id == bindparam("assignee")
    ),
    select(literal(_HELPER), TaskItem.assignee_id).where(
        TaskItem.task_id == bindparam("of_task"), TaskItem.assignee_id.is_not(None)
    ),
    select(literal(_WATCHER), TaskWatcher.person_id).where(TaskWatcher.task_id == bindparam("of_task")),
    select(literal(_FILE), NoteFile.id)
    .join(Note, Note.id == NoteFile.note_id)
    .where(Note.task_id == bindparam("of_task")),
)
_ADD_COMMENT = insert(Note).returning(Note.id)
_COMMENTS = (
    select(Note, Person.name)
    .outerjoin(Person, Person.id == Note.author_id)
    .where(Note.task_id == bindparam("of_task"))
    .order_by(Note.id.desc())
    .limit(bindparam("at_most"))
)


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """A task with its people and with the deal, lead or client that it belongs to."""

    task: Task
    assignee: str
    author: str | None
    done_by: str | None
    deal: Deal | None
    stage: Stage | None
    """The deal's."""
    lead: Lead | None
    """None where there is a deal: a qualified lead's tasks go on with its deal."""
    client: Contact | Company | None
    departments: frozenset[int]
    """Those of the deal, of the lead, of the client and of the assignee."""
    helpers: frozenset[int] = frozenset()
    """Who has an item of its checklist to do."""
    watchers: frozenset[int] = frozenset()
    series: TaskSeries | None = None
    assigning: str = "heads"
    """Who may give tasks to whom, in this company."""
    files: int = 0

    @property
    def is_linked(self) -> bool:
        """Whether it belongs to anything."""
        task = self.task
        return any((task.deal_id, task.lead_id, task.contact_id, task.company_id))


class TaskRepository(Repository):
    """Open tasks are those without `done_at`; dropped ones are found by nothing here."""

    async def get(self, task_id: int) -> TaskFacts | None:
        """A task with everything that its card and its access depend on."""
        assignee, author, doer = aliased(Person), aliased(Person), aliased(Person)
        query = (
            select(Task, assignee.name, author.name, doer.name, Deal, Stage, Lead, Contact, Company)
            .add_columns(TaskSeries, Workspace.assigning)
            .join(assignee, assignee.id == Task.assignee_id)
            .outerjoin(author, author.id == Task.author_id)
            .outerjoin(doer, doer.id == Task.done_by)
            .outerjoin(Deal, Deal.id == Task.deal_id)
            .outerjoin(Stage, Stage.id == Deal.stage_id)
            .outerjoin(Lead, Lead.id == Task.lead_id)
            .outerjoin(Contact, Contact.id == Task.contact_id)
            .outerjoin(Company, Company.id == Task.company_id)
            .outerjoin(TaskSeries, TaskSeries.id == Task.series_id)
            .join(Workspace, Workspace.id == 1)
            .where(Task.id == task_id, Task.dropped.is_(False))
        )
        row = (await self.session.execute(query)).one_or_none()
        if row is None:
            return None
        task, names, deal, stage, lead = row[0], (row[1], row[2], row[3]), row[4], row[5], row[6]
        client = row[7] or row[8]
        around: dict[str, set[int]] = {_DEPARTMENT: set(), _HELPER: set(), _WATCHER: set(), _FILE: set()}
        for kind, one in await self.session.execute(
            _AROUND, {"of_task": task.id, "assignee": task.assignee_id}
        ):
            around[kind].add(one)
        departments = around[_DEPARTMENT]
        places = [place.department_id for place in (deal, lead, client) if place is not None]
        departments |= {place for place in places if place is not None}
        return TaskFacts(
            task,
            *names,
            deal,
            stage,
            None if deal else lead,
            client,
            frozenset(departments),
            frozenset(around[_HELPER]),
            frozenset(around[_WATCHER]),
            row[9],
            row[10],
            len(around[_FILE]),
        )

    async def insert(self, **values: object) -> int:
        """Add a task and return its id."""
        return (await self.session.execute(insert(Task).values(**values).returning(Task.id))).scalar_one()

    async def insert_many(
        self, rows: Sequence[dict[str, Any]]
    ) -> list[tuple[int, int | None, int, datetime]]:
        """Add tasks of deals; returns the id, deal, assignee and moment of each."""
        if not rows:
            return []
        made = insert(Task).returning(Task.id, Task.deal_id, Task.assignee_id, Task.due_at)
        found = [(row[0], row[1], row[2], row[3]) for row in await self.session.execute(made, rows)]
        return sorted(found)

    async def change(self, task_id: int, version: int, **values: object) -> bool:
        """Change a task if nobody changed it since that version; False if somebody did."""
        return bool(
            await self.affect(
                update(Task)
                .where(Task.id == task_id, Task.version == version)
                .values(version=version + 1, **values)
                .execution_options(synchronize_session="fetch")
            )
        )

    async def hand_over(
        self,
        person_id: int | None,
        heir_id: int,
        *,
        deal_id: int | None = None,
        lead_id: int | None = None,
        contact_id: int | None = None,
        company_id: int | None = None,
    ) -> Sequence[int]:
        """What somebody still had to do for a deal, a lead or a client is its new owner's to do."""
        places = {
            Task.deal_id: deal_id,
            Task.lead_id: lead_id,
            Task.contact_id: contact_id,
            Task.company_id: company_id,
        }
        place = or_(*(column == one for column, one in places.items() if one is not None))
        given = (
            update(Task)
            .where(place, Task.assignee_id == person_id, OPEN)
            .values(assignee_id=heir_id, version=Task.version + 1)
            .returning(Task.id)
            .execution_options(synchronize_session=False)
        )
        return (await self.session.scalars(given)).all()

    async def open_for(self, subject: str, subject_id: int) -> Sequence[Task]:
        """Everything that is still to do for a deal, a lead or a client."""
        place = {
            "deal": Task.deal_id,
            "lead": Task.lead_id,
            "contact": Task.contact_id,
            "firm": Task.company_id,
        }[subject]
        query = select(Task).where(place == subject_id, OPEN).order_by(Task.id)
        return (await self.session.scalars(query)).all()

    async def dropped_at(self, ids: Collection[int], at: datetime) -> Sequence[Task]:
        """Those of these tasks that were dropped at exactly this moment."""
        query = select(Task).where(Task.id.in_(sorted(ids)), Task.dropped, Task.done_at == at)
        return (await self.session.scalars(query.order_by(Task.id))).all()

    async def set_dropped(self, ids: Collection[int], at: datetime | None) -> None:
        """Drop some tasks at a moment, or bring them back to be done."""
        await self.session.execute(
            update(Task)
            .where(Task.id.in_(sorted(ids)))
            .values(dropped=at is not None, done_at=at, version=Task.version + 1)
            .execution_options(synchronize_session=False)
        )

    async def next_of_deal(self, deal_id: int) -> Task | None:
        """The open task of a deal that is due first."""
        return await self.session.scalar(_first(select(Task).where(Task.deal_id == deal_id, OPEN)))

    async def next_of_lead(self, lead_id: int) -> Task | None:
        """The open task of a lead that is due first."""
        return await self.session.scalar(_first(select(Task).where(Task.lead_id == lead_id, OPEN)))

    async def follower(self, task: Task) -> Task | None:
        """The open task that was set for the same deal, lead or client once this one was done."""
        query = select(Task).where(OPEN, Task.created_at >= (task.done_at or task.created_at))
        if task.deal_id is not None:
            query = query.where(Task.deal_id == task.deal_id)
        elif task.lead_id is not None:
            query = query.where(Task.lead_id == task.lead_id)
        elif task.contact_id is not None:
            query = query.where(Task.contact_id == task.contact_id)
        else:
            query = query.where(Task.company_id == task.company_id)
        return await self.session.scalar(_first(query))

    async def due(self, task_id: int, at: datetime) -> Task | None:
        """A task if it is still to be done and still due at that moment."""
        query = select(Task).where(Task.id == task_id, Task.due_at == at, TO_DO)
        return await self.session.scalar(query)

    async def open_of(self, person_id: int, ids: Collection[int]) -> Sequence[Task]:
        """Those of these tasks that the person still has to do: important ones, then by due time."""
        query = select(Task).where(Task.id.in_(sorted(ids)), Task.assignee_id == person_id, TO_DO)
        return (await self.session.scalars(query.order_by(Task.high.desc(), Task.due_at, Task.id))).all()

    async def reminders(
        self, kind: str, person_id: int, before: datetime, now: datetime
    ) -> Sequence[tuple[int, int]]:
        """Timers of a kind that wait since before a moment, with the tasks of somebody that are due."""
        query = (
            select(Timer.id, Task.id)
            .join(Task, Task.id == Timer.subject_id)
            .where(Timer.kind == kind, Timer.state == "new", Timer.subject == "task", Timer.due_at < before)
            .where(Task.assignee_id == person_id, TO_DO, Task.due_at <= now)
            .order_by(Timer.due_at, Timer.id)
        )
        return [(timer, task) for timer, task in await self.session.execute(query)]

    async def add_comment(self, task_id: int, author_id: int, text: str, now: datetime) -> int:
        """Keep a note with a task and return its id."""
        values = {"task_id": task_id, "author_id": author_id, "text": text, "created_at": now}
        return (await self.session.execute(_ADD_COMMENT, values)).scalar_one()

    async def comments(self, task_id: int, limit: int) -> list[tuple[Note, str | None]]:
        """The newest notes on a task with their authors' names, newest first."""
        rows = await self.session.execute(_COMMENTS, {"of_task": task_id, "at_most": limit})
        return [(note, name) for note, name in rows]

    async def fold_in_turn(self) -> None:
        """Let only one transaction at a time gather late reminders, until it ends."""
        await take_turns(self.session, TURNS)

    async def candidates(
        self,
        departments: Collection[int] | None,
        but: int,
        first: int | None,
        offset: int,
        limit: int,
        below: Collection[int] = (),
    ) -> Sequence[Person]:
        """Active people of some departments (None: of all) but one, by name; `first` leads the list.

        `below`: departments of which only those are meant who do not head them.
        """
        order = (Person.id == (first or 0)).desc(), Person.name_folded, Person.id
        query = _colleagues(departments, but, below).order_by(*order).offset(offset).limit(limit)
        return (await self.session.scalars(query)).all()

    async def candidate(
        self,
        departments: Collection[int] | None,
        but: int,
        person_id: int,
        below: Collection[int] = (),
    ) -> Person | None:
        """One of them."""
        return await self.session.scalar(_colleagues(departments, but, below).where(Person.id == person_id))


def _colleagues(departments: Collection[int] | None, but: int, below: Collection[int] = ()) -> Select[Person]:
    query = select(Person).where(Person.status == "active", Person.id != but)
    if departments is None:
        return query
    beside = and_(Membership.department_id.in_(sorted(below)), Membership.head.is_(False))
    here = or_(Membership.department_id.in_(sorted(departments)), beside)
    return query.where(Person.id.in_(select(Membership.person_id).where(here)))


def _first(query: Select[Task]) -> Select[Task]:
    return query.order_by(Task.due_at, Task.id).limit(1)
