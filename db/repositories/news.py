"""News and the channel in which they are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, func, select, update

from db.models import Card, NewsChannel, NewsPost, Person
from db.repositories.base import Repository
from db.repositories.people import ACTIVE

POST = "post"
"""As what a piece of news is found again in the chats that show it."""


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A piece of news and its author."""

    post: NewsPost
    author: str


class NewsRepository(Repository):
    """Posts are never deleted; there is one channel at most."""

    async def channel(self) -> NewsChannel | None:
        """The channel of the company's news."""
        found: NewsChannel | None = await self.session.get(NewsChannel, 1)
        return found

    async def close_channel(self) -> None:
        """There is none any more."""
        await self.session.execute(delete(NewsChannel))

    async def get(self, post_id: int) -> PostFacts | None:
        """One piece of news."""
        query = select(NewsPost, Person.name).join(Person, Person.id == NewsPost.author_id)
        query = query.where(NewsPost.id == post_id).execution_options(populate_existing=True)
        row = (await self.session.execute(query)).one_or_none()
        return PostFacts(*row) if row else None

    async def page(self, before: int | None, limit: int) -> list[PostFacts]:
        """The newest first, older than `before`."""
        query = select(NewsPost, Person.name).join(Person, Person.id == NewsPost.author_id)
        if before is not None:
            query = query.where(NewsPost.id < before)
        rows = await self.session.execute(query.order_by(NewsPost.id.desc()).limit(limit))
        return [PostFacts(*row) for row in rows]

    async def insert(self, author_id: int, text: str, now: datetime) -> int:
        """A new one; its number."""
        post = NewsPost(author_id=author_id, text=text, created_at=now, changed_at=now)
        self.session.add(post)
        await self.session.flush()
        return post.id

    async def change(self, post_id: int, states: Sequence[str], **values: object) -> bool:
        """Change one that is in one of these states; False if it is not any more."""
        query = update(NewsPost).where(NewsPost.id == post_id, NewsPost.state.in_(states))
        return await self.affect(query.values(**values).execution_options(synchronize_session=False)) > 0

    async def stick(self, chat_id: int, now: datetime) -> list[tuple[int, int]]:
        """What was meant for this channel and does not stand there is stuck; each with its author."""
        stands = exists().where(Card.chat_id == chat_id, Card.subject == POST, Card.subject_id == NewsPost.id)
        query = (
            update(NewsPost)
            .where(NewsPost.chat_id == chat_id, NewsPost.state == "out", ~stands)
            .values(state="stuck", changed_at=now)
            .returning(NewsPost.id, NewsPost.author_id)
            .execution_options(synchronize_session=False)
        )
        return [(row.id, row.author_id) for row in await self.session.execute(query)]

    async def stuck(self) -> int:
        """How many the channel has not taken."""
        query = select(func.count()).select_from(NewsPost).where(NewsPost.state == "stuck")
        return int(await self.session.scalar(query) or 0)

    async def is_changed_since(self, post_id: int, moment: datetime) -> bool:
        """Whether its words or its state have changed after a moment."""
        query = select(NewsPost.id).where(NewsPost.id == post_id, NewsPost.changed_at > moment)
        return await self.session.scalar(query) is not None

    async def readers(self) -> list[Person]:
        """Everybody who works here."""
        return list((await self.session.scalars(select(Person).where(ACTIVE).order_by(Person.id))).all())
