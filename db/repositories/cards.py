"""Where each subject's card stands in each chat."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from db.models import Card
from db.repositories.base import Repository


class CardRepository(Repository):
    """One card per subject and chat."""

    async def of_subject(self, subject: str, subject_id: int) -> list[Card]:
        """All places where a subject's card stands."""
        query = select(Card).where(Card.subject == subject, Card.subject_id == subject_id)
        return list((await self.session.scalars(query)).all())

    async def find(self, chat_id: int, subject: str, subject_id: int) -> Card | None:
        """The card of a subject in a chat."""
        query = select(Card).where(
            Card.chat_id == chat_id, Card.subject == subject, Card.subject_id == subject_id
        )
        return await self.session.scalar(query)

    async def bind(
        self,
        chat_id: int,
        subject: str,
        subject_id: int,
        message_id: int,
        person_id: int | None,
        now: datetime,
    ) -> None:
        """Remember that the subject's card in this chat is now this message."""
        dialect = self.session.get_bind().dialect.name
        insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
        await self.session.execute(
            insert(Card)
            .values(
                chat_id=chat_id,
                subject=subject,
                subject_id=subject_id,
                message_id=message_id,
                person_id=person_id,
                updated_at=now,
            )
            .on_conflict_do_update(
                index_elements=["chat_id", "subject", "subject_id"],
                set_={"message_id": message_id, "person_id": person_id, "updated_at": now},
            )
        )

    async def unbind(self, chat_id: int, message_id: int) -> None:
        """Forget a message that shows something else now, or is gone."""
        await self.session.execute(delete(Card).where(Card.chat_id == chat_id, Card.message_id == message_id))
