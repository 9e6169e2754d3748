"""Choosing a group for a bot: which ones a `request_chat` button offers, and letting the bot in."""

from typing import TYPE_CHECKING, Any

from sandbox.errors import ImpossibleError
from sandbox.members import Member

if TYPE_CHECKING:
    from sandbox.bots import Bot
    from sandbox.groups import Group
    from sandbox.people import Person

Json = dict[str, Any]


def check_choice(group: "Group", person: "Person", bot: "Bot", asked: Json) -> None:
    """Raises ImpossibleError for a group that Telegram's own list would not have."""
    if not is_offered(group, person, bot, asked):
        raise ImpossibleError(f"{group.title} is not among the chats that this button offers")


def is_offered(group: "Group", person: "Person", bot: "Bot", asked: Json) -> bool:
    """Whether the list that the button opens has this group."""
    member = group.member(person)
    wanted = [name for name, on in (asked.get("user_administrator_rights") or {}).items() if on is True]
    return (
        member.present
        and group.migrated_to is None
        and (group.kind == "channel") is bool(asked.get("chat_is_channel"))
        and asked.get("chat_is_forum") in (None, group.forum)
        and not (asked.get("chat_is_created") and member.status != "creator")
        and not (asked.get("bot_is_member") and not group.member(bot).present)
        and all(member.may(right) or right == "can_manage_chat" for right in wanted)
        and (member.is_admin or not wanted)
    )


def let_in(group: "Group", bot: "Bot", asked: Json, *, by: "Person") -> None:
    """Makes the bot what the button asks for, unless it is that already; whoever chose has agreed to it."""
    rights = {name: True for name, on in (asked.get("bot_administrator_rights") or {}).items() if on is True}
    member = group.member(bot)
    if rights and not (member.is_admin and all(member.may(right) for right in rights)):
        held = {name: True for name, on in member.rights.items() if on}
        group.change(Member(bot, "administrator", held | rights), by=by)
