"""How what became of a group reads in the history of what it belongs to."""

from keyboards.tongue import Tongue
from services.dto.common import EventLine
from services.dto.team_chats import CLIENTS


def chat_deed(event: EventLine, t: Tongue) -> str | None:
    """Who gave it which group, or took it off; and what Telegram told of it. None of anything else."""
    client = event.subject in CLIENTS
    match event.action:
        case "chat.bind" if event.changes.get("chat_id", [None, None])[1] is None:
            return t("took the group off")
        case "chat.bind":
            title = event.changes.get("group", [None, None])[1]
            return t("gave it the group “{title}”", title=title) if title else t("gave it a group")
        case "chat.deafen" if client:
            return t("the bot is no admin of the client's group any more")
        case "chat.deafen":
            return t("the bot is no admin of its group any more")
        case "chat.release":
            return t("the client's group is gone") if client else t("its group is gone")
    return None
