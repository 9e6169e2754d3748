"""Lists of contacts by filter, the newest first: looked through in windows, as deals and leads are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, bindparam, exists, func, literal, select

from db.models import Company, Consent, ConsentText, Contact, ContactTag
from db.repositories.base import within
from db.repositories.field_conditions import FieldCondition, has_field
from db.repositories.windows import Between, Way, WindowRepository
from db.scope import Scope

WINDOW = 1_000
"""So many contacts are looked through for one page."""

NUMBER = Contact.id.expression
_JUDGED = (Contact.id, Contact.owner_id, Contact.department_id, Contact.created_at)
_AGREED = select(Consent.contact_id).where(Consent.contact_id.is_not(None))

_ROWS = (
    select(Contact, Company.name)
    .outerjoin(Company, Company.id == Contact.company_id)
    .where(Contact.id.in_(bindparam("ids", expanding=True)))
)


class Agreed(StrEnum):
    """How it stands with the consent of a contact."""

    GIVEN = "given"
    """One holds, whichever version of the text they have agreed to."""
    OLDER = "older"
    """One holds, and since then there is a newer text."""
    WITHDRAWN = "withdrawn"
    """They have taken back what they had agreed to."""
    NEVER = "never"
    """None was ever written down."""


@dataclass(frozen=True, slots=True)
class WantedContacts:
    """What a list asks for; what is None is not asked for."""

    scope: Scope
    owner_ids: tuple[int, ...] = ()
    """Whose they are, anybody's of these; none: whoever's."""
    tag_id: int | None = None
    created: tuple[datetime, datetime] | None = None
    """From a moment to before another."""
    fields: tuple[FieldCondition, ...] = ()
    consent: Agreed | None = None
    rare: bool = False
    """Whether the fields say what few contacts do: then these are looked up, as with deals."""
    agreed: bool = False
    """Whether few have ever agreed to anything: then whoever has is looked up."""


class ContactListRepository(WindowRepository):
    """Ids first, by the indexes alone; then the rows of a page."""

    async def find(
        self, wanted: WantedContacts, after: int | None, limit: int
    ) -> tuple[list[int], int | None]:
        """The contacts that come after one; and the last of them, or that was looked at, if more may come.

        At most `limit`, fewer where a window ends.
        """
        if wanted.fields and wanted.tag_id is None:
            wanted = replace(wanted, rare=await self.is_rare(wanted.fields))
        if wanted.consent not in (None, Agreed.NEVER):
            wanted = replace(wanted, agreed=await self.is_few(_AGREED))
        between = Between(high=after or 0)
        if wanted.created is not None:
            first, beyond = await self.ids_of(Contact, wanted.created)
            if first is None:
                return [], None
            between = between.made_in(first, beyond)
        judged = partial(_judged, wanted)
        found, last = await self.through(_ways(wanted), _JUDGED, judged, between, limit + 1, window=WINDOW)
        ids = [*found]
        return ids[:limit], ids[limit - 1] if len(ids) > limit else last

    async def rows(self, ids: Sequence[int]) -> list[tuple[Contact, str | None]]:
        """These contacts with the names of their companies, in this order."""
        return await self.in_order(_ROWS, ids)


def _judged(wanted: WantedContacts, contacts: Subquery) -> Select[Any, int]:
    """Of these contacts those that are wanted."""
    here = contacts.c
    return select(here.id, literal(0)).where(_judge(wanted, here)).order_by(here.id.desc())


def _ways(wanted: WantedContacts) -> list[Way]:
    scope, owner, department = wanted.scope, Contact.owner_id.expression, Contact.department_id.expression
    if wanted.tag_id is not None:
        key, says = ContactTag.contact_id.expression, ((ContactTag.tag_id.expression, wanted.tag_id),)
        return [Way(key, says, ContactTag.contact_id == Contact.id)]
    if wanted.rare:
        return [Way(NUMBER, where=and_(*(has_field(one, Contact.id) for one in wanted.fields)))]
    if wanted.agreed:
        return [Way(NUMBER, where=Contact.id.in_(_AGREED))]
    if wanted.owner_ids:
        return [Way(NUMBER, ((owner, one),)) for one in wanted.owner_ids]
    if scope.everything:
        return [Way(NUMBER)]
    ways = [Way(NUMBER, ((department, one),)) for one in sorted(scope.departments | scope.free_in)]
    return ways + ([Way(NUMBER, ((owner, scope.owner_id),))] if scope.owner_id is not None else [])


def _judge(wanted: WantedContacts, contact: Any) -> ColumnElement[bool]:
    """Everything that is asked for, of contacts that an index has led to."""
    asked = [within(wanted.scope, contact.owner_id, contact.department_id)]
    if wanted.owner_ids:
        asked.append(contact.owner_id.in_(wanted.owner_ids))
    if wanted.created is not None:
        first, last = wanted.created
        asked += [contact.created_at >= first, contact.created_at < last]
    asked += [has_field(one, contact.id) for one in wanted.fields if not wanted.rare]
    if wanted.consent is not None:
        asked.append(_consents(wanted.consent, contact))
    return and_(*asked)


def _consents(consent: Agreed, contact: Any) -> ColumnElement[bool]:
    """Each is a look or two into an index, of one contact after the other."""
    given = select(Consent.id).where(Consent.contact_id == contact.id)
    holds = given.where(Consent.withdrawn_at.is_(None))
    match consent:
        case Agreed.NEVER:
            return ~exists(given)
        case Agreed.WITHDRAWN:
            return exists(given) & ~exists(holds)
        case Agreed.OLDER:
            newest = select(func.max(ConsentText.number)).scalar_subquery()
            return exists(holds) & ~exists(holds.where(Consent.number == newest))
    return exists(holds)
