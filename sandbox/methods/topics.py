"""Topics of forums."""

from typing import Any

from sandbox.chats import Topic
from sandbox.errors import bad_request
from sandbox.groups import Group
from sandbox.methods.access import get_group, require
from sandbox.methods.registry import Context, Json, method

COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
STICKERS = {
    str(5_350_305_691_942_788_490 + number): emoji
    for number, emoji in enumerate(
        ["📈", "💡", "🔝", "📝", "📁", "🔥", "❗", "💰", "🏆", "🏁", "💬", "💼", "✅", "⭐"]
    )
}
"""Some of Telegram's icons for topics."""
_TO_CREATE = "not enough rights to create a topic"
_TO_EDIT = "not enough rights to edit the topic"
_TO_CLOSE = "not enough rights to close or open the topic"
_TO_DELETE = "not enough rights to delete the topic"
_TO_DELETE_RIGHT = "can_delete_messages"


def _forum(ctx: Context) -> Group:
    group = get_group(ctx)
    if not group.forum:
        raise bad_request("the chat is not a forum")
    return group


def _topic(ctx: Context, group: Group) -> Topic:
    return group.topic(ctx.params.integer("message_thread_id"))


def _check_own(ctx: Context, group: Group, topic: Topic, refusal: str) -> None:
    if topic.opened_by != ctx.bot.id:
        require(group, ctx.bot, "can_manage_topics", refusal)


def _name(ctx: Context) -> str:
    return " ".join(ctx.params.text("name").split())[:128]


def _icon(ctx: Context) -> str | None:
    """The sticker that the call names; empty for none, None if it says nothing of it."""
    icon = ctx.params.values.get("icon_custom_emoji_id")
    if icon and str(icon) not in STICKERS:
        raise bad_request("DOCUMENT_INVALID")
    return None if icon is None else str(icon)


@method("getForumTopicIconStickers")
def get_forum_topic_icon_stickers(_ctx: Context) -> Any:
    return [_sticker(number, emoji) for number, emoji in STICKERS.items()]


def _sticker(number: str, emoji: str) -> Json:
    named = {"file_id": f"sticker{number}", "file_unique_id": f"unique{number}", "emoji": emoji}
    shape = {"width": 512, "height": 512, "is_animated": True, "is_video": False, "needs_repainting": False}
    return {**named, **shape, "type": "custom_emoji", "set_name": "Topics", "custom_emoji_id": number}


@method("createForumTopic")
def create_forum_topic(ctx: Context) -> Any:
    group = _forum(ctx)
    require(group, ctx.bot, "can_manage_topics", _TO_CREATE)
    name = _name(ctx)
    if not name:
        raise bad_request("Name must be non-empty")
    color = ctx.params.integer("icon_color", COLORS[0])
    if color not in COLORS:
        raise bad_request("Invalid icon color specified")
    icon = _icon(ctx)
    topic = group.open_topic(name, by=ctx.bot, icon_color=color)
    topic.icon_custom_emoji_id = icon
    made = {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}
    return made | ({"icon_custom_emoji_id": icon} if icon else {})


@method("editForumTopic")
def edit_forum_topic(ctx: Context) -> Any:
    group = _forum(ctx)
    topic = _topic(ctx, group)
    _check_own(ctx, group, topic, _TO_EDIT)
    name = _name(ctx)
    icon = _icon(ctx)
    if not name and icon is None:
        return True
    if (not name or name == topic.name) and (icon is None or icon == topic.icon_custom_emoji_id):
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name or topic.name
    topic.icon_custom_emoji_id = icon if icon is not None else topic.icon_custom_emoji_id
    ctx.world.post(
        group, ctx.bot, {"forum_topic_edited": {"name": topic.name}}, service=True, thread=topic.id
    )
    return True


def _set_closed(ctx: Context, *, closed: bool) -> Any:
    group = _forum(ctx)
    topic = _topic(ctx, group)
    _check_own(ctx, group, topic, _TO_CLOSE)
    if topic.closed is closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    group.close_topic(topic, by=ctx.bot, closed=closed)
    return True


@method("closeForumTopic")
def close_forum_topic(ctx: Context) -> Any:
    return _set_closed(ctx, closed=True)


@method("reopenForumTopic")
def reopen_forum_topic(ctx: Context) -> Any:
    return _set_closed(ctx, closed=False)


@method("deleteForumTopic")
def delete_forum_topic(ctx: Context) -> Any:
    group = _forum(ctx)
    topic = _topic(ctx, group)
    require(group, ctx.bot, _TO_DELETE_RIGHT, _TO_DELETE)
    group.delete_topic(topic)
    return True
