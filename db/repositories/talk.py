"""What was said about leads and deals: notes and calls."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, select

from db.models import Call, Note
from db.repositories.base import Repository


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
        return (await self.session.execute(statement)).scalar_one()

    async def add_call(
        self,
        *,
        outcome: str,
        author_id: int | None,
        now: datetime,
        deal_id: int | None = None,
        lead_id: int | None = None,
    ) -> int:
        """Keep a call's outcome with its deal or lead."""
        statement = (
            insert(Call)
            .values(outcome=outcome, author_id=author_id, created_at=now, deal_id=deal_id, lead_id=lead_id)
            .returning(Call.id)
        )
        return (await self.session.execute(statement)).scalar_one()

    async def notes(self, ids: Collection[int]) -> dict[int, str]:
        """The texts of notes by their ids."""
        if not ids:
            return {}
        rows = await self.session.execute(select(Note.id, Note.text).where(Note.id.in_(sorted(ids))))
        return {note: text for note, text in rows}  # noqa: C416 - dict() of typed rows does not type-check
