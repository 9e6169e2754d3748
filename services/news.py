"""News of the company: told in its channel, or to everybody in private where there is none."""

from datetime import datetime

from db.models import NewsChannel
from db.repositories.news import POST, PostFacts
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor, Standing, granted, require
from services.clock import Clock
from services.dto.common import Page
from services.dto.news import NewsCard, NewsDraft, NewsFace, NewsShelf, NewsState, Trouble
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from services.notices import NoticeKind, Place, Priority
from services.understanding.fold import clean
from services.understanding.units import units

NEWS = "news"
"""As what the card with what may be done about it is found again; what all read is the `post`."""
LONGEST = 3500
"""So much fits into a message, with its author and what is asked beside it."""
PAGE = 6
KEPT = 300
"""So much of its words an event of the history keeps."""
PUBLISHED, EDITED, WITHDRAWN, AGAIN = "news.publish", "news.edit", "news.withdraw", "news.again"


class News:
    """The service of news: everybody reads them (`news.view`).

    Owners write and mend them, heads write, and mend their own (`news.write`).
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def shelf(self, actor: Actor, after: int | None = None) -> NewsShelf:
        """The newest first; `after` is the last page's key. Raises `not_allowed`."""
        require(actor, Action.NEWS_VIEW)
        async with self._db.read() as uow:
            channel = await uow.news.channel()
            found = await uow.news.page(after, PAGE + 1)
            items = tuple(_card(actor, one, channel) for one in found[:PAGE])
            page = Page(items, items[-1].id if len(found) > PAGE else None)
            return NewsShelf(page, channel.title if channel else None, actor.may(Action.NEWS_WRITE))

    async def card(self, actor: Actor, post_id: int) -> NewsCard:
        """One of them. Raises `news.not_found`, `not_allowed`."""
        require(actor, Action.NEWS_VIEW)
        async with self._db.read() as uow:
            return _card(actor, await _get(uow, post_id), await uow.news.channel())

    async def face(self, actor: Actor | None, post_id: int) -> NewsFace:
        """What all read of it; no actor: the channel. Raises as `card`."""
        if actor is not None:
            require(actor, Action.NEWS_VIEW)
        async with self._db.read() as uow:
            found = await _get(uow, post_id)
            withdrawn = found.post.state == NewsState.WITHDRAWN
            return NewsFace(post_id, found.post.text, found.author, withdrawn)

    async def draft(self, actor: Actor, text: str, post_id: int = 0) -> NewsDraft:
        """How words would read, of a new one or of `post_id`; nothing is told yet.

        Raises `not_allowed`, `news.not_found`, `news.empty`, `news.long`, and `stale` of a withdrawn one.
        """
        require(actor, Action.NEWS_WRITE)
        words = _words(text)
        async with self._db.read() as uow:
            if not post_id:
                channel = await uow.news.channel()
                return NewsDraft(words, actor.name, channel.title if channel else None)
            found = await _mended(uow, actor, post_id)
            return NewsDraft(words, found.author, found.post.channel)

    async def publish(self, actor: Actor, text: str) -> NewsCard:
        """Tell it. Raises `not_allowed`, `news.empty`, `news.long`."""
        require(actor, Action.NEWS_WRITE)
        words, now = _words(text), self._clock.now()
        async with self._db.write(actor.cause) as uow:
            post_id = await uow.news.insert(author_id=actor.person_id, text=words, now=now)
            return await self._tell(uow, actor, now, post_id, PUBLISHED, {"text": (None, words[:KEPT])})

    async def edit(self, actor: Actor, post_id: int, text: str) -> NewsCard:
        """Other words for it, wherever it stands. Raises as `draft`."""
        require(actor, Action.NEWS_WRITE)
        words, now = _words(text), self._clock.now()
        async with self._db.write(actor.cause) as uow:
            found = await _mended(uow, actor, post_id)
            changes: history.Changes = {"text": (found.post.text[:KEPT], words[:KEPT])}
            values = {"text": words, "edited_at": now, "changed_at": now}
            if not await uow.news.change(post_id, (NewsState.OUT, NewsState.STUCK), **values):
                raise StaleError
            event = await _record(uow, actor, now, post_id, EDITED, changes)
            return await _shown(uow, actor, now, post_id, event)

    async def withdraw(self, actor: Actor, post_id: int) -> NewsCard:
        """Take it away wherever it stands; in the list it stays, struck out. Raises as `edit`."""
        require(actor, Action.NEWS_WRITE)
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            await _mended(uow, actor, post_id)
            values = {"state": NewsState.WITHDRAWN.value, "changed_at": now}
            if not await uow.news.change(post_id, (NewsState.OUT, NewsState.STUCK), **values):
                raise StaleError
            event = await _record(uow, actor, now, post_id, WITHDRAWN)
            return await _shown(uow, actor, now, post_id, event)

    async def again(self, actor: Actor, post_id: int) -> NewsCard:
        """Tell one that the channel has not taken, there or wherever news are told now.

        Raises `not_allowed`, `news.not_found`, and `stale` if it is not stuck.
        """
        require(actor, Action.NEWS_WRITE)
        now = self._clock.now()
        async with self._db.write(actor.cause) as uow:
            await _mended(uow, actor, post_id)
            values = {"state": NewsState.OUT.value, "changed_at": now}
            if not await uow.news.change(post_id, (NewsState.STUCK,), **values):
                raise StaleError
            return await self._tell(uow, actor, now, post_id, AGAIN)

    async def _tell(
        self,
        uow: UnitOfWork,
        actor: Actor,
        now: datetime,
        post_id: int,
        action: str,
        changes: history.Changes | None = None,
    ) -> NewsCard:
        """Send it into the channel, or to everybody else in private."""
        channel = await uow.news.channel()
        place = {"chat_id": channel.chat_id, "channel": channel.title} if channel else {}
        await uow.news.change(post_id, (NewsState.OUT,), **({"chat_id": None, "channel": None} | place))
        event = await _record(uow, actor, now, post_id, action, changes)
        key, params = f"post:{post_id}:{event}", {"subject": POST, "id": post_id}
        if channel is not None:
            places: list[Place | None] = [Place(channel.chat_id)]
        else:
            people = await uow.news.readers()
            places = [notices.private(one) for one in people if one.id != actor.person_id]
        priority = Priority.URGENT if channel else Priority.BULK
        await notices.send(uow, now, places, NoticeKind.CARD, key, {**params}, priority=priority)
        return await _shown(uow, actor, now, post_id, event)


async def _get(uow: UnitOfWork, post_id: int) -> PostFacts:
    found = await uow.news.get(post_id)
    if found is None:
        raise NotFoundError("news")
    return found


async def _mended(uow: UnitOfWork, actor: Actor, post_id: int) -> PostFacts:
    """One that the actor may change, and that is not withdrawn."""
    found = await _get(uow, post_id)
    if not _may_mend(actor, found):
        raise ForbiddenError
    if found.post.state == NewsState.WITHDRAWN:
        raise StaleError
    return found


def _may_mend(actor: Actor, found: PostFacts) -> bool:
    return granted(actor, Action.NEWS_WRITE, Standing(frozenset({found.post.author_id})))


async def _record(
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    post_id: int,
    action: str,
    changes: history.Changes | None = None,
) -> int:
    """Into the history of the company."""
    told: history.Changes = {"news": (None, post_id), **(changes or {})}
    return await history.record(uow, actor, now, action, "company", 1, told)


async def _shown(uow: UnitOfWork, actor: Actor, now: datetime, post_id: int, event: int) -> NewsCard:
    """Bring it up to date wherever it stands; its card for whoever has changed it."""
    await notices.refresh_cards(uow, now, POST, post_id, event)
    await notices.refresh_cards(uow, now, NEWS, post_id, event, but=actor.telegram_id)
    return _card(actor, await _get(uow, post_id), await uow.news.channel())


def _card(actor: Actor, found: PostFacts, channel: NewsChannel | None) -> NewsCard:
    post = found.post
    here = channel is not None and channel.chat_id == post.chat_id
    withdrawn = post.state == NewsState.WITHDRAWN
    return NewsCard(
        id=post.id,
        text=post.text,
        author=found.author,
        state=NewsState(post.state),
        channel=post.channel,
        at=post.created_at,
        edited_at=post.edited_at,
        trouble=Trouble(channel.trouble) if here and channel is not None and channel.trouble else None,
        may_mend=not withdrawn and _may_mend(actor, found),
    )


def _words(text: str) -> str:
    """What is told. Raises `news.empty`, `news.long`."""
    words = clean(text, len(text) + 1)
    if not words:
        raise AppError("news.empty")
    if (length := units(words)) > LONGEST:
        raise AppError("news.long", n=length, most=LONGEST)
    return words
