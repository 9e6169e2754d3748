"""A message as everyone sees it, and as the Bot API writes it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.accounts import Account
    from sandbox.bots import Bot
    from sandbox.chats import Chat
    from sandbox.people import Person

Json = dict[str, Any]

# Senders that stand for a chat: an anonymous administrator, and a channel that posts into a group.
ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_BOT: Json = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


@dataclass(frozen=True, slots=True)
class Whisper:
    """What makes a message ephemeral: one member of a group sees it, and the chat does not count it."""

    receiver: "Person"
    number: int  # the Bot API's `ephemeral_message_id`
    after: int  # the chat's newest message when it was sent


@dataclass(slots=True, eq=False)
class Message:
    """One message in one chat; `content` holds its own fields of the Bot API (text, photo, contact, ...).

    The id of an ephemeral one is 0, as at Telegram.
    """

    id: int
    chat: "Chat"
    sender: "Account | Bot | None"
    date: int
    content: Json
    sender_chat: "Chat | None" = None
    markup: Json | None = None  # an inline keyboard; reply keyboards live in the chat
    opened_keyboard: bool = False  # it came with a reply keyboard or the like, so it cannot be edited
    reply_to: "Message | None" = None
    thread: int | None = None
    forward_origin: Json | None = None
    via_bot: "Bot | None" = None
    media_group_id: str | None = None
    edit_date: int | None = None
    silent: bool = False
    protected: bool = False
    service: bool = False
    deleted: bool = False
    forgotten: bool = False
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    whisper: Whisper | None = None

    @property
    def place(self) -> float:
        """By what a person's program orders and names messages; an ephemeral one stands between two ids."""
        return self.id if self.whisper is None else self.whisper.after + self.whisper.number / 1_000_000

    @property
    def seen_by(self) -> int | None:
        """Who alone sees it; None: everyone in the chat."""
        return self.whisper.receiver.id if self.whisper is not None else None

    @property
    def text(self) -> str:
        """The text, or the caption of a file; empty if there is neither."""
        found = self.content.get("text") or self.content.get("caption") or ""
        return str(found)

    @property
    def entities(self) -> list[Json]:
        """The entities of `text`."""
        return list(self.content.get("entities") or self.content.get("caption_entities") or [])

    @property
    def keyboard(self) -> list[list[Json]]:
        """The rows of the inline keyboard."""
        return list(self.markup["inline_keyboard"]) if self.markup else []

    @property
    def labels(self) -> list[str]:
        """The labels of all inline buttons, row by row."""
        return [button["text"] for row in self.keyboard for button in row]

    @property
    def from_bot(self) -> bool:
        """Whether a bot sent it."""
        return self.sender is not None and self.sender.is_bot

    def sender_json(self) -> Json | None:
        """The `from` field: who appears as the sender."""
        if self.sender_chat is not None:
            if self.sender_chat.kind == "channel" and self.chat.kind == "channel":
                return None
            return ANONYMOUS_ADMIN if self.sender_chat is self.chat else CHANNEL_BOT
        return self.sender.user() if self.sender is not None else None

    def as_json(self, *, with_reply: bool = True) -> Json:
        """The Message object of the Bot API."""
        body: Json = {"message_id": self.id}
        if sender := self.sender_json():
            body["from"] = sender
        if self.sender_chat is not None:
            body["sender_chat"] = self.sender_chat.brief()
        body["chat"] = self.chat.brief()
        body["date"] = self.date
        if self.edit_date is not None:
            body["edit_date"] = self.edit_date
        if self.thread is not None:
            body["message_thread_id"] = self.thread
            body["is_topic_message"] = True
        body |= self._relations(with_reply=with_reply)
        body |= self.content
        if self.markup is not None:
            body["reply_markup"] = self.markup
        return body

    def _relations(self, *, with_reply: bool) -> Json:
        body: Json = {}
        replied = self.reply_to or self._topic_opening()
        if replied is not None and with_reply and not replied.deleted:
            body["reply_to_message"] = replied.as_json(with_reply=False)
        if self.forward_origin is not None:
            body["forward_origin"] = self.forward_origin
        if self.via_bot is not None:
            body["via_bot"] = self.via_bot.user()
        if self.media_group_id is not None:
            body["media_group_id"] = self.media_group_id
        if self.protected:
            body["has_protected_content"] = True
        if self.whisper is not None:
            body["receiver_user"] = self.whisper.receiver.user()
            body["ephemeral_message_id"] = self.whisper.number
        return body

    def _topic_opening(self) -> "Message | None":
        """Telegram shows every message of a topic as a reply to the one that opened the topic."""
        if self.thread is None or self.thread == self.id:
            return None
        return self.chat.messages.get(self.thread)

    def for_press(self) -> Json:
        """As a callback query carries it: an old message is only named."""
        if self.forgotten:
            return {"chat": self.chat.brief(), "message_id": self.id, "date": 0}
        return self.as_json()

    def origin(self) -> Json:
        """The `forward_origin` that a forward of this message gets."""
        if self.forward_origin is not None:
            return self.forward_origin
        if self.sender_chat is not None:
            if self.sender_chat.kind == "channel":
                body = {"type": "channel", "chat": self.sender_chat.brief(), "message_id": self.id}
            else:
                body = {"type": "chat", "sender_chat": self.sender_chat.brief()}
            return {**body, "date": self.date}
        assert self.sender is not None
        if self.sender.hides_forwards:
            return {"type": "hidden_user", "sender_user_name": self.sender.full_name, "date": self.date}
        return {"type": "user", "sender_user": self.sender.user(), "date": self.date}
