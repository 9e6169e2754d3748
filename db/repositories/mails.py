"""Mailboxes, and mails that must go out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update

from db.leases import moment_of, take_turns
from db.models import Mail, Mailbox, Workspace
from db.repositories.base import Repository

TURNS = 7_335_309
LEASE = timedelta(minutes=5)
"""Longer than any attempt takes: whoever holds a mail for longer is gone."""


@dataclass(frozen=True, slots=True)
class MailOutcome:
    """What became of a mail that was claimed."""

    state: str
    attempts: int
    next_at: datetime
    error: str | None = None
    sent_at: datetime | None = None


class MailRepository(Repository):
    """Rows are written with their cause and claimed by the mailer, one at a time."""

    async def box(self, person_id: int) -> Mailbox | None:
        """Somebody's mailbox."""
        return await self.session.get(Mailbox, person_id)

    async def addressed(self) -> set[int]:
        """Whoever has a confirmed address."""
        query = select(Mailbox.person_id).where(Mailbox.address.is_not(None))
        return set((await self.session.scalars(query)).all())

    async def forget(self, person_id: int) -> None:
        """Delete somebody's addresses."""
        await self.session.execute(delete(Mailbox).where(Mailbox.person_id == person_id))

    async def queue(self, **values: object) -> None:
        """Queue a mail; one with the same `dedupe` is queued once."""
        await self.session.execute(
            self.inserting(Mail).values(values).on_conflict_do_nothing(index_elements=["dedupe"])
        )

    async def any_due(self, now: datetime) -> bool:
        """Whether any mail may be sent now."""
        return bool(await self.session.scalar(select(exists().where(self._due(now)))))

    async def claim(self, now: datetime) -> Mail | None:
        """Take the mail that is due first; what is too late, or from before a restore, is cancelled."""
        await take_turns(self.session, TURNS)
        epoch = select(Workspace.outbox_epoch).where(Workspace.id == 1).scalar_subquery()
        useless = or_(Mail.expires_at <= now, Mail.epoch < epoch)
        await self.session.execute(
            update(Mail)
            .where(self._due(now), useless)
            .values(state="cancelled", error=func.coalesce(Mail.error, "expired"))
        )
        query = select(Mail).where(self._due(now)).order_by(Mail.next_at, Mail.id).limit(1)
        mail: Mail | None = await self.session.scalar(query.with_for_update(skip_locked=True))
        if mail is not None:
            mail.state, mail.lease_until = "leased", moment_of(self.session, now, LEASE)
        return mail

    async def finish(self, mail_id: int, outcome: MailOutcome) -> None:
        """Record what became of a claimed mail."""
        await self.session.execute(
            update(Mail)
            .where(Mail.id == mail_id)
            .values(
                state=outcome.state,
                attempts=outcome.attempts,
                next_at=outcome.next_at,
                error=outcome.error[:300] if outcome.error else None,
                sent_at=outcome.sent_at,
                lease_until=None,
            )
        )

    async def prune(self, before: datetime) -> None:
        """Delete mails that came to their end before a moment."""
        done = Mail.state.in_(("sent", "cancelled", "dead"))
        await self.session.execute(delete(Mail).where(done, Mail.next_at < before))

    def _due(self, now: datetime) -> ColumnElement[bool]:
        """Its time has come, or whoever held it is gone."""
        gone = and_(Mail.state == "leased", Mail.lease_until < moment_of(self.session, now))
        return or_(and_(Mail.state == "new", Mail.next_at <= now), gone)
