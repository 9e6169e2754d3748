"""Which group is whose team chat: a department's, a pipeline's, a deal's or a client's."""

from contextlib import suppress
from typing import Any

from aiogram.types import Message

from handlers.commands import publish_in_team
from handlers.errors import describe
from handlers.group_looks import look_at, looks_of
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.team_chats import REFUSED
from handlers.turn import Turn
from handlers.views import chat_questions as questions
from handlers.views import team_chats as views
from keyboards.chat_data import (
    ChatBindCb,
    ChatLeaveCb,
    TeamChatCb,
    TeamChatChooseCb,
    TeamChatDropCb,
    TeamChatDropSureCb,
    TeamChatPress,
    TeamChatSureCb,
    TeamChatTakeCb,
)
from keyboards.team_chats import REQUEST
from services.access import Action
from services.choices import choice
from services.dto.team_chats import CLIENTS, Holder, HolderKind, TeamChatCard
from services.errors import AppError
from services.notices import NoticeKind
from services.team_chats import CHOOSING, HeldError, UnsureError
from services.understanding.cancelling import is_cancel

describe(
    {
        "chat.taken": "This chat belongs to something else already.",
        "chat.of_department": "This is the group of the department {name}. Take it off there first "
        "(Team → {name} → 💬 Team chat), or ask: {who}.",
        "chat.of_pipeline": "This is the group of the pipeline {name}. Take it off there first "
        "(Profile → Pipelines → {name} → 💬 Team chat), or ask a head or {who}.",
        "chat.of_deal": "This is the group of deal #{id}. Take it off there first: its card → 💬 Chat.",
        "chat.of_client": "This is the group of the client {name}. Take it off there first: "
        "the client's card → 💬 Chat.",
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
    return None if department.has_chat else views.lost(department, viewer.t, params.get("by"))


@registry.notice(NoticeKind.CHAT_UNHEARD)
async def chat_unheard(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """We hear no more what is said in a group that you see to, unless that is another one by now."""
    if viewer.actor is None:
        return None
    holder = Holder(choice(HolderKind, str(params["kind"])), int(params["id"]))
    card = await viewer.services.team_chats.card(viewer.actor, holder)
    return views.unheard(card, viewer.t) if card.chat_id == params["chat"] else None


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
    """None any more? Where there is none anyway, nothing is asked."""
    try:
        card = await turn.services.team_chats.unbind(turn.actor, _holder(data), ask=True)
    except UnsureError as error:
        titles = await _titles(turn, error, error.card.chat_id)
        await turn.show(questions.drop(error.card, error.moves, titles, turn.t))
    else:
        await _show(turn, card)


@registry.press(TeamChatDropSureCb, Action.DEAL_SHARE)
async def on_team_chat_drop_sure(turn: Turn, data: TeamChatDropSureCb) -> None:
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
    holder = Holder(choice(HolderKind, str(data["kind"])), int(data["holder_id"]))
    await _require_presence(turn, holder, shared.chat_id)
    card = await _bind(turn, holder, shared.chat_id, title=shared.title)
    if card is None:
        return
    await turn.form.close()
    await turn.say(views.chosen(shared.title or "", turn.t))
    await turn.say(views.team_chat(card, turn.t, await looks_of(turn.bot, card, turn.actor.telegram_id)))


@registry.press(TeamChatTakeCb, Action.DEAL_SHARE)
async def on_team_chat_take(turn: Turn, data: TeamChatTakeCb) -> None:
    """Take the group over from what had it."""
    await _bind_present(turn, data, take_over=True)


@registry.press(TeamChatSureCb, Action.DEAL_SHARE)
async def on_team_chat_sure(turn: Turn, data: TeamChatSureCb) -> None:
    """Give it the group, and let topics move."""
    await _bind_present(turn, data, take_over=bool(data.take), ask=False)


@registry.press(ChatBindCb, Action.CHAT_BIND)
async def on_chat_bind(turn: Turn, data: ChatBindCb) -> None:
    """This is the department's team chat now; both sides are told."""
    holder = Holder(HolderKind.DEPARTMENT, data.department_id)
    card = await _bind(turn, holder, -data.chat)
    if card is not None:
        await turn.show(views.bound(card, await look_at(turn.bot, -data.chat), turn.t))


@registry.press(ChatLeaveCb, Action.CHAT_BIND)
async def on_chat_leave(turn: Turn, data: ChatLeaveCb) -> None:
    """Leave a chat, unless something needs it."""
    await turn.services.team_chats.require_free(turn.actor, -data.chat)
    with suppress(*REFUSED):  # Already out of it is as good.
        await turn.bot.leave_chat(-data.chat)
    await turn.show(views.left(turn.t))


def _holder(data: TeamChatPress) -> Holder:
    return Holder(choice(HolderKind, data.kind), data.holder_id)


async def _bind(
    turn: Turn,
    holder: Holder,
    chat_id: int,
    *,
    take_over: bool = False,
    ask: bool = True,
    title: str | None = None,
) -> TeamChatCard | None:
    """Give it the group, which is told so; none if it is asked first what else becomes of it."""
    chats = turn.services.team_chats
    try:
        card = await chats.bind(turn.actor, holder, chat_id, take_over=take_over, ask=ask, title=title)
    except HeldError as error:
        title = title or await _title(turn, chat_id)
        await turn.show(questions.held(error.card, holder, chat_id, turn.t, title))
        return None
    except UnsureError as error:
        titles = await _titles(turn, error, chat_id)
        await turn.show(questions.moves(error.card, error.moves, titles, chat_id, turn.t, take=take_over))
        return None
    await _greet(turn, card, chat_id)
    return card


async def _bind_present(
    turn: Turn, data: TeamChatTakeCb | TeamChatSureCb, *, take_over: bool, ask: bool = True
) -> None:
    """The same by a button, once the bot is seen to be in the group."""
    holder, chat_id = _holder(data), -data.chat
    await _require_presence(turn, holder, chat_id)
    title = await _title(turn, chat_id)
    card = await _bind(turn, holder, chat_id, take_over=take_over, ask=ask, title=title)
    if card is not None:
        await turn.form.close()
        await turn.say(views.taken_over(turn.t))
        await turn.show(views.team_chat(card, turn.t, await looks_of(turn.bot, card, turn.actor.telegram_id)))


async def _show(turn: Turn, card: TeamChatCard) -> None:
    await turn.form.close()
    await turn.show(views.team_chat(card, turn.t, await looks_of(turn.bot, card, turn.actor.telegram_id)))


async def _titles(turn: Turn, error: UnsureError, chat_id: int | None) -> dict[int, str]:
    """What the groups are called of which somebody is asked."""
    named = {chat_id, *(one for move in error.moves for one in (move.chat_id, move.to_id))}
    titles = {one: await _title(turn, one) for one in named if one is not None}
    return {one: title for one, title in titles.items() if title}


async def _title(turn: Turn, chat_id: int) -> str | None:
    """What Telegram calls a group, if the bot is in it."""
    with suppress(*REFUSED):
        return (await turn.bot.get_chat(chat_id)).title
    return None


async def _require_presence(turn: Turn, holder: Holder, chat_id: int) -> None:
    """Raise `chat.absent` for a group that Telegram did not add the bot to, to whoever may give it one."""
    await turn.services.team_chats.card(turn.actor, holder)  # Nobody else learns where the bot is.
    try:
        me = await turn.bot.get_chat_member(chat_id, turn.bot.id)
    except REFUSED:
        raise AppError("chat.absent") from None
    if me.status in ("left", "kicked"):
        raise AppError("chat.absent")


async def _greet(turn: Turn, card: TeamChatCard, chat_id: int) -> None:
    t = turn.voices(*await turn.services.people.company_voice())
    look = await look_at(turn.bot, chat_id)
    with suppress(*REFUSED):  # The bot may have been removed meanwhile, which it is told separately.
        await turn.bot.send_message(chat_id, views.welcome(card, look, t).text, parse_mode="HTML")
    await publish_in_team(turn.bot, chat_id, t, client=card.holder.kind in CLIENTS)
