"""Contacts and their companies."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import aliased

from db.models import Company, Contact, Deal, Person, Stage
from db.repositories.base import Repository, within
from db.scope import Scope


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """A contact with the names that its card shows."""

    contact: Contact
    company: str | None
    owner: str | None


class ClientRepository(Repository):
    """A contact belongs to the manager who keeps the relation; a company to nobody."""

    def visible_to(self, scope: Scope) -> ColumnElement[bool]:
        """The condition that a contact lies in a scope."""
        return within(scope, Contact.owner_id, Contact.department_id)

    async def get(self, contact_id: int) -> Contact | None:
        """One contact."""
        return await self.session.get(Contact, contact_id)

    async def facts(self, contact_id: int) -> ContactFacts | None:
        """Everything that a card needs of a contact itself, in one query."""
        owner = aliased(Person)
        query = (
            select(Contact, Company.name, owner.name)
            .outerjoin(Company, Company.id == Contact.company_id)
            .outerjoin(owner, owner.id == Contact.owner_id)
            .where(Contact.id == contact_id)
        )
        row = (await self.session.execute(query)).one_or_none()
        return ContactFacts(*row) if row else None

    async def by_phone(
        self, phone: str, prefer_owner: int | None = None
    ) -> tuple[Contact, str | None] | None:
        """The contact with this phone and its owner's name: the preferred owner's, else the oldest one."""
        query = (
            select(Contact, Person.name)
            .outerjoin(Person, Person.id == Contact.owner_id)
            .where(Contact.phone == phone)
            .order_by(case((Contact.owner_id == prefer_owner, 0), else_=1), Contact.id)
            .limit(1)
        )
        row = (await self.session.execute(query)).one_or_none()
        return (row[0], row[1]) if row else None

    async def company(self, company_id: int) -> Company | None:
        """One company."""
        return await self.session.get(Company, company_id)

    async def company_named(self, name_folded: str) -> Company | None:
        """The oldest company of this name."""
        query = select(Company).where(Company.name_folded == name_folded).order_by(Company.id).limit(1)
        return await self.session.scalar(query)

    async def open_deal(self, contact_id: int) -> tuple[Deal, str | None] | None:
        """The newest deal of a contact that is neither won nor lost, and its owner's name."""
        query = (
            select(Deal, Person.name)
            .join(Stage, Stage.id == Deal.stage_id)
            .outerjoin(Person, Person.id == Deal.owner_id)
            .where(Deal.contact_id == contact_id, Stage.kind.in_(("open", "payment")))
            .order_by(Deal.id.desc())
            .limit(1)
        )
        row = (await self.session.execute(query)).one_or_none()
        return (row[0], row[1]) if row else None

    async def deals(self, scope: Scope, contact_id: int, limit: int) -> list[tuple[Deal, Stage]]:
        """Visible deals of a contact with their stages, the newest first."""
        settled = Stage.kind.in_(("payment", "won", "lost"))
        query = (
            select(Deal, Stage)
            .join(Stage, Stage.id == Deal.stage_id)
            .where(Deal.contact_id == contact_id, within(scope, Deal.owner_id, Deal.department_id, settled))
            .order_by(Deal.id.desc())
            .limit(limit)
        )
        return [(deal, stage) for deal, stage in await self.session.execute(query)]
