"""Open deals of one client: what is looked at before another one is made."""

from collections.abc import Collection

from sqlalchemy import literal, or_, select
from sqlalchemy.orm import aliased

from db.models import Company, Contact, ContactPoint, Deal, Person, Stage
from db.repositories.base import Repository
from db.repositories.reach import deals_within
from db.repositories.workload import UNFINISHED
from db.scope import Scope

_OWNER = aliased(Person)


class TwinRepository(Repository):
    """A client is known again by a phone, an address, a Telegram name or the name of the company."""

    async def open_deals(
        self,
        scope: Scope,
        points: Collection[str],
        username: str | None,
        company_folded: str,
        limit: int,
    ) -> list[tuple[Deal, Stage, str | None, str | None]]:
        """Visible deals in work of a client, newest first, with the names of client and owner."""
        people = select(ContactPoint.contact_id).where(
            ContactPoint.value.in_(sorted(points)), ContactPoint.contact_id.is_not(None)
        )
        named = select(Contact.id).where(Contact.username == username, Contact.username.is_not(None))
        companies = select(Company.id).where(
            Company.name_folded == company_folded, literal(bool(company_folded))
        )
        query = (
            select(Deal, Stage, Contact.name, _OWNER.name)
            .join(Stage, Stage.id == Deal.stage_id)
            .outerjoin(Contact, Contact.id == Deal.contact_id)
            .outerjoin(_OWNER, _OWNER.id == Deal.owner_id)
            .where(
                deals_within(scope),
                Stage.kind.in_(UNFINISHED),
                or_(Deal.contact_id.in_(people), Deal.contact_id.in_(named), Deal.company_id.in_(companies)),
            )
            .order_by(Deal.id.desc())
            .limit(limit)
        )
        return [
            (deal, stage, client, name) for deal, stage, client, name in await self.session.execute(query)
        ]
