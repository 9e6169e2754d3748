"""Timers that look after leads which nobody has answered."""

from datetime import datetime

from sqlalchemy import select

from db.models import Lead, Timer
from db.repositories.base import Repository


class LeadStepRepository(Repository):
    """The next steps of leads that wait."""

    async def late(self, kind: str, step: str, owner_id: int, now: datetime) -> list[tuple[int, int]]:
        """Timers of a kind that are due for this step and this owner's leads, each with its lead."""
        query = (
            select(Timer.id, Lead.id)
            .join(Lead, (Timer.subject == "lead") & (Timer.subject_id == Lead.id))
            .where(
                Timer.kind == kind,
                Timer.state == "new",
                Timer.due_at <= now,
                Lead.owner_id == owner_id,
                Lead.step == step,
                Lead.answered_at.is_(None),
            )
            .order_by(Timer.due_at, Timer.id)
        )
        return [(timer, lead) for timer, lead in await self.session.execute(query)]

    async def waiting(self, kind: str) -> list[tuple[Timer, Lead]]:
        """All waiting timers of a kind on leads; they stay as they are until the end of the transaction."""
        query = (
            select(Timer, Lead)
            .join(Lead, (Timer.subject == "lead") & (Timer.subject_id == Lead.id))
            .where(Timer.kind == kind, Timer.state == "new")
            .order_by(Timer.id)
            .with_for_update(of=Timer)
        )
        return [(timer, lead) for timer, lead in await self.session.execute(query)]
