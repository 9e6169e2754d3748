"""What the buttons of team chats carry."""

from keyboards.data import Id, Press
from keyboards.deal_data import DealPress


class TeamChatCb(Press, prefix="tc"):
    """The team chat of a department, a pipeline or a deal."""

    kind: str
    holder_id: Id


class TeamChatChooseCb(Press, prefix="tcc"):
    """Choose a group for it."""

    kind: str
    holder_id: Id


class TeamChatDropCb(Press, prefix="tcx"):
    """It is its team chat no longer."""

    kind: str
    holder_id: Id


class TeamChatTakeCb(Press, prefix="tct"):
    """Take a group over for it from what has it; `chat` is its id without the minus sign."""

    kind: str
    holder_id: Id
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
