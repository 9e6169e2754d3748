"""Topics of deals in the forums of team chats."""

from typing import Any

from handlers.errors import describe
from handlers.group_looks import looks_of
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import team_chats as views
from keyboards.chat_data import DealTopicCb
from services.access import Action
from services.dto.team_chats import Holder, HolderKind
from services.dto.topics import CHAT_CARD, MOVED_CARD
from services.notices import NoticeKind

describe({"topic.no_group": "Neither the pipeline nor the department of this deal has a group yet."})


@registry.card(CHAT_CARD)
async def deal_chat_card(viewer: Viewer, deal_id: int) -> Screen | None:
    """Where a deal is spoken of, for those who may see to that."""
    if viewer.actor is None:
        return None
    card = await viewer.services.team_chats.card(viewer.actor, Holder(HolderKind.DEAL, deal_id))
    return views.team_chat(card, viewer.t, await looks_of(viewer.bot, card, viewer.actor.telegram_id))


@registry.card(MOVED_CARD)
async def deal_moved_card(viewer: Viewer, deal_id: int) -> Screen | None:
    """What stands in a group in place of a deal's card: where it is spoken of now."""
    if viewer.actor is not None:
        return None
    return views.moved(await viewer.services.topics.home(deal_id), viewer.t)


@registry.notice(NoticeKind.TOPIC_MOVED)
async def topic_moved(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """The last word in a topic: where its deal is spoken of now."""
    if viewer.actor is not None:
        return None
    return views.moved(await viewer.services.topics.home(int(params["id"])), viewer.t)


@registry.press(DealTopicCb, Action.DEAL_SHARE)
async def on_deal_topic(turn: Turn, data: DealTopicCb) -> None:
    """Let there be one; where there is one already, Telegram is asked whether it is there."""
    await turn.services.topics.open(turn.actor, data.deal_id)
    card = await turn.services.team_chats.card(turn.actor, Holder(HolderKind.DEAL, data.deal_id))
    if card.topic is not None and card.topic.thread is not None:
        await turn.toast(turn.t("I ask Telegram for the topic. If it is gone, I make a new one at once."))
    await turn.show(views.team_chat(card, turn.t, await looks_of(turn.bot, card, turn.actor.telegram_id)))
