"""Taking messages away."""

from typing import Any

from sandbox.chats import Chat, PrivateChat
from sandbox.errors import bad_request
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.methods.access import get_chat, get_message, is_mute
from sandbox.methods.registry import Context, method

TWO_DAYS = 48 * 3600


def _check(ctx: Context, chat: Chat, message: Message) -> None:
    own = message.sender is ctx.bot
    admin = isinstance(chat, Group) and chat.member(ctx.bot).may("can_delete_messages")
    if not own and not admin and not isinstance(chat, PrivateChat):
        raise bad_request("Message can't be deleted")
    if own and not admin and is_mute(ctx, chat):
        raise bad_request("Message can't be deleted")
    if "forum_topic_created" in message.content or "migrate_from_chat_id" in message.content:
        raise bad_request("Message can't be deleted")
    if not admin and ctx.world.clock() - message.date > TWO_DAYS:
        raise bad_request("Message can't be deleted for everyone")


@method("deleteMessage")
def delete_message(ctx: Context) -> Any:
    if not ctx.params.has("chat_id"):
        raise bad_request("Chat identifier is not specified")
    if not ctx.params.integer("message_id"):
        raise bad_request("Message identifier is not specified")
    message = get_message(ctx, "write", "message to delete")
    _check(ctx, message.chat, message)
    ctx.world.remove(message)
    return True


@method("deleteMessages")
def delete_messages(ctx: Context) -> Any:
    numbers = ctx.params.json("message_ids", "message_ids")
    if not numbers:
        raise bad_request("Message identifiers are not specified")
    if not isinstance(numbers, list):
        raise bad_request("Expected an Array of message identifiers")
    if len(numbers) > 100:
        raise bad_request("Too many message identifiers specified")
    chat = get_chat(ctx, "write")
    if not all(type(number) is int for number in numbers):
        raise bad_request("Message identifier must be a Number")
    found = [chat.messages[number] for number in numbers if number in chat.messages]
    for message in found:
        _check(ctx, chat, message)
    for message in found:
        ctx.world.remove(message)
    return True
