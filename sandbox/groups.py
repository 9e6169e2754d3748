"""Groups, supergroups, forums and channels, and what their people do with them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

from sandbox.chats import Chat, ChatKind, Topic, numbering
from sandbox.errors import ImpossibleError, bad_request
from sandbox.members import ALL_RIGHTS, Member
from sandbox.messages import Message

if TYPE_CHECKING:
    from sandbox.accounts import Account
    from sandbox.bots import Bot
    from sandbox.people import Person
    from sandbox.world import Telegram

Json = dict[str, Any]


class Group(Chat):
    """A group, a supergroup (with topics: a forum) or a channel."""

    def __init__(
        self, world: "Telegram", chat_id: int, kind: ChatKind, title: str, numbers: Iterator[int]
    ) -> None:
        super().__init__(numbers)
        self._world = world
        self.id = chat_id
        self.kind = kind
        self.title = title
        self.username: str | None = None
        self.description: str | None = None
        self.members: dict[int, Member] = {}
        self.permissions: dict[str, bool] = {}
        self.migrated_to: int | None = None
        self.closed_down = False

    def people(self) -> Iterable["Person"]:
        return [cast("Person", m.user) for m in self.members.values() if m.present and not m.user.is_bot]

    def bots(self) -> Iterable["Bot"]:
        return [cast("Bot", m.user) for m in self.members.values() if m.present and m.user.is_bot]

    def brief(self) -> Json:
        body: Json = {"id": self.id, "title": self.title, "type": self.kind}
        if self.username:
            body["username"] = self.username
        if self.forum:
            body["is_forum"] = True
        return body

    def member(self, user: "Account | Bot") -> Member:
        """The standing of `user`; a stranger counts as one who left."""
        return self.members.get(user.id) or Member(user, "left")

    def join(self, user: "Account | Bot", *, by: "Person | None" = None) -> None:
        """`user` comes in by itself, or is added by `by` (a bot always is); channels tell nobody."""
        if self.kind == "channel" and user.is_bot:
            raise ImpossibleError("a bot comes into a channel only as its administrator")
        actor = by or (user if not user.is_bot else self._someone())
        self.change(Member(user), by=actor)
        if self.kind == "channel":
            return
        self._world.post(self, actor, {"new_chat_members": [user.user()]}, service=True)

    def leave(self, user: "Account | Bot", *, by: "Account | Bot | None" = None) -> None:
        """`user` goes, or is removed by `by` (then banned, as a kick is)."""
        actor = by or user
        status = "left" if actor is user else "kicked"
        if self.kind != "channel":
            self._world.post(self, actor, {"left_chat_member": user.user()}, service=True)
        self.change(Member(user, status), by=actor)

    def promote(
        self,
        user: "Account | Bot",
        rights: Json | None = None,
        *,
        by: "Person | None" = None,
        anonymous: bool = False,
    ) -> None:
        """Makes `user` an administrator; `rights` None means all of them."""
        granted = dict.fromkeys(ALL_RIGHTS, True) if rights is None else dict(rights)
        self.change(Member(user, "administrator", granted, anonymous=anonymous), by=by or self._someone())

    def demote(self, user: "Account | Bot", *, by: "Person | None" = None) -> None:
        """Makes `user` an ordinary member again; a bot is out of a channel by that."""
        out = self.kind == "channel" and user.is_bot
        self.change(Member(user, "left" if out else "member"), by=by or self._someone())

    def restrict(self, user: "Account | Bot", *, by: "Person | None" = None, **permissions: bool) -> None:
        """Takes permissions away, for example `can_send_messages=False`."""
        self.change(Member(user, "restricted", permissions=permissions), by=by or self._someone())

    def change(self, member: Member, *, by: "Account | Bot") -> None:
        """Sets a standing and tells the bots of it."""
        old = self.member(member.user)
        self.members[member.user.id] = member
        self._world.member_changed(self, old, member, by=by)

    def open_topic(self, name: str, *, by: "Account | Bot", icon_color: int | None = None) -> Topic:
        """A new topic of a forum."""
        color = 0x6FB9F0 if icon_color is None else icon_color
        created = {"forum_topic_created": {"name": name, "icon_color": color}}
        number = self.next_message_id()
        topic = self.topics[number] = Topic(number, name, color, opened_by=by.id)
        self._world.post(self, by, created, service=True, thread=number, number=number)
        return topic

    def close_topic(self, topic: Topic, *, by: "Account | Bot", closed: bool = True) -> None:
        """Closes a topic, or opens it again."""
        topic.closed = closed
        event: Json = {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
        self._world.post(self, by, event, service=True, thread=topic.id)

    def delete_topic(self, topic: Topic) -> None:
        """Removes a topic with all its messages."""
        del self.topics[topic.id]
        everything = [*self.messages.values(), *self.whispers.values()]
        for message in [m for m in everything if m.thread == topic.id]:
            self._world.remove(message)

    def upgrade(self, *, forum: bool = False) -> "Group":
        """Turns a basic group into a supergroup with a new id; the old one refuses from now on."""
        new = self._world.new_group(self.title, "supergroup", forum=forum)
        for member in self.members.values():
            new.members[member.user.id] = member
        someone = self._someone()
        self._world.post(self, someone, {"migrate_to_chat_id": new.id}, service=True)
        self._world.post(new, someone, {"migrate_from_chat_id": self.id}, service=True)
        self.migrated_to = new.id
        return new

    def post(self, text: str, *, by: "Person | None" = None) -> Message:
        """A post of the channel itself."""
        return self._world.post(self, by or self._someone(), {"text": text}, sender_chat=self)

    def topic(self, thread: int) -> Topic:
        """The topic with this id; raises 400 as Telegram does for a deleted one."""
        if thread not in self.topics:
            raise bad_request("message thread not found")
        return self.topics[thread]

    def _someone(self) -> "Person":
        """The creator, or the first human: somebody who may have done it."""
        people = list(self.people())
        creators = [person for person in people if self.member(person).status == "creator"]
        return (creators or people)[0]


def new_numbers(kind: ChatKind, shared: Iterator[int]) -> Iterator[int]:
    """Supergroups and channels number their own messages; basic groups share the private chats' numbers."""
    return numbering() if kind in ("supergroup", "channel") else shared
