"""Forwards, copies, pins and reactions: what is done with messages that exist already."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.methods.access import get_chat, get_message, require
from sandbox.methods.formatting import caption_content
from sandbox.methods.registry import Context, method
from sandbox.methods.sending import deliver

_REACTIONS = frozenset({"emoji", "custom_emoji", "paid"})
_NO_PIN = "not enough rights to manage pinned messages in the chat"


def _source(ctx: Context, deed: str) -> Message:
    """The message to forward or to copy; protected and service messages are neither."""
    ctx.params.required("from_chat_id")
    message = get_message(ctx, "read", f"message to {deed}", "from_chat_id")
    if message.service or message.protected:
        raise bad_request(f"message can't be {'forwarded' if deed == 'forward' else 'copied'}")
    return message


@method("forwardMessage")
def forward_message(ctx: Context) -> Any:
    source = _source(ctx, "forward")
    return deliver(ctx, dict(source.content), forward_origin=source.origin()).as_json()


@method("copyMessage")
def copy_message(ctx: Context) -> Any:
    source = _source(ctx, "copy")
    content = dict(source.content)
    if "caption" in ctx.params.values and "text" not in content:
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content |= caption_content(ctx.params)
    return {"message_id": deliver(ctx, content).id}


@method("pinChatMessage")
def pin_chat_message(ctx: Context) -> Any:
    message = get_message(ctx, "write", "message to pin")
    chat = message.chat
    if isinstance(chat, Group):
        require(chat, ctx.bot, "can_pin_messages", _NO_PIN)
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        ctx.world.post(
            chat,
            ctx.bot,
            {"pinned_message": message.as_json(with_reply=False)},
            service=True,
            thread=message.thread,
        )
    return True


@method("unpinChatMessage")
def unpin_chat_message(ctx: Context) -> Any:
    chat = get_chat(ctx, "write")
    if isinstance(chat, Group):
        require(chat, ctx.bot, "can_pin_messages", _NO_PIN)
    number = ctx.params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad_request("Message to unpin not found")
    chat.pinned.remove(number)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(ctx: Context) -> Any:
    chat = get_chat(ctx, "write")
    if isinstance(chat, Group):
        require(chat, ctx.bot, "can_pin_messages", _NO_PIN)
    chat.pinned.clear()
    return True


@method("setMessageReaction")
def set_message_reaction(ctx: Context) -> Any:
    message = get_message(ctx, "read", "message to react")
    reactions = ctx.params.json("reaction", "reaction types") or []
    if not isinstance(reactions, list):
        raise bad_request("Expected an Array of ReactionType")
    for reaction in reactions:
        if not isinstance(reaction, dict) or str(reaction.get("type")) not in _REACTIONS:
            raise bad_request("Can't parse ReactionType: invalid reaction type specified")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    ctx.world.react(message, ctx.bot, reactions)
    return True
