"""A bot as Telegram knows it: its token, its names and commands, its queue of updates."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.limits import Limiter, Limits
from sandbox.pace import Pace
from sandbox.updates import UpdateQueue

if TYPE_CHECKING:
    from sandbox.webhook import Webhook

Json = dict[str, Any]


@dataclass(slots=True, eq=False)
class Bot:
    """One bot account."""

    id: int
    token: str
    username: str
    name: str
    updates: UpdateQueue
    reads_all_messages: bool = False  # the privacy mode of groups is off
    inline: bool = False  # BotFather: /setinline
    inline_feedback: bool = False  # BotFather: /setinlinefeedback
    webhook: "Webhook | None" = None
    limiter: Limiter | None = None
    pace: Pace = field(default_factory=Pace)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[Any, ...], list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)
    logged_out: bool = False
    hides_forwards = False
    is_bot = True

    @property
    def full_name(self) -> str:
        """The name as chats show it."""
        return self.names.get("") or self.name

    def user(self) -> Json:
        """The User object of the Bot API."""
        return {"id": self.id, "is_bot": True, "first_name": self.full_name, "username": self.username}

    def me(self) -> Json:
        """The answer to getMe."""
        return {
            **self.user(),
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_all_messages,
            "supports_inline_queries": self.inline,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
        }

    def limited(self, limits: Limits | None) -> Limiter | None:
        """The flood control under these limits; changed limits begin to count anew."""
        if limits is None:
            return None
        if self.limiter is None or self.limiter.limits is not limits:
            self.limiter = Limiter(limits)
        return self.limiter

    def commands_for(self, *scopes: tuple[Any, ...], language: str) -> list[Json]:
        """The command list of the first scope that has one, in `language` or else without a language."""
        for scope in (*scopes, ("default",)):
            for code in (language, ""):
                if (*scope, code) in self.commands:
                    return self.commands[*scope, code]
        return []


def names_a_chat(scope: tuple[Any, ...]) -> bool:
    """Whether the key of a bot's commands is for one chat only."""
    return str(scope[0]) in ("chat", "chat_administrators", "chat_member")
