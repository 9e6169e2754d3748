"""What was said about leads and deals: notes and calls."""

from datetime import datetime

from sqlalchemy import insert, or_, select

from db.models import Call, Note
from db.repositories.base import Repository
from db.searched import written


class TalkRepository(Repository):
    """Notes and calls are added, never changed."""

    async def add_note(
        self,
        *,
        text: str,
        author_id: int | None,
        now: datetime,
        deal_id: int | None = None,
        lead_id: int | None = None,
    ) -> int:
        """Keep a note with its deal or lead."""
        statement = (
            insert(Note)
            .values(text=text, author_id=author_id, created_at=now, deal_id=deal_id, lead_id=lead_id)
            .returning(Note.id)
        )
        note = (await self.session.execute(statement)).scalar_one()
        written(self.session, "note", {note})
        return note

    async def has_call(self, outcome: str, author_id: int, since: datetime, **place: int) -> bool:
        """Whether somebody has kept this outcome of a call there after a moment."""
        query = select(Call.id).filter_by(outcome=outcome, author_id=author_id, **place)
        return await self.session.scalar(query.where(Call.created_at > since).limit(1)) is not None

    async def add_call(
        self,
        *,
        outcome: str,
        author_id: int | None,
        now: datetime,
        **place: int,
    ) -> int:
        """Keep a call's outcome with what it was about: `place` is its column and id."""
        statement = (
            insert(Call)
            .values(outcome=outcome, author_id=author_id, created_at=now, **place)
            .returning(Call.id)
        )
        return (await self.session.execute(statement)).scalar_one()

    async def was_reached(self, *, lead_id: int | None = None, deal_id: int | None = None) -> bool:
        """Whether a call has reached the client of a lead, or of a deal."""
        found = select(Call.id).where(Call.outcome == "reached").limit(1)
        asked = [Call.lead_id == lead_id] if lead_id else []
        asked += [Call.deal_id == deal_id] if deal_id else []
        return bool(asked) and await self.session.scalar(found.where(or_(*asked))) is not None
