"""Which group is whose team chat: a department's, a pipeline's or a single deal's."""

from contextlib import suppress
from typing import Any

from aiogram.types import Message

from handlers.commands import publish_in_team
from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.team_chats import REFUSED
from handlers.turn import Turn
from handlers.views import team_chats as views
from keyboards.chat_data import (
    ChatBindCb,
    ChatLeaveCb,
    TeamChatCb,
    TeamChatChooseCb,
    TeamChatDropCb,
    TeamChatTakeCb,
)
from keyboards.team_chats import REQUEST
from services.access import Action
from services.choices import choice
from services.dto.team_chats import Holder, HolderKind, TeamChatCard
from services.errors import AppError
from services.notices import NoticeKind
from services.team_chats import CHOOSING, HeldError
from services.understanding.cancelling import is_cancel

describe(
    {
        "chat.taken": "This chat belongs to something else already.",
        "chat.of_department": "This is the group of the department {name}. Take it off there first "
        "(Departments → {name} → Team chat), or ask: {who}.",
        "chat.of_pipeline": "This is the group of the pipeline {name}. Take it off there first "
        "(Pipelines → {name} → Team chat), or ask a head or {who}.",
        "chat.of_deal": "This is the group of deal #{id}. Take it off there first: its card → Chat.",
        "chat.choose": "Press “Choose a group” below the input line, or Cancel.",
        "chat.absent": "I am not in this group. Add me to it, then choose it again.",
    }
)


@registry.notice(NoticeKind.CHAT_LOST)
async def chat_lost(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """A department of yours has lost its team chat, unless it has another one already."""
    if viewer.actor is None:
        return None
    department = await viewer.services.departments.line(viewer.actor, int(params["department"]))
    return None if department.has_chat else views.lost(department, viewer.t)


@registry.press(TeamChatCb, Action.DEAL_SHARE)
async def on_team_chat(turn: Turn, data: TeamChatCb) -> None:
    """Has it a team chat?"""
    await _show(turn, await turn.services.team_chats.card(turn.actor, _holder(data)))


@registry.press(TeamChatChooseCb, Action.DEAL_SHARE)
async def on_team_chat_choose(turn: Turn, data: TeamChatChooseCb) -> None:
    """Which group?"""
    card = await turn.services.team_chats.card(turn.actor, _holder(data))
    await turn.form.wait(CHOOSING, kind=card.holder.kind.value, holder_id=card.holder.id)
    await turn.show(views.choose(card, turn.t))


@registry.press(TeamChatDropCb, Action.DEAL_SHARE)
async def on_team_chat_drop(turn: Turn, data: TeamChatDropCb) -> None:
    """None any more."""
    await _show(turn, await turn.services.team_chats.unbind(turn.actor, _holder(data)))


@registry.step(CHOOSING, Action.DEAL_SHARE, cancels=True)
async def got_team_chat(turn: Turn, message: Message) -> None:
    """This one; or none after all."""
    if is_cancel(message.text or ""):
        await turn.form.close()
        await turn.say(views.nothing_chosen(turn.t))
        return
    shared = message.chat_shared
    if shared is None or shared.request_id != REQUEST:
        raise AppError("chat.choose")
    data = await turn.form.data()
    await _require_presence(turn, shared.chat_id)
    holder = Holder(choice(HolderKind, str(data["kind"])), int(data["holder_id"]))
    card = await _bind(turn, holder, shared.chat_id)
    if card is None:
        return
    await turn.form.close()
    await turn.say(views.chosen(shared.title or "", turn.t))
    await turn.say(views.team_chat(card, turn.t))


@registry.press(TeamChatTakeCb, Action.DEAL_SHARE)
async def on_team_chat_take(turn: Turn, data: TeamChatTakeCb) -> None:
    """Take the group over from what had it."""
    holder = _holder(data)
    await _require_presence(turn, -data.chat)
    card = await turn.services.team_chats.bind(turn.actor, holder, -data.chat, take_over=True)
    await turn.form.close()
    await _greet(turn, card, -data.chat)
    await turn.say(views.taken_over(turn.t))
    await turn.show(views.team_chat(card, turn.t))


@registry.press(ChatBindCb, Action.CHAT_BIND)
async def on_chat_bind(turn: Turn, data: ChatBindCb) -> None:
    """This is the department's team chat now; both sides are told."""
    holder = Holder(HolderKind.DEPARTMENT, data.department_id)
    card = await _bind(turn, holder, -data.chat)
    if card is not None:
        await turn.show(views.bound(card.name, turn.t))


@registry.press(ChatLeaveCb, Action.CHAT_BIND)
async def on_chat_leave(turn: Turn, data: ChatLeaveCb) -> None:
    """Leave a chat, unless something needs it."""
    await turn.services.team_chats.require_free(turn.actor, -data.chat)
    with suppress(*REFUSED):  # Already out of it is as good.
        await turn.bot.leave_chat(-data.chat)
    await turn.show(views.left(turn.t))


def _holder(data: TeamChatCb | TeamChatChooseCb | TeamChatDropCb | TeamChatTakeCb) -> Holder:
    return Holder(choice(HolderKind, data.kind), data.holder_id)


async def _bind(turn: Turn, holder: Holder, chat_id: int) -> TeamChatCard | None:
    """Give it the group, which is told so; none if it is asked first whether it is to be taken over."""
    try:
        card = await turn.services.team_chats.bind(turn.actor, holder, chat_id)
    except HeldError as error:
        await turn.show(views.held(error.card, holder, chat_id, turn.t))
        return None
    await _greet(turn, card, chat_id)
    return card


async def _show(turn: Turn, card: TeamChatCard) -> None:
    await turn.form.close()
    await turn.show(views.team_chat(card, turn.t))


async def _require_presence(turn: Turn, chat_id: int) -> None:
    """Raise `chat.absent` for a group that Telegram did not add the bot to."""
    try:
        me = await turn.bot.get_chat_member(chat_id, turn.bot.id)
    except REFUSED:
        raise AppError("chat.absent") from None
    if me.status in ("left", "kicked"):
        raise AppError("chat.absent")


async def _greet(turn: Turn, card: TeamChatCard, chat_id: int) -> None:
    t = turn.voices(*await turn.services.people.company_voice())
    with suppress(*REFUSED):  # The bot may have been removed meanwhile, which it is told separately.
        await turn.bot.send_message(chat_id, views.welcome(card, t).text, parse_mode="HTML")
    await publish_in_team(turn.bot, chat_id, t)
