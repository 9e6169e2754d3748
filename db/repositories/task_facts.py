"""A task in hand, with its people and what it belongs to."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, Select, bindparam, literal, select, union_all
from sqlalchemy.orm import aliased

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
    Workspace,
)
from db.repositories.base import Repository

# Built once: each alias that is made anew copies every column of its table.
_ASSIGNEE, _AUTHOR, _DOER = aliased(Person), aliased(Person), aliased(Person)
_IN_HAND: Select[Any] = (
    select(Task, _ASSIGNEE.name, _AUTHOR.name, _DOER.name, Deal, Stage, Lead, Contact, Company)
    .add_columns(TaskSeries, Workspace.assigning)
    .join(_ASSIGNEE, _ASSIGNEE.id == Task.assignee_id)
    .outerjoin(_AUTHOR, _AUTHOR.id == Task.author_id)
    .outerjoin(_DOER, _DOER.id == Task.done_by)
    .outerjoin(Deal, Deal.id == Task.deal_id)
    .outerjoin(Stage, Stage.id == Deal.stage_id)
    .outerjoin(Lead, Lead.id == Task.lead_id)
    .outerjoin(Contact, Contact.id == Task.contact_id)
    .outerjoin(Company, Company.id == Task.company_id)
    .outerjoin(TaskSeries, TaskSeries.id == Task.series_id)
    .join(Workspace, Workspace.id == 1)
    .where(Task.id == bindparam("task"), Task.dropped == bindparam("dropped"))
)
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


class TaskFactsRepository(Repository):
    """What the card of a task, and the access to it, depend on."""

    async def get(self, task_id: int, *, dropped: bool = False) -> TaskFacts | None:
        """A task, or one that was deleted, with everything that its card and its access depend on."""
        row = (await self.session.execute(_IN_HAND, {"task": task_id, "dropped": dropped})).one_or_none()
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
