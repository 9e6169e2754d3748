"""What is asked before a group goes to something else, or off it."""

from collections.abc import Iterable, Mapping

from handlers.screen import Screen
from handlers.views.team_chats import titled
from keyboards import team_chats as keys
from keyboards.tongue import Html, Tongue, join
from services.dto.team_chats import CLIENTS, Holder, HolderKind, TeamChatCard, TopicsMove

Titles = Mapping[int, str]
"""What groups are called in Telegram, as far as it says so."""


def held(held: TeamChatCard, holder: Holder, chat_id: int, t: Tongue, title: str | None = None) -> Screen:
    """The group has another owner, who may lose it: is that meant?"""
    name = held.name or t("Deal #{id}", id=held.holder.id)
    text = {
        HolderKind.DEPARTMENT: t.html("This is the group of the department <b>{name}</b>.", name=name),
        HolderKind.PIPELINE: t.html("This is the group of the pipeline <b>{name}</b>.", name=name),
        HolderKind.DEAL: t.html("This is the group of the deal <b>{name}</b>.", name=name),
        **dict.fromkeys(CLIENTS, t.html("This is the group of the client <b>{name}</b>.", name=name)),
    }[held.holder.kind]
    lines = [titled(title, t)] if title else []
    lines += [text, t.html("Taken over, it is no longer there.")]
    return Screen(join(lines), keys.held(holder, chat_id, t))


def moves(
    card: TeamChatCard,
    moves: Iterable[TopicsMove],
    titles: Titles,
    chat_id: int,
    t: Tongue,
    *,
    take: bool,
) -> Screen:
    """Topics would go to another group: is that meant?"""
    lines = [t.html("🧵 <b>{name}: topics of its deals move</b>", name=card.name), *_moves(moves, titles, t)]
    return Screen(join(lines), keys.moves(card.holder, chat_id, t, take=take))


def drop(card: TeamChatCard, moves: Iterable[TopicsMove], titles: Titles, t: Tongue) -> Screen:
    """Take it off?"""
    title = titles.get(card.chat_id or 0)
    follows = {
        HolderKind.DEPARTMENT: t.html("New leads of {name} will be told in private only.", name=card.name),
        HolderKind.PIPELINE: t.html("Its deals will have their topics in the groups of their departments."),
        HolderKind.DEAL: t.html("What is said there will not be kept in the history of the deal any more."),
        **dict.fromkeys(
            CLIENTS, t.html("What is said there will not be kept in the history of the client any more.")
        ),
    }
    lines = [t.html("✖️ <b>Take the group off {name}?</b>", name=card.name)]
    lines += [titled(title, t)] if title else []
    lines += [follows[card.holder.kind], *_moves(moves, titles, t)]
    return Screen(join(lines), keys.drop(card.holder, t))


def _moves(moves: Iterable[TopicsMove], titles: Titles, t: Tongue) -> list[Html]:
    """How many topics go where, and what that means for those who read them."""
    elsewhere = t("another group")
    lines = [
        t.html(
            "From “{here}” to “{there}”: {topics}",
            here=titles.get(one.chat_id, elsewhere),
            there=titles.get(one.to_id, elsewhere),
            topics=t.many("{n} topic", "{n} topics", one.topics),
        )
        for one in moves
    ]
    return [*lines, t.html("Whoever is not in the new group will not see them.")] if lines else []
