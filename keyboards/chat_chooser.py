"""Telegram's own chooser of groups and channels, below the input line."""

from aiogram.types import (
    ChatAdministratorRights,
    KeyboardButton,
    KeyboardButtonRequestChat,
    ReplyKeyboardMarkup,
)

from keyboards.tongue import Tongue


def chat_chooser(
    label: str, request_id: int, t: Tongue, *, channel: bool, **needed: bool
) -> ReplyKeyboardMarkup:
    """The button that opens Telegram's list of them, and the way out.

    Telegram makes the bot an admin of the chosen one with the rights that are `needed`; a person can only
    give what they have.
    """
    wanted = KeyboardButtonRequestChat(
        request_id=request_id,
        chat_is_channel=channel,
        user_administrator_rights=_rights(can_promote_members=True, **needed),
        bot_administrator_rights=_rights(**needed),
        request_title=True,
    )
    return ReplyKeyboardMarkup(
        keyboard=[
            [KeyboardButton(text=label, request_chat=wanted)],
            [KeyboardButton(text=t("✖️ Cancel"))],
        ],
        resize_keyboard=True,
        one_time_keyboard=True,
    )


def _rights(**granted: bool) -> ChatAdministratorRights:
    usual = {
        "is_anonymous": False,
        "can_manage_chat": True,
        "can_delete_messages": False,
        "can_manage_video_chats": False,
        "can_restrict_members": False,
        "can_promote_members": False,
        "can_change_info": False,
        "can_invite_users": False,
        "can_post_stories": False,
        "can_edit_stories": False,
        "can_delete_stories": False,
        "can_send_welcome_messages": False,
    }
    return ChatAdministratorRights(**(usual | granted))
