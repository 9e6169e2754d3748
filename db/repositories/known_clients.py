"""Clients that are known again: by a phone, an address, a Telegram name, a tax number or a name."""

from collections.abc import Collection, Mapping, Sequence
from typing import cast

from sqlalchemy import ColumnElement, bindparam, case, or_, select

from db.models import Company, Contact, ContactPoint, Person
from db.repositories.base import Repository

Client = Contact | Company
KINDS: Mapping[str, type[Contact] | type[Company]] = {"contact": Contact, "firm": Company}

_BY_POINT = (
    select(Contact, Person.name)
    .join(ContactPoint, ContactPoint.contact_id == Contact.id)
    .outerjoin(Person, Person.id == Contact.owner_id)
    .where(ContactPoint.value.in_(bindparam("values", expanding=True)))
    .order_by(case((Contact.owner_id == bindparam("prefer"), 0), else_=1), Contact.id)
    .limit(1)
)
_BY_USERNAME = (
    select(Contact, Person.name)
    .outerjoin(Person, Person.id == Contact.owner_id)
    .where(Contact.username == bindparam("username"))
    .order_by(case((Contact.owner_id == bindparam("prefer"), 0), else_=1), Contact.id)
    .limit(1)
)


class KnownClients(Repository):
    """The part of the clients' repository that looks for one who may be there already."""

    async def by_phone(
        self, phone: str, prefer_owner: int | None = None
    ) -> tuple[Contact, str | None] | None:
        """The contact with this phone and its owner's name: the preferred owner's, else the oldest one."""
        return await self.by_points([phone], prefer_owner)

    async def by_points(
        self, values: Collection[str], prefer_owner: int | None = None
    ) -> tuple[Contact, str | None] | None:
        """The contact with any of these phones or addresses, by the same preference, and its owner's name."""
        given = {"values": list(values), "prefer": prefer_owner}
        row = (await self.session.execute(_BY_POINT, given)).first() if values else None
        return (row[0], row[1]) if row else None

    async def by_username(
        self, username: str, prefer_owner: int | None = None
    ) -> tuple[Contact, str | None] | None:
        """The contact with this Telegram name, by the same preference, and its owner's name."""
        given = {"username": username, "prefer": prefer_owner}
        row = (await self.session.execute(_BY_USERNAME, given)).first()
        return (row[0], row[1]) if row else None

    async def matches(
        self, kind: str, values: Collection[str], inn: str | None, username: str | None, limit: int
    ) -> Sequence[tuple[Client, str | None]]:
        """Clients of a kind with any of these phones, addresses, this tax number or Telegram name.

        And their owners.
        """
        model = KINDS[kind]
        mine = ContactPoint.contact_id if model is Contact else ContactPoint.company_id
        same: ColumnElement[bool] = model.id.in_(select(mine).where(ContactPoint.value.in_(sorted(values))))
        if model is Company and inn is not None:
            same |= Company.inn == inn
        if model is Contact and username is not None:
            same |= Contact.username == username
        query = select(model, Person.name).outerjoin(Person, Person.id == model.owner_id).where(same)
        rows = await self.session.execute(query.order_by(model.id).limit(limit))
        return [(cast("Client", client), owner) for client, owner in rows]

    async def namesakes(self, kind: str, name_folded: str, limit: int) -> Sequence[Client]:
        """Clients of a kind that are called so, whatever stands behind a contact's name."""
        if kind != "contact":
            query = select(Company).where(Company.name_folded == name_folded)
            return (await self.session.scalars(query.order_by(Company.id).limit(limit))).all()
        named = Contact.search == name_folded
        behind = Contact.search.startswith(f"{name_folded} ", autoescape=True)
        people = select(Contact).where(or_(named, behind)).order_by(Contact.id).limit(limit)
        return (await self.session.scalars(people)).all()

    async def company_named(self, name_folded: str) -> Company | None:
        """The oldest company of this name."""
        query = select(Company).where(Company.name_folded == name_folded).order_by(Company.id).limit(1)
        return await self.session.scalar(query)
