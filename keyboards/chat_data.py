"""What the buttons of team chats carry."""

from keyboards.data import Id, Press
from keyboards.deal_data import DealPress


class TeamChatPress(Press, prefix="-tc"):
    """A button on the team chat of something."""

    kind: str
    holder_id: Id

    def subject(self) -> tuple[str, int] | None:
        """The card of a client, who may be one with another by now."""
        return (self.kind, self.holder_id) if self.kind in ("contact", "firm") else None


class TeamChatCb(TeamChatPress, prefix="tc"):
    """The team chat of a department, a pipeline, a deal or a client."""


class TeamChatChooseCb(TeamChatPress, prefix="tcc"):
    """Choose a group for it."""


class TeamChatDropCb(TeamChatPress, prefix="tcx"):
    """Shall it be its team chat no longer?"""


class TeamChatDropSureCb(TeamChatPress, prefix="tcy"):
    """It is its team chat no longer."""


class TeamChatSureCb(TeamChatPress, prefix="tcs"):
    """Give it this group, though topics move; `take`: whether from what has it."""

    chat: Id
    take: Id = 0


class TeamChatTakeCb(TeamChatPress, prefix="tct"):
    """Take a group over for it from what has it; `chat` is its id without the minus sign."""

    chat: Id


class DealTopicCb(DealPress, prefix="dto"):
    """Open a topic for a deal, or look after it."""


class ChatBindCb(Press, prefix="cb"):
    """Give a department a team chat; `chat` is its id without the minus sign."""

    department_id: Id
    chat: Id


class ChatLeaveCb(Press, prefix="cl"):
    """Leave a chat that belongs to nothing."""

    chat: Id
