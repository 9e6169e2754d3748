"""How the binding of team chats looks."""

from collections.abc import Iterable
from typing import TypeGuard

from aiogram.types import ReplyKeyboardRemove

from handlers.screen import Screen
from handlers.views import group_lacks
from handlers.views.group_lacks import GroupLook, Lack, Looks
from keyboards import team_chats as keys
from keyboards.common import home, rows
from keyboards.stage_marks import mark
from keyboards.tongue import Html, Tongue, join
from services.dto.people import DepartmentLine
from services.dto.team_chats import CLIENTS, HolderKind, TeamChatCard
from services.dto.topics import CHAT_CARD, DealFace, DealHome, Refusal, TopicLine


def team_chat(card: TeamChatCard, t: Tongue, looks: Looks) -> Screen:
    """Whether it has one, and what that is for; `looks`: what Telegram has just said of its groups."""
    here = looks.get(card.chat_id) if card.chat_id is not None else None
    state = t.html("✅ It has a group.") if card.chat_id is not None else t.html("It has no group yet.")
    if card.chat_id is None and card.holder.kind is HolderKind.DEAL:
        state = t.html("It has no group of its own.")
    lines = [t.html("💬 <b>Team chat · {name}</b>", name=card.name), state]
    lines += [titled(here.title, t)] if here is not None and here.title else []
    lines += [*_purpose(card, here, looks, t), *_topic(card, looks, t)]
    subject = (CHAT_CARD, card.holder.id) if card.holder.kind is HolderKind.DEAL else None
    absent = card.topic is not None and (there := looks.get(card.topic.chat_id)) is not None and there.absent
    return Screen(join(lines), keys.team_chat(card, t, linked=not absent), subject=subject)


def _purpose(card: TeamChatCard, here: GroupLook | None, looks: Looks, t: Tongue) -> list[Html]:
    """What the group is for, as far as it serves for it; and what it lacks."""
    kind = card.holder.kind
    topics = here is None or here.makes_topics
    if kind is HolderKind.DEPARTMENT:
        leads = t.html("New leads of the department come there.")
        both = t.html("New leads of the department come there, and its deals have topics of their own.")
        return [both if topics else leads, *group_lacks.lines(here, t, topics=True)]
    if kind is HolderKind.PIPELINE:
        said = [t.html("Its deals have topics of their own there.")] if topics else []
        return [*said, *group_lacks.lines(here, t, topics=True)]
    if kind in CLIENTS:
        kept = t.html("What those who may change the client's card say there stays in the client's history.")
        said = [kept] if card.chat_id is None or (here is not None and here.hears) else []
        return [*said, *group_lacks.lines(here, t, topics=False, client=True)]
    talk = {card.chat_id, card.topic.chat_id if _is_open(card.topic) else None} - {None}
    kept = t.html("What those who may write to the deal say there stays in its history.")
    # Where Telegram could not be asked nothing is promised.
    heard = all(one in looks and looks[one].hears for one in talk if one is not None)
    return [*([kept] if heard else []), *group_lacks.lines(here, t, topics=False)]


def titled(title: str, t: Tongue) -> Html:
    """What a group is called in Telegram."""
    return t.html("👥 Group: <b>{title}</b>", title=title)


def _is_open(topic: TopicLine | None) -> TypeGuard[TopicLine]:
    return topic is not None and topic.thread is not None


def _topic(card: TeamChatCard, looks: Looks, t: Tongue) -> list[Html]:
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
    look = looks.get(card.topic.chat_id)
    if look is not None and Lack.FORUM in look.lacks:
        return [t.html("🧵 {why}", why=refusal(Refusal.FORUM, t))]
    opened = t.html("🧵 It has a topic in the team's group.")
    lines = [opened]
    if look is not None and look.absent:
        lines.append(t.html("🚪 You are not in that group: ask a colleague who is there to add you."))
    if look is not None and not look.hears:
        lines += group_lacks.lines(look, t, topics=True)
    return lines


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


def bound(card: TeamChatCard, look: GroupLook | None, t: Tongue) -> Screen:
    """Told to whoever bound it."""
    text = t.html(
        "✅ Done: new leads of <b>{department}</b> will come to this team chat.", department=card.name
    )
    return Screen(join([text, *group_lacks.lines(look, t, topics=True)]), keys.bound(card.holder, t))


def unheard(card: TeamChatCard, t: Tongue) -> Screen:
    """Told to those who see to a group."""
    text = t.html(
        "🙉 I am no admin any more in the group of <b>{name}</b>. I do not hear what is said there, and it "
        "does not stay in the history. Make me an admin again, with the rights “Manage topics” and "
        "“Pin messages”.",
        name=card.name,
    )
    return Screen(text, keys.bound(card.holder, t))


def welcome(card: TeamChatCard, look: GroupLook | None, t: Tongue) -> Screen:
    """Told to the chat itself, whose admins can set right what it lacks."""
    kind, client = card.holder.kind, card.holder.kind in CLIENTS
    lacks = group_lacks.lines(look, t, topics=not client and kind is not HolderKind.DEAL, client=client)
    if client and look is not None and not look.hears:
        return Screen(join([t.html("👋 This is the team chat about a client now."), *lacks]), public=True)
    if kind is HolderKind.DEAL and look is not None and not look.hears:
        return Screen(join([t.html("👋 This is the chat of a deal now."), *lacks]), public=True)
    if kind is HolderKind.PIPELINE and look is not None and not look.makes_topics:
        text = t.html("👋 This is the team chat of the pipeline <b>{name}</b> now.", name=card.name)
        return Screen(join([text, *lacks]), public=True)
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
        **dict.fromkeys(
            CLIENTS,
            t.html(
                "👋 This is the team chat about a client now. What you say here stays in the client's "
                "history, if you may change the client's card."
            ),
        ),
    }
    return Screen(join([said[kind], *lacks]), public=True)


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
