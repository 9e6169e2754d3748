"""What happens in a Telegram, and who is told: messages, edits, presses, reactions, comings and goings."""

import asyncio
from collections.abc import Callable
from itertools import count
from typing import Any

from sandbox.accounts import Account
from sandbox.bots import Bot
from sandbox.chats import Chat, PrivateChat
from sandbox.errors import ImpossibleError
from sandbox.feed import Feed
from sandbox.groups import Group
from sandbox.members import Member
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.presses import Press
from sandbox.routing import hears
from sandbox.updates import PRESS_LIFETIME

Json = dict[str, Any]
Sender = Account | Bot

KEPT_PRESSES = 50_000


class Happenings:
    """The part of a Telegram that changes chats, follows with the feed and queues updates for bots."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.feed = Feed()
        self.presses: dict[str, Press] = {}
        self.inline_queries: dict[str, asyncio.Future[list[Json]]] = {}
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

    def edit(self, message: Message, content: Json, *, by: Sender, hidden: bool = False) -> None:
        """Changes a message; `hidden` leaves no "edited" mark."""
        message.content = content
        if not hidden:
            message.edit_date = int(self.clock())
        self.feed.publish("edit", message.chat, message)
        if not by.is_bot:
            self._tell("edited_channel_post" if message.chat.kind == "channel" else "edited_message", message)

    def remove(self, message: Message) -> None:
        """Takes a message away from everyone."""
        message.deleted = True
        message.chat.messages.pop(message.id, None)
        self.feed.publish("delete", message.chat, message)

    def press(self, person: Person, message: Message, data: str) -> Press:
        """A press on a bot's message; `data` is whatever the presser's program sends."""
        bot = message.via_bot or message.sender
        if not isinstance(bot, Bot):
            raise ImpossibleError("only messages of bots have buttons")
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

    async def ask_inline(self, person: Person, bot: Bot, query: str) -> list[Json]:
        """An inline query and the bot's results."""
        number = str(next(self._press_numbers))
        answer: asyncio.Future[list[Json]] = asyncio.get_running_loop().create_future()
        self.inline_queries[number] = answer
        payload = {"id": number, "from": person.user(), "query": query, "offset": "", "chat_type": "sender"}
        bot.updates.push("inline_query", payload, lane=person.id, lifetime=PRESS_LIFETIME)
        return await answer

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
