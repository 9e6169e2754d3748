"""Who is what in a group: status, administrator rights, permissions."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.accounts import Account
    from sandbox.bots import Bot

Json = dict[str, Any]

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics")
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
ALL_RIGHTS = (*ADMIN_RIGHTS, *GROUP_RIGHTS, *CHANNEL_RIGHTS)

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass(slots=True)
class Member:
    """One user's standing in one group or channel."""

    user: "Account | Bot"
    status: str = "member"  # creator, administrator, member, restricted, left, kicked
    rights: dict[str, bool] = field(default_factory=dict)
    anonymous: bool = False
    permissions: dict[str, bool] = field(default_factory=dict)

    @property
    def present(self) -> bool:
        """Whether the user is in the chat now."""
        return self.status not in ("left", "kicked")

    @property
    def is_admin(self) -> bool:
        """The creator and the administrators."""
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        """Whether an administrator's right is there; the creator has them all."""
        return self.status == "creator" or (self.status == "administrator" and self.rights.get(right, False))

    def as_json(self, *, channel: bool = False) -> Json:
        """The ChatMember object of the Bot API."""
        body: Json = {"status": self.status, "user": self.user.user()}
        match self.status:
            case "creator":
                body["is_anonymous"] = self.anonymous
            case "administrator":
                names = (*ADMIN_RIGHTS, *(CHANNEL_RIGHTS if channel else GROUP_RIGHTS))
                body |= {"can_be_edited": False, "is_anonymous": self.anonymous}
                body |= {name: self.rights.get(name, name == "can_manage_chat") for name in names}
            case "restricted":
                body |= {"is_member": True, "until_date": 0}
                body |= {name: self.permissions.get(name, True) for name in PERMISSIONS}
            case "kicked":
                body["until_date"] = 0
        return body
