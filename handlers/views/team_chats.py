"""How the binding of team chats looks."""

from collections.abc import Iterable

from aiogram.types import ReplyKeyboardRemove

from handlers.screen import Screen
from keyboards import team_chats as keys
from keyboards.common import home, rows
from keyboards.stage_marks import mark
from keyboards.tongue import Html, Tongue, join
from services.dto.mentions import Heard
from services.dto.people import DepartmentLine
from services.dto.team_chats import HolderKind, TeamChatCard
from services.dto.topics import CHAT_CARD, DealFace, DealHome, Refusal


def team_chat(card: TeamChatCard, t: Tongue, title: str | None = None) -> Screen:
    """Whether it has one, and what that is for; `title`: what the group is called."""
    purpose = {
        HolderKind.DEPARTMENT: t.html(
            "New leads of the department come there, and its deals have topics of their own."
        ),
        HolderKind.PIPELINE: t.html("Its deals have topics of their own there."),
        HolderKind.DEAL: t.html("What those who may write to the deal say there stays in its history."),
    }
    state = t.html("✅ It has a group.") if card.chat_id is not None else t.html("It has no group yet.")
    if card.chat_id is None and card.holder.kind is HolderKind.DEAL:
        state = t.html("It has no group of its own.")
    lines = [t.html("💬 <b>Team chat · {name}</b>", name=card.name), state]
    lines += [titled(title, t)] if title and card.chat_id is not None else []
    lines += [purpose[card.holder.kind], *_topic(card, t)]
    subject = (CHAT_CARD, card.holder.id) if card.holder.kind is HolderKind.DEAL else None
    return Screen(join(lines), keys.team_chat(card, t), subject=subject)


def titled(title: str, t: Tongue) -> Html:
    """What a group is called in Telegram."""
    return t.html("👥 Group: <b>{title}</b>", title=title)


def _topic(card: TeamChatCard, t: Tongue) -> list[Html]:
    """How it stands with the topic of a deal."""
    if card.topic is None:
        by_itself = t.html("🧵 It gets a topic in the team's group as soon as a second person works on it.")
        if card.shared:
            by_itself = t.html(
                "🧵 It has no topic in the team's group yet: it gets one with its next change."
            )
        return [by_itself] if card.may_open else []
    if card.topic.refusal is not None:
        return [t.html("🧵 {why}", why=refusal(card.topic.refusal, t))]
    if card.topic.thread is None:
        return [t.html("🧵 Its topic is being opened.")] if card.may_open else []
    return [t.html("🧵 It has a topic in the team's group.")]


def refusal(why: Refusal, t: Tongue) -> str:
    """Why there is no topic, and what helps."""
    return {
        Refusal.FORUM: t(
            "The team's group has no topics. An admin of the group can switch them on in its settings."
        ),
        Refusal.RIGHTS: t(
            "I may not manage topics in the team's group. An admin of the group can give me this right."
        ),
        Refusal.OTHER: t("Telegram has opened no topic in the team's group."),
    }[why]


def face(deal: DealFace, t: Tongue) -> Screen:
    """A deal in a topic or a group: no client, no sum, nothing that was said."""
    stage = deal.stage.name
    if deal.pipeline:
        stage = t("{pipeline}: {stage}", pipeline=deal.pipeline, stage=stage)
    lines = [
        t.html("<b>{title}</b> · #{id}", title=deal.title, id=deal.id)
        if deal.title
        else t.html("<b>Deal #{id}</b>", id=deal.id),
        t.html("{mark} <b>{stage}</b>", mark=mark(deal.stage), stage=stage),
        t.html("👔 {owner} · {department}", owner=deal.owner or t("nobody"), department=deal.department),
    ]
    if deal.crew:
        lines.append(t.html("👥 with {names}", names=", ".join(deal.crew)))
    if deal.archived:
        lines.append(t.html("🗄 In the archive"))
    if deal.refusal is not None:
        lines.append(t.html("🧵 {why}", why=refusal(deal.refusal, t)))
        lines.append(t.html("Until then answer this card: what you say stays in the history of the deal."))
    return Screen(join(lines), keys.face(deal, t), subject=("deal", deal.id), public=True)


def choose(card: TeamChatCard, t: Tongue) -> Screen:
    """Which of one's groups?"""
    text = t.html(
        "💬 Choose the group of <b>{name}</b>. Telegram adds me to it with the rights that I need: "
        "to manage topics and to pin messages.",
        name=card.name,
    )
    return Screen(text, reply_keyboard=keys.choose(t))


def nothing_chosen(t: Tongue) -> Screen:
    """The chooser goes away."""
    return Screen(t.html("No group was chosen."), reply_keyboard=ReplyKeyboardRemove(remove_keyboard=True))


def chosen(title: str, t: Tongue) -> Screen:
    """The chooser goes away, once a group was chosen."""
    text = t.html("✅ Done: the group <b>{title}</b>.", title=title)
    return Screen(text, reply_keyboard=ReplyKeyboardRemove(remove_keyboard=True))


def taken_over(t: Tongue) -> Screen:
    """The chooser goes away, once a group was taken over."""
    return Screen(t.html("✅ Done."), reply_keyboard=ReplyKeyboardRemove(remove_keyboard=True))


def who(deal: DealFace, t: Tongue) -> Screen:
    """Who works on a deal, for everybody who reads along."""
    lines = [t.html("👔 {owner} · {department}", owner=deal.owner or t("nobody"), department=deal.department)]
    if deal.crew:
        lines.append(t.html("👥 with {names}", names=", ".join(deal.crew)))
    return Screen(join(lines), public=True)


def brought_in(names: tuple[str, ...], t: Tongue) -> Screen:
    """Colleagues were named where a deal is spoken of."""
    text = t.html("👥 They work on the deal now, too: {names}", names=", ".join(names))
    return Screen(text, public=True)


def not_come(heard: Heard, t: Tongue) -> Screen:
    """Told to whoever named somebody who could not be brought in, or works nowhere here."""
    lines = []
    if heard.blind:
        text = t.html(
            "👀 {names} cannot see this deal, and did not come in. Sellers and heads can be brought into a "
            "deal in work by its owner, a helper or a head: 👥 on its card.",
            names=", ".join(heard.blind),
        )
        lines.append(text)
    if heard.unknown:
        names = ", ".join(f"@{name}" for name in heard.unknown)
        lines.append(t.html("🤔 Nobody in the company is {names}, so nobody was told.", names=names))
    return Screen(join(lines))


def unkept(t: Tongue, *, sees: bool, helps: bool) -> Screen:
    """Told to whoever speaks of a deal that they do not see, or may not write to.

    `helps`: they are somebody who could be brought in.
    """
    if sees:
        seen = t.html(
            "🤐 What you say here is not kept in the history of the deal: you may see it, not write to it."
        )
        return Screen(seen)
    if not helps:
        return Screen(
            t.html("🤐 What you say here is not kept in the history of the deal: it is not yours to see.")
        )
    text = t.html(
        "🤐 What you say here is not kept in the history of the deal: it is not yours to see. "
        "Whoever works on it can bring you in by your @name."
    )
    return Screen(text)


def no_deal(command: str, t: Tongue) -> Screen:
    """A command about a deal, where none is spoken of."""
    return Screen(t.html("/{command} works in the topic of a deal.", command=command))


def in_private(command: str, bot: str, t: Tongue) -> Screen:
    """A command that is answered in private alone."""
    text = t.html("I answer /{command} in our private chat.", command=command)
    return Screen(text, keys.in_private(command, bot, t))


def moved(home: DealHome, t: Tongue) -> Screen:
    """The last word in a topic, or what becomes of a deal's card in a group."""
    deal_id, place = home.deal_id, home.place
    if home.topic is None or home.topic.thread is None:
        text = t.html(
            "➡️ Deal #{id} is spoken of in the group of <b>{place}</b> now.", id=deal_id, place=place
        )
    else:
        text = t.html(
            "➡️ Deal #{id} is spoken of in its topic in the group of <b>{place}</b> now.",
            id=deal_id,
            place=place,
        )
    return Screen(text, keys.moved(home, t), public=True)


def offer(title: str, chat_id: int, lines: Iterable[DepartmentLine], t: Tongue) -> Screen:
    """The bot was added to a chat: whose is it?"""
    text = t.html(
        "You added me to <b>{title}</b>. Whose team chat is it? New leads of the department will come there.",
        title=title,
    )
    return Screen(text, keys.chat_offer(lines, chat_id, t))


def bound(department: str, t: Tongue) -> Screen:
    """Told to whoever bound it."""
    text = t.html(
        "✅ Done: new leads of <b>{department}</b> will come to this team chat.", department=department
    )
    return Screen(text, rows([home(t)]))


def welcome(card: TeamChatCard, t: Tongue) -> Screen:
    """Told to the chat itself."""
    said: dict[HolderKind, Html] = {
        HolderKind.DEPARTMENT: t.html(
            "👋 This is the team chat of <b>{name}</b> now. New leads come here, the first one takes them.",
            name=card.name,
        ),
        HolderKind.PIPELINE: t.html(
            "👋 This is the team chat of the pipeline <b>{name}</b> now. Its deals have topics here.",
            name=card.name,
        ),
        HolderKind.DEAL: t.html(
            "👋 This is the chat of a deal now. What you say here stays in its history, "
            "if you may write to the deal."
        ),
    }
    return Screen(said[card.holder.kind], public=True)


def lost(department: DepartmentLine, t: Tongue, by: str | None = None) -> Screen:
    """Told to the heads of a department and to the owners; `by`: who has taken the chat off."""
    text = t.html(
        "🔌 I am not in the team chat of <b>{department}</b> any more. New leads are told in private only.",
        department=department.name,
    )
    if by is not None:
        text = t.html(
            "✖️ {by} has taken the team chat off <b>{department}</b>. New leads are told in private only.",
            by=by,
            department=department.name,
        )
    return Screen(text, keys.chat_lost(department.id, t))


def left(t: Tongue) -> Screen:
    """Told to whoever sent the bot out of a chat."""
    return Screen(t.html("I have left the chat."), rows([home(t)]))
