"""A human account: who it is, where it writes, and everything that it can send."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.chats import Chat, PrivateChat
from sandbox.errors import ImpossibleError, bad_request
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.text import FormattedText, clean, trimmed, with_found_entities

if TYPE_CHECKING:
    from sandbox.bots import Bot
    from sandbox.world import Telegram

Json = dict[str, Any]

COLORS = ("#e17076", "#eda86c", "#a695e7", "#7bc862", "#6ec9cb", "#65aadd", "#ee7aae")


@dataclass(eq=False)
class Account:
    """The writing half of a person; what one sends takes effect at once."""

    world: "Telegram"
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    phone: str = ""
    subtitle: str = ""
    hides_forwards: bool = False
    deactivated: bool = False

    is_bot = False

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def color(self) -> str:
        """The colour of the name and of the round picture."""
        return COLORS[self.id % len(COLORS)]

    def user(self) -> Json:
        """The User object of the Bot API."""
        body: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if value := getattr(self, name):
                body[name] = value
        return body

    def chat(self, where: "Bot | Chat | None" = None) -> Chat:
        """The chat itself, the private chat with a bot, or (None) the private chat with the only bot."""
        if isinstance(where, Chat):
            return where
        return self.world.private(self, where or self.world.bot)

    def send(
        self,
        where: "Bot | Chat | None",
        text: str,
        *,
        reply_to: Message | None = None,
        thread: int | None = None,
        on_behalf_of: Chat | None = None,
    ) -> Message:
        """Writes a text; `thread` is a topic's id, `on_behalf_of` a channel or the group itself."""
        formatted = with_found_entities(trimmed(FormattedText(clean(text))))
        if not formatted.text:
            raise ImpossibleError("an empty message cannot be sent")
        content: Json = {"text": formatted.text}
        if formatted.entities:
            content["entities"] = formatted.entities
        return self._post(where, content, reply_to=reply_to, thread=thread, on_behalf_of=on_behalf_of)

    def send_contact(
        self,
        where: "Bot | Chat | None",
        phone: str,
        first_name: str,
        last_name: str = "",
        *,
        user_id: int | None = None,
        vcard: str | None = None,
        reply_to: Message | None = None,
        thread: int | None = None,
    ) -> Message:
        """Sends a contact card; `user_id` if the card belongs to a Telegram user."""
        card: Json = {"phone_number": phone, "first_name": first_name}
        optional = {"last_name": last_name, "user_id": user_id, "vcard": vcard}
        card |= {name: value for name, value in optional.items() if value}
        return self._post(where, {"contact": card}, reply_to=reply_to, thread=thread)

    def share_contact(self, where: "Bot | Chat | None" = None, person: "Account | None" = None) -> Message:
        """Sends one's own phone number, or that of `person`, as a contact of Telegram."""
        owner = person or self
        if not owner.phone:
            raise ImpossibleError(f"{owner.full_name} has no phone number")
        return self.send_contact(where, owner.phone, owner.first_name, owner.last_name, user_id=owner.id)

    def send_file(
        self,
        where: "Bot | Chat | None",
        name: str,
        data: bytes,
        kind: str = "document",
        caption: str = "",
        *,
        mime: str | None = None,
        size: int | None = None,
        reply_to: Message | None = None,
        thread: int | None = None,
        album: str | None = None,
    ) -> Message:
        """Sends a document, photo, voice, video_note, video or audio; an `album` joins several messages."""
        stored = self.world.files.add(kind, name, data, mime=mime, size=size)
        content = stored.content()
        if caption:
            formatted = with_found_entities(trimmed(FormattedText(clean(caption))))
            content["caption"] = formatted.text
            if formatted.entities:
                content["caption_entities"] = formatted.entities
        return self._post(where, content, reply_to=reply_to, thread=thread, album=album)

    def send_location(self, where: "Bot | Chat | None", latitude: float, longitude: float) -> Message:
        """Sends a point on the map; degrees."""
        return self._post(where, {"location": {"latitude": latitude, "longitude": longitude}})

    def send_sticker(self, where: "Bot | Chat | None", emoji: str, *, thread: int | None = None) -> Message:
        """Sends a sticker that stands for an emoji."""
        sticker: Json = {"file_id": f"sticker{emoji}", "file_unique_id": f"unique{emoji}", "emoji": emoji}
        sticker |= {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._post(where, {"sticker": sticker}, thread=thread)

    def send_poll(
        self, where: "Bot | Chat | None", question: str, options: list[str], *, thread: int | None = None
    ) -> Message:
        """Sends a poll in which nobody has voted yet."""
        answers = [
            {"persistent_id": f"{n}", "text": text, "voter_count": 0} for n, text in enumerate(options)
        ]
        poll: Json = {"id": f"{self.id}:{question}", "question": question, "options": answers}
        poll |= {"type": "regular", "total_voter_count": 0, "is_anonymous": True}
        no = ("is_closed", "allows_multiple_answers", "allows_revoting", "members_only")
        return self._post(where, {"poll": poll | dict.fromkeys(no, False)}, thread=thread)

    def send_checklist(
        self, where: "Bot | Chat | None", title: str, tasks: list[str], *, thread: int | None = None
    ) -> Message:
        """Sends a checklist of which nothing is done yet."""
        lines = [{"id": number, "text": text} for number, text in enumerate(tasks, 1)]
        return self._post(where, {"checklist": {"title": title, "tasks": lines}}, thread=thread)

    def forward(self, message: Message, where: "Bot | Chat | None" = None) -> Message:
        """Forwards a message that one sees."""
        if message.protected:
            raise ImpossibleError("this message is protected from forwarding")
        return self._post(where, dict(message.content), origin=message.origin())

    def edit(self, message: Message, text: str) -> None:
        """Changes the text or the caption of one's own message."""
        if message.sender is not self:
            raise ImpossibleError("only one's own messages can be edited")
        field = "text" if "text" in message.content else "caption"
        formatted = with_found_entities(trimmed(FormattedText(clean(text))))
        kept = {k: v for k, v in message.content.items() if k not in (field, "entities", "caption_entities")}
        content = {**kept, field: formatted.text}
        if formatted.entities:
            content["entities" if field == "text" else "caption_entities"] = formatted.entities
        self.world.edit(message, content, by=self)

    def delete(self, message: Message) -> None:
        """Deletes a message for everyone; bots are not told."""
        self.world.remove(message)

    def may_write(self, chat: Chat, thread: int | None) -> Chat | None:
        """Raises ImpossibleError where one cannot write; as whom one does, if not as oneself."""
        if isinstance(chat, PrivateChat):
            if chat.blocked:
                raise ImpossibleError(f"{self.full_name} has blocked the bot")
            chat.started = True
        return self._in_group(chat, thread) if isinstance(chat, Group) else None

    def _post(
        self,
        where: "Bot | Chat | None",
        content: Json,
        *,
        reply_to: Message | None = None,
        thread: int | None = None,
        on_behalf_of: Chat | None = None,
        origin: Json | None = None,
        album: str | None = None,
        service: bool = False,
    ) -> Message:
        chat = self.chat(where)
        if thread is None and reply_to is not None:
            thread = reply_to.thread
        on_behalf_of = on_behalf_of or self.may_write(chat, thread)
        return self.world.post(
            chat,
            self,
            content,
            reply_to=reply_to,
            thread=thread,
            sender_chat=on_behalf_of,
            forward_origin=origin,
            media_group_id=album,
            service=service,
        )

    def _in_group(self, group: Group, thread: int | None) -> Chat | None:
        """Checks that one may write there; anonymous administrators appear as the group."""
        member = group.member(self)
        if not member.present:
            raise ImpossibleError(f"{self.full_name} is not in {group.title}")
        if group.kind == "channel":
            if not member.may("can_post_messages"):
                raise ImpossibleError(f"only administrators post in {group.title}")
            return group
        if group.migrated_to is not None:
            raise ImpossibleError(f"{group.title} is a supergroup now")
        if thread is not None and group.topic(thread).closed and not member.is_admin:
            raise bad_request("TOPIC_CLOSED")
        return group if member.anonymous else None
