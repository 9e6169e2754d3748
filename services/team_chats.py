"""Team chats: the group of a department, a pipeline, a deal or a client; a group belongs to one of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from db.models import Person
from db.uow import Cause, Database, UnitOfWork
from services import client_chats, deal_faces, history, notices
from services.access import Action, Actor, Door, Role, require
from services.chat_holders import card_of, held_by
from services.clock import Clock
from services.dto.team_chats import CLIENTS, Holder, HolderKind, TeamChatCard, TopicsMove
from services.errors import AppError
from services.notices import NoticeKind, Priority

CHANNEL = "news.channel"
"""The form in which an owner chooses the channel of news there."""
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
    a deal gives it one of its own (`deal.share`), and whoever may change a client's card the client
    (`client.edit`).
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor, holder: Holder) -> TeamChatCard:
        """What has, or could have, a team chat. Raises `<kind>.not_found`, `not_allowed`."""
        async with self._db.read() as uow:
            return await card_of(uow, actor, holder)

    async def bind(
        self,
        actor: Actor,
        holder: Holder,
        chat_id: int,
        *,
        take_over: bool = False,
        ask: bool = False,
        title: str | None = None,
    ) -> TeamChatCard:
        """Give something a team chat, in place of the one that it had; topics of its deals go along.

        Deals on which several people work by now get topics there.

        A group that belongs to something else is taken from that on demand, by whoever may take it off there.
        Raises as `card`, HeldError if it was not demanded, and what `held_by` tells to all others.
        `ask`: raises UnsureError, and does nothing, where topics go along. `title`: what the group is called,
        for the history.
        """
        async with self._db.write(actor.cause) as uow:
            await uow.chats.take_turns(chat_id)
            card = await card_of(uow, actor, holder)
            given: list[tuple[TeamChatCard, int | None]] = [(card, chat_id)]
            found = await uow.chats.holder(chat_id)
            if found is not None and found != (holder.kind, holder.id):
                held = await held_by(uow, actor, Holder(HolderKind(found[0]), found[1]))
                if not take_over:
                    raise HeldError(held)
                given.insert(0, (held, None))
            moves = await self._give(uow, actor, given, title)
            if ask and moves:
                raise UnsureError(card, moves)
            return replace(card, chat_id=chat_id)

    async def unbind(self, actor: Actor, holder: Holder, *, ask: bool = False) -> TeamChatCard:
        """Take its team chat from something; the bot stays in it, and the heads of a department hear of it.

        Raises as `card`. `ask`: raises UnsureError, and does nothing, where it has one.
        """
        async with self._db.write(actor.cause) as uow:
            card = await card_of(uow, actor, holder)
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
            return state in (CHOOSING, CHANNEL) or await uow.chats.holder(chat_id) is not None

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
        async with self._db.write(cause) as uow:
            found = await uow.chats.holder(chat_id)
            if found is None:
                return
            kind, holder_id = found
            await uow.chats.give_up(chat_id)
            await uow.cards.leave(chat_id)
            changes = {"chat_id": [chat_id, None]}
            event = await _fact(uow, self._clock, cause, "chat.release", found, changes)
            if kind == HolderKind.DEPARTMENT:
                await _tell_heads(uow, self._clock, holder_id, event)

    async def deafen(self, chat_id: int, cause: Cause) -> None:
        """The bot is no admin any more where it was one, and hears no more what is said there. A fact.

        The heads of a department are told, of a deal those who work on it, of a client whoever keeps them,
        else the owners.
        """
        async with self._db.read() as uow:
            if await uow.chats.holder(chat_id) is None:
                return
        now = self._clock.now()
        async with self._db.write(cause) as uow:
            found = await uow.chats.holder(chat_id)
            if found is None:
                return
            event = await _fact(uow, self._clock, cause, "chat.deafen", found, {})
            kind, holder_id = found
            people = await _in_charge(uow, Holder(HolderKind(kind), holder_id))
            told = {one.id: notices.private(one) for one in people}
            params: dict[str, object] = {"kind": kind, "id": holder_id, "chat": chat_id}
            await notices.send(uow, now, told.values(), NoticeKind.CHAT_UNHEARD, f"unheard:{event}", params)

    async def _give(
        self,
        uow: UnitOfWork,
        actor: Actor,
        given: Sequence[tuple[TeamChatCard, int | None]],
        title: str | None = None,
    ) -> tuple[TopicsMove, ...]:
        """Give each its group, or none; returns which topics go elsewhere by all of it."""
        now, events = self._clock.now(), list[tuple[Holder, int]]()
        for card, chat_id in given:
            if card.chat_id == chat_id:
                continue
            holder = card.holder
            await uow.chats.give(holder.kind, holder.id, chat_id, now)
            changes: history.Changes = {"chat_id": (card.chat_id, chat_id)}
            if chat_id is not None and title:
                changes["group"] = (None, title)
            event = await history.record(uow, actor, now, Action.CHAT_BIND, holder.kind, holder.id, changes)
            events.append((holder, event))
            if holder.kind is HolderKind.DEPARTMENT and chat_id is None:
                await _tell_heads(uow, self._clock, holder.id, event, by=actor)
            if holder.kind is HolderKind.DEAL and chat_id is not None:
                await deal_faces.send_face(uow, now, holder.id, chat_id, f"{event}")
            if (client := CLIENTS.get(holder.kind)) is not None:
                groups = (card.chat_id, chat_id)
                await client_chats.change(uow, now, client, holder.id, groups, f"{event}")
        whole = (HolderKind.DEPARTMENT, HolderKind.PIPELINE)
        shared = [(one, event) for one, event in events if one.kind in whole]
        moves = [move for one, _ in shared for move in await uow.topics.leaving(one.kind, one.id)]
        for one, event in shared:
            for deal_id in await uow.topics.of_holder(one.kind, one.id):
                await notices.follow_topic(uow, now, deal_id, f"{event}")
            for deal_id, home in await uow.topics.due(one.kind, one.id, AT_ONCE):
                await notices.begin_topic(uow, now, deal_id, home, f"{event}", priority=Priority.BULK)
        return tuple(TopicsMove(*move) for move in moves)


async def _fact(
    uow: UnitOfWork,
    clock: Clock,
    cause: Cause | None,
    action: str,
    found: tuple[str, int],
    changes: dict[str, Any],
) -> int:
    """Note what Telegram tells of the group of something."""
    return await uow.history.append(
        at=clock.now(),
        door=Door.GROUP,
        bot_id=cause.bot_id if cause else None,
        update_id=cause.update_id if cause else None,
        action=action,
        subject=found[0],
        subject_id=found[1],
        changes=changes,
    )


async def _in_charge(uow: UnitOfWork, holder: Holder) -> list[Person]:
    """Who sees to the group of something; the owners where nobody else does."""
    people: list[Person] = []
    if holder.kind is HolderKind.DEPARTMENT:
        people = await uow.people.heads(holder.id)
    elif holder.kind is HolderKind.DEAL and (found := await uow.deals.get(holder.id)) is not None:
        ids = [one for one in (found[0].owner_id, *found[0].crew) if one is not None]
        people = [one for one in [await uow.people.get(each) for each in ids] if one is not None]
    elif holder.kind in CLIENTS and (client := await uow.clients.get(holder.kind, holder.id)) is not None:
        keeper = await uow.people.get(client.owner_id) if client.owner_id is not None else None
        people = [keeper] if keeper is not None else []
    return people or await uow.people.with_role(Role.OWNER)


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
