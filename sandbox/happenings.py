"""What happens in a Telegram, and who is told: messages, edits, presses, reactions, comings and goings."""

from collections.abc import Callable
from itertools import count
from typing import Any

from sandbox.accounts import Account
from sandbox.bots import Bot
from sandbox.chats import Chat, PrivateChat
from sandbox.errors import ImpossibleError
from sandbox.feed import Feed
from sandbox.groups import Group
from sandbox.inline import PATIENCE, InlineQuery
from sandbox.members import Member
from sandbox.messages import Message, Whisper
from sandbox.people import Person
from sandbox.presses import Press
from sandbox.routing import hears
from sandbox.updates import PRESS_LIFETIME

Json = dict[str, Any]
Sender = Account | Bot

KEPT_PRESSES = 50_000
KEPT_QUERIES = 1_000
LONGEST_QUERY = 256


class Happenings:
    """The part of a Telegram that changes chats, follows with the feed and queues updates for bots."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.feed = Feed()
        self.presses: dict[str, Press] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self._press_numbers = count(4_711_000_001)

    def post(
        self, chat: Chat, sender: Sender, content: Json, *, number: int | None = None, **details: Any
    ) -> Message:
        """Puts a message into a chat and tells everyone; `details` are fields of `Message`."""
        message = Message(
            number or chat.next_message_id(), chat, sender, int(self.clock()), content, **details
        )
        chat.messages[message.id] = message
        for person in chat.people():
            if person is not sender:
                chat.unread[person.id] = chat.unread.get(person.id, 0) + 1
        if not sender.is_bot:
            chat.unread.pop(sender.id, None)
        self.feed.publish("message", chat, message)
        self._tell("channel_post" if chat.kind == "channel" else "message", message)
        return message

    def whisper(self, chat: Chat, sender: Sender, receiver: Person, content: Json, **details: Any) -> Message:
        """Shows a message to one member of a group alone."""
        last = chat.last_message()
        whisper = Whisper(receiver, chat.next_whisper_number(), last.id if last is not None else 0)
        message = Message(0, chat, sender, int(self.clock()), content, whisper=whisper, **details)
        chat.whispers[whisper.number] = message
        self.feed.publish("message", chat, message, person=receiver.id)
        return message

    def edit(self, message: Message, content: Json, *, by: Sender, hidden: bool = False) -> None:
        """Changes a message; `hidden` leaves no "edited" mark."""
        message.content = content
        if not hidden:
            message.edit_date = int(self.clock())
        self.feed.publish("edit", message.chat, message, person=message.seen_by)
        if not by.is_bot:
            self._tell("edited_channel_post" if message.chat.kind == "channel" else "edited_message", message)

    def remove(self, message: Message) -> None:
        """Takes a message away from everyone who saw it."""
        message.deleted = True
        if message.whisper is None:
            message.chat.messages.pop(message.id, None)
        else:
            message.chat.whispers.pop(message.whisper.number, None)
        self.feed.publish("delete", message.chat, message, person=message.seen_by)

    def press(self, person: Person, message: Message, data: str) -> Press:
        """A press on a bot's message; `data` is whatever the presser's program sends."""
        bot = message.via_bot or message.sender
        if not isinstance(bot, Bot):
            raise ImpossibleError("only messages of bots have buttons")
        if message.seen_by not in (None, person.id):
            raise ImpossibleError(f"{person.full_name} does not see this message")
        press = Press(str(next(self._press_numbers)), person, bot, message, data, self.clock())
        self.presses[press.id] = press
        if len(self.presses) > KEPT_PRESSES:
            del self.presses[next(iter(self.presses))]
        payload = {
            "id": press.id,
            "from": person.user(),
            "message": message.for_press(),
            "chat_instance": str(7_000_000_000 + abs(message.chat.id)),
            "data": data,
        }
        bot.updates.push("callback_query", payload, lane=person.id, lifetime=PRESS_LIFETIME)
        return press

    def ask_inline(self, person: Person, bot: Bot, query: str, chat: Chat) -> InlineQuery:
        """An inline query, typed in a chat."""
        if not bot.inline:
            raise ImpossibleError("this bot is not in inline mode: its owner switches that on with BotFather")
        if len(query) > LONGEST_QUERY:
            raise ImpossibleError(f"a query has {LONGEST_QUERY} characters at most")
        asked = InlineQuery(str(next(self._press_numbers)), person, bot, query, self.clock())
        self.inline_queries[asked.id] = asked
        if len(self.inline_queries) > KEPT_QUERIES:
            del self.inline_queries[next(iter(self.inline_queries))]
        own = isinstance(chat, PrivateChat) and chat.bot is bot
        payload = {
            "id": asked.id,
            "from": person.user(),
            "chat_type": "sender" if own else chat.kind,
            "query": query,
            "offset": "",
        }
        bot.updates.push("inline_query", payload, lane=person.id, lifetime=PATIENCE)
        return asked

    def choose_inline(
        self, asked: InlineQuery, result_id: str, chat: Chat, thread: int | None = None
    ) -> Message:
        """The chosen result becomes a message of the person, sent via the bot.

        The bot is told which one it was only if its owner has asked BotFather for that feedback.
        """
        result = asked.answer.named(result_id) if asked.answer is not None else None
        if result is None:
            raise ImpossibleError("the bot has not offered this")
        asked.person.may_write(chat, thread)
        details = {"via_bot": asked.bot, "markup": result["markup"], "thread": thread}
        message = self.post(chat, asked.person, dict(result["content"]), **details)
        if asked.bot.inline_feedback:
            chosen = {"result_id": result_id, "from": asked.person.user(), "query": asked.query}
            asked.bot.updates.push("chosen_inline_result", chosen, lane=asked.person.id)
        return message

    def react(self, message: Message, by: Sender, reactions: list[Json]) -> None:
        """Sets someone's reaction; bots that are administrators and asked for it are told."""
        old = message.reactions.get(by.id, [])
        message.reactions[by.id] = reactions
        self.feed.publish("edit", message.chat, message)
        payload = {
            "chat": message.chat.brief(),
            "message_id": message.id,
            "user": by.user(),
            "date": int(self.clock()),
            "old_reaction": old,
            "new_reaction": reactions,
        }
        if not by.is_bot:
            for bot in self._admins(message.chat):
                bot.updates.push("message_reaction", payload, lane=message.chat.id)

    def member_changed(self, group: Group, old: Member, new: Member, *, by: Sender) -> None:
        """Tells the bots who became what in a group."""
        payload = self._change(group, by, old, new)
        if isinstance(new.user, Bot):
            new.user.updates.push("my_chat_member", payload, lane=group.id)
        else:
            for bot in self._admins(group):
                bot.updates.push("chat_member", payload, lane=group.id)
        for person in group.people():
            self.feed.publish("chat", group, person=person.id)

    def private_changed(self, chat: PrivateChat) -> None:
        """Tells a bot that it was blocked or let in again."""
        blocked, free = Member(chat.bot, "kicked"), Member(chat.bot, "member")
        old, new = (free, blocked) if chat.blocked else (blocked, free)
        chat.bot.updates.push("my_chat_member", self._change(chat, chat.person, old, new), lane=chat.id)
        self.feed.publish("chat", chat)

    def _tell(self, kind: str, message: Message) -> None:
        for bot in message.chat.bots():
            if bot is not message.sender and hears(bot, message):
                bot.updates.push(kind, message.as_json(), lane=message.chat.id)

    def _admins(self, chat: Chat) -> list[Bot]:
        return [b for b in chat.bots() if isinstance(chat, Group) and chat.member(b).is_admin]

    def _change(self, chat: Chat, by: Sender, old: Member, new: Member) -> Json:
        channel = chat.kind == "channel"
        return {
            "chat": chat.brief(),
            "from": by.user(),
            "date": int(self.clock()),
            "old_chat_member": old.as_json(channel=channel),
            "new_chat_member": new.as_json(channel=channel),
        }
