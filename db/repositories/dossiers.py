"""Reads all that is kept of a person, for themselves."""

from typing import Any

from sqlalchemy import or_, select

from db.models import (
    Call,
    Company,
    Contact,
    Deal,
    Event,
    Inquiry,
    Lead,
    Note,
    NoteFile,
    NoteVersion,
    Payment,
    Person,
    Stage,
    Task,
    TaskItem,
)
from db.repositories.base import Repository
from db.repositories.erasure import Traces

Rows = list[Any]


class DossierRepository(Repository):
    """Rows with the names that belong to them, the oldest first; `traces` say which."""

    async def contact(self, contact_id: int) -> tuple[Contact, str | None, str | None] | None:
        """The contact, their employer and who keeps the relation."""
        query = (
            select(Contact, Company.name, Person.name)
            .outerjoin(Company, Company.id == Contact.company_id)
            .outerjoin(Person, Person.id == Contact.owner_id)
            .where(Contact.id == contact_id)
        )
        row = (await self.session.execute(query)).one_or_none()
        return (row[0], row[1], row[2]) if row else None

    async def leads(self, traces: Traces) -> Rows:
        """Requests, and who has them."""
        query = select(Lead, Person.name).outerjoin(Person, Person.id == Lead.owner_id)
        return await self._rows(query.where(Lead.id.in_(traces.leads)).order_by(Lead.id))

    async def inquiries(self, traces: Traces) -> Rows:
        """Requests as other programs brought them."""
        mine = or_(Inquiry.lead_id.in_(traces.leads), Inquiry.deal_id.in_(traces.deals))
        return await self._rows(select(Inquiry).where(mine).order_by(Inquiry.id))

    async def deals(self, traces: Traces) -> Rows:
        """Deals, in which stage they stand and who has them."""
        query = (
            select(Deal, Stage.name, Person.name)
            .join(Stage, Stage.id == Deal.stage_id)
            .outerjoin(Person, Person.id == Deal.owner_id)
        )
        return await self._rows(query.where(Deal.id.in_(traces.deals)).order_by(Deal.id))

    async def payments(self, traces: Traces) -> Rows:
        """Payments that were not taken back."""
        query = select(Payment).where(Payment.deal_id.in_(traces.deals), Payment.taken_back_at.is_(None))
        return await self._rows(query.order_by(Payment.id))

    async def tasks(self, traces: Traces) -> Rows:
        """What was or is to be done."""
        query = select(Task, Person.name).join(Person, Person.id == Task.assignee_id)
        return await self._rows(query.where(Task.id.in_(traces.tasks)).order_by(Task.id))

    async def items(self, traces: Traces) -> Rows:
        """The items of their checklists, and who does each."""
        query = select(TaskItem, Person.name).outerjoin(Person, Person.id == TaskItem.assignee_id)
        return await self._rows(query.where(TaskItem.task_id.in_(traces.tasks)).order_by(TaskItem.id))

    async def calls(self, traces: Traces) -> Rows:
        """Calls, and who made them."""
        mine = or_(
            Call.contact_id == traces.contact_id,
            Call.lead_id.in_(traces.leads),
            Call.deal_id.in_(traces.deals),
        )
        query = select(Call, Person.name).outerjoin(Person, Person.id == Call.author_id)
        return await self._rows(query.where(mine).order_by(Call.id))

    async def notes(self, traces: Traces) -> Rows:
        """What was said, and who wrote it down."""
        query = select(Note, Person.name).outerjoin(Person, Person.id == Note.author_id)
        return await self._rows(query.where(Note.id.in_(traces.notes)).order_by(Note.id))

    async def versions(self, traces: Traces) -> Rows:
        """What was said before it was edited."""
        query = select(NoteVersion).where(NoteVersion.note_id.in_(traces.notes))
        return await self._rows(query.order_by(NoteVersion.id))

    async def files(self, traces: Traces) -> Rows:
        """Files that lie with what was said."""
        query = select(NoteFile).where(NoteFile.note_id.in_(traces.notes))
        return await self._rows(query.order_by(NoteFile.id))

    async def events(self, traces: Traces) -> Rows:
        """Who did what with any of it, when and by which door."""
        mine = [
            (Event.subject == subject) & Event.subject_id.in_(ids) for subject, ids in traces.subjects.items()
        ]
        query = select(Event, Person.name).outerjoin(Person, Person.id == Event.actor_id)
        return await self._rows(query.where(or_(*mine)).order_by(Event.id))

    async def _rows(self, query: Any) -> Rows:
        return list((await self.session.execute(query)).all())
