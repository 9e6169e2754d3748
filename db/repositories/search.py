"""Finding leads, contacts and deals by what people remember of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from db.models import Company, Contact, ContactPoint, Deal, Lead, Stage
from db.repositories.base import Repository, within
from db.scope import Scope

Row = TypeVarTuple("Row")


@dataclass(frozen=True, slots=True)
class Needle:
    """What is looked for: any of these may match, and of the words all must."""

    words: tuple[str, ...] = ()
    """Folded; each may stand anywhere."""
    phone: str | None = None
    """A whole number, E.164."""
    digits: str | None = None
    """The end of a phone."""
    number: int | None = None
    """A lead's or deal's own number."""


class SearchRepository(Repository):
    """Every query is limited, newest first, and goes on after a key."""

    async def leads(self, scope: Scope, needle: Needle, before_id: int | None, limit: int) -> list[Lead]:
        """Visible leads that match."""
        query = select(Lead).where(
            within(scope, Lead.owner_id, Lead.department_id),
            or_(
                _words(needle, Lead.search),
                _phone(needle, Lead.phone),
                _number(needle, Lead.id),
            ),
        )
        return list((await self.session.scalars(_page(query, Lead.id, before_id, limit))).all())

    async def contacts(
        self, scope: Scope, needle: Needle, before_id: int | None, limit: int
    ) -> Sequence[tuple[Contact, str | None]]:
        """Visible contacts that match, with their companies' names."""
        query = (
            select(Contact, Company.name)
            .outerjoin(Company, Company.id == Contact.company_id)
            .where(
                within(scope, Contact.owner_id, Contact.department_id),
                or_(_words(needle, Contact.search, Company.name_folded), _reached_by(needle)),
            )
        )
        rows = await self.session.execute(_page(query, Contact.id, before_id, limit))
        return [(contact, company) for contact, company in rows]

    async def deals(
        self, scope: Scope, needle: Needle, before_id: int | None, limit: int
    ) -> Sequence[tuple[Deal, Stage]]:
        """Visible deals that match by title, company or number, with their stages."""
        settled = Stage.kind.in_(("payment", "won", "lost"))
        query = (
            select(Deal, Stage)
            .join(Stage, Stage.id == Deal.stage_id)
            .outerjoin(Company, Company.id == Deal.company_id)
            .where(
                within(scope, Deal.owner_id, Deal.department_id, settled),
                or_(_words(needle, Deal.search, Company.name_folded), _number(needle, Deal.id)),
            )
        )
        rows = await self.session.execute(_page(query, Deal.id, before_id, limit))
        return [(deal, stage) for deal, stage in rows]


def _words(needle: Needle, *columns: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    if not needle.words:
        return false()
    return and_(
        *(or_(*(column.contains(word, autoescape=True) for column in columns)) for word in needle.words)
    )


def _reached_by(needle: Needle) -> ColumnElement[bool]:
    """Any of a contact's phones."""
    if needle.phone is None and not needle.digits:
        return false()
    point = select(ContactPoint.contact_id).where(
        ContactPoint.kind == "phone", _phone(needle, ContactPoint.value)
    )
    return Contact.id.in_(point)


def _phone(
    needle: Needle, column: InstrumentedAttribute[str | None] | InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    if needle.phone is not None:
        return column == needle.phone
    return column.endswith(needle.digits, autoescape=True) if needle.digits else false()


def _number(needle: Needle, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return column == needle.number if needle.number is not None else false()


def _page(
    query: Select[*Row], key: InstrumentedAttribute[int], before_id: int | None, limit: int
) -> Select[*Row]:
    if before_id is not None:
        query = query.where(key < before_id)
    return query.order_by(key.desc()).limit(limit)
