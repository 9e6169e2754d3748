"""Changing messages that the bot has sent."""

from typing import Any

from sandbox.chats import PrivateChat
from sandbox.errors import bad_request, too_many_requests
from sandbox.keyboards import parse_inline_markup
from sandbox.messages import Message
from sandbox.methods.access import get_message, is_mute
from sandbox.methods.formatting import caption_content, text_content
from sandbox.methods.media import input_media
from sandbox.methods.registry import Context, Json, method

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
CAPTIONED = ("photo", "document", "video", "audio", "voice", "animation")


def _own_message(ctx: Context) -> Message:
    """The message to change, if it is one that the bot may change."""
    if not ctx.params.has("chat_id") and not ctx.params.has("message_id"):
        raise bad_request("Message identifier is not specified")
    message = get_message(ctx, "edit", "message to edit")
    own = message.sender is ctx.bot or message.via_bot is ctx.bot
    own = own and not is_mute(ctx, message.chat)
    if not own or message.service or message.opened_keyboard or message.forward_origin is not None:
        raise bad_request("Message can't be edited")
    return message


def inline_markup(ctx: Context, message: Message) -> Json | None:
    """The inline keyboard that the message is to have from now on."""
    raw = ctx.params.json("reply_markup", "reply keyboard markup")
    return parse_inline_markup(raw, private=isinstance(message.chat, PrivateChat))


def apply(ctx: Context, message: Message, content: Json, markup: Json | None) -> Any:
    """Changes a message; refuses what changes nothing or comes too often."""
    if content == message.content and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    limiter = ctx.bot.limited(ctx.world.limits)
    if limiter is not None:
        wait = limiter.edit(message.chat.id, ctx.world.clock())
        if wait:
            raise too_many_requests(wait)
    message.markup = markup
    ctx.world.edit(message, content, by=ctx.bot)
    return message.as_json()


@method("editMessageText")
def edit_message_text(ctx: Context) -> Any:
    content = text_content(ctx.params)
    message = _own_message(ctx)
    if "text" not in message.content:
        raise bad_request("There is no text in the message to edit")
    return apply(ctx, message, content, inline_markup(ctx, message))


@method("editMessageCaption")
def edit_message_caption(ctx: Context) -> Any:
    caption = caption_content(ctx.params)
    message = _own_message(ctx)
    if not any(kind in message.content for kind in CAPTIONED):
        raise bad_request("There is no caption in the message to edit")
    dropped = ("caption", "caption_entities", "show_caption_above_media")
    kept = {name: value for name, value in message.content.items() if name not in dropped}
    return apply(ctx, message, kept | caption, inline_markup(ctx, message))


@method("editMessageReplyMarkup")
def edit_message_reply_markup(ctx: Context) -> Any:
    message = _own_message(ctx)
    return apply(ctx, message, message.content, inline_markup(ctx, message))


@method("editMessageMedia")
def edit_message_media(ctx: Context) -> Any:
    media = ctx.params.json("media", "input media")
    if not isinstance(media, dict):
        raise bad_request("Can't parse InputMedia: expected an Object")
    content = input_media(ctx, media)
    message = _own_message(ctx)
    return apply(ctx, message, content, inline_markup(ctx, message))
