"""What a bot may know and change about chats and their members."""

from typing import Any

from sandbox.chats import PrivateChat
from sandbox.errors import bad_request
from sandbox.groups import Group
from sandbox.members import PERMISSIONS, Member
from sandbox.methods.access import get_chat, get_group, require
from sandbox.methods.registry import Context, Json, method

_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


@method("getChat")
def get_chat_info(ctx: Context) -> Any:
    chat = get_chat(ctx, "read")
    info: Json = {
        **chat.brief(),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, chat.kind == "private"),
    }
    if chat.pinned and chat.pinned[-1] in chat.messages:
        info["pinned_message"] = chat.messages[chat.pinned[-1]].as_json(with_reply=False)
    if isinstance(chat, Group):
        info["permissions"] = {name: chat.permissions.get(name, True) for name in PERMISSIONS}
        if chat.description:
            info["description"] = chat.description
    return info


@method("getChatMember")
def get_chat_member(ctx: Context) -> Any:
    chat = get_chat(ctx, "read")
    user_id = ctx.params.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    bots = {bot.id: bot for bot in ctx.world.bots.values()}
    user = ctx.world.people.get(user_id) or bots.get(user_id)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID" if isinstance(chat, Group) else "member not found")
    if isinstance(chat, PrivateChat):
        if user is not chat.person and user is not ctx.bot:
            raise bad_request("member not found")
        return Member(user).as_json()
    assert isinstance(chat, Group)
    return chat.member(user).as_json(channel=chat.kind == "channel")


@method("getChatMemberCount")
def get_chat_member_count(ctx: Context) -> Any:
    chat = get_chat(ctx, "read")
    return sum(m.present for m in chat.members.values()) if isinstance(chat, Group) else 2


@method("getChatAdministrators")
def get_chat_administrators(ctx: Context) -> Any:
    chat = get_chat(ctx, "read")
    if not isinstance(chat, Group):
        raise bad_request("there are no administrators in the private chat")
    admins = [m for m in chat.members.values() if m.is_admin and (not m.user.is_bot or m.user is ctx.bot)]
    return [member.as_json(channel=chat.kind == "channel") for member in admins]


@method("leaveChat")
def leave_chat(ctx: Context) -> Any:
    get_group(ctx).leave(ctx.bot)
    return True


@method("exportChatInviteLink")
def export_chat_invite_link(ctx: Context) -> Any:
    group = get_group(ctx)
    require(group, ctx.bot, "can_invite_users", "not enough rights to manage chat invite link")
    return _invite_link(group)


@method("createChatInviteLink")
def create_chat_invite_link(ctx: Context) -> Any:
    group = get_group(ctx)
    require(group, ctx.bot, "can_invite_users", "not enough rights to manage chat invite link")
    link: Json = {
        "invite_link": _invite_link(group),
        "creator": ctx.bot.user(),
        "creates_join_request": ctx.params.flag("creates_join_request"),
        "is_primary": False,
        "is_revoked": False,
    }
    if ctx.params.has("name"):
        link["name"] = ctx.params.text("name")
    return link


def _invite_link(group: Group) -> str:
    return f"https://t.me/+sandbox{abs(group.id):x}"


@method("banChatMember")
def ban_chat_member(ctx: Context) -> Any:
    group = get_group(ctx)
    require(group, ctx.bot, "can_restrict_members", "not enough rights to restrict/unrestrict chat member")
    person = ctx.world.people.get(ctx.params.integer("user_id"))
    if person is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if group.member(person).is_admin:
        raise bad_request("user is an administrator of the chat")
    group.leave(person, by=ctx.bot)
    return True


@method("unbanChatMember")
def unban_chat_member(ctx: Context) -> Any:
    group = get_group(ctx)
    require(group, ctx.bot, "can_restrict_members", "not enough rights to restrict/unrestrict chat member")
    person = ctx.world.people.get(ctx.params.integer("user_id"))
    if person is not None and group.member(person).status == "kicked":
        group.change(Member(person, "left"), by=ctx.bot)
    return True
