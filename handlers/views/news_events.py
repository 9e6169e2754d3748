"""How the history of the company tells of its news."""

from handlers.views.news import trouble
from keyboards.tongue import Tongue
from services.choices import choice
from services.dto.common import EventLine
from services.dto.news import Trouble
from services.news import AGAIN, EDITED, PUBLISHED, WITHDRAWN
from services.news_channel import BACK, LOST
from services.understanding.units import within

_WORDS = 120


def news_deed(event: EventLine, t: Tongue) -> str | None:
    """What became of a piece of news, or of its channel; None of anything else."""
    changes = event.changes
    if event.action == LOST:
        return trouble(choice(Trouble, str(changes["trouble"][1])), t)
    if event.action == BACK:
        return t("the channel of news takes them again")
    if "news" not in changes:
        return None
    news_id = changes["news"][1]
    old, new = (within(str(one or ""), _WORDS) for one in changes.get("text", (None, None)))
    told = {
        PUBLISHED: t("told the news #{id}: “{text}”", id=news_id, text=new),
        EDITED: t("changed the news #{id}: “{old}” → “{new}”", id=news_id, old=old, new=new),
        WITHDRAWN: t("withdrew the news #{id}", id=news_id),
        AGAIN: t("sent the news #{id} once more", id=news_id),
    }
    return told.get(event.action)
