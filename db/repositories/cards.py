"""Where each subject's card stands in each chat."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Protocol, cast

from sqlalchemy import Executable, Table, and_, bindparam, delete, false, null, select, true, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from db.models import Card, Deal, DealTopic, Stage
from db.repositories.base import Repository
from db.repositories.topic_homes import DUE, HOME

LEFT_TOPIC, LEFT_CARD = "topic_left", "deal_left"
"""What a deal leaves behind in a group: the message that has opened its topic, and its card there."""
CARD, TOPIC = (cast("Table", model.__table__) for model in (Card, DealTopic))

# What every answer asks is built once.
_OF_SUBJECT = and_(CARD.c.subject == bindparam("subject"), CARD.c.subject_id == bindparam("subject_id"))
_PLACES = select(CARD.c.chat_id, CARD.c.person_id, false(), false()).where(_OF_SUBJECT)
OF_DEAL = _PLACES.union_all(
    select(TOPIC.c.chat_id, null(), true(), false()).where(TOPIC.c.deal_id == bindparam("subject_id")),
    select(HOME, null(), false(), true())
    .select_from(Deal)
    .join(Stage, Stage.id == Deal.stage_id)
    .where(Deal.id == bindparam("subject_id"), *DUE),
)
_FACES = select(CARD.c.subject, CARD.c.chat_id, CARD.c.person_id, false(), false()).where(
    CARD.c.subject.in_(bindparam("subjects", expanding=True)), CARD.c.subject_id == bindparam("subject_id")
)
_FIND = select(Card).where(_OF_SUBJECT, Card.chat_id == bindparam("chat_id"))
_AT = select(CARD.c.chat_id, CARD.c.message_id, CARD.c.subject, CARD.c.subject_id, CARD.c.person_id).where(
    tuple_(CARD.c.chat_id, CARD.c.message_id).in_(bindparam("places", expanding=True))
)
_CLEAR = delete(CARD).where(CARD.c.chat_id == bindparam("chat"), CARD.c.message_id == bindparam("message"))


@cache
def _bind(dialect: str) -> Executable:
    """The statement that makes a message the card of a subject in its chat."""
    insert: Any = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(CARD)
    columns = ("message_id", "person_id", "updated_at")
    kept: Executable = insert.on_conflict_do_update(
        index_elements=["chat_id", "subject", "subject_id"],
        set_={name: insert.excluded[name] for name in columns},
    )
    return kept


@dataclass(frozen=True, slots=True)
class CardPlace:
    """A chat in which a subject stands: by its card there, or by a topic of its own, or is to have one."""

    chat_id: int
    person_id: int | None
    is_topic: bool
    is_due: bool


@dataclass(frozen=True, slots=True)
class LeftTopic:
    """A topic to which its deal returns, and the message that is the deal's card there, if there is one."""

    thread: int
    card: int | None


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

    async def standing(self, subjects: Collection[str], ids: Collection[int]) -> Sequence[int]:
        """Those of the subjects whose card stands in some chat, as any of these."""
        query = (
            select(Card.subject_id)
            .where(Card.subject.in_(subjects), Card.subject_id.in_(ids))
            .distinct()
            .order_by(Card.subject_id)
        )
        return (await self.session.scalars(query)).all()

    async def places(self, subject: str, subject_id: int) -> list[CardPlace]:
        """All places that show a subject: where its card stands, and the topic of a deal, or where that
        is to be."""
        query = OF_DEAL if subject == "deal" else _PLACES
        rows = await self.session.execute(query, {"subject": subject, "subject_id": subject_id})
        return [CardPlace(*row) for row in rows]

    async def faces(self, subjects: Collection[str], subject_id: int) -> dict[str, list[CardPlace]]:
        """All places where something stands as any of these, by what it stands there as."""
        found: dict[str, list[CardPlace]] = {}
        for row in await self.session.execute(_FACES, {"subjects": subjects, "subject_id": subject_id}):
            found.setdefault(row[0], []).append(CardPlace(*row[1:]))
        return found

    async def outdone(self, bindings: Sequence[CardBinding]) -> list[Card]:
        """The cards of the same subjects that stand in other messages of these chats."""
        new = {(one.chat_id, one.subject, one.subject_id): one.message_id for one in bindings}
        if not new:
            return []
        keys = tuple_(Card.chat_id, Card.subject, Card.subject_id)
        found = (await self.session.scalars(select(Card).where(keys.in_([*new])).order_by(Card.id))).all()
        return [one for one in found if new[one.chat_id, one.subject, one.subject_id] != one.message_id]

    async def where(self, subject: str, ids: Collection[int]) -> list[tuple[int, int, int, int | None]]:
        """Where the cards of these subjects stand: each with its chat, its message and its reader."""
        query = select(CARD.c.subject_id, CARD.c.chat_id, CARD.c.message_id, CARD.c.person_id)
        query = query.where(CARD.c.subject == subject, CARD.c.subject_id.in_(sorted(ids)))
        return [tuple(row) for row in await self.session.execute(query.order_by(CARD.c.id))]

    async def stand_again(
        self, subject: str, places: Collection[tuple[int, int, int, int | None]], now: datetime
    ) -> None:
        """Where cards stood that show none any more: these messages are theirs again, unless a chat has got
        another card of the subject, or the message shows something else."""
        taken = await self.session.execute(_AT, {"places": [place[1:3] for place in places]})
        others = {(row.chat_id, row.message_id) for row in taken}
        names = ("subject_id", "chat_id", "message_id", "person_id")
        rows = [
            {**dict(zip(names, place, strict=True)), "subject": subject, "updated_at": now}
            for place in places
            if tuple(place[1:3]) not in others
        ]
        if rows:
            await self.session.execute(self.inserting(CARD).on_conflict_do_nothing(), rows)

    async def of_person(self, person_id: int) -> list[Card]:
        """All cards that stand before somebody."""
        query = select(Card).where(Card.person_id == person_id).order_by(Card.message_id)
        return list((await self.session.scalars(query)).all())

    async def find(self, chat_id: int, subject: str, subject_id: int) -> Card | None:
        """The card of a subject in a chat."""
        given = {"chat_id": chat_id, "subject": subject, "subject_id": subject_id}
        return await self.session.scalar(_FIND, given)

    async def at(self, chat_id: int, message_id: int) -> tuple[str, int] | None:
        """The subject whose card a message is."""
        row = (await self.session.execute(_AT, {"places": [(chat_id, message_id)]})).first()
        return (row.subject, row.subject_id) if row else None

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
        values = {
            "chat_id": chat_id,
            "subject": subject,
            "subject_id": subject_id,
            "message_id": message_id,
            "person_id": person_id,
            "updated_at": now,
        }
        await self.session.execute(_bind(self.session.get_bind().dialect.name), values)

    async def bind_many(self, bindings: Sequence[CardBinding], now: datetime) -> list[CardBinding]:
        """Remember what these messages show now, in the order in which they came to show it.

        Returns those that are new to their message.
        """
        if not bindings:
            return []
        last = {(binding.chat_id, binding.message_id): binding for binding in bindings}
        shown: dict[tuple[int, int], list[tuple[str, int, int | None]]] = {}
        for row in await self.session.execute(_AT, {"places": list(last)}):
            card = (row.subject, row.subject_id, row.person_id)
            shown.setdefault((row.chat_id, row.message_id), []).append(card)
        moved: dict[tuple[int, str, int], CardBinding] = {}
        for (chat_id, message_id), binding in last.items():
            subject, subject_id, person_id = binding.subject, binding.subject_id, binding.person_id
            here = shown.get((chat_id, message_id), [])
            if here == [(subject, subject_id, person_id)] and (chat_id, subject, subject_id) not in moved:
                continue  # edited in place, as most are
            if here:
                await self.unbind(chat_id, message_id)
            if subject:
                await self.bind(chat_id, subject, subject_id, message_id, person_id, now)
                moved[chat_id, subject, subject_id] = binding
        return list(moved.values())

    async def leave(self, chat_id: int) -> None:
        """Forget every card of a chat in which the bot is no more."""
        await self.session.execute(delete(CARD).where(CARD.c.chat_id == chat_id))

    async def forget(self, chat_id: int, subject: str, subject_id: int) -> None:
        """Forget the card of a subject in a chat: its message is gone."""
        same = (CARD.c.chat_id == chat_id, CARD.c.subject == subject, CARD.c.subject_id == subject_id)
        await self.session.execute(delete(CARD).where(*same))

    async def lead_on(self, chat_id: int, subject: str, subject_id: int, to: str) -> bool:
        """Let the card of a subject in a chat be the one of `to` from now on; False if none stands there."""
        await self.forget(chat_id, to, subject_id)
        same = (CARD.c.chat_id == chat_id, CARD.c.subject == subject, CARD.c.subject_id == subject_id)
        return await self.affect(update(CARD).where(*same).values(subject=to)) > 0

    async def hand_on(self, chat_id: int, subject: str, subject_id: int, to: int) -> None:
        """Let the card of a subject in a chat be the one of another of its kind from now on."""
        await self.forget(chat_id, subject, to)
        same = (CARD.c.chat_id == chat_id, CARD.c.subject == subject, CARD.c.subject_id == subject_id)
        await self.affect(update(CARD).where(*same).values(subject_id=to))

    async def leave_topic(self, deal_id: int, chat_id: int, thread: int, now: datetime) -> None:
        """A deal leaves its topic: the card there is followed no more, and both are known if it returns.

        The number of a topic is that of the message that has opened it.
        """
        await self.lead_on(chat_id, "deal", deal_id, LEFT_CARD)
        await self.bind(chat_id, LEFT_TOPIC, deal_id, thread, None, now)

    async def return_to_topic(self, deal_id: int, chat_id: int) -> LeftTopic | None:
        """The topic that a deal has once left in this chat, and the card there, which is followed again."""
        topic = await self.find(chat_id, LEFT_TOPIC, deal_id)
        if topic is None:
            return None
        await self.forget(chat_id, LEFT_TOPIC, deal_id)
        await self.lead_on(chat_id, LEFT_CARD, deal_id, "deal")
        card = await self.find(chat_id, "deal", deal_id)
        return LeftTopic(topic.message_id, card.message_id if card is not None else None)

    async def unbind(self, chat_id: int, message_id: int) -> None:
        """Forget a message that shows something else now, or is gone."""
        await self.session.execute(_CLEAR, {"chat": chat_id, "message": message_id})
