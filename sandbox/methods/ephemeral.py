"""Changing and taking away messages that one member of a group alone sees."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.messages import Message
from sandbox.methods.access import Access, get_group
from sandbox.methods.editing import apply, inline_markup
from sandbox.methods.formatting import text_content
from sandbox.methods.receivers import member_of
from sandbox.methods.registry import Context, method


def _whisper(ctx: Context, access: Access, called: str) -> Message:
    """The bot's own ephemeral message with this number, to this member of this group."""
    group = get_group(ctx, access)
    person = member_of(ctx, group, ctx.params.integer("receiver_user_id"))
    message = group.whispers.get(ctx.params.integer("ephemeral_message_id"))
    if message is None or message.seen_by != person.id or message.sender is not ctx.bot:
        raise bad_request(f"{called} not found")
    return message


@method("editEphemeralMessageText")
def edit_ephemeral_message_text(ctx: Context) -> Any:
    content = text_content(ctx.params)
    message = _whisper(ctx, "edit", "message to edit")
    if "text" not in message.content:
        raise bad_request("There is no text in the message to edit")
    apply(ctx, message, content, inline_markup(ctx, message))
    return True


@method("deleteEphemeralMessage")
def delete_ephemeral_message(ctx: Context) -> Any:
    ctx.world.remove(_whisper(ctx, "write", "message to delete"))
    return True
