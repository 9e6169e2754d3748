"""Places where messages stand: a private chat with a bot, groups with or without topics, channels."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Literal

from sandbox.messages import Message

if TYPE_CHECKING:
    from sandbox.bots import Bot
    from sandbox.people import Person

Json = dict[str, Any]
ChatKind = Literal["private", "group", "supergroup", "channel"]


@dataclass(slots=True)
class Topic:
    """A topic of a forum; its id is the id of the message that opened it."""

    id: int
    name: str
    icon_color: int = 0x6FB9F0
    icon_custom_emoji_id: str | None = None
    closed: bool = False
    opened_by: int = 0


class Chat:
    """What all chats have: messages in order, unread counters, reply keyboards per person."""

    kind: ChatKind
    id: int
    forum = False

    def __init__(self, numbers: Iterator[int]) -> None:
        self._numbers = numbers
        self.messages: dict[int, Message] = {}
        self.whispers: dict[int, Message] = {}
        """Ephemeral messages by their own numbers; whoever else is in the chat knows nothing of them."""
        self._whisper_numbers = count(1)
        self.unread: dict[int, int] = {}
        self.reply_keyboards: dict[int, Json] = {}
        self.topics: dict[int, Topic] = {}
        self.pinned: list[int] = []

    def next_message_id(self) -> int:
        """A new message's number."""
        return next(self._numbers)

    def next_whisper_number(self) -> int:
        """A new ephemeral message's number."""
        return next(self._whisper_numbers)

    def last_message(self) -> Message | None:
        """The newest message."""
        return next(reversed(self.messages.values()), None)

    def people(self) -> Iterable["Person"]:
        """Everyone human who sees this chat."""
        raise NotImplementedError

    def bots(self) -> Iterable["Bot"]:
        """The bots in this chat."""
        raise NotImplementedError

    def brief(self) -> Json:
        """The Chat object of the Bot API."""
        raise NotImplementedError

    def admits(self, bot: "Bot") -> bool:
        """Whether `bot` has a part in this chat."""
        return bot in self.bots()


class PrivateChat(Chat):
    """One person and one bot; the Bot API gives it the person's id."""

    kind = "private"

    def __init__(self, person: "Person", bot: "Bot", numbers: Iterator[int]) -> None:
        super().__init__(numbers)
        self.id = person.id
        self.person = person
        self.bot = bot
        self.started = False
        self.blocked = False
        self._brief: Json = {"id": person.id, "type": "private", "first_name": person.first_name}
        for name, value in (("last_name", person.last_name), ("username", person.username)):
            if value:
                self._brief[name] = value

    def people(self) -> Iterable["Person"]:
        return (self.person,)

    def bots(self) -> Iterable["Bot"]:
        return (self.bot,)

    def brief(self) -> Json:
        return self._brief


def numbering() -> Iterator[int]:
    """Message numbers of a supergroup or channel; 1 told of its creation (in a forum: the General topic)."""
    return count(2)
