"""Versions of what clients agree to, and who agreed to which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import aliased

from db.models import Consent, ConsentText, Person
from db.repositories.base import Repository

_RECORDER, _WITHDRAWER = aliased(Person), aliased(Person)

_CURRENT = (
    select(Consent)
    .where(Consent.contact_id == bindparam("of_contact"), Consent.withdrawn_at.is_(None))
    .order_by(Consent.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """A consent, who wrote it down and who took it back."""

    consent: Consent
    recorder: str | None
    withdrawer: str | None


class ConsentRepository(Repository):
    """A version is never changed, a consent only withdrawn."""

    async def newest_text(self) -> ConsentText | None:
        """The version that holds."""
        query = select(ConsentText).order_by(ConsentText.number.desc()).limit(1)
        found: ConsentText | None = await self.session.scalar(query)
        return found

    async def text(self, number: int) -> ConsentText | None:
        """One version."""
        return await self.session.get(ConsentText, number)

    async def given_to(self, number: int) -> int:
        """How many have agreed to a version and have not taken it back."""
        query = select(func.count()).where(Consent.number == number, Consent.withdrawn_at.is_(None))
        return int(await self.session.scalar(query) or 0)

    async def current(self, contact_id: int) -> Consent | None:
        """The newest consent of a contact that holds."""
        found: Consent | None = await self.session.scalar(_CURRENT, {"of_contact": contact_id})
        return found

    async def of_contact(self, contact_id: int) -> Sequence[ConsentFacts]:
        """All consents of a contact, the newest first."""
        query = (
            select(Consent, _RECORDER.name, _WITHDRAWER.name)
            .outerjoin(_RECORDER, _RECORDER.id == Consent.recorded_by)
            .outerjoin(_WITHDRAWER, _WITHDRAWER.id == Consent.withdrawn_by)
            .where(Consent.contact_id == contact_id)
            .order_by(Consent.id.desc())
        )
        rows = await self.session.execute(query.execution_options(populate_existing=True))
        return [ConsentFacts(*row) for row in rows]

    async def withdraw(self, contact_id: int, by: int, now: datetime) -> int:
        """Take back whatever holds for a contact; how many that were."""
        change = (
            update(Consent)
            .where(Consent.contact_id == contact_id, Consent.withdrawn_at.is_(None))
            .values(withdrawn_at=now, withdrawn_by=by)
        )
        return await self.affect(change.execution_options(synchronize_session=False))

    async def pass_on(self, lead_id: int, contact_id: int) -> None:
        """What came with a request is from now on the contact's."""
        change = update(Consent).where(Consent.lead_id == lead_id).values(lead_id=None, contact_id=contact_id)
        await self.session.execute(change.execution_options(synchronize_session=False))
