"""The whole of a local Telegram, in memory: people, bots, chats, and what happens between them."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from itertools import count
from typing import Any

from sandbox.accounts import Account
from sandbox.bots import Bot, names_a_chat
from sandbox.chats import Chat, ChatKind, PrivateChat
from sandbox.errors import ImpossibleError
from sandbox.faults import Faults
from sandbox.files import FileStore
from sandbox.groups import Group, new_numbers
from sandbox.happenings import Happenings
from sandbox.limits import Limits
from sandbox.members import ALL_RIGHTS, Member
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.transcript import Transcript
from sandbox.updates import PRESS_LIFETIME, Update, UpdateQueue

Json = dict[str, Any]

_STRICT = Limits()


class Telegram(Happenings):
    """A world of its own: add bots, people and groups, then let them act. See `sandbox/README.md`.

    `clock` gives unix seconds (a test may turn it by hand); `limits` are the flood limits (None: off);
    `keep_calls` bounds the transcript (None: everything, 0: nothing).
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.time,
        limits: Limits | None = _STRICT,
        title: str = "Telegram",
        keep_calls: int | None = None,
    ) -> None:
        super().__init__(clock)
        self.limits = limits
        self.title = title
        self.faults = Faults()
        self.files = FileStore()
        self.calls = Transcript(keep_calls)
        self.press_lifetime = float(PRESS_LIFETIME)
        self.conflict_pause = 3.0
        self.knows_ephemeral = True
        """False: as a Bot API server older than ephemeral messages, which ignores their parameters."""
        self.on_language: Callable[[str], Awaitable[None]] | None = None
        self.languages = ("ru", "en")
        self.touched = False
        """Whether anybody has done anything in it from the page."""
        self.bots: dict[str, Bot] = {}
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self._private: dict[tuple[int, int], PrivateChat] = {}
        self._message_numbers: dict[int, Iterator[int]] = {}
        self._group_numbers = count(1)
        self.album_numbers = count(13_000_000_001)

    @property
    def bot(self) -> Bot:
        """The only bot; with several, name the one you mean."""
        if len(self.bots) != 1:
            raise ImpossibleError(f"there are {len(self.bots)} bots, say which one")
        return next(iter(self.bots.values()))

    def add_bot(
        self,
        token: str = "42:TEST",  # noqa: S107 - no secret: nothing outside this process knows it
        username: str = "sdelka_bot",
        name: str = "Sdelka",
        *,
        reads_all_messages: bool = False,
        inline: bool = False,
    ) -> Bot:
        """A bot; `reads_all_messages`: its privacy mode in groups is off."""
        bot_id = int(token.partition(":")[0])
        queue = UpdateQueue(lambda: self.clock(), first_id=100_000_000 + bot_id % 1_000_000)
        bot = self.bots[token] = Bot(bot_id, token, username, name, queue, reads_all_messages, inline)
        self._message_numbers[bot_id] = count(1)
        return bot

    def add_person(
        self,
        id: int,  # noqa: A002 - the Bot API's own name
        first_name: str,
        last_name: str = "",
        **details: Any,
    ) -> Person:
        """A person; `details`: `username`, `language_code`, `phone`, `subtitle`, `hides_forwards`."""
        person = self.people[id] = Person(self, id, first_name, last_name, **details)
        return person

    def add_group(
        self,
        title: str,
        members: Iterable[Person] = (),
        bot_admin: Json | None = None,
        *,
        forum: bool = False,
        supergroup: bool | None = None,
        owner: Person | None = None,
        bots: Iterable[Bot] | None = None,
    ) -> Group:
        """A group that exists already: nobody is told. The owner is `owner` or else the first member.

        `bots` (default: all) are in it with the rights of `bot_admin`, as ordinary members if that is None.
        Use `group.join(bot, by=anna)` on a group made with `bots=()` to have the bot see how it is added.
        """
        large = forum if supergroup is None else supergroup or forum
        group = self.new_group(title, "supergroup" if large else "group", forum=forum)
        people = list(members)
        creator = owner or (people[0] if people else None)
        for person in people:
            group.members[person.id] = Member(person, "creator" if person is creator else "member")
        if creator is not None and creator not in people:
            group.members[creator.id] = Member(creator, "creator")
        for bot in self.bots.values() if bots is None else bots:
            status = "member" if bot_admin is None else "administrator"
            group.members[bot.id] = Member(bot, status, dict(bot_admin or {}))
        return group

    def add_channel(self, title: str, owner: Person, bots: Iterable[Bot] | None = None) -> Group:
        """A channel; the bots (default: all) are its administrators."""
        channel = self.new_group(title, "channel")
        channel.members[owner.id] = Member(owner, "creator")
        for bot in self.bots.values() if bots is None else bots:
            channel.members[bot.id] = Member(bot, "administrator", dict.fromkeys(ALL_RIGHTS, True))
        return channel

    def new_group(self, title: str, kind: ChatKind, *, forum: bool = False) -> Group:
        """An empty group, supergroup or channel with an id of its kind."""
        number = next(self._group_numbers)
        large = kind in ("supergroup", "channel")
        shared = next(iter(self._message_numbers.values()), count(1))
        chat_id = -(1_000_000_000_000 + 1_000_000 + number) if large else -(5_000_000 + number)
        group = self.groups[chat_id] = Group(self, chat_id, kind, title, new_numbers(kind, shared))
        group.forum = forum
        return group

    def private(self, person: Account, bot: Bot) -> PrivateChat:
        """The chat of a person with a bot; it exists before it was started."""
        key = (bot.id, person.id)
        chat = self._private.get(key)
        if chat is None:
            chat = self._private[key] = PrivateChat(
                self.people[person.id], bot, self._message_numbers[bot.id]
            )
        return chat

    def chat_of(self, bot: Bot, chat_id: int) -> Chat | None:
        """What `chat_id` means to this bot; None if it means nothing to it."""
        if chat_id < 0:
            return self.groups.get(chat_id)
        person = self.people.get(chat_id)
        return self.private(person, bot) if person is not None else None

    def messages(self, where: "Person | Chat") -> list[Message]:
        """All messages of a chat, or of a person's chat with the only bot; the oldest first."""
        chat = where if isinstance(where, Chat) else self.private(where, self.bot)
        return list(chat.messages.values())

    def knows(self, bot: Bot, person: Person) -> bool:
        """Whether the bot has met this person: in private, or in a group."""
        if self.private(person, bot).started:
            return True
        return any(g.member(person).present and g.member(bot).present for g in self.groups.values())

    def wire(self, *, to: "Person | Chat | None" = None, since: int = 0) -> str:
        """All that the bots sent, as one text, for "this word never leaves" tests.

        `to` narrows it to what one person gets (in private, in groups and as answers to presses) or to one
        chat; `since` skips as many calls from the start (`len(tg.calls)` at some moment).
        """
        calls = list(self.calls)[since:]
        if to is not None:
            answers = {press.id for press in self.presses.values() if press.person is to}
            chats = {
                to.id,
                *(g.id for g in self.groups.values() if any(person is to for person in g.people())),
            }
            calls = [
                c
                for c in calls
                if (c.chat_id in chats and c.receiver in (None, to.id))
                or c.params.get("callback_query_id") in answers
            ]
        return "\n".join(call.wire() for call in calls)

    def clear(self) -> None:
        """Forgets all people, chats, files and updates; the bots stay, to meet other people."""
        self.touched = False
        for kept in (self.people, self.groups, self.presses, self._private):
            kept.clear()
        self.files = FileStore()
        self.faults.clear()
        self.calls.clear()
        for bot in self.bots.values():
            bot.updates.clear()
            bot.limiter = None
            bot.menu_buttons.clear()
            bot.commands = {key: value for key, value in bot.commands.items() if not names_a_chat(key)}

    def forget(self, message: Message) -> None:
        """Makes a message too old to be shown: presses on it carry an InaccessibleMessage."""
        message.forgotten = True

    def deliver_again(self, update: Update | int | None = None, *, bot: Bot | None = None) -> None:
        """Delivers one of `bot.updates.history` (or its id, or None for the last one) a second time."""
        target = bot or self.bot
        if not isinstance(update, Update):
            history = target.updates.history
            update = history[-1] if update is None else next(u for u in history if u.id == update)
        target.updates.push_again(update)

    async def idle(self, patience: float = 30.0) -> None:
        """Waits until the bots have confirmed (long polling) or accepted (webhook) every update.

        After `patience` seconds it raises TimeoutError, which names what is still there.
        """
        try:
            async with asyncio.timeout(patience):
                while any(len(bot.updates) for bot in self.bots.values()):
                    for bot in self.bots.values():
                        await bot.updates.drained()
        except TimeoutError:
            waiting = [update.body for bot in self.bots.values() for update in bot.updates.pending()]
            raise TimeoutError(f"no bot took {len(waiting)} updates, the first is {waiting[:1]}") from None
