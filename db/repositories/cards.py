"""Where each subject's card stands in each chat."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, cast

from sqlalchemy import Table, delete, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from db.models import Card
from db.repositories.base import Repository

CARD = cast("Table", Card.__table__)


class CardBinding(Protocol):
    """A message that shows a subject's card now; an empty subject: it shows no card any more."""

    @property
    def chat_id(self) -> int: ...
    @property
    def message_id(self) -> int: ...
    @property
    def subject(self) -> str: ...
    @property
    def subject_id(self) -> int: ...
    @property
    def person_id(self) -> int | None: ...


class CardRepository(Repository):
    """One card per subject and chat, one subject per message."""

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
        insert = postgresql.insert if self.session.get_bind().dialect.name == "postgresql" else sqlite.insert
        await self.session.execute(
            insert(CARD)
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

    async def bind_many(self, bindings: Sequence[CardBinding], now: datetime) -> None:
        """Remember what these messages show now, in the order in which they came to show it."""
        if not bindings:
            return
        last = {(binding.chat_id, binding.message_id): binding for binding in bindings}
        await self.session.execute(
            delete(CARD).where(tuple_(CARD.c.chat_id, CARD.c.message_id).in_(list(last)))
        )
        for place in last.values():
            if place.subject:
                await self.bind(
                    place.chat_id, place.subject, place.subject_id, place.message_id, place.person_id, now
                )

    async def unbind(self, chat_id: int, message_id: int) -> None:
        """Forget a message that shows something else now, or is gone."""
        await self.session.execute(
            delete(CARD).where(CARD.c.chat_id == chat_id, CARD.c.message_id == message_id)
        )
