"""Contacts and their companies: one in hand, those with a phone or a name, lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    bindparam,
    false,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from db.models import Company, Contact, ContactPoint, Deal, DealHelper, Department, Note, Person, Stage
from db.repositories.base import within
from db.repositories.known_clients import KINDS, Client, KnownClients
from db.repositories.notes import has_files
from db.repositories.reach import companies_within, deals_within
from db.scope import Scope
from db.searched import SEARCHED, SUBJECTS, written

SETTLED = Stage.kind.in_(("payment", "won", "lost"))


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """A contact or company with the names that its card shows."""

    client: Client
    company: str | None
    """A contact's one."""
    owner: str | None
    department: str | None
    files: bool
    """Whether files lie with it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something of a company lies: whose it is, and in which department."""

    owner_id: int | None
    department_id: int | None


_OWNER = aliased(Person)
_CONTACT_FACTS = (
    select(Contact, Company.name, _OWNER.name, Department.name, has_files(Note.contact_id, Contact.id))
    .outerjoin(Company, Company.id == Contact.company_id)
    .outerjoin(_OWNER, _OWNER.id == Contact.owner_id)
    .outerjoin(Department, Department.id == Contact.department_id)
    .where(Contact.id == bindparam("client_id"))
)
_COMPANY_FACTS = (
    select(Company, _OWNER.name, Department.name, has_files(Note.company_id, Company.id))
    .outerjoin(_OWNER, _OWNER.id == Company.owner_id)
    .outerjoin(Department, Department.id == Company.department_id)
    .where(Company.id == bindparam("client_id"))
)
_PLACES = (
    select(Contact.owner_id, Contact.department_id)
    .where(Contact.company_id == bindparam("company_id"))
    .union(
        select(Deal.owner_id, Deal.department_id).where(Deal.company_id == bindparam("company_id")),
    )
)
_PEOPLE = select(Contact.id).where(Contact.company_id == bindparam("company_id"))


class ClientRepository(KnownClients):
    """A client is a contact or a company; both belong to the manager who keeps the relation."""

    async def get(self, kind: str, client_id: int) -> Client | None:
        """One contact or company."""
        return await self.session.get(KINDS[kind], client_id)

    async def facts(self, kind: str, client_id: int) -> ClientFacts | None:
        """Everything that a card needs of a client itself, in one query."""
        given = {"client_id": client_id}
        if kind == "contact":
            row = (await self.session.execute(_CONTACT_FACTS, given)).one_or_none()
            return ClientFacts(*row) if row else None
        found = (await self.session.execute(_COMPANY_FACTS, given)).one_or_none()
        return ClientFacts(found[0], None, found[1], found[2], found[3]) if found else None

    async def places(self, company_id: int) -> list[Place]:
        """Where the people and the deals of a company lie."""
        rows = await self.session.execute(_PLACES, {"company_id": company_id})
        return [Place(owner, department) for owner, department in rows]

    async def change(self, client: Client, **values: object) -> bool:
        """Change a client if nobody changed it since it was read; False if somebody did."""
        table = cast("Table", type(client).__table__)
        changed = await self.affect(
            update(table)
            .where(table.c.id == client.id, table.c.version == client.version)
            .values(version=client.version + 1, **values)
        )
        if changed:
            kind = SUBJECTS[type(client)]
            if SEARCHED[kind] & values.keys():
                written(self.session, kind, {client.id})
            await self.session.refresh(client)
        return bool(changed)

    async def points(self, kind: str, client_id: int) -> list[ContactPoint]:
        """The phones and addresses of a client, the first ones first."""
        mine = ContactPoint.contact_id if kind == "contact" else ContactPoint.company_id
        query = select(ContactPoint).where(mine == client_id).order_by(ContactPoint.id)
        return list((await self.session.scalars(query)).all())

    async def add_point(self, client: Client, kind: str, value: str) -> None:
        """Add a phone or an address to a client."""
        mine = {"contact_id" if isinstance(client, Contact) else "company_id": client.id}
        self.session.add(ContactPoint(kind=kind, value=value, **mine))
        await self.session.flush()

    async def remove_point(self, point: ContactPoint) -> None:
        """Take a phone or address away."""
        await self.session.delete(point)
        await self.session.flush()

    async def companies_like(self, scope: Scope, deals: Scope, words: str, limit: int) -> list[Company]:
        """Visible companies whose names contain these folded words or that have this tax number, by name."""
        named = Company.name_folded.contains(words, autoescape=True) | (Company.inn == words)
        query = select(Company).where(named, companies_within(scope, deals))
        rows = await self.session.scalars(query.order_by(Company.name_folded, Company.id).limit(limit))
        return list(rows.all())

    async def contacts(
        self, scope: Scope, before_id: int | None, limit: int, company_id: int | None = None
    ) -> list[tuple[Contact, str | None]]:
        """Visible contacts with their companies' names, perhaps of one company, the newest first."""
        query = (
            select(Contact, Company.name)
            .outerjoin(Company, Company.id == Contact.company_id)
            .order_by(Contact.id.desc())
            .limit(limit)
        )
        before = Contact.id < before_id if before_id is not None else true()
        if company_id is not None:
            here = within(scope, Contact.owner_id, Contact.department_id)
            query = query.where(here, before, Contact.company_id == company_id)
        else:
            query = query.where(before if scope.everything else Contact.id.in_(_newest(scope, before, limit)))
        return [(contact, company) for contact, company in await self.session.execute(query)]

    async def companies(self, scope: Scope, deals: Scope, before_id: int | None, limit: int) -> list[Company]:
        """Visible companies, the newest first."""
        query = select(Company).where(companies_within(scope, deals))
        if before_id is not None:
            query = query.where(Company.id < before_id)
        return list((await self.session.scalars(query.order_by(Company.id.desc()).limit(limit))).all())

    async def people_of(self, company_id: int) -> Sequence[int]:
        """All contacts of a company, whoever may see them."""
        return (await self.session.scalars(_PEOPLE, {"company_id": company_id})).all()

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

    async def works_with(self, kind: str, client_id: int, person_id: int) -> bool:
        """Whether somebody works on a deal in work of a client, as its owner or a co-worker."""
        client, query = worked_on(kind, person_id)
        return await self.session.scalar(query.where(client == client_id).limit(1)) is not None

    async def is_in_work(self, contact_id: int, owner_id: int | None, but: int) -> bool:
        """Whether somebody has a deal in work with a contact besides one."""
        query = (
            select(Deal.id)
            .join(Stage, Stage.id == Deal.stage_id)
            .where(
                Deal.contact_id == contact_id,
                Deal.owner_id == owner_id,
                Deal.id != but,
                Stage.kind.in_(("open", "payment")),
            )
        )
        return await self.session.scalar(query.limit(1)) is not None

    async def only_deal(self, kind: str, client_id: int) -> int | None:
        """The deal in work of a client, if there is just one."""
        mine = Deal.contact_id if kind == "contact" else Deal.company_id
        query = (
            select(Deal.id)
            .join(Stage, Stage.id == Deal.stage_id)
            .where(mine == client_id, Stage.kind.in_(("open", "payment")))
        )
        found = (await self.session.scalars(query.limit(2))).all()
        return found[0] if len(found) == 1 else None

    async def deals(self, scope: Scope, kind: str, client_id: int, limit: int) -> list[tuple[Deal, Stage]]:
        """Visible deals of a client with their stages, the newest first, those of the archive last."""
        mine = Deal.contact_id if kind == "contact" else Deal.company_id
        query = (
            select(Deal, Stage)
            .join(Stage, Stage.id == Deal.stage_id)
            .where(mine == client_id, deals_within(scope, SETTLED))
            .order_by(Deal.archived_at.is_not(None), Deal.id.desc())
            .limit(limit)
        )
        return [(deal, stage) for deal, stage in await self.session.execute(query)]


def worked_on(kind: str, person_id: int) -> tuple[InstrumentedAttribute[int | None], Select[int | None]]:
    """The clients of the deals in work that somebody owns or helps with, and the column that names them."""
    client = Deal.contact_id if kind == "contact" else Deal.company_id
    helped = select(DealHelper.deal_id).where(DealHelper.person_id == person_id)
    query = (
        select(client)
        .join(Stage, Stage.id == Deal.stage_id)
        .where(Stage.kind.in_(("open", "payment")), or_(Deal.owner_id == person_id, Deal.id.in_(helped)))
    )
    return client, query


def _newest(scope: Scope, before: ColumnElement[bool], limit: int) -> Select[int]:
    """The newest contacts of each part of a scope, by an index of its own: of an "or" all would be sorted."""
    nobodys = Contact.owner_id.is_(None)
    parts = [
        *(Contact.department_id == one for one in sorted(scope.departments)),
        # By a sum, so that it is looked among nobody's, not among all of the department.
        *(and_(nobodys, Contact.department_id + 0 == one) for one in sorted(scope.free_in)),
        *([Contact.owner_id == scope.owner_id] if scope.owner_id is not None else []),
    ]
    newest = [
        select(Contact.id).where(part, before).order_by(Contact.id.desc()).limit(limit).subquery()
        for part in parts or [false()]
    ]
    return select(union_all(*(select(one.c.id) for one in newest)).subquery().c.id)
