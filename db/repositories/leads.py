"""Leads: intake, the race to take one, and lists."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true, update
from sqlalchemy.orm import aliased

from db.models import Contact, Deal, Department, Inquiry, Lead, Note, Person, Pipeline, Task
from db.repositories.base import Repository, within
from db.repositories.fields import SCORING, field_is_made
from db.repositories.notes import has_files
from db.scope import Scope
from db.searched import SEARCHED, written

OPEN = ("new", "in_work")
_OWNER = aliased(Person)


@dataclass(frozen=True, slots=True)
class LeadFacts:
    """A lead with the names that its card shows."""

    lead: Lead
    department: str
    pipeline: str | None
    owner: str | None
    contact: str | None
    deal_id: int | None
    utm: dict[str, Any] | None = None
    """Of the request from outside that it was made of; none if it came otherwise."""
    page_url: str | None = None
    fields: bool = False
    """Whether the company has made fields for its leads."""
    scoring: dict[str, Any] | None = None
    """By which rules they are scored."""
    rules: dict[str, Any] | None = None
    """What follows in its department when it is not answered."""
    files: bool = False
    """Whether files lie with it."""


class LeadRepository(Repository):
    """Changes are compare-and-set, so that of several people who press at once exactly one succeeds."""

    def visible_to(self, scope: Scope) -> ColumnElement[bool]:
        """The condition that a lead lies in a scope."""
        return within(scope, Lead.owner_id, Lead.department_id)

    async def get(self, lead_id: int) -> Lead | None:
        """One lead."""
        return await self.session.get(Lead, lead_id)

    async def comments(self, ids: Collection[int]) -> dict[int, str]:
        """What these leads say, but for those that say nothing."""
        query = select(Lead.id, Lead.comment).where(Lead.id.in_(ids), Lead.comment.is_not(None))
        return {lead: words for lead, words in await self.session.execute(query) if words}

    async def department_of(self, lead_id: int) -> int:
        """Where a lead lies at this moment; it itself is not read yet."""
        return await self.session.scalar(select(Lead.department_id).where(Lead.id == lead_id)) or 0

    async def facts(self, lead_id: int) -> LeadFacts | None:
        """Everything that a card needs of a lead itself, in one query."""
        query = (
            select(
                Lead,
                Department.name,
                Pipeline.name,
                Person.name,
                Contact.name,
                Deal.id,
                Inquiry.utm,
                Inquiry.page_url,
                field_is_made("lead"),
                SCORING,
                Department.rules,
                has_files(Note.lead_id, Lead.id),
            )
            .join(Department, Department.id == Lead.department_id)
            .outerjoin(Pipeline, (Pipeline.id == Lead.pipeline_id) & Pipeline.archived_at.is_(None))
            .outerjoin(Person, Person.id == Lead.owner_id)
            .outerjoin(Contact, Contact.id == Lead.contact_id)
            .outerjoin(Deal, Deal.lead_id == Lead.id)
            .outerjoin(Inquiry, (Inquiry.lead_id == Lead.id) & Inquiry.made_lead)
            .where(Lead.id == lead_id)
        )
        row = (await self.session.execute(query)).one_or_none()
        return LeadFacts(*row) if row else None

    async def take(
        self, lead_id: int, owner_id: int, now: datetime, *, anyway: bool = False, **values: object
    ) -> Lead | None:
        """Make a free lead somebody's; None if it is not free, perhaps since a moment.

        One that is offered to somebody else is not free either, unless `anyway`.
        """
        return await self._change(
            lead_id,
            Lead.owner_id.is_(None),
            Lead.status == "new",
            true() if anyway else Lead.offered_to.is_(None) | (Lead.offered_to == owner_id),
            values={
                **values,
                "owner_id": owner_id,
                "status": "in_work",
                "taken_at": now,
                "offered_to": None,
                "offered_until": None,
            },
        )

    async def offered_to(self, person_id: int) -> list[Lead]:
        """The leads that somebody is offered, the oldest first."""
        query = select(Lead).where(Lead.offered_to == person_id, Lead.status == "new").order_by(Lead.id)
        return list(await self.session.scalars(query))

    async def change(self, lead_id: int, version: int, **values: object) -> Lead | None:
        """Change a lead if nobody changed it since that version; None if somebody did."""
        return await self._change(lead_id, Lead.version == version, values=values)

    async def answer(self, lead_id: int, turn: int, now: datetime, minutes: int) -> bool:
        """Somebody has answered in this turn, after so much working time; False if the turn is over.

        What would have followed does not. Of several answers the first one is measured.
        """
        this = (Lead.id == lead_id, Lead.turn == turn)
        change = update(Lead).where(*this, Lead.answered_at.is_(None))
        values = {"answered_at": now, "answer_minutes": minutes, "step": None, "step_at": None}
        values |= {"callback_from": now, "silent_from": now}
        if await self.affect(change.values(values)):
            return True
        return await self.session.scalar(select(Lead.id).where(*this)) is not None

    async def lock(self, lead_id: int, version: int) -> bool:
        """Keep others from changing a lead until the transaction ends; False if it was changed already.

        SQLite has one writer at a time and needs no lock.
        """
        query = select(Lead.id).where(Lead.id == lead_id, Lead.version == version).with_for_update()
        return await self.session.scalar(query) is not None

    async def reread(self, lead: Lead) -> None:
        """Bring a lead up to date with what others have committed meanwhile."""
        await self.session.refresh(lead)

    async def owner_name(self, lead_id: int) -> str | None:
        """Who owns it at this moment, past anything read before in the transaction."""
        query = select(Person.name).join(Lead, Lead.owner_id == Person.id).where(Lead.id == lead_id)
        return await self.session.scalar(query)

    async def free(self, scope: Scope, after_id: int | None, limit: int) -> Sequence[tuple[Lead, str | None]]:
        """Visible leads that nobody has taken, the oldest first, after the row `after_id`."""
        query = self._lines(scope).where(Lead.owner_id.is_(None), Lead.status == "new")
        if after_id is not None:
            query = query.where(Lead.id > after_id)
        return await self._pairs(query.order_by(Lead.id).limit(limit))

    async def in_hand(
        self, scope: Scope, owner_id: int | None, before_id: int | None, limit: int
    ) -> Sequence[tuple[Lead, str | None]]:
        """Visible open leads of one owner or of all, the newest first, after the row `before_id`."""
        query = self._lines(scope)
        if owner_id is None:
            query = query.where(Lead.status.in_(OPEN))
        else:
            query = query.where(Lead.owner_id == owner_id, Lead.status == "in_work")
        if before_id is not None:
            query = query.where(Lead.id < before_id)
        return await self._pairs(query.order_by(Lead.id.desc()).limit(limit))

    async def of_contact(
        self, scope: Scope, contact_id: int, phones: Collection[str], limit: int
    ) -> Sequence[tuple[Lead, str | None]]:
        """Visible leads of a contact, linked or with one of their phones, the newest first."""
        mark = (Lead.contact_id == contact_id) | Lead.phone.in_(phones)
        return await self._pairs(self._lines(scope).where(mark).order_by(Lead.id.desc()).limit(limit))

    async def open_with_phone(self, phone: str) -> tuple[Lead, str | None] | None:
        """The oldest open lead with this phone, and its owner's name."""
        query = (
            select(Lead, Person.name)
            .outerjoin(Person, Person.id == Lead.owner_id)
            .where(Lead.phone == phone, Lead.status.in_(OPEN))
            .order_by(Lead.id)
            .limit(1)
        )
        row = (await self.session.execute(query)).one_or_none()
        return (row[0], row[1]) if row else None

    async def last_of_contact(self, contact_id: int) -> Lead | None:
        """The newest lead that became this contact."""
        query = select(Lead).where(Lead.contact_id == contact_id).order_by(Lead.id.desc()).limit(1)
        return await self.session.scalar(query)

    async def deal_of(self, lead_id: int) -> int | None:
        """The deal that a lead became."""
        return await self.session.scalar(select(Deal.id).where(Deal.lead_id == lead_id))

    async def move_tasks(self, lead_id: int, deal_id: int) -> None:
        """Open tasks of a lead go on with the deal that it became."""
        await self.session.execute(
            update(Task)
            .where(Task.lead_id == lead_id, Task.done_at.is_(None))
            .values(deal_id=deal_id, version=Task.version + 1)
            .execution_options(synchronize_session=False)
        )

    async def count_free(self, scope: Scope) -> int:
        """How many visible leads wait for somebody."""
        query = select(func.count()).select_from(Lead)
        query = query.where(self.visible_to(scope), Lead.owner_id.is_(None), Lead.status == "new")
        return (await self.session.scalar(query)) or 0

    def _lines(self, scope: Scope) -> Select[Lead, str]:
        return (
            select(Lead, _OWNER.name)
            .outerjoin(_OWNER, _OWNER.id == Lead.owner_id)
            .where(self.visible_to(scope))
        )

    async def _pairs(self, query: Select[Lead, str]) -> list[tuple[Lead, str | None]]:
        return [(lead, owner) for lead, owner in await self.session.execute(query)]

    async def _change(
        self, lead_id: int, *conditions: ColumnElement[bool], values: dict[str, object]
    ) -> Lead | None:
        query = (
            update(Lead)
            .where(Lead.id == lead_id, *conditions)
            .values(version=Lead.version + 1, **values)
            .returning(Lead)
            .execution_options(synchronize_session=False, populate_existing=True)
        )
        if SEARCHED["lead"] & values.keys():
            written(self.session, "lead", {lead_id})
        return (await self.session.execute(query)).scalar_one_or_none()
