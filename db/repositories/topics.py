"""Topics of deals: which one stands where, and what Telegram was told of it."""

from dataclasses import dataclass
from typing import NamedTuple, cast

from sqlalchemy import Table, bindparam, func, or_, select, update

from db.models import Card, Deal, DealTopic, Department, Pipeline, Stage, TeamChat
from db.repositories.base import Repository
from db.repositories.cards import LeftTopic
from db.repositories.topic_homes import DUE, HOME, IN_WORK

TOPIC = cast("Table", DealTopic.__table__)


class Leaving(NamedTuple):
    """How many topics stand in a group, and are to be in another one."""

    topics: int
    chat_id: int
    home: int


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """A topic with the deal that it is to show, and the message that is the deal's card there."""

    topic: DealTopic
    deal: Deal
    stage: Stage
    card: int | None
    home: int | None
    """The group in which it is to be: that of the deal's pipeline, else that of its department, if any."""


# Every change of a deal asks for its topic, and every word in a team chat for its deal.
_GET = select(TOPIC).where(TOPIC.c.deal_id == bindparam("deal_id"))
_IN_THREAD = select(TOPIC.c.deal_id).where(
    TOPIC.c.chat_id == bindparam("chat_id"), TOPIC.c.thread == bindparam("thread")
)
_REFUSED = (
    select(TOPIC.c.deal_id)
    .where(TOPIC.c.chat_id == bindparam("chat_id"), TOPIC.c.refusal == bindparam("why"))
    .where(TOPIC.c.state == "refused")
    .order_by(TOPIC.c.deal_id)
)
_OWN_CHAT = select(
    TeamChat.deal_id.label("deal"), TeamChat.contact_id.label("contact"), TeamChat.company_id.label("firm")
).where(TeamChat.chat_id == bindparam("chat_id"))
_HOME_OF = select(HOME).select_from(Deal).where(Deal.id == bindparam("deal_id"))
_FACTS = (
    select(DealTopic, Deal, Stage, Card.message_id, HOME)
    .join(Deal, Deal.id == DealTopic.deal_id)
    .join(Stage, Stage.id == Deal.stage_id)
    .outerjoin(
        Card,
        (Card.chat_id == DealTopic.chat_id)
        & (Card.subject == "deal")
        & (Card.subject_id == DealTopic.deal_id),
    )
    .where(DealTopic.deal_id == bindparam("deal_id"))
)


class TopicRepository(Repository):
    """One topic for each deal, at most."""

    async def get(self, deal_id: int) -> DealTopic | None:
        """The topic of a deal, as it stands now."""
        row = (await self.session.execute(_GET, {"deal_id": deal_id})).mappings().one_or_none()
        return DealTopic(**row) if row else None

    async def facts(self, deal_id: int) -> TopicFacts | None:
        """The same with what it is to show."""
        row = (await self.session.execute(_FACTS, {"deal_id": deal_id})).one_or_none()
        return TopicFacts(*row) if row else None

    async def spoken_at(self, chat_id: int, thread: int | None) -> tuple[str, int] | None:
        """What is spoken of in the topic of a deal, or in the group of a deal or a client."""
        if thread is not None:
            here = {"chat_id": chat_id, "thread": thread}
            found: int | None = await self.session.scalar(_IN_THREAD, here)
            if found is not None:
                return "deal", found
        own = (await self.session.execute(_OWN_CHAT, {"chat_id": chat_id})).mappings().one_or_none()
        return next(((name, one) for name, one in own.items() if one is not None), None) if own else None

    async def home(self, deal_id: int) -> int | None:
        """The group in which a deal could have a topic: that of its pipeline, else that of its department."""
        found: int | None = await self.session.scalar(_HOME_OF, {"deal_id": deal_id})
        return found

    async def home_name(self, deal_id: int) -> str | None:
        """Whose group that is, by name."""
        pipeline = (
            select(Pipeline.name)
            .join(TeamChat, TeamChat.pipeline_id == Pipeline.id)
            .where(Pipeline.id == Deal.pipeline_id)
            .correlate(Deal)
        )
        department = select(Department.name).where(Department.id == Deal.department_id).correlate(Deal)
        query = select(func.coalesce(pipeline.scalar_subquery(), department.scalar_subquery()))
        found: str | None = await self.session.scalar(query.select_from(Deal).where(Deal.id == deal_id))
        return found

    async def of_holder(self, kind: str, holder_id: int) -> list[int]:
        """The deals of a department or a pipeline that have a topic, or are to have one."""
        column = Deal.pipeline_id if kind == "pipeline" else Deal.department_id
        query = select(TOPIC.c.deal_id).join(Deal, Deal.id == TOPIC.c.deal_id).where(column == holder_id)
        return list((await self.session.scalars(query.order_by(TOPIC.c.deal_id))).all())

    async def due(self, kind: str, holder_id: int, limit: int) -> list[tuple[int, int]]:
        """The newest deals of a department or a pipeline that are to have a topic and lack it, and where."""
        column = Deal.pipeline_id if kind == "pipeline" else Deal.department_id
        query = select(Deal.id, HOME).join(Stage, Stage.id == Deal.stage_id).where(column == holder_id, *DUE)
        rows = await self.session.execute(query.order_by(Deal.id.desc()).limit(limit))
        return [(deal_id, home) for deal_id, home in rows]

    async def leaving(self, kind: str, holder_id: int) -> list[Leaving]:
        """The topics of deals in work of a department or a pipeline that are to be in another group."""
        column = Deal.pipeline_id if kind == "pipeline" else Deal.department_id
        home, here = HOME.label("home"), TOPIC.c.chat_id
        where = (
            select(TOPIC.c.deal_id, here, home)
            .join(Deal, Deal.id == TOPIC.c.deal_id)
            .join(Stage, Stage.id == Deal.stage_id)
            .where(column == holder_id, TOPIC.c.thread.is_not(None))
            .where(*IN_WORK)
            .subquery()
        )
        query = (
            select(func.count(), where.c.chat_id, where.c.home)
            .where(where.c.home != where.c.chat_id)
            .group_by(where.c.chat_id, where.c.home)
            .order_by(where.c.chat_id, where.c.home)
        )
        return [Leaving(*row) for row in await self.session.execute(query)]

    async def want(self, deal_id: int, **values: object) -> bool:
        """Note that a deal is to have a topic; False if that is known already."""
        fresh = {"state": "wanted", "tries": 0, "closed": False}
        statement = self.inserting(TOPIC).values(deal_id=deal_id, **fresh, **values)
        once = statement.on_conflict_do_nothing(index_elements=["deal_id"]).returning(TOPIC.c.deal_id)
        return (await self.session.execute(once)).first() is not None

    async def note(self, deal_id: int, *, within: int | None = None, **values: object) -> bool:
        """Remember something else of a deal's topic; False if it is not in the group `within` any more."""
        change = update(TOPIC).where(TOPIC.c.deal_id == deal_id)
        if within is not None:
            change = change.where(TOPIC.c.chat_id == within)
        return await self.affect(change.values(**values)) > 0

    async def go(self, deal_id: int, chat_id: int, left: LeftTopic | None) -> None:
        """A deal's topic is to be in another group: the one that it left there, closed, or a new one."""
        await self.note(
            deal_id,
            chat_id=chat_id,
            thread=None if left is None else left.thread,
            state="wanted" if left is None else "open",
            refusal=None,
            tries=0,
            name=None if left is None else "",
            icon=None,
            closed=left is not None,
            anchor=None if left is None else left.card,
        )

    async def lose(self, chat_id: int, thread: int) -> int | None:
        """A topic is gone at Telegram; the deal that it was of."""
        told = dict.fromkeys(("thread", "name", "icon", "anchor"))
        here = (TOPIC.c.chat_id == chat_id, TOPIC.c.thread == thread)
        lost = (
            update(TOPIC).where(*here).values(**told, state="wanted", closed=False).returning(TOPIC.c.deal_id)
        )
        deal_id: int | None = (await self.session.execute(lost)).scalar_one_or_none()
        return deal_id

    async def refused(self, chat_id: int, why: str) -> list[int]:
        """The deals that for this reason have no topic in a group."""
        return list((await self.session.scalars(_REFUSED, {"chat_id": chat_id, "why": why})).all())

    async def has_place(self, deal_id: int) -> bool:
        """Whether a deal is spoken of in a topic, in a group that makes none for it, or in one of its own."""
        there = or_(TOPIC.c.thread.is_not(None), TOPIC.c.state == "refused")
        topic = select(TOPIC.c.deal_id).where(TOPIC.c.deal_id == deal_id, there)
        own = select(TeamChat.deal_id).where(TeamChat.deal_id == deal_id)
        return bool(await self.session.scalar(select(or_(topic.exists(), own.exists()))))
