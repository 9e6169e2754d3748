"""What becomes of chats: nobody can be written to there, or they have moved."""

from sqlalchemy import delete, update

from db.models import Card, Department, Form, Outbox, Person
from db.repositories.base import Repository
from db.repositories.outbox import OUTBOX, WAITING


class ChatRepository(Repository):
    """Changes everything that is kept of a chat together."""

    async def give_up(self, chat_id: int) -> None:
        """Nobody can be written to in this chat: a person who blocks the bot, or a team that removed it.

        What waits for it is dead; a department loses its team chat.
        """
        await self.session.execute(
            update(OUTBOX)
            .where(OUTBOX.c.chat_id == chat_id, WAITING)
            .values(state="dead", error="unreachable")
        )
        await self.session.execute(
            update(Person)
            .where(Person.telegram_id == chat_id)
            .values(reachable=False)
            .execution_options(synchronize_session=False)
        )
        await self.session.execute(
            update(Department)
            .where(Department.chat_id == chat_id)
            .values(chat_id=None, chat_thread=None)
            .execution_options(synchronize_session=False)
        )

    async def move(self, old: int, new: int) -> None:
        """A group became a supergroup: it has another id from now on."""
        await self.session.execute(delete(Card).where(Card.chat_id == new))
        for table, column in (
            (Department, Department.chat_id),
            (Card, Card.chat_id),
            (Form, Form.chat_id),
            (Outbox, Outbox.chat_id),
        ):
            await self.session.execute(
                update(table)
                .where(column == old)
                .values({column: new})
                .execution_options(synchronize_session=False)
            )

    async def drop_thread(self, chat_id: int, thread: int) -> None:
        """A topic is gone: what was meant for it goes to the chat itself."""
        await self.session.execute(
            update(OUTBOX)
            .where(OUTBOX.c.chat_id == chat_id, OUTBOX.c.thread == thread, WAITING)
            .values(thread=None)
        )
        await self.session.execute(
            update(Department)
            .where(Department.chat_id == chat_id, Department.chat_thread == thread)
            .values(chat_thread=None)
            .execution_options(synchronize_session=False)
        )
