"""A person with Telegram in hand: starting and blocking bots, reading, pressing buttons."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sandbox.accounts import Account
from sandbox.chats import Chat, PrivateChat
from sandbox.choosing import check_choice, is_offered, let_in
from sandbox.errors import ImpossibleError
from sandbox.groups import Group
from sandbox.inline import InlineQuery
from sandbox.messages import Message
from sandbox.presses import CallbackAnswer, Press

if TYPE_CHECKING:
    from sandbox.bots import Bot

Json = dict[str, Any]


class Person(Account):
    """One human with their Telegram; only `press` has an answer to wait for."""

    def start(self, bot: "Bot | None" = None, payload: str | None = None) -> Message:
        """Opens the bot and presses Start; `payload` is what a deep link carries."""
        if payload is not None and not (1 <= len(payload) <= 64 and _is_payload(payload)):
            raise ImpossibleError(f"a deep link cannot carry {payload!r}")
        self.unblock(bot)
        return self.send(bot, f"/start {payload}" if payload else "/start")

    def block(self, bot: "Bot | None" = None) -> None:
        """Stops and blocks the bot."""
        self._set_blocked(bot, blocked=True)

    def unblock(self, bot: "Bot | None" = None) -> None:
        """Lets the bot write again."""
        self._set_blocked(bot, blocked=False)

    def deactivate(self) -> None:
        """Deletes the account: whoever writes to it is refused."""
        self.deactivated = True

    def read(self, where: "Bot | Chat | None" = None) -> None:
        """Marks everything in the chat as read."""
        chat = self.chat(where)
        if chat.unread.pop(self.id, 0):
            self.world.feed.publish("read", chat, person=self.id)

    def unread(self, where: "Bot | Chat | None" = None) -> int:
        """How many messages of the chat one has not read."""
        return self.chat(where).unread.get(self.id, 0)

    def screen(self, where: "Bot | Chat | None" = None) -> Message | None:
        """The newest message of a bot in the chat, as it stands now; None if there is none."""
        messages = reversed(self.chat(where).messages.values())
        return next((m for m in messages if m.from_bot and not m.service), None)

    def whispers(self, where: Chat) -> list[Message]:
        """The ephemeral messages in a group that one alone sees, the oldest first."""
        return [message for message in where.whispers.values() if message.seen_by == self.id]

    async def sees(
        self,
        wanted: str | Callable[[Message], bool],
        where: "Bot | Chat | None" = None,
        patience: float = 10.0,
    ) -> Message:
        """Waits until the screen shows `wanted`: a part of its text, or whatever a function finds good.

        After `patience` seconds it raises TimeoutError, which tells what the screen shows instead.
        """
        feed, deadline = self.world.feed, time.monotonic() + patience
        while True:
            position, screen = feed.last_id, self.screen(where)
            if screen is not None and (wanted in screen.text if isinstance(wanted, str) else wanted(screen)):
                return screen
            if time.monotonic() > deadline:
                shown = "nothing" if screen is None else f"{screen.text!r} {screen.labels}"
                raise TimeoutError(f"{self.full_name} waits for {wanted!r} and sees {shown}")
            await feed.wait(position, deadline - time.monotonic())

    def react(self, message: Message, emoji: str | None) -> None:
        """Sets one's reaction, or takes it back (None)."""
        self.world.react(message, self, [{"type": "emoji", "emoji": emoji}] if emoji else [])

    def press(self, message: Message | None, label: str | None = None, *, data: str | None = None) -> Press:
        """Presses a button by its label, or forges a press with any `data`; await it for the answer."""
        if message is None or message.deleted:
            raise ImpossibleError("there is no such message any more")
        if data is not None:
            return self.world.press(self, message, data)
        button = find_button(message, label or "")
        if "callback_data" in button:
            return self.world.press(self, message, button["callback_data"])
        press = Press("", self, None, message, "", self.world.clock())
        press.settle(CallbackAnswer(button.get("copy_text", {}).get("text", ""), url=button.get("url")))
        return press

    def reply_button(self, label: str, where: "Bot | Chat | None" = None) -> Message:
        """Presses a button of the reply keyboard: sends its text, or what it asks for."""
        chat = self.chat(where)
        keyboard = chat.reply_keyboards.get(self.id, {})
        buttons = [button for row in keyboard.get("keyboard", []) for button in row]
        button = next((button for button in buttons if button["text"] == label), None)
        if button is None:
            raise ImpossibleError(f"no reply button {label!r}, there are {[b['text'] for b in buttons]}")
        if {"request_users", "request_chat"} & button.keys():
            raise ImpossibleError("answer this button with share_users or share_chat")
        self._used_keyboard(chat)
        return self.share_contact(chat) if button.get("request_contact") else self.send(chat, label)

    def ask_inline(
        self, query: str, bot: "Bot | None" = None, where: "Bot | Chat | None" = None
    ) -> InlineQuery:
        """Types `@bot query` in a chat; await its `answered()`."""
        return self.world.ask_inline(self, bot or self.world.bot, query, self.chat(where))

    def choose_inline(
        self,
        asked: InlineQuery,
        result_id: str,
        where: "Bot | Chat | None" = None,
        thread: int | None = None,
    ) -> Message:
        """Sends one of the results that the bot has offered."""
        if asked.person is not self:
            raise ImpossibleError("somebody else has asked")
        return self.world.choose_inline(asked, result_id, self.chat(where), thread)

    def share_users(self, request_id: int, *people: "Person", where: "Bot | None" = None) -> Message:
        """Answers a `request_users` button; names go along as far as it asks for them."""
        asked = self._asked(request_id, where)
        if not 1 <= len(people) <= asked.get("max_quantity", 1):
            raise ImpossibleError(f"this button takes 1 to {asked.get('max_quantity', 1)} people")
        shared: Json = {
            "users_shared": {
                "user_ids": [person.id for person in people],
                "users": [_shared(person, asked) for person in people],
                "request_id": request_id,
            }
        }
        if len(people) == 1:
            shared["user_shared"] = {"user_id": people[0].id, "request_id": request_id}
        message = self._post(where, shared, service=True)
        self._used_keyboard(self.chat(where))
        return message

    def share_chat(self, request_id: int, group: Group, where: "Bot | None" = None) -> Message:
        """Answers a `request_chat` button; the bot is added to the group with the rights that it asks for."""
        asked = self._asked(request_id, where, "request_chat")
        chat = self.chat(where)
        assert isinstance(chat, PrivateChat)
        check_choice(group, self, chat.bot, asked)
        let_in(group, chat.bot, asked, by=self)
        title = {"title": group.title} if asked.get("request_title") else {}
        shared = {"chat_shared": {"request_id": request_id, "chat_id": group.id, **title}}
        message = self._post(where, shared, service=True)
        self._used_keyboard(chat)
        return message

    def chats_to_share(self, request_id: int, where: "Bot | None" = None) -> list[Group]:
        """The groups that the list of a `request_chat` button has for this person."""
        asked, chat = self._asked(request_id, where, "request_chat"), self.chat(where)
        assert isinstance(chat, PrivateChat)
        return [one for one in self.world.groups.values() if is_offered(one, self, chat.bot, asked)]

    def _asked(self, request_id: int, where: "Bot | None", kind: str = "request_users") -> Json:
        """What the button of this kind with this number asks for."""
        keyboard = self.chat(where).reply_keyboards.get(self.id, {})
        asked = [b[kind] for row in keyboard.get("keyboard", []) for b in row if kind in b]
        found = next((one for one in asked if one.get("request_id") == request_id), None)
        if found is None:
            raise ImpossibleError(f"no button asks by {kind} with the number {request_id}")
        return dict(found)

    def _used_keyboard(self, chat: Chat) -> None:
        """A keyboard for one time goes away once it was pressed."""
        if chat.reply_keyboards.get(self.id, {}).get("one_time_keyboard"):
            del chat.reply_keyboards[self.id]
            self.world.feed.publish("chat", chat, person=self.id)

    def _set_blocked(self, bot: "Bot | None", *, blocked: bool) -> None:
        chat = self.chat(bot)
        assert isinstance(chat, PrivateChat)
        if chat.blocked != blocked:
            chat.blocked = blocked
            self.world.private_changed(chat)


def _shared(person: Person, asked: Json) -> Json:
    """A SharedUser: what was not asked for, or is not there, is left out."""
    shown: Json = {"user_id": person.id}
    names = (
        {"first_name": person.first_name, "last_name": person.last_name} if asked.get("request_name") else {}
    )
    username = {"username": person.username} if asked.get("request_username") else {}
    return shown | {field: value for field, value in (names | username).items() if value}


def find_button(message: Message, label: str) -> Json:
    """The inline button with this label, or the only one whose label contains it."""
    buttons = [button for row in message.keyboard for button in row]
    exact = [button for button in buttons if button["text"] == label]
    found = exact or [button for button in buttons if label and label in button["text"]]
    if len(found) == 1 or exact:
        return found[0]
    raise ImpossibleError(f"no button {label!r}, there are {message.labels}")


def _is_payload(payload: str) -> bool:
    return payload.isascii() and payload.replace("-", "").replace("_", "").isalnum()
