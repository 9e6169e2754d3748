"""The channel of the company's news: which it is, whether it takes them, and the won deals told there."""

from datetime import datetime, timedelta

from db.models import NewsChannel
from db.uow import Cause, Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor, Door, Role, StageKind, require
from services.clock import Clock
from services.deal_faces import face_of
from services.dto.news import ChannelCard, Trouble
from services.dto.topics import DealFace
from services.errors import AppError, NotFoundError
from services.news import NEWS
from services.notices import NoticeKind, Place

BINDING, SWITCHED, LOST, BACK = "news.bind", "news.tells_won", "news.lost", "news.back"
TITLE = 128
"""Telegram's own limit."""
SURE = timedelta(minutes=5)
"""So long a won deal waits before it is told: whoever pressed by mistake takes it back sooner."""


class NewsChannels:
    """The service of the channel of news; the owner's right (`company.edit`)."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor) -> ChannelCard:
        """How it stands, for whoever writes news. Raises `not_allowed`."""
        require(actor, Action.NEWS_WRITE)
        async with self._db.read() as uow:
            return await _card(uow)

    async def bind(self, actor: Actor, chat_id: int, title: str) -> ChannelCard:
        """Tell news there from now on, in place of the channel of before. Raises `not_allowed`."""
        require(actor, Action.COMPANY_EDIT)
        now, named = self._clock.now(), title[:TITLE]
        async with self._db.write(actor.cause) as uow:
            found = await uow.news.channel()
            changes: history.Changes = {"news_channel": (found.title if found else None, named)}
            if found is None:
                uow.news.add(NewsChannel(id=1, chat_id=chat_id, title=named, tells_won=False, bound_at=now))
            else:
                found.chat_id, found.title, found.trouble, found.bound_at = chat_id, named, None, now
            await uow.news.flush()
            await history.record(uow, actor, now, BINDING, "company", 1, changes)
            return await _card(uow)

    async def drop(self, actor: Actor) -> ChannelCard:
        """Have no channel any more: news go to everybody in private. What stands in it stays.

        Raises `not_allowed`, and `news.no_channel` where there is none.
        """
        require(actor, Action.COMPANY_EDIT)
        async with self._db.write(actor.cause) as uow:
            found = await _get(uow)
            changes: history.Changes = {"news_channel": (found.title, None)}
            await uow.news.close_channel()
            await history.record(uow, actor, self._clock.now(), BINDING, "company", 1, changes)
            return ChannelCard(None, None, tells_won=False, stuck=await uow.news.stuck())

    async def tell_won(self, actor: Actor, *, on: bool) -> ChannelCard:
        """Whether won deals are told there by themselves. Raises as `drop`."""
        require(actor, Action.COMPANY_EDIT)
        async with self._db.write(actor.cause) as uow:
            found = await _get(uow)
            changes: history.Changes = {"tells_won": (found.tells_won, on)}
            found.tells_won = on
            await history.record(uow, actor, self._clock.now(), SWITCHED, "company", 1, changes)
            return await _card(uow)

    async def is_ours(self, chat_id: int) -> bool:
        """Whether this is the channel of news."""
        async with self._db.read() as uow:
            found = await uow.news.channel()
            return found is not None and found.chat_id == chat_id

    async def follow(self, chat_id: int, trouble: Trouble | None, cause: Cause | None = None) -> None:
        """What Telegram tells of our rights in a channel, or answers there. A fact, so nobody is asked.

        Where nothing can be told, what waits for it is given up and kept as stuck; the owners hear of it, and
        the authors of that.
        """
        async with self._db.read() as uow:
            found = await uow.news.channel()
            if found is None or found.chat_id != chat_id or (trouble is None and found.trouble is None):
                return
        now = self._clock.now()
        async with self._db.write(cause) as uow:
            found = await uow.news.channel()
            if found is None or found.chat_id != chat_id:
                return
            before, found.trouble = found.trouble, trouble.value if trouble else None
            if trouble is not None:
                await uow.chats.give_up(chat_id)
            stuck = await uow.news.stick(chat_id, now) if trouble is not None else []
            event = 0
            if before != found.trouble:
                event = await _fact(uow, now, cause, LOST if trouble else BACK, (before, found.trouble))
            for post_id, _ in stuck:
                await notices.refresh_cards(uow, now, NEWS, post_id, f"stuck:{now.timestamp()}")
            if event and trouble is not None:
                await _alarm(uow, now, {author for _, author in stuck}, event)

    async def won(self, deal_id: int) -> DealFace:
        """A deal that is told in the channel. Raises `deal.not_found`, also if it is won no more."""
        async with self._db.read() as uow:
            deal = await face_of(uow, deal_id)
            if deal.stage.kind is not StageKind.WON:
                raise NotFoundError("deal")
            return deal


async def announce(uow: UnitOfWork, now: datetime, deal_id: int) -> None:
    """Tell in the channel that a deal is won, if the owner wants that; once for each deal."""
    channel = await uow.news.channel()
    if channel is not None and channel.tells_won:
        key, place = f"deal_told:{deal_id}", Place(channel.chat_id)
        await notices.send(
            uow, now, [place], NoticeKind.DEAL_TOLD, key, {"id": deal_id}, coalesce=key, gather=SURE
        )


async def _get(uow: UnitOfWork) -> NewsChannel:
    found = await uow.news.channel()
    if found is None:
        raise AppError("news.no_channel")
    return found


async def _card(uow: UnitOfWork) -> ChannelCard:
    found = await uow.news.channel()
    stuck = await uow.news.stuck()
    if found is None:
        return ChannelCard(None, None, tells_won=False, stuck=stuck)
    trouble = Trouble(found.trouble) if found.trouble else None
    return ChannelCard(found.title, trouble, tells_won=found.tells_won, stuck=stuck)


async def _fact(
    uow: UnitOfWork, now: datetime, cause: Cause | None, action: str, trouble: tuple[str | None, str | None]
) -> int:
    """Note what Telegram tells of the channel."""
    return await uow.history.append(
        at=now,
        door=Door.GROUP,
        bot_id=cause.bot_id if cause else None,
        update_id=cause.update_id if cause else None,
        action=action,
        subject="company",
        subject_id=1,
        changes={"trouble": list(trouble)},
    )


async def _alarm(uow: UnitOfWork, now: datetime, authors: set[int], event: int) -> None:
    """The owners, and whose news are stuck, are told."""
    people = {one.id: one for one in await uow.people.with_role(Role.OWNER)}
    people |= {one.id: one for one in await uow.news.readers() if one.id in authors}
    places = [notices.private(one) for one in people.values()]
    await notices.send(uow, now, places, NoticeKind.NEWS_LOST, f"news_lost:{event}", {})
