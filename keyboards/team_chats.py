"""Buttons of team chats: which group belongs to what, and Telegram's own chooser of groups."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from keyboards.chat_chooser import chat_chooser
from keyboards.chat_data import (
    ChatBindCb,
    ChatLeaveCb,
    DealTopicCb,
    TeamChatCb,
    TeamChatChooseCb,
    TeamChatDropCb,
    TeamChatDropSureCb,
    TeamChatSureCb,
    TeamChatTakeCb,
)
from keyboards.clients import ContactCb, FirmCb
from keyboards.common import button, grid, home, rows
from keyboards.data import Press
from keyboards.deal_data import DealCb
from keyboards.links import chat_link, command_link, message_link
from keyboards.people_data import DepartmentCb
from keyboards.pipeline_data import PipelineCb
from keyboards.tongue import Tongue
from services.dto.clients import ClientKind
from services.dto.people import DepartmentLine
from services.dto.team_chats import ClientFace, Holder, HolderKind, TeamChatCard
from services.dto.topics import DealFace, DealHome, TopicLine, TopicState

REQUEST = 2
"""Tells the answer to this question from answers to others."""


def team_chat(card: TeamChatCard, t: Tongue, *, linked: bool) -> InlineKeyboardMarkup:
    """What may be done about it; `linked`: whether the reader can follow a link into its topic."""
    one = {"kind": card.holder.kind.value, "holder_id": card.holder.id}
    bound = card.chat_id is not None
    choose = t("🔁 Another group") if bound else t("💬 Choose a group")
    return rows(
        *_topic(card, t, linked=linked),
        [button(choose, TeamChatChooseCb(**one), None if bound or card.may_open else "primary")],
        [button(t("✖️ Take it off"), TeamChatDropCb(**one)) if bound else None],
        [button(t("◀️ Back"), _back(card.holder)), home(t)],
    )


def held(holder: Holder, chat_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """Take the group over, or leave it where it is."""
    one = {"kind": holder.kind.value, "holder_id": holder.id}
    return rows(
        [button(t("🔁 Take it over"), TeamChatTakeCb(**one, chat=-chat_id), "primary")],
        [button(t("✖️ Leave it there"), TeamChatCb(**one))],
    )


def moves(holder: Holder, chat_id: int, t: Tongue, *, take: bool) -> InlineKeyboardMarkup:
    """Let the topics move, or leave all as it is."""
    one = {"kind": holder.kind.value, "holder_id": holder.id}
    sure = TeamChatSureCb(**one, chat=-chat_id, take=int(take))
    return rows(
        [button(t("🧵 Yes, move them"), sure, "primary")],
        [button(t("✖️ Leave it as it is"), TeamChatCb(**one))],
    )


def drop(holder: Holder, t: Tongue) -> InlineKeyboardMarkup:
    """Take it off, or leave all as it is."""
    one = {"kind": holder.kind.value, "holder_id": holder.id}
    return rows(
        [button(t("✖️ Yes, take it off"), TeamChatDropSureCb(**one), "danger")],
        [button(t("◀️ Back"), TeamChatCb(**one))],
    )


def face(deal: DealFace, t: Tongue) -> InlineKeyboardMarkup:
    """Under a deal in a team chat: whoever may see it gets its card in private."""
    again = button(t("🧵 Try again"), DealTopicCb(deal_id=deal.id)) if deal.refusal is not None else None
    return rows([button(t("💼 Open"), DealCb(deal_id=deal.id), "primary")], [again])


def client_face(client: ClientFace, t: Tongue) -> InlineKeyboardMarkup:
    """Under a client in their group: whoever may see them gets the whole card for themselves."""
    if client.kind is ClientKind.CONTACT:
        return rows([button(t("👤 Open"), ContactCb(contact_id=client.id), "primary")])
    return rows([button(t("🏢 Open"), FirmCb(firm_id=client.id), "primary")])


def moved(home: DealHome, t: Tongue) -> InlineKeyboardMarkup | None:
    """Under the word where a deal is spoken of now."""
    return rows([_link(home.topic, t)]) if home.topic is not None and home.topic.thread is not None else None


def in_private(command: str, bot: str, t: Tongue) -> InlineKeyboardMarkup:
    """The way to our private chat, with what the command shows."""
    link = command_link(bot, command)
    return rows([InlineKeyboardButton(text=t("💬 Open it there"), url=link, style="primary")])


def our_chat(bot: str, t: Tongue) -> InlineKeyboardMarkup:
    """The way to our private chat, where something waits already."""
    return rows([InlineKeyboardButton(text=t("💬 Open it there"), url=chat_link(bot))])


def _topic(card: TeamChatCard, t: Tongue, *, linked: bool) -> list[list[InlineKeyboardButton | None]]:
    """The way to the topic of a deal, or to have one; Telegram does not tell when somebody deletes it."""
    topic, wish = card.topic, DealTopicCb(deal_id=card.holder.id)
    if topic is not None and topic.thread is not None:
        again = button(t("🔁 Restore the topic"), wish) if card.may_open else None
        return [[_link(topic, t) if linked else None], [again]]
    waits = topic is not None and topic.state is TopicState.WANTED
    if not card.may_open or waits:
        return []
    return [[button(t("🧵 Open a topic") if topic is None else t("🧵 Try again"), wish, "primary")]]


def _link(topic: TopicLine, t: Tongue) -> InlineKeyboardButton:
    """The way to a topic; Telegram opens it for members of its group."""
    link = message_link(topic.chat_id, topic.thread or 0)
    return InlineKeyboardButton(text=t("🧵 To the topic"), url=link, style="primary")


def choose(t: Tongue) -> ReplyKeyboardMarkup:
    """Telegram's list of groups: we are to keep topics there, pin their cards, and hear what is said."""
    rights = {"can_pin_messages": True, "can_manage_topics": True}
    return chat_chooser(t("💬 Choose a group"), REQUEST, t, channel=False, **rights)


def chat_offer(lines: Iterable[DepartmentLine], chat_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """Which department does this chat belong to?"""
    choices = [button(row.name, ChatBindCb(department_id=row.id, chat=-chat_id)) for row in lines]
    return rows(*grid(choices), [button(t("🚪 Leave the chat"), ChatLeaveCb(chat=-chat_id))])


def bound(holder: Holder, t: Tongue) -> InlineKeyboardMarkup:
    """To how its group stands now."""
    one = TeamChatCb(kind=holder.kind.value, holder_id=holder.id)
    return rows([button(t("💬 Team chat"), one)], [home(t)])


def chat_lost(department_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """Under the news that a department has no team chat any more."""
    find = TeamChatChooseCb(kind=HolderKind.DEPARTMENT.value, holder_id=department_id)
    return rows([button(t("💬 Choose another chat"), find, "primary")], [home(t)])


def _back(holder: Holder) -> Press:
    return {
        HolderKind.DEPARTMENT: DepartmentCb(department_id=holder.id),
        HolderKind.PIPELINE: PipelineCb(pipeline_id=holder.id),
        HolderKind.DEAL: DealCb(deal_id=holder.id),
        HolderKind.CONTACT: ContactCb(contact_id=holder.id),
        HolderKind.FIRM: FirmCb(firm_id=holder.id),
    }[holder.kind]
