"""Tasks: changed, handed over, dropped; the next one of a deal or lead, and reminders of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Select,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from db.leases import take_turns
from db.models import (
    Note,
    NoteFile,
    Person,
    Task,
    Timer,
)
from db.repositories.base import Repository
from db.searched import written

OPEN = Task.done_at.is_(None)
TO_DO = and_(OPEN, Task.handed_in_at.is_(None))
"""Open, and not waiting to be accepted."""
TURNS = 7_335_311
_ADD_COMMENT = insert(Note).returning(Note.id)
_ITS_FILE = select(NoteFile).where(NoteFile.note_id == Note.id)
_COMMENTS = (
    select(
        Note,
        Person.name,
        _ITS_FILE.with_only_columns(func.count()).scalar_subquery(),
        _ITS_FILE.with_only_columns(func.max(NoteFile.kind)).scalar_subquery(),
        _ITS_FILE.with_only_columns(func.max(NoteFile.name)).scalar_subquery(),
    )
    .outerjoin(Person, Person.id == Note.author_id)
    .where(Note.task_id == bindparam("of_task"))
    .order_by(Note.id.desc())
    .limit(bindparam("at_most"))
)


@dataclass(frozen=True, slots=True)
class FoundComment:
    """A note on a task with its author's name; `kind` and `name` are those of one of its files."""

    note: Note
    author: str | None
    files: int
    kind: str | None
    name: str | None


class TaskRepository(Repository):
    """Open tasks are those without `done_at`; dropped ones are found by nothing here."""

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

    async def open_for(self, subject: str, subject_id: int, *, held: bool = False) -> Sequence[Task]:
        """Everything that is still to do for a deal, a lead or a client.

        `held`: as it stands now, and nobody does any of it before this transaction ends.
        """
        place = {
            "deal": Task.deal_id,
            "lead": Task.lead_id,
            "contact": Task.contact_id,
            "firm": Task.company_id,
        }[subject]
        query = select(Task).where(place == subject_id, OPEN).order_by(Task.id)
        if not held:
            return (await self.session.scalars(query)).all()
        # Twice: who did one of them while it was waited for may have set another.
        await self._held(query)
        return await self._held(query)

    async def open_among(self, ids: Collection[int]) -> Sequence[Task]:
        """Those of these tasks that are open now; nobody does any of them before this transaction ends."""
        return await self._held(select(Task).where(Task.id.in_(sorted(ids)), OPEN).order_by(Task.id))

    async def _held(self, query: Select[Task]) -> Sequence[Task]:
        held = query.with_for_update().execution_options(populate_existing=True)
        return (await self.session.scalars(held)).all()

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
        note = (await self.session.execute(_ADD_COMMENT, values)).scalar_one()
        written(self.session, "note", {note})
        return note

    async def comments(self, task_id: int, limit: int) -> list[FoundComment]:
        """The newest notes on a task, newest first."""
        rows = await self.session.execute(_COMMENTS, {"of_task": task_id, "at_most": limit})
        return [FoundComment(*row) for row in rows]

    async def fold_in_turn(self) -> None:
        """Let only one transaction at a time gather late reminders, until it ends."""
        await take_turns(self.session, TURNS)


def _first(query: Select[Task]) -> Select[Task]:
    return query.order_by(Task.due_at, Task.id).limit(1)
