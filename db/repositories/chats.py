"""Chats: to what they belong, that nobody can be written to there, or that they have moved."""

from datetime import datetime

from sqlalchemy import bindparam, delete, exists, or_, select, update
from sqlalchemy.orm import aliased

from db.leases import take_turns
from db.models import (
    Card,
    Company,
    Contact,
    Deal,
    DealHelper,
    DealTopic,
    Department,
    Form,
    Membership,
    Outbox,
    Person,
    Pipeline,
    TeamChat,
)
from db.repositories.base import Repository
from db.repositories.outbox import OUTBOX, WAITING

_DEPARTMENT = select(Department.id).where(Department.chat_id == bindparam("chat_id"))
_COLUMNS = {
    "pipeline": TeamChat.pipeline_id,
    "deal": TeamChat.deal_id,
    "contact": TeamChat.contact_id,
    "firm": TeamChat.company_id,
}
_OTHER = select(*_COLUMNS.values()).where(TeamChat.chat_id == bindparam("chat_id"))


class ChatRepository(Repository):
    """Changes everything that is kept of a chat together."""

    async def holder(self, chat_id: int) -> tuple[str, int] | None:
        """What a team chat belongs to: a department, a pipeline, a deal or a client."""
        department = await self.session.scalar(_DEPARTMENT, {"chat_id": chat_id})
        if department is not None:
            return "department", department
        row = (await self.session.execute(_OTHER, {"chat_id": chat_id})).one_or_none()
        if row is None:
            return None
        return next((kind, one) for kind, one in zip(_COLUMNS, row, strict=True) if one is not None)

    async def of(self, kind: str, holder_id: int) -> int | None:
        """The team chat of a department, a pipeline, a deal or a client."""
        if kind == "department":
            return await self.session.scalar(select(Department.chat_id).where(Department.id == holder_id))
        return await self.session.scalar(select(TeamChat.chat_id).where(_COLUMNS[kind] == holder_id))

    async def give(self, kind: str, holder_id: int, chat_id: int | None, now: datetime) -> None:
        """Let a thing have this team chat, in place of the one that it had; or none."""
        if kind == "department":
            values = {"chat_id": chat_id, "chat_thread": None}
            await self.session.execute(update(Department).where(Department.id == holder_id).values(**values))
            return
        await self.session.execute(delete(TeamChat).where(_COLUMNS[kind] == holder_id))
        if chat_id is not None:
            self.session.add(TeamChat(chat_id=chat_id, bound_at=now, **{_COLUMNS[kind].key: holder_id}))
            await self.session.flush()

    async def around(self, person_id: int) -> list[tuple[int, str]]:
        """Groups in which somebody may sit, each with what it belongs to by name.

        Those of their departments and clients, and of the deals that they have or help on, also where these
        have topics.
        """
        helped = select(DealHelper.deal_id).where(DealHelper.person_id == person_id)
        deals = select(Deal.id).where(or_(Deal.owner_id == person_id, Deal.id.in_(helped)))
        topics = select(DealTopic.chat_id).where(DealTopic.deal_id.in_(deals))
        places = select(Membership.department_id).where(Membership.person_id == person_id)
        queries = (
            select(Department.chat_id, Department.name)
            .where(or_(Department.id.in_(places), Department.chat_id.in_(topics)))
            .order_by(Department.id),
            select(TeamChat.chat_id, Pipeline.name)
            .join(Pipeline, Pipeline.id == TeamChat.pipeline_id)
            .where(TeamChat.chat_id.in_(topics))
            .order_by(Pipeline.id),
            select(TeamChat.chat_id, Deal.title)
            .join(Deal, Deal.id == TeamChat.deal_id)
            .where(Deal.id.in_(deals))
            .order_by(Deal.id),
            *(
                select(TeamChat.chat_id, model.name)
                .join(model, model.id == column)
                .where(model.owner_id == person_id)
                .order_by(model.id)
                for model, column in ((Contact, TeamChat.contact_id), (Company, TeamChat.company_id))
            ),
        )
        rows = [row for query in queries for row in await self.session.execute(query)]
        return [(chat_id, name) for chat_id, name in rows if chat_id is not None]

    async def take_turns(self, chat_id: int) -> None:
        """Let those who give the same chat away do so one after the other: two tables know of it."""
        await take_turns(self.session, chat_id)

    async def give_up(self, chat_id: int) -> None:
        """Nobody can be written to in this chat: a person who blocks the bot, or a team that removed it.

        What waits for it is dead; what it belonged to has no team chat any more.
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
        await self._release(chat_id)
        await self.session.execute(delete(DealTopic).where(DealTopic.chat_id == chat_id))

    async def move(self, old: int, new: int) -> None:
        """A group became a supergroup: it has another id from now on. Done once more, it changes nothing."""
        here = aliased(Card)
        also_there = exists().where(
            here.chat_id == old, here.subject == Card.subject, here.subject_id == Card.subject_id
        )
        await self.session.execute(delete(Card).where(Card.chat_id == new, also_there))
        if await self.holder(new) is not None:
            await self._release(old)
        for table, column in (
            (Department, Department.chat_id),
            (TeamChat, TeamChat.chat_id),
            (DealTopic, DealTopic.chat_id),
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

    async def _release(self, chat_id: int) -> None:
        """It belongs to nothing any more."""
        await self.session.execute(
            update(Department)
            .where(Department.chat_id == chat_id)
            .values(chat_id=None, chat_thread=None)
            .execution_options(synchronize_session=False)
        )
        await self.session.execute(delete(TeamChat).where(TeamChat.chat_id == chat_id))
