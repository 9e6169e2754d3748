"""Topics of deals in the forums of team chats."""

from typing import Any

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import team_chats as views
from keyboards.chat_data import DealTopicCb
from services.access import Action
from services.dto.team_chats import Holder, HolderKind
from services.notices import NoticeKind

describe({"topic.no_group": "Neither the pipeline nor the department of this deal has a group yet."})


@registry.notice(NoticeKind.TOPIC_REFUSED)
async def topic_refused(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """No topic, and why; unless there is one by now."""
    if viewer.actor is None:
        return None
    holder = Holder(HolderKind.DEAL, int(params["id"]))
    card = await viewer.services.team_chats.card(viewer.actor, holder)
    if card.topic is None or card.topic.refusal is None:
        return None
    return views.refused(card.name, holder.id, card.topic.refusal, viewer.t)


@registry.notice(NoticeKind.TOPIC_MOVED)
async def topic_moved(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """The last word in a topic: where its deal is spoken of now."""
    if viewer.actor is not None:
        return None
    deal_id = int(params["id"])
    return views.moved(deal_id, await viewer.services.topics.home_name(deal_id), viewer.t)


@registry.press(DealTopicCb, Action.DEAL_SHARE)
async def on_deal_topic(turn: Turn, data: DealTopicCb) -> None:
    """Let there be one."""
    await turn.services.topics.open(turn.actor, data.deal_id)
    card = await turn.services.team_chats.card(turn.actor, Holder(HolderKind.DEAL, data.deal_id))
    await turn.show(views.team_chat(card, turn.t))
