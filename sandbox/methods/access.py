"""Which chat and which message a call means, and whether the bot may touch it."""

from typing import Literal

from sandbox.bots import Bot
from sandbox.chats import Chat, PrivateChat, Topic
from sandbox.errors import ApiError, bad_request, forbidden
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.methods.registry import Context

Access = Literal["read", "edit", "write"]
GENERAL_TOPIC = 1


def get_chat(ctx: Context, access: Access, name: str = "chat_id") -> Chat:
    """The chat of parameter `name`, if the bot may do `access` there; else Telegram's refusal."""
    raw = ctx.params.text(name)
    if not raw:
        raise bad_request(f"{name} is empty")
    chat = _find(ctx, raw)
    if isinstance(chat, Group):
        _check_group(chat, ctx.bot, access)
    elif isinstance(chat, PrivateChat):
        _check_private(ctx, chat, access)
    return chat


def _find(ctx: Context, raw: str) -> Chat:
    if raw.startswith("@"):
        named = [g for g in ctx.world.groups.values() if g.username and g.username.lower() == raw[1:].lower()]
        if named:
            return named[0]
        raise bad_request("chat not found")
    try:
        chat_id = int(raw)
    except ValueError:
        raise bad_request("chat not found") from None
    if any(bot.id == chat_id for bot in ctx.world.bots.values()):
        raise forbidden("bot can't send messages to bots")
    chat = ctx.world.chat_of(ctx.bot, chat_id)
    if chat is None or (isinstance(chat, Group) and ctx.bot.id not in chat.members and not chat.username):
        raise bad_request("chat not found")
    return chat


def _check_private(ctx: Context, chat: PrivateChat, access: Access) -> None:
    if not chat.started:
        if access == "write" and ctx.world.knows(ctx.bot, chat.person):
            raise forbidden("bot can't initiate conversation with a user")
        if not ctx.world.knows(ctx.bot, chat.person):
            raise bad_request("chat not found")
    if chat.person.deactivated and access != "read":
        raise forbidden("user is deactivated")
    if chat.blocked and access == "write":
        raise forbidden("bot was blocked by the user")


def _check_group(group: Group, bot: Bot, access: Access) -> None:
    if group.migrated_to is not None and access != "read":
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=group.migrated_to,
        )
    if group.closed_down and access != "read":
        raise forbidden("the group chat was deleted")
    member = group.member(bot)
    if member.status == "kicked" and (access != "read" or group.kind != "group"):
        raise forbidden(f"bot was kicked from the {group.kind} chat")
    if member.status == "left" and (access != "read" or (group.kind != "group" and not group.username)):
        raise forbidden(f"bot is not a member of the {group.kind} chat")


def check_may_send(ctx: Context, chat: Chat, kind: str = "text messages") -> None:
    """Whether the bot may post messages of this kind in the chat."""
    if not isinstance(chat, Group):
        return
    member = chat.member(ctx.bot)
    if chat.kind == "channel":
        if not member.may("can_post_messages"):
            raise bad_request("need administrator rights in the channel chat")
        return
    permission = "can_send_messages" if kind == "text messages" else f"can_send_{kind.replace(' ', '_')}"
    allowed = member.permissions if member.status == "restricted" else chat.permissions
    if not member.is_admin and not (allowed.get("can_send_messages", True) and allowed.get(permission, True)):
        raise bad_request(f"not enough rights to send {kind} to the chat")


def is_mute(ctx: Context, chat: Chat) -> bool:
    """Whether this is a channel in which the bot may not post, so that its posts are not its own any more."""
    if not isinstance(chat, Group) or chat.kind != "channel":
        return False
    return not chat.member(ctx.bot).may("can_post_messages")


def require(group: Group, bot: Bot, right: str, refusal: str) -> None:
    """Refuses unless the bot is an administrator with `right`."""
    if not group.member(bot).may(right):
        raise bad_request(refusal)


def get_topic(ctx: Context, chat: Chat, *, to_send: bool = True) -> Topic | None:
    """The topic that `message_thread_id` names; groups without topics ignore it, as at Telegram."""
    thread = ctx.params.integer("message_thread_id")
    if not thread:
        return None
    if isinstance(chat, Group) and not chat.forum:
        return None
    if not isinstance(chat, Group) or thread == GENERAL_TOPIC:
        raise bad_request("message thread not found")
    topic = chat.topic(thread)
    may = chat.member(ctx.bot).may("can_manage_topics") or topic.opened_by == ctx.bot.id
    if to_send and topic.closed and not may:
        raise bad_request("TOPIC_CLOSED")
    return topic


def get_message(ctx: Context, access: Access, called: str, chat_name: str = "chat_id") -> Message:
    """The message of `chat_id` and `message_id`; `called` is its name in the refusal ("message to edit")."""
    chat = get_chat(ctx, access, chat_name)
    message = chat.messages.get(ctx.params.integer("message_id"))
    if message is None:
        raise bad_request(f"{called} not found")
    return message


def get_group(ctx: Context, access: Access = "write") -> Group:
    """The chat of `chat_id`, which has to be a group, a supergroup or a channel."""
    chat = get_chat(ctx, access)
    if not isinstance(chat, Group):
        raise bad_request("method is available only for groups and supergroups")
    return chat
