"""Team chats: the group of a department, a pipeline or a single deal; a group belongs to one of them."""

from collections.abc import Sequence
from dataclasses import replace

from db.models import Person
from db.uow import Cause, Database, UnitOfWork
from services import deal_faces, deal_topics, history, notices
from services.access import CLOSED_KINDS, Action, Actor, Door, Role, granted, require
from services.clock import Clock
from services.dto.team_chats import Holder, HolderKind, TeamChatCard, TopicsMove
from services.errors import AppError, NotFoundError
from services.notices import NoticeKind, Priority
from services.rows import access_deal, deal_standing
from services.staff import access_department

CHOOSING = "chat.choose"
"""The form in which somebody chooses a group in Telegram's own list."""
AT_ONCE = 100
"""So many deals get topics because of the group alone, the others with their next change: Telegram takes
some twenty messages a minute for a group, and each topic takes three."""


class HeldError(AppError):
    """The group belongs to something from which the actor may take it."""

    def __init__(self, card: TeamChatCard) -> None:
        super().__init__("chat.taken")
        self.card = card


class UnsureError(AppError):
    """Something follows from it to which the actor has to agree first: `moves`, if topics go elsewhere."""

    def __init__(self, card: TeamChatCard, moves: tuple[TopicsMove, ...]) -> None:
        super().__init__("chat.unsure")
        self.card = card
        self.moves = moves


class TeamChats:
    """The service of team chats.

    Heads give their departments a chat (`chat.bind`) and the pipelines (`pipeline.rules`), whoever works on
    a deal gives it one of its own (`deal.share`).
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor, holder: Holder) -> TeamChatCard:
        """What has, or could have, a team chat. Raises `<kind>.not_found`, `not_allowed`."""
        async with self._db.read() as uow:
            return await _card(uow, actor, holder)

    async def bind(
        self, actor: Actor, holder: Holder, chat_id: int, *, take_over: bool = False, ask: bool = False
    ) -> TeamChatCard:
        """Give something a team chat, in place of the one that it had; topics of its deals go along.

        Deals on which several people work by now get topics there.

        A group that belongs to something else is taken from that on demand, by whoever may take it off there.
        Raises as `card`, HeldError if it was not demanded, and what `_taken` tells to all others.
        `ask`: raises UnsureError, and does nothing, where topics go along.
        """
        async with self._db.write(actor.cause) as uow:
            await uow.chats.take_turns(chat_id)
            card = await _card(uow, actor, holder)
            given: list[tuple[TeamChatCard, int | None]] = [(card, chat_id)]
            found = await uow.chats.holder(chat_id)
            if found is not None and found != (holder.kind, holder.id):
                held = await _held(uow, actor, Holder(HolderKind(found[0]), found[1]))
                if not take_over:
                    raise HeldError(held)
                given.insert(0, (held, None))
            moves = await self._give(uow, actor, given)
            if ask and moves:
                raise UnsureError(card, moves)
            return replace(card, chat_id=chat_id)

    async def unbind(self, actor: Actor, holder: Holder, *, ask: bool = False) -> TeamChatCard:
        """Take its team chat from something; the bot stays in it, and the heads of a department hear of it.

        Raises as `card`. `ask`: raises UnsureError, and does nothing, where it has one.
        """
        async with self._db.write(actor.cause) as uow:
            card = await _card(uow, actor, holder)
            moves = await self._give(uow, actor, [(card, None)])
            if ask and card.chat_id is not None:
                raise UnsureError(card, moves)
            return replace(card, chat_id=None)

    async def require_free(self, actor: Actor, chat_id: int) -> None:
        """Raise `chat.taken` for a chat that belongs to something; owner and heads may ask."""
        require(actor, Action.CHAT_BIND)
        async with self._db.read() as uow:
            if await uow.chats.holder(chat_id) is not None:
                raise AppError("chat.taken")

    async def is_expected(self, actor: Actor, bot_id: int, chat_id: int) -> bool:
        """Whether it is known to what a chat that this person adds the bot to belongs, or is about to be."""
        mine = actor.telegram_id or 0
        async with self._db.read() as uow:
            state, _ = await uow.forms.load(bot_id, mine, mine, 0)
            return state == CHOOSING or await uow.chats.holder(chat_id) is not None

    async def move(self, old: int, new: int, cause: Cause | None) -> None:
        """A group became a supergroup, by Telegram's own word: all that is kept of it goes along."""
        async with self._db.write(cause) as uow:
            await uow.chats.move(old, new)

    async def release(self, chat_id: int, cause: Cause | None) -> None:
        """The bot is no longer in a chat, which belongs to nothing any more. A fact, so nobody is asked.

        What waits for the chat is given up. The heads of a department, and the owners, are told.
        """
        async with self._db.read() as uow:
            if await uow.chats.holder(chat_id) is None:
                return
        now = self._clock.now()
        async with self._db.write(cause) as uow:
            found = await uow.chats.holder(chat_id)
            if found is None:
                return
            kind, holder_id = found
            await uow.chats.give_up(chat_id)
            await uow.cards.leave(chat_id)
            event = await uow.history.append(
                at=now,
                door=Door.GROUP,
                bot_id=cause.bot_id if cause else None,
                update_id=cause.update_id if cause else None,
                action="chat.release",
                subject=kind,
                subject_id=holder_id,
                changes={"chat_id": [chat_id, None]},
            )
            if kind == HolderKind.DEPARTMENT:
                await _tell_heads(uow, self._clock, holder_id, event)

    async def _give(
        self, uow: UnitOfWork, actor: Actor, given: Sequence[tuple[TeamChatCard, int | None]]
    ) -> tuple[TopicsMove, ...]:
        """Give each its group, or none; returns which topics go elsewhere by all of it."""
        now, events = self._clock.now(), list[tuple[Holder, int]]()
        for card, chat_id in given:
            if card.chat_id == chat_id:
                continue
            holder = card.holder
            await uow.chats.give(holder.kind, holder.id, chat_id, now)
            changes: history.Changes = {"chat_id": (card.chat_id, chat_id)}
            event = await history.record(uow, actor, now, Action.CHAT_BIND, holder.kind, holder.id, changes)
            events.append((holder, event))
            if holder.kind is HolderKind.DEPARTMENT and chat_id is None:
                await _tell_heads(uow, self._clock, holder.id, event, by=actor)
            if holder.kind is HolderKind.DEAL and chat_id is not None:
                await deal_faces.send_face(uow, now, holder.id, chat_id, f"{event}")
        shared = [(one, event) for one, event in events if one.kind is not HolderKind.DEAL]
        moves = [move for one, _ in shared for move in await uow.topics.leaving(one.kind, one.id)]
        for one, event in shared:
            for deal_id in await uow.topics.of_holder(one.kind, one.id):
                await notices.follow_topic(uow, now, deal_id, f"{event}")
            for deal_id, home in await uow.topics.due(one.kind, one.id, AT_ONCE):
                await notices.begin_topic(uow, now, deal_id, home, f"{event}", priority=Priority.BULK)
        return tuple(TopicsMove(*move) for move in moves)


async def _card(uow: UnitOfWork, actor: Actor, holder: Holder) -> TeamChatCard:
    chat_id = await uow.chats.of(holder.kind, holder.id)
    if holder.kind is not HolderKind.DEAL:
        return TeamChatCard(holder, await _named(uow, actor, holder), chat_id)
    deal, stage = await access_deal(uow, actor, holder.id, Action.DEAL_SHARE)
    topic = await deal_topics.line(uow, deal.id)
    may_open = stage.kind not in CLOSED_KINDS and await uow.topics.home(deal.id) is not None
    return TeamChatCard(holder, deal.title, chat_id, topic, may_open, shared=bool(deal.crew))


async def _named(uow: UnitOfWork, actor: Actor, holder: Holder) -> str:
    """What a department or a pipeline is called, for whoever may give it a chat."""
    if holder.kind is HolderKind.DEPARTMENT:
        return (await access_department(uow, actor, holder.id, Action.CHAT_BIND)).name
    require(actor, Action.PIPELINE_RULES)
    pipeline = await uow.pipelines.get(holder.id)
    if pipeline is None:
        raise NotFoundError("follow_up")
    return pipeline.name


async def _held(uow: UnitOfWork, actor: Actor, holder: Holder) -> TeamChatCard:
    """What has a group, for whoever may take it off there; raises what `_taken` tells to all others."""
    try:
        return await _card(uow, actor, holder)
    except AppError:
        raise await _taken(uow, actor, holder) from None


async def _taken(uow: UnitOfWork, actor: Actor, holder: Holder) -> AppError:
    """To what a group belongs, and who may take it off; not which deal, if the actor does not see it."""
    owners = await uow.people.with_role(Role.OWNER)
    match holder.kind:
        case HolderKind.DEPARTMENT:
            heads = await uow.people.heads(holder.id)
            names = [row.name for row in await uow.people.departments() if row.id == holder.id]
            who = _names(actor, [*heads, *owners])
            return AppError("chat.of_department", name="".join(names), who=who)
        case HolderKind.PIPELINE:
            pipeline = await uow.pipelines.get(holder.id)
            name = pipeline.name if pipeline is not None else ""
            return AppError("chat.of_pipeline", name=name, who=_names(actor, owners))
        case HolderKind.DEAL:
            found = await uow.deals.get(holder.id)
            if found is not None and granted(actor, Action.DEAL_VIEW, deal_standing(*found)):
                return AppError("chat.of_deal", id=holder.id)
    return AppError("chat.taken")


def _names(actor: Actor, people: list[Person]) -> str:
    """Whom somebody may ask; not themselves."""
    return ", ".join(dict.fromkeys(one.name for one in people if one.id != actor.person_id))


async def _tell_heads(
    uow: UnitOfWork, clock: Clock, department_id: int, event: int, *, by: Actor | None = None
) -> None:
    """Their chat is gone: by somebody, who knows it, or by itself, which the owners hear, too."""
    heads = await uow.people.heads(department_id)
    if by is None:
        heads += await uow.people.with_role(Role.OWNER)
    told = {one.id: notices.private(one) for one in heads if by is None or one.id != by.person_id}
    params: dict[str, object] = {"department": department_id, **({"by": by.name} if by else {})}
    await notices.send(uow, clock.now(), told.values(), NoticeKind.CHAT_LOST, f"chat_lost:{event}", params)
